"""Copies are found by the words they share, and the earlier publication is the origin."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.read import duplicates
from detente.records import Document

WORDS = [f"word{number}" for number in range(4_000)]


def _text(seed: int, words: int = 300) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=words))


def _doc(text: str, day: date | None, source: str = "a") -> Document:
    return Document(text=text, source=source, published=day)


def test_a_reprint_goes_back_to_the_earlier_publication() -> None:
    first, second = _doc(_text(1), date(2014, 5, 8)), _doc(_text(1).upper() + "!", date(2014, 5, 9), "b")
    (copy,) = duplicates.find([second, first], least_share=0.5)
    assert (copy.earlier, copy.later, copy.share, copy.exact, copy.is_ordered) == (first.id, second.id, 1.0, True, True)
    assert duplicates.origins([copy]) == {second.id: first.id}


def test_an_excerpt_and_a_digest_are_found_by_what_they_hold() -> None:
    whole = _text(1)
    digest = f"{_text(2)} {whole} {_text(3)}"
    (copy,) = duplicates.find([_doc(whole, date(2014, 5, 8)), _doc(digest, date(2014, 5, 10))], least_share=0.9)
    assert copy.share == 1.0 and not copy.exact


def test_the_same_day_leaves_open_who_was_first() -> None:
    (copy,) = duplicates.find([_doc(_text(1), date(2014, 5, 8)), _doc(_text(1), date(2014, 5, 8), "b")], least_share=0.5)
    assert not copy.is_ordered
    assert duplicates.origins([copy]) == {}
    (undated,) = duplicates.find([_doc(_text(1), None), _doc(_text(1), date(2014, 5, 8), "b")], least_share=0.5)
    assert not undated.is_ordered


def test_a_chain_of_copies_goes_back_to_its_beginning() -> None:
    chain = [_doc(_text(1), date(2014, 5, day), str(day)) for day in (8, 9, 10)]
    origins = duplicates.origins(duplicates.find(chain, least_share=0.5))
    assert origins == {chain[1].id: chain[0].id, chain[2].id: chain[0].id}


def test_different_reports_are_no_copies() -> None:
    assert duplicates.find([_doc(_text(seed), date(2014, 5, 8)) for seed in range(20)], least_share=0.2) == ()


def test_a_notice_that_all_share_makes_no_copies() -> None:
    notice = _text(99, words=20)
    docs = [_doc(f"{_text(seed)} {notice}", date(2014, 5, 8)) for seed in range(30)]
    assert duplicates.find(docs, least_share=0.5) == ()


def test_half_a_copy_is_found_at_half_and_not_above() -> None:
    half = _text(1, words=200)
    docs = [_doc(f"{half} {_text(2, words=200)}", date(2014, 5, 8)), _doc(f"{half} {_text(3, words=200)}", date(2014, 5, 9))]
    assert len(duplicates.find(docs, least_share=0.45)) == 1
    assert duplicates.find(docs, least_share=0.6) == ()


def test_none_one_and_the_same_document_have_no_copies() -> None:
    doc = _doc(_text(1), date(2014, 5, 8))
    assert duplicates.find([], least_share=0.5) == duplicates.find([doc], least_share=0.5) == duplicates.find([doc, doc], least_share=0.5) == ()


@pytest.mark.parametrize(("one", "other"), [("", ""), ("", "a b c"), ("They met.", "")])
def test_nothing_contains_nothing(one: str, other: str) -> None:
    assert duplicates.containment(duplicates.shingles(one), duplicates.shingles(other)) == 0.0


@given(st.text(max_size=200), st.text(max_size=200))
def test_containment_is_a_share_and_the_same_both_ways(one: str, other: str) -> None:
    first, second = duplicates.shingles(one), duplicates.shingles(other)
    assert 0.0 <= duplicates.containment(first, second) == duplicates.containment(second, first) <= 1.0


@given(st.permutations(range(5)))
def test_the_order_of_the_documents_changes_nothing(order: list[int]) -> None:
    docs = [_doc(_text(seed // 2), date(2014, 5, 8 + seed), str(seed)) for seed in range(5)]
    assert set(duplicates.find([docs[at] for at in order], least_share=0.5)) == set(duplicates.find(docs, least_share=0.5))
