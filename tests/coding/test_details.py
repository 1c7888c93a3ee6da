from datetime import date

import pytest

from detente.coding import details

TODAY = date(2014, 5, 8)


def test_sentence_without_numbers_sets_no_target() -> None:
    assert details.targets("They met.", anchor=TODAY, context=None) == ()


def test_without_a_day_nothing_is_a_target() -> None:
    assert details.targets("They want to raise trade to 1 billion dollars by 2020.", anchor=None, context=None) == ()


def test_target_in_full_units_with_its_deadline() -> None:
    text = "They agreed to raise trade from the current 112 million dollars to 1 billion dollars by 2020."
    (goal,) = details.targets(text, anchor=TODAY, context=None)
    assert dict(details.of_goal(text, goal)) == {
        "baseline": "112000000",
        "baseline_period": "2014-05-08",
        "deadline": "2020-12-31",
        "goal": "1000000000",
        "measure": "trade_turnover",
        "unit": "USD",
    }


@pytest.mark.parametrize(
    ("words", "rung"),
    [
        ("signed a memorandum of intent", "memorandum"),
        ("signed a treaty", "treaty_signed"),
        ("an agreement was signed", "agreement"),
        ("they met", None),
    ],
)
def test_rung_of_an_agreement(words: str, rung: str | None) -> None:
    assert dict(details.of_kind("agreement", words, words)).get("rung") == rung


def test_debt_keeps_its_face_value() -> None:
    words = "Peru wrote off 10 billion dollars of debt."
    assert dict(details.of_kind("obligation", words, words)) == {"face_value": "10000000000", "unit": "USD"}


def test_two_sums_are_not_chosen_between() -> None:
    words = "Peru wrote off 10 billion of 11 billion dollars."
    assert details.of_kind("visit", words, words) == ()
