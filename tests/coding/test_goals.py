"""Targets: from where, to where, by when."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.coding import goals
from detente.dates import day, parse

TODAY = date(2014, 5, 8)

CASES = """
They will raise total trade from the current 112 USD million to 1 USD billion by 2020. = 112000000 = 1000000000 = USD = total trade = ../2020-12-31
They agreed to raise trade from $5bn to $9bn by 2020. = 5000000000 = 9000000000 = USD = trade = ../2020-12-31
They agreed to raise trade from 5 to 9 billion dollars by 2020. = 5 = 9000000000 = USD = trade = ../2020-12-31
The two set a target of 10 billion euros in annual trade by 2025. = None = 10000000000 = EUR = annual trade = ../2025-12-31
The ministers want to double bilateral trade by 2020. = None = 2 = times = bilateral trade = ../2020-12-31
Bilateral trade is expected to reach $100 billion by 2015. = None = 100000000000 = USD = Bilateral trade = ../2015-12-31
The state pledged to cut emissions by 20 percent by 2020. = None = -20 = percent = emissions = ../2020-12-31
They plan to bring turnover to 300 million rubles within five years. = None = 300000000 = RUB = turnover = 2014-05-08/2019-05-08
The plan is to raise the number of visitors from 50,000 to 1 million people by 2016. = 50000 = 1000000 = person = number of visitors = ../2016-12-31
The goal is to triple exports over the next five years. = None = 3 = times = exports = 2014-05-08/2019-05-08
Exports are to be expanded to 5 million tonnes in 2016. = None = 5000000 = tonne = Exports = 2016
"""


@pytest.mark.parametrize(("sentence", "low", "high", "unit", "measure", "deadline"), [line.split(" = ") for line in CASES.strip().splitlines()])
def test_target_has_baseline_goal_unit_measure_and_deadline(sentence: str, low: str, high: str, unit: str, measure: str, deadline: str) -> None:
    (found,) = goals.find(sentence, anchor=TODAY)
    assert found.baseline is None if low == "None" else found.baseline is not None
    assert (found.goal.low, found.unit) == (Decimal(high), unit)
    assert found.measure is not None
    assert sentence[slice(*found.measure)] == measure
    assert found.deadline is not None
    expected = parse(deadline)
    assert (found.deadline.start, found.deadline.stop) == (expected.start, expected.stop)


def test_the_current_level_is_that_of_the_day_of_the_text() -> None:
    (found,) = goals.find("They will raise trade from the current $1bn to $2bn by 2020.", anchor=TODAY)
    assert found.baseline_when == day(TODAY)


def test_a_dated_baseline_keeps_its_date() -> None:
    (found,) = goals.find("They aim to lift trade from 112 million in 2013 to 1 billion dollars by 2020.", anchor=TODAY)
    assert found.baseline_when == parse("2013")
    assert found.baseline is not None
    assert (found.baseline.low, found.baseline.unit) == (Decimal(112_000_000), "USD")


def test_two_targets_with_two_deadlines_are_two() -> None:
    found = goals.find("They agreed to increase trade to $100 billion by 2015 and to $200 billion by 2020.", anchor=TODAY)
    assert [(str(each.goal.low), str(each.deadline)) for each in found] == [("100000000000", "../2015-12-31"), ("200000000000", "../2020-12-31")]


@pytest.mark.parametrize(
    "sentence",
    [
        "",
        "Trade grew.",
        "Trade rose from $5bn to $9bn in 2013.",
        "Trade rose from $5bn to $9bn.",
        "Trade reached $5 billion in 2013.",
        "The third meeting will take place by June.",
        "They will build 3 piers.",
    ],
)
def test_reports_and_plain_amounts_are_no_targets(sentence: str) -> None:
    assert goals.find(sentence, anchor=TODAY) == ()


@given(st.text(max_size=200), st.dates())
def test_any_text_is_read(text: str, anchor: date) -> None:
    assert all(0 <= each.start < each.stop <= len(text) for each in goals.find(text, anchor=anchor))
