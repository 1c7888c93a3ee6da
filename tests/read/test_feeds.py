"""Feeds: one document an entry, dated as printed, and nothing fetched or expanded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.read import feeds
from detente.read.outcomes import Extract, Limits, Refusal

MakeRss = Callable[..., bytes]


def _read(data: bytes, limits: Limits | None = None) -> list[Extract | Refusal]:
    return list(feeds.extract(data, charset=None, limits=limits or Limits()))


def test_each_entry_is_told_with_its_day_as_printed(rss: MakeRss, story: str) -> None:
    first, second = _read(
        rss(("A", "Wed, 07 May 2014 23:30:00 -0500", story), ("B", "Thu, 8 May 2014 08:00:00 +0900", f"&lt;p&gt;{story}&lt;/p&gt;"))
    )
    assert isinstance(first, Extract) and isinstance(second, Extract)
    assert (first.title, first.source, first.address, first.entry) == ("A", "Northern Wire", "http://example.org/0", "entry-0")
    assert (first.published, second.published) == (date(2014, 5, 7), date(2014, 5, 8))
    assert second.text == story.strip()


def test_an_atom_entry_is_dated_by_published_before_updated(story: str) -> None:
    def atom(days: str) -> bytes:
        return (
            f'<feed xmlns="http://www.w3.org/2005/Atom"><title>N</title><entry><id>urn:1</id>{days}<content>{story}</content></entry></feed>'.encode()
        )

    updated = "<updated>2015-01-02T00:00:00Z</updated>"
    (both,) = _read(atom("<published>2014-05-08T10:00:00Z</published>" + updated))
    (one,) = _read(atom(updated))
    assert isinstance(both, Extract) and isinstance(one, Extract)
    assert (both.published, one.published) == (date(2014, 5, 8), date(2015, 1, 2))
    assert (one.address, one.media_type) == (None, "application/atom+xml")


def test_an_entry_without_text_is_refused_and_the_others_are_read(rss: MakeRss, story: str) -> None:
    bare, full = _read(rss(("A", "Thu, 8 May 2014 08:00:00 GMT", ""), ("B", "Thu, 8 May 2014 08:00:00 GMT", story)))
    assert isinstance(bare, Refusal) and bare.reason == "empty"
    assert isinstance(full, Extract)


def test_a_feed_without_entries_is_one_refusal(rss: MakeRss) -> None:
    (told,) = _read(rss())
    assert isinstance(told, Refusal) and told.reason == "empty"


def test_more_entries_than_the_limit_are_told(rss: MakeRss, story: str) -> None:
    told = _read(rss(*(("A", "", story) for _ in range(4))), Limits(entries=2))
    assert [type(each).__name__ for each in told] == ["Extract", "Extract", "Refusal"]


def test_entities_are_refused_unread() -> None:
    laughs = '<!DOCTYPE rss [<!ENTITY a "ha"><!entity b "&a;&a;&a;&a;">]>'
    (told,) = _read(f'<?xml version="1.0"?>{laughs}<rss><channel><title>&b;</title></channel></rss>'.encode())
    assert isinstance(told, Refusal) and told.reason == "unsafe_markup"


@pytest.mark.parametrize(
    "data",
    [
        b"<rss><channel><item><title>A</title><summary/></item></channel></rss>",
        b"<?xml version='1.0' encoding='a\xed'?><rss><channel><item><title>A</title></item></channel></rss>",
        b"<?xml version='1.0' encoding='punycode'?><rss><channel><item><title>A</title></item></channel></rss>",
        b"<feed><entry></link></entry></feed>",
        b"<rss>\x00<channel><item>",
    ],
)
def test_a_feed_that_leads_its_parser_astray_is_refused(data: bytes) -> None:
    assert all(isinstance(told, Refusal) for told in _read(data))


def test_a_feed_in_an_old_code_page_is_read_as_it_declares(story: str) -> None:
    item = f"<item><title>Виза</title><pubDate>Thu, 8 May 2014 08:00:00 GMT</pubDate><description>{story}</description></item>"
    (told,) = _read(f"<?xml version='1.0' encoding='windows-1251'?><rss version='2.0'><channel>{item}</channel></rss>".encode("cp1251"))
    assert isinstance(told, Extract) and told.title == "Виза"


def test_bytes_that_are_a_path_open_no_file(tmp_path: Path, rss: MakeRss, story: str) -> None:
    secret = tmp_path / "secret.xml"
    secret.write_bytes(rss(("A", "", story)))
    (told,) = _read(str(secret).encode())
    assert isinstance(told, Refusal)


@settings(max_examples=60, deadline=None)
@given(cut=st.integers(0, 900), filled=st.binary(max_size=30))
def test_a_spoilt_feed_is_read_or_refused(cut: int, filled: bytes, rss: MakeRss, story: str) -> None:
    whole = rss(("A", "Thu, 8 May 2014 08:00:00 GMT", story), ("B", "nonsense", story))
    assert _read(whole[:cut] + filled + whole[cut + len(filled) :])
