from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente import dates
from detente.examine import expectations, silences
from detente.examine.expectations import state_of
from looked import act, material

DAYS = st.dates(date(1990, 1, 1), date(2030, 1, 1))


def test_nothing_announced_is_nothing_due() -> None:
    assert expectations.find(material()) == ()


@pytest.mark.parametrize(("day", "state"), [("2014-05-20", "due"), ("2014-06-30", "due"), ("2014-07-01", "overdue")])
def test_before_the_outcome_is_known_it_is_due_and_then_overdue(day: str, state: str) -> None:
    announced = act("expectation", "2014-05-08", known="2014-05-08", status="planned", due="2014-06", outcome="later")
    outcome = act("meeting", "2014-06-05", known="2014-08-01", key="later")
    (found,) = expectations.find(material(announced, outcome, as_of=date.fromisoformat(day)))
    assert found.state == state
    assert found.happened_on is None


def test_a_named_outcome_within_its_days_happened() -> None:
    announced = act("expectation", "2014-05-08", status="planned", due="2014-06", outcome="later")
    (found,) = expectations.find(material(announced, act("meeting", "2014-06-05", key="later")))
    assert (found.state, found.days_late) == ("happened", 0)


def test_a_named_outcome_after_its_days_slipped() -> None:
    announced = act("expectation", "2014-05-08", status="planned", due="2014-05", outcome="later")
    (found,) = expectations.find(material(announced, act("visit", "2014-07-15", key="later")))
    assert (found.state, found.days_late, found.happened_on) == ("slipped", 45, date(2014, 7, 15))


def test_a_named_non_event_means_dropped() -> None:
    announced = act("expectation", "2015-01-28", status="planned", due="2015-05-09", outcome="stays-away")
    (found,) = expectations.find(material(announced, act("non_event", "2015-04-30", key="stays-away", expected="visit")))
    assert found.state == "dropped"


@pytest.mark.parametrize("word", ["dropped", "slipped"])
def test_a_word_of_the_row_counts_only_after_the_day(word: str) -> None:
    announced = act("expectation", "2014-05-08", status="planned", due="2014-06", outcome=word)
    assert expectations.find(material(announced, as_of=date(2014, 6, 1)))[0].state == "due"
    assert expectations.find(material(announced, as_of=date(2014, 9, 1)))[0].state == word


def test_what_the_coder_proposes_finds_its_outcome_by_states_days_and_words() -> None:
    text = "The sixth session of the fisheries commission is scheduled to take place in Reykjavik in June."
    announced = act("expectation", "2014-06", known="2014-05-08", status="planned", made_by="coder", text=text)
    came = act("meeting", "2014-06-05", text="The fisheries commission held its sixth session in Reykjavik.")
    other = act("meeting", "2014-06-05", text="Two ministers spoke by telephone.")
    assert expectations.find(material(announced, other))[0].state == "overdue"
    (found,) = expectations.find(material(announced, other, came))
    assert (found.state, found.matched) == ("happened", "same states, days and words")


def test_an_expected_day_that_passed_is_a_silence_only_where_it_was_read() -> None:
    announced = act("expectation", "2014-05-08", status="planned", due="2014-06", text="A visit was announced for June 2014.")
    assert [s.basis for s in silences.find(material(announced))] == ["its day passed and nothing is recorded"]
    assert silences.find(material(announced, graded="thin")) == ()
    assert silences.find(material(announced, graded=None)) == ()


def test_a_silence_that_a_source_tells_needs_no_coverage() -> None:
    (found,) = silences.find(material(act("non_event", "2014-03-03", expected="a delegation"), graded=None))
    assert (found.expected, found.basis) == ("a delegation", "a source says so")


@given(DAYS, st.integers(0, 400), DAYS)
def test_a_slipped_date_is_late_by_its_days(due: date, late: int, as_of: date) -> None:
    state, days = state_of(dates.day(due), came_on=due + timedelta(days=late), as_of=as_of)
    assert state == ("slipped" if late else "happened")
    assert days == late


@given(DAYS, DAYS)
def test_without_an_outcome_only_the_day_decides(due: date, as_of: date) -> None:
    assert state_of(dates.day(due), came_on=None, as_of=as_of) == ("due" if as_of <= due else "overdue", None)
