"""How well a span of years was read, as shares of its days by grade. Overlapping grades count as the better; ungraded days as none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from detente.examine.material import today
from detente.records import Coverage

GRADES = ("thin", "fair", "full")


@dataclass(frozen=True, slots=True)
class Graded:
    """Shares 0-1 of the days of a span that were read fully, fairly, thinly, or not at all; they add up to 1."""

    full: float
    fair: float
    thin: float
    none: float

    def __str__(self) -> str:
        return ", ".join(f"{getattr(self, name):.0%} {name}" for name in ("full", "fair", "thin", "none") if getattr(self, name) > 0)


def graded(coverage: Iterable[Coverage], pair: tuple[str, str], *, start: date, stop: date) -> Graded:
    """The grades of the days [start, stop) of a pair, former states counted as their successors; a span without days is not read."""
    if start >= stop:
        return Graded(0.0, 0.0, 0.0, 1.0)
    spans = [c for c in coverage if {today(c.a), today(c.b)} == set(pair)]
    cuts = sorted({start, stop, *(edge for c in spans for edge in (c.start, c.stop) if start < edge < stop)})
    days = {"full": 0, "fair": 0, "thin": 0, "none": 0}
    for low, high in pairwise(cuts):
        held = [c.grade for c in spans if c.start <= low and c.stop >= high]
        days[max(held, key=GRADES.index, default="none")] += (high - low) // timedelta(days=1)
    total = sum(days.values())
    return Graded(**{name: number / total for name, number in days.items()})
