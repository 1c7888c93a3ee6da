"""What a page marks as its day of publication; what only looks like one is left alone."""

from __future__ import annotations

from datetime import date

import lxml.html  # type: ignore[import-untyped]
import pytest

from detente.read import marks

DAY = date(2014, 5, 8)
META = '<meta property="article:published_time" content="2014-05-08T10:00:00+09:00">'


def _day(head: str = "", body: str = "", address: str | None = None) -> date | None:
    return marks.day(lxml.html.document_fromstring(f"<html><head><title>t</title>{head}</head><body>{body}<p>x</p></body></html>"), address=address)


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (META, ""),
        ('<meta name="DC.date.issued" content="2014-05-08">', ""),
        ('<meta itemprop="datePublished" content="2014-05-08">', ""),
        ('<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2014-05-08","dateModified":"2017-01-01"}</script>', ""),
        ('<script type="application/ld+json">{"@graph":[{"@type":"WebSite"},{"datePublished":"2014-05-08T09:00Z"}]}</script>', ""),
        ('<meta name="date" content="2014-05-08">', ""),
        ("", '<time datetime="2014-05-08T10:00">8 May</time>'),
        ("", "<time>8 May 2014</time>"),
        ("", '<span itemprop="datePublished">8 May 2014</span>'),
        ("", '<p class="byline published">Published 8 May 2014</p>'),
        (META + '<meta name="date" content="2016-01-01">', '<time datetime="2019-01-01">x</time>'),
        (META, '<aside><time datetime="2019-01-01">x</time></aside>'),
        ('<script type="application/ld+json">{broken</script>' + META, ""),
        ('<script type="application/ld+json">' + "[" * 50_000 + "</script>" + META, ""),
    ],
)
def test_marks_of_publication_are_read(head: str, body: str) -> None:
    assert _day(head, body) == DAY


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("", ""),
        ('<meta property="article:modified_time" content="2016-05-08">', ""),
        ('<meta name="date" content="2014-05">', ""),
        ('<meta name="date" content="05/08/2014">', ""),
        ('<meta property="og:image" content="http://x/2012/03/04/a.jpg">', '<img src="/2012/03/04/a.jpg">'),
        ("", '<aside><time datetime="2019-05-08">x</time></aside>'),
        ("", '<div class="related-stories"><time datetime="2019-05-08">x</time></div>'),
        ("", '<footer><span class="date">5 July 2020</span></footer>'),
        ("", '<time class="updated" datetime="2016-05-08">x</time>'),
        ("", "<p>Last modified 3 March 2016</p><p>They met on 7 May 2014.</p>"),
        ("", '<time datetime="2014-05-08">a</time><time datetime="2015-06-09">b</time>'),
        ("", "<p>Copyright 2013</p>"),
    ],
)
def test_other_days_are_left_alone(head: str, body: str) -> None:
    assert _day(head, body) is None


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("http://example.org/2014/05/08/visit", DAY),
        ("http://example.org/news/2014/5/8/", DAY),
        ("http://example.org/2014-05-08-visit", DAY),
        ("http://example.org/2014/13/08/visit", None),
        ("http://example.org/2014/05/", None),
        ("http://example.org/?d=2014/05/08", None),
        (None, None),
    ],
)
def test_the_address_may_carry_the_day(address: str | None, day: date | None) -> None:
    assert _day(address=address) == day


def test_no_tree_has_no_day() -> None:
    assert marks.day(None, address="http://example.org/2014/05/08/x") is None


def test_the_last_change_is_told_as_what_it_is() -> None:
    tree = lxml.html.document_fromstring('<html><head><meta property="article:modified_time" content="2016-05-08"></head><body>x</body></html>')
    assert marks.changed(tree) == "2016-05-08"
    assert marks.changed(None) is None
