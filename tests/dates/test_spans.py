"""Calendar arithmetic: units, steps, parts."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.dates import Interval, between, day, decade, month, parse, spans, year


@given(st.dates(date(1800, 1, 1), date(2200, 1, 1)), st.sampled_from(spans.UNITS))
def test_a_day_lies_in_its_own_unit(when: date, unit: str) -> None:
    assert spans.around(when, unit).overlaps(day(when))


@given(st.dates(date(1800, 1, 1), date(2200, 1, 1)), st.sampled_from(spans.UNITS), st.integers(-15, 15))
def test_a_step_there_and_back_loses_at_most_the_days_a_month_lacks(when: date, unit: str, count: int) -> None:
    assert abs((spans.step(spans.step(when, unit, count), unit, -count) - when).days) <= 3


@given(st.sampled_from([month(2013, 2), month(2014, 12), year(2013), decade(1990), spans.around(date(2014, 5, 8), "week"), spans.century(20)]))
def test_parts_cover_a_span_without_overlap(whole: Interval) -> None:
    early, mid, late = (spans.part(whole, which) for which in ("early", "mid", "late"))
    assert early is not None
    assert mid is not None
    assert late is not None
    assert (early.start, early.stop, mid.stop, late.stop) == (whole.start, mid.start, late.start, whole.stop)


def test_part_of_a_day_is_the_day() -> None:
    assert spans.part(day(date(2014, 5, 8)), "early") == day(date(2014, 5, 8))


def test_part_of_an_open_span_is_unknown() -> None:
    assert spans.part(parse("1985/.."), "early") is None


@pytest.mark.parametrize("number", [0, 5])
def test_a_year_has_no_fifth_quarter(number: int) -> None:
    assert spans.slices(year(2013), 4, number) is None


def test_the_second_half_of_a_month_takes_the_odd_day() -> None:
    assert spans.slices(month(2014, 5), 2, 2) == between(date(2014, 5, 16), date(2014, 5, 31))


def test_the_last_week_of_february_ends_with_it() -> None:
    assert spans.nth(month(2014, 2), "week", -1) == between(date(2014, 2, 22), date(2014, 2, 28))


def test_a_month_has_no_sixth_week() -> None:
    assert spans.nth(month(2014, 2), "week", 6) is None
