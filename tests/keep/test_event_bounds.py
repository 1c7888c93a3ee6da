"""The bounds of rows: what they say of days and identifiers, and how rows are parted by year."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.keep.events import bounds

DAYS = st.dates(date(1990, 1, 1), date(1993, 12, 31))


@settings(deadline=None)
@given(st.lists(DAYS, min_size=1, max_size=40))
def test_every_row_stands_in_its_year_once_and_in_order(days: list[date]) -> None:
    rows = pa.table({"day": pa.array(days, pa.date32()), "line": list(range(len(days)))})
    found = {year: part["line"].to_pylist() for year, part in bounds.yearly(rows)}
    assert found == {year: [at for at, day in enumerate(days) if day.year == year] for year in {day.year for day in days}}


@settings(deadline=None)
@given(st.lists(st.integers(-(10**6), 10**6), min_size=1, max_size=30))
def test_identifiers_differ_when_none_comes_twice(numbers: list[int]) -> None:
    assert bounds.differ(pa.array([str(number) for number in numbers])) == (len(set(numbers)) == len(numbers))


def test_identifiers_that_are_no_numbers_have_no_bounds_and_are_not_taken_to_differ() -> None:
    rows = pa.table({"day": pa.array([date(1990, 1, 2), date(1990, 1, 1)]), "identifier": ["FIN1", "2"]})
    told = bounds.of(rows, "a")
    assert told is not None and (told.rows, told.first_day, told.last_day, told.low, told.high) == (2, "1990-01-01", "1990-01-02", None, None)
    assert not bounds.differ(rows["identifier"])
    assert bounds.of(rows.slice(0, 0)) is None


@settings(deadline=None)
@given(st.lists(st.tuples(DAYS, st.integers(0, 99)), min_size=1, max_size=20), st.lists(st.tuples(DAYS, st.integers(0, 99)), min_size=1, max_size=20))
def test_joined_bounds_are_those_of_all_rows_and_rows_that_meet_share_them(a: list[tuple[date, int]], b: list[tuple[date, int]]) -> None:
    told = [bounds.of(pa.table({"day": [day for day, _ in rows], "identifier": [str(number) for _, number in rows]})) for rows in (a, b, [*a, *b])]
    first, second, both = (each for each in told if each is not None)
    assert bounds.joined(first, second) == both
    assert bounds.meet(first, second) or not set(a) & set(b)
