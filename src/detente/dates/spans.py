"""Calendar arithmetic on intervals: the week, month or decade a day lies in, steps by units, early and late parts.

How many days "early" or "recent" means is a convention, and stands in data/dates/conventions.csv.
"""

from __future__ import annotations

import csv
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from detente.dates.interval import Interval, between, day, decade, month, year

UNITS = ("day", "week", "fortnight", "month", "year", "decade", "century")


def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of data/dates/`name`.csv."""
    text = (files("detente") / "data" / "dates" / f"{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@cache
def conventions() -> Mapping[tuple[str, str], tuple[int, int]]:
    """First and last number by (unit, part)."""
    return MappingProxyType({(row["unit"], row["part"]): (int(row["first"]), int(row["last"])) for row in table("conventions")})


def step(when: date, unit: str, count: int) -> date:
    """The day `count` units later (earlier when negative); the end of a shorter month stands in for days it lacks.

    >>> step(date(2016, 2, 29), "year", -1)
    datetime.date(2015, 2, 28)
    """
    length = {"day": 1, "week": 7, "fortnight": 14}.get(unit)
    if length is not None:
        return when + timedelta(days=length * count)
    months = {"month": 1, "year": 12, "decade": 120, "century": 1200}[unit] * count
    number = when.year * 12 + when.month - 1 + months
    target_year, target_month = number // 12, number % 12 + 1
    return date(target_year, target_month, min(when.day, monthrange(target_year, target_month)[1]))


def around(when: date, unit: str) -> Interval:
    """The calendar unit in which the day lies; weeks run from Monday to Sunday, the 20th century from 1901 to 2000."""
    if unit == "day":
        return day(when)
    if unit in ("week", "fortnight"):
        monday = when - timedelta(days=when.weekday())
        return between(monday, monday + timedelta(days=6 if unit == "week" else 13))
    if unit == "month":
        return month(when.year, when.month)
    if unit == "year":
        return year(when.year)
    if unit == "decade":
        return decade(when.year - when.year % 10)
    return century((when.year - 1) // 100 + 1)


def century(number: int) -> Interval:
    """The hundred years of the `number`-th century."""
    return Interval(date(number * 100 - 99, 1, 1), date(number * 100 + 1, 1, 1), "years")


def moved(when: date, unit: str, count: int) -> Interval:
    """The calendar unit `count` units from the day's own."""
    return around(step(when, unit, count), unit)


def ago(when: date, unit: str, low: int, high: int) -> Interval:
    """`low` to `high` units before the day (after it when negative), as exact as the unit: a week counts in days, a decade in years."""
    grain = {"month": "month", "year": "year", "decade": "year", "century": "year"}.get(unit, "day")
    ends = sorted((around(step(when, unit, -low), grain), around(step(when, unit, -high), grain)), key=lambda found: found.start or when)
    return ends[0] if low == high else hull(*ends)


def rolling(when: date, unit: str, count: int) -> Interval:
    """From the day `count` units on to the day itself, both included; negative counts look back."""
    other = step(when, unit, count)
    return between(min(when, other), max(when, other))


def recent(when: date, unit: str) -> Interval:
    """The last days, weeks, months or years up to the day, as long as the convention says."""
    return between(when - timedelta(days=_vague_days(unit) - 1), when)


def soon(when: date, unit: str) -> Interval:
    """The coming days, weeks, months or years from the day on, as long as "recent" ones."""
    return between(when, when + timedelta(days=_vague_days(unit) - 1))


def _vague_days(unit: str) -> int:
    return conventions()["recent", unit if ("recent", unit) in conventions() else "day"][1]


def part(whole: Interval, which: str) -> Interval | None:
    """The early, mid or late part of a month, year, decade, century or week; thirds of any other span; a day stays whole."""
    if whole.start is None or whole.stop is None or whole.days is None:
        return None
    unit = _unit(whole)
    if unit == "day":
        return whole
    if (unit, which) not in conventions():
        return _third(whole, which)
    first, last = conventions()[unit, which]
    start = whole.start
    if unit == "month":
        return between(start.replace(day=first), min(step(start, "day", last - 1), _last(whole)))
    if unit == "year":
        return hull(month(start.year, first), month(start.year, last))
    if unit == "week":
        return between(step(start, "day", first), step(start, "day", last))
    return between(step(start, "year", first), step(start, "year", last + 1) - timedelta(days=1))


def slices(whole: Interval, count: int, number: int) -> Interval | None:
    """The `number`-th of `count` equal parts: halves and quarters of a year by months, half a month by days 1-15; None beyond the last."""
    if whole.start is None or whole.stop is None or whole.days is None or not 1 <= number <= count:
        return None
    months = (whole.stop.year - whole.start.year) * 12 + whole.stop.month - whole.start.month
    if whole.start.day == whole.stop.day == 1 and months % count == 0:
        size = months // count
        start = step(whole.start, "month", size * (number - 1))
        return between(start, step(start, "month", size) - timedelta(days=1))
    size = whole.days // count
    if size == 0:
        return None
    start = step(whole.start, "day", size * (number - 1))
    return between(start, _last(whole) if number == count else step(start, "day", size - 1))


def nth(whole: Interval, unit: str, number: int, count: int = 1) -> Interval | None:
    """`count` units of a span from its `number`-th on ("the second week of May": days 8 to 14); number -1 counts from its end."""
    if whole.start is None or whole.stop is None:
        return None
    if number < 0:
        start = step(whole.stop, unit, -count)
        return Interval(max(start, whole.start), whole.stop, "days") if start < whole.stop else None
    start = step(whole.start, unit, number - 1)
    stop = min(step(start, unit, count), whole.stop)
    return between(start, stop - timedelta(days=1)) if start < stop else None


def hull(*spans: Interval) -> Interval:
    """The shortest closed span around closed spans."""
    starts = [span.start for span in spans if span.start is not None]
    stops = [span.stop for span in spans if span.stop is not None]
    return between(min(starts), max(stops) - timedelta(days=1))


def _last(whole: Interval) -> date:
    return whole.last or date.max


def _unit(whole: Interval) -> str:
    start, days = whole.start, whole.days
    if start is None or days is None:
        return "other"
    found = (unit for unit in ("day", "week", "month", "year", "decade", "century") if around(start, unit).stop == whole.stop)
    return next((unit for unit in found if around(start, unit).start == start), "other")


def _third(whole: Interval, which: str) -> Interval | None:
    return slices(whole, 3, {"early": 1, "mid": 2, "late": 3}[which]) or whole
