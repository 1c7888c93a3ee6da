"""The article of a page without its furniture, in paragraphs."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.read import webpages
from detente.read.outcomes import Extract, Refusal

Page = Callable[..., str]


def test_the_article_stays_and_the_furniture_goes(page: Page) -> None:
    head = '<meta property="og:site_name" content="Northern Wire"><meta property="article:published_time" content="2014-05-08">'
    told = webpages.extract(page(head=head, foot="<aside>Most read: ten castles</aside><script>steal()</script>"), address=None)
    assert isinstance(told, Extract)
    assert told.text.count("settle their trade in roubles") == 3
    assert not any(word in told.text for word in ("Subscribe", "Copyright", "castles", "steal"))
    assert "\n\n" in told.text and "\n\n\n" not in told.text
    assert (told.title, told.source, told.published) == ("Trade in roubles", "Northern Wire", date(2014, 5, 8))


def test_a_page_without_a_mark_has_no_day_and_tells_its_last_change(page: Page) -> None:
    told = webpages.extract(page(head='<meta property="article:modified_time" content="2016-05-08">'), address=None)
    assert isinstance(told, Extract)
    assert (told.published, told.weak_day) == (None, "2016-05-08")


@pytest.mark.parametrize("text", ["<html></html>", "<html><body><script>render()</script></body></html>", "<html>"])
def test_a_page_without_words_is_refused_as_empty(text: str) -> None:
    told = webpages.extract(text, address=None)
    assert isinstance(told, Refusal) and told.reason == "empty"


@pytest.mark.parametrize("element", ["div", "b", "table", "svg"])
def test_deep_nesting_is_refused_at_once(element: str) -> None:
    began = time.perf_counter()
    told = webpages.extract("<html><body>" + f"<{element}>" * 200_000, address=None)
    assert isinstance(told, Refusal) and told.reason == "too_complex"
    assert time.perf_counter() - began < 5


def test_a_page_of_tens_of_millions_of_letters_is_refused() -> None:
    told = webpages.extract("<html><body><p>" + "They met. " * 1_100_000, address=None)
    assert isinstance(told, Refusal) and told.reason == "too_complex"


def test_an_article_in_a_table_for_layout_keeps_its_paragraphs(story: str) -> None:
    cell = f"<b>Talks held</b><br><br>Pyongyang, May 8, 2014 (NW) -- {story}<br><br>{story}They left."
    page = f"<html><head><title>NW</title></head><body><table><tr><td>Home</td><td><font size=2>{cell}</font></td></tr></table></body></html>"
    told = webpages.extract(page, address=None)
    assert isinstance(told, Extract)
    assert "\n\nPyongyang, May 8, 2014" in told.text and "|" not in told.text


def test_a_table_of_figures_stays_a_table(page: Page) -> None:
    rows = "<table><tr><th>year</th><th>trade</th></tr><tr><td>2013</td><td>112 million</td></tr></table>"
    told = webpages.extract(page(top=rows), address=None)
    assert isinstance(told, Extract) and "2013 | 112 million" in told.text


def test_elements_that_a_page_may_leave_open_do_not_nest() -> None:
    assert not webpages.is_too_complex("<ul>" + "<li>x<br><img src='x'>" * 5_000 + "</ul>" + "<p>x" * 5_000)


def test_words_of_a_fragment_in_paragraphs() -> None:
    assert webpages.words("<p>They <b>met</b>\n today.</p><p>They left.</p><script>x</script>") == "They met today.\n\nThey left."
    assert webpages.words("one<br>two<br><br>three &amp; four") == "one two\n\nthree & four"
    assert webpages.words("plain") == "plain"
    assert webpages.words(" ") == ""


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["<div>", "</div>", "<p>", "<table><tr><td>", "<a href='x'>", "text here. ", "<!--", "-->", "<script>", "&#0;", "\x01", "<![CDATA["]
        ),
        max_size=40,
    )
)
def test_any_markup_is_read_or_refused(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert isinstance(webpages.extract(text, address=None), Extract | Refusal)
    assert isinstance(webpages.words(text), str)
