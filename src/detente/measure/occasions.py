"""Occasions: acts of one dimension on the same days are one occasion, however many papers, guests and receptions it had.

Counting occasions and not acts keeps a well-reported summit from looking like a dozen. Quarters of occasions are what levels are found in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from detente.records import Act

QUARTER_MONTHS = 3
LONGEST_DAYS = 31
"""A longer or vaguer interval does not swallow what lies inside it."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """Acts that share days: the first day of the first, and their identities."""

    day: date
    acts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quarters:
    """Occasions a quarter from `start` on; `exposure` is the share of each quarter that lies before the as-of day (the last one's end)."""

    start: date
    counts: tuple[float, ...]
    exposure: tuple[float, ...]
    occasions: tuple[tuple[Occasion, ...], ...]

    def day_of(self, index: int) -> date:
        """First day of a quarter."""
        return add_months(self.start, index * QUARTER_MONTHS)

    def acts_from(self, index: int) -> tuple[str, ...]:
        """Identities of the acts of a quarter and all later ones."""
        return tuple(act for held in self.occasions[index:] for occasion in held for act in occasion.acts)


def occasions(acts: Iterable[Act]) -> tuple[Occasion, ...]:
    """The occasions that the acts make, by day; acts without a first day make none."""
    dated = [(act.claim.valid, act) for act in acts if act.claim.valid is not None and act.claim.valid.start is not None]
    dated.sort(key=lambda pair: (pair[0].start or date.max, pair[1].id))
    found: list[tuple[date, date, list[str]]] = []
    for valid, act in dated:
        first, last = valid.start or date.min, valid.last or valid.start or date.min
        if (last - first).days < LONGEST_DAYS and found and first <= found[-1][1]:
            start, end, held = found[-1]
            held.append(act.id)
            found[-1] = (start, max(end, last), held)
        else:
            end = last if (last - first).days < LONGEST_DAYS else first - timedelta(days=1)
            found.append((first, end, [act.id]))
    return tuple(Occasion(first, tuple(held)) for first, _, held in found)


def quarters(found: Sequence[Occasion], *, start: date, as_of: date) -> Quarters:
    """Count occasions by quarter from the quarter of `start` to that of `as_of`; earlier and later ones are left out."""
    first = date(start.year, (start.month - 1) // QUARTER_MONTHS * QUARTER_MONTHS + 1, 1)
    number = months_between(first, as_of) // QUARTER_MONTHS + 1
    held: list[list[Occasion]] = [[] for _ in range(number)]
    for occasion in found:
        if first <= occasion.day <= as_of:
            held[months_between(first, occasion.day) // QUARTER_MONTHS].append(occasion)
    last = add_months(first, (number - 1) * QUARTER_MONTHS)
    share = ((as_of - last).days + 1) / (add_months(last, QUARTER_MONTHS) - last).days
    exposure = (1.0,) * (number - 1) + (share,)
    return Quarters(first, tuple(float(len(each)) for each in held), exposure, tuple(tuple(each) for each in held))


def months_between(start: date, day: date) -> int:
    """Whole calendar months from the month of `start` to that of `day`."""
    return (day.year - start.year) * 12 + day.month - start.month


def add_months(day: date, months: int) -> date:
    """The first day of the month so many months later."""
    total = day.year * 12 + day.month - 1 + months
    return date(total // 12, total % 12 + 1, 1)
