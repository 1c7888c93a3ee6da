"""Surroundings laid around a sentence: its words and spans stay what they were."""

from hypothesis import given
from hypothesis import strategies as st

from detente.coding import surroundings
from detente.coding.marked import Marked, mark
from detente.coding.surroundings import Surroundings

SHIPPED = surroundings.load()
SENTENCE = mark("The court freed a poet.", "The court", "a poet")


def _spans(sentence: Marked) -> tuple[str, str]:
    text, (start, stop), (first, last) = sentence.text, sentence.source, sentence.target
    return text[start:stop], text[first:last]


def test_there_are_openings_and_endings() -> None:
    assert len(SHIPPED.openings) >= 30
    assert len(SHIPPED.endings) >= 50


@given(st.integers(min_value=0, max_value=2**32 - 1))
def test_the_spans_move_along(seed: int) -> None:
    source, target = _spans(SHIPPED.around(SENTENCE, seed=seed))
    assert (source.lower(), target) == ("the court", "a poet")


@given(st.integers(min_value=0, max_value=2**32 - 1))
def test_the_same_seed_gives_the_same_surroundings(seed: int) -> None:
    assert SHIPPED.around(SENTENCE, seed=seed) == SHIPPED.around(SENTENCE, seed=seed)


def test_an_article_is_small_after_an_opening_and_large_after_a_dateline() -> None:
    after_words = Surroundings(("On Monday, ",), (", officials said",))
    texts = {after_words.around(SENTENCE, seed=seed).text for seed in range(40)}
    assert texts == {
        "On Monday, the court freed a poet.",
        "The court freed a poet, officials said.",
        "On Monday, the court freed a poet, officials said.",
    }
    dateline = Surroundings(("MINSK - ",), ("",))
    assert "MINSK - The court freed a poet." in {dateline.around(SENTENCE, seed=seed).text for seed in range(40)}


def test_a_side_that_is_not_named_stays_so() -> None:
    bare = mark("A poet was freed.", "", "A poet")
    assert {SHIPPED.around(bare, seed=seed).source for seed in range(20)} == {(0, 0)}


def test_a_headline_without_a_stop_gets_no_ending() -> None:
    headline = mark("Court frees poet", "Court", "poet")
    assert {SHIPPED.around(headline, seed=seed).text.endswith("Court frees poet") for seed in range(20)} == {True}
