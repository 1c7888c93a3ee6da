"""Imprecise dates as half-open intervals [start, stop) of days, with the precision they were given in.

`start` or `stop` may be None: an open end ("since 1985", "by 2020") is kept open, never replaced by a guess.
Ignores times of day and calendars other than the proleptic Gregorian.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from detente.errors import DateError

Precision = Literal["day", "days", "month", "season", "year", "years", "open"]

_ISO = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?")


@dataclass(frozen=True, slots=True)
class Interval:
    """The days from `start` up to but not including `stop`."""

    start: date | None
    stop: date | None
    precision: Precision

    def __post_init__(self) -> None:
        if self.start is None and self.stop is None:
            raise DateError("an interval with at least one end", came="both ends are open", do="give a start or a stop")
        if self.start is not None and self.stop is not None and self.start >= self.stop:
            raise DateError("a start before the stop", came=f"{self.start} and {self.stop} came", do="swap the two days")

    @property
    def first(self) -> date | None:
        """The first day, or None when the beginning is open."""
        return self.start

    @property
    def last(self) -> date | None:
        """The last day that belongs to the interval, or None when the end is open."""
        return None if self.stop is None else self.stop - timedelta(days=1)

    @property
    def days(self) -> int | None:
        """Number of days, or None when an end is open."""
        return None if self.start is None or self.stop is None else (self.stop - self.start).days

    def overlaps(self, other: Interval) -> bool:
        """True when the two share a day."""
        starts_in_time = self.start is None or other.stop is None or self.start < other.stop
        ends_in_time = other.start is None or self.stop is None or other.start < self.stop
        return starts_in_time and ends_in_time

    def begun_by(self, day: date) -> bool:
        """True when the interval has begun on `day`; an open beginning counts as begun."""
        return self.start is None or self.start <= day

    def over_by(self, day: date) -> bool:
        """True when the whole interval lies on or before `day`."""
        return self.stop is not None and self.stop <= day + timedelta(days=1)

    def __str__(self) -> str:
        if self.precision == "year" and self.start is not None:
            return f"{self.start:%Y}"
        if self.precision == "month" and self.start is not None:
            return f"{self.start:%Y-%m}"
        if self.days == 1:
            return f"{self.start}"
        return f"{self.start or '..'}/{self.last or '..'}"


def day(when: date) -> Interval:
    """The interval of one day."""
    return Interval(when, when + timedelta(days=1), "day")


def between(first: date, last: date) -> Interval:
    """The days from `first` to `last`, both included."""
    return day(first) if first == last else Interval(first, last + timedelta(days=1), "days")


def month(year: int, number: int) -> Interval:
    """A calendar month; `number` 1-12."""
    following = date(year + number // 12, number % 12 + 1, 1)
    return Interval(date(year, number, 1), following, "month")


def year(number: int) -> Interval:
    """A calendar year."""
    return Interval(date(number, 1, 1), date(number + 1, 1, 1), "year")


def decade(first_year: int) -> Interval:
    """The ten calendar years from `first_year` on ("the 1990s": 1990)."""
    return Interval(date(first_year, 1, 1), date(first_year + 10, 1, 1), "years")


def season(year: int, number: int) -> Interval:
    """Spring 1, summer 2, autumn 3 of the northern hemisphere in whole months; winter 4 begins in December of `year`."""
    first = number * 3
    after = date(year + (first + 3 > 12), (first + 2) % 12 + 1, 1)
    return Interval(date(year, first, 1), after, "season")


def parse(text: str) -> Interval:
    """Read `2014`, `2014-03`, `2014-03-24`, `2014-03-24/2014-03-28`, `1985/..` or `../2020-12-31`; raise DateError otherwise.

    >>> str(parse("2014-03")), parse("2014-03").stop
    ('2014-03', datetime.date(2014, 4, 1))
    """
    first, slash, last = text.strip().partition("/")
    if not slash:
        return _point(first)
    low = None if first == ".." else _point(first).start
    high = None if last == ".." else _point(last).stop
    if low is None or high is None:
        return Interval(low, high, "open")
    return Interval(low, high, "day" if (high - low).days == 1 else "days")


def parse_day(text: str) -> date:
    """Read one day, `2014-05-15`; raise DateError for anything coarser."""
    wanted = {"came": f"{text!r} came", "do": "write the full day, for example 2014-05-15"}
    try:
        found = parse(text)
    except DateError as error:
        raise DateError("one day as YYYY-MM-DD", **wanted) from error
    if found.precision != "day" or found.start is None:
        raise DateError("one day as YYYY-MM-DD", **wanted)
    return found.start


def _point(text: str) -> Interval:
    found = _ISO.fullmatch(text.strip())
    if found is None:
        raise DateError(
            "a date as YYYY, YYYY-MM, YYYY-MM-DD or two of them with a slash", came=f"{text!r} came", do="write for example 2014-03-24/2014-03-28"
        )
    numbers = [int(part) for part in found.groups() if part is not None]
    try:
        if len(numbers) == 3:
            return day(date(*numbers))
        return month(*numbers) if len(numbers) == 2 else year(numbers[0])
    except (ValueError, OverflowError) as error:
        raise DateError("a day that exists in the calendar", came=f"{text!r} came", do="check month and day") from error
