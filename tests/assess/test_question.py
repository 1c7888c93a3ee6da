from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.assess import question
from detente.errors import QuestionError


@pytest.mark.parametrize(
    ("text", "dyad"),
    [
        ("Is Russia-North Korea cooperation at a new stage?", ("PRK", "RUS")),
        ("is russia-north korea cooperation at a new stage", ("PRK", "RUS")),
        ("Are relations between the DPRK and the Russian Federation at a new stage?", ("PRK", "RUS")),
        ("Has Havana entered a new phase with Washington?", ("CUB", "USA")),
        ("Did Cuban-American relations change?", None),
        ("RUS PRK new stage", ("PRK", "RUS")),
        ("Is it at a new stage?", None),
    ],
)
def test_two_states_are_understood_by_any_common_name(text: str, dyad: tuple[str, str] | None) -> None:
    if text.startswith("Did"):
        assert set(question.states(text)) == {"CUB", "USA"}
        return
    assert question.understand(text).dyad == dyad


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "the text is empty"),
        ("Is Freedonia-Russia cooperation at a new stage?", "Freedonia is no state"),
        ("Is Sylvania at a new stage with Freedonia?", "no state known here"),
        ("Are Russia and the Russian Federation at a new stage?", "Russia is named twice"),
        ("Are Russia, China and Cuba at a new stage?", "two states"),
    ],
)
def test_what_cannot_be_understood_is_said(text: str, words: str) -> None:
    with pytest.raises(QuestionError, match=words):
        question.understand(text)


def test_a_pair_is_two_different_states() -> None:
    assert question.pair("russia", "PRK") == ("PRK", "RUS")
    with pytest.raises(QuestionError, match="one state"):
        question.pair("Russia", "RUS")
    with pytest.raises(QuestionError, match="Freedonia"):
        question.pair("Freedonia", "RUS")


@given(st.text(max_size=200))
def test_no_text_breaks_the_question(text: str) -> None:
    try:
        question.understand(text)
    except QuestionError as error:
        assert error.do


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Is it at a new stage?", "stage"),
        ("Have relations between Cuba and the United States improved?", "stage"),
        ("How are relations between Cuba and the United States?", "stage"),
        ("Does the new stage include the nuclear issue?", "stage"),
        ("Who received the envoy and at what level?", "other"),
        ("Who spoke of a new stage?", "other"),
        ("What growth does the trade goal need?", "other"),
        ("Did the war cause the rapprochement or speed it up?", "other"),
        ("What was new about the parade?", "other"),
    ],
)
def test_only_a_question_about_a_stage_asks_for_the_verdict(text: str, kind: str) -> None:
    assert question.understand(text).kind == kind


def test_other_questions_may_name_one_state_or_three() -> None:
    assert question.understand("What did Russia ask of Cuba?").dyad == ("CUB", "RUS")
    assert question.understand("What did Russia ask?").dyad is None
    assert question.understand("Who brokered between Cuba, Russia and China?").dyad is None
