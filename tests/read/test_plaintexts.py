"""Plain text stays as it is; Markdown keeps its words and gives up its front matter."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.read import plaintexts


@given(st.text())
def test_plain_text_is_kept_letter_by_letter(text: str) -> None:
    assert plaintexts.from_text(text).text == text


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("A visit ends\n\nThey met.", "A visit ends"),
        ("\n\nA visit ends\n\nThey met.", "A visit ends"),
        ("They met.\n\nThey left.", None),
        ("A visit ends\nThey met.", None),
        ("A visit ends", None),
        ("", None),
        ("x" * 200 + "\n\nThey met.", None),
    ],
)
def test_a_headline_is_short_alone_and_no_sentence(text: str, title: str | None) -> None:
    assert plaintexts.from_text(text).title == title


def test_a_named_title_counts_only_where_the_text_begins_with_it() -> None:
    assert plaintexts.headline("Report\n\nA visit ends here.", named="A visit ends") == "A visit ends"
    assert plaintexts.headline("Report\n\nA visit ends here.", named="Microsoft Word - x.doc") == "Report"


def test_markdown_loses_its_signs() -> None:
    lines = ("# A **visit** ends", "", 'They [met](http://x.org "t") in', "_Moscow_ & left.  ", "Again.", "", "- one", "- two", "")
    text = "\n".join((*lines, "> said `he`", "", "    code", "", "<b>x</b> ![map](m.png)"))
    told = plaintexts.from_markdown(text)
    assert told.title == "A visit ends"
    assert told.text == "A visit ends\n\nThey met in Moscow & left.\nAgain.\n\none\n\ntwo\n\nsaid he\n\ncode\n\nx map"


def test_front_matter_tells_day_source_and_address() -> None:
    told = plaintexts.from_markdown(
        '---\r\ntitle: "Visit"\r\ndate: 8 May 2014\r\nsource: Northern Wire\r\nurl: http://example.org/1\r\n---\r\nThey met.\r\n'
    )
    assert (told.text, told.title, told.source, told.address) == ("They met.", "Visit", "Northern Wire", "http://example.org/1")
    assert told.published == date(2014, 5, 8)


@pytest.mark.parametrize("text", ["", "---\n---\n", "---\ndate: soon\n---\nThey met.", "---\nThey met.", "They met.\n---\ndate: 2014-05-08\n---\n"])
def test_front_matter_that_is_none_gives_no_day(text: str) -> None:
    assert plaintexts.from_markdown(text).published is None


@given(st.text(st.sampled_from("#*_[]()`>-!~\n a<&\\"), max_size=200))
def test_any_markdown_is_read(text: str) -> None:
    assert isinstance(plaintexts.from_markdown(text).text, str)
