"""Imprecise dates as half-open intervals."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.dates import Interval, between, day, decade, month, parse, parse_day, season, year
from detente.errors import DateError


def test_month_of_december_ends_with_the_year() -> None:
    assert month(2014, 12) == Interval(date(2014, 12, 1), date(2015, 1, 1), "month")


def test_february_knows_leap_years() -> None:
    assert (month(2016, 2).days, month(2015, 2).days) == (29, 28)


def test_both_ends_open_is_refused() -> None:
    with pytest.raises(DateError):
        Interval(None, None, "open")


def test_stop_before_start_is_refused() -> None:
    with pytest.raises(DateError):
        Interval(date(2014, 2, 1), date(2014, 1, 1), "days")


@pytest.mark.parametrize("text", ["2014", "2014-03", "2014-03-24", "2014-03-24/2014-03-28", "1985-01-01/..", "../2020-12-31"])
def test_what_is_printed_is_read_back(text: str) -> None:
    assert str(parse(text)) == text


@pytest.mark.parametrize("text", ["", "2014-13", "2014-02-30", "last year", "0000", "2014/2013", "../.."])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(DateError):
        parse(text)


def test_a_month_is_no_single_day() -> None:
    with pytest.raises(DateError):
        parse_day("2014-05")


def test_winter_reaches_into_the_next_year() -> None:
    assert (season(2012, 4).first, season(2012, 4).last) == (date(2012, 12, 1), date(2013, 2, 28))


@pytest.mark.parametrize(("number", "first_month"), [(1, 3), (2, 6), (3, 9), (4, 12)])
def test_seasons_last_three_whole_months(number: int, first_month: int) -> None:
    assert season(2013, number).start == date(2013, first_month, 1)


def test_decade_holds_ten_years() -> None:
    assert (decade(1990).first, decade(1990).last) == (date(1990, 1, 1), date(1999, 12, 31))


def test_open_end_has_begun_and_is_never_over() -> None:
    since = parse("1985/..")
    assert since.begun_by(date(2014, 5, 8))
    assert not since.over_by(date(2014, 5, 8))


def test_an_interval_is_over_on_its_last_day() -> None:
    assert month(2014, 4).over_by(date(2014, 4, 30))
    assert not month(2014, 4).over_by(date(2014, 4, 29))


@given(st.dates(date(2000, 1, 1), date(2020, 1, 1)), st.integers(0, 400), st.integers(-500, 500))
def test_overlap_is_the_same_both_ways(first: date, length: int, shift: int) -> None:
    here = between(first, first + timedelta(days=length))
    there = between(first + timedelta(days=shift), first + timedelta(days=shift + length))
    assert here.overlaps(there) == there.overlaps(here) == (abs(shift) <= length)


def test_a_day_overlaps_its_year_and_not_the_next() -> None:
    assert day(date(2014, 12, 31)).overlaps(year(2014))
    assert not day(date(2014, 12, 31)).overlaps(year(2015))
