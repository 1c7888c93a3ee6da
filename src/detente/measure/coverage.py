"""How well a pair was read for a span, so that zero and unknown differ.

Ignores what was found: coverage is a statement of whoever read, never inferred from counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from detente.records import Coverage

GRADES = ("thin", "fair", "full")


def grade(coverage: Iterable[Coverage], *, dyad: tuple[str, str], start: date, stop: date) -> str | None:
    """The worst grade of a pair over [start, stop); None when nobody graded some day of it. The order of the two states is free."""
    pair = set(dyad)
    spans = sorted((c.start, c.stop, c.grade) for c in coverage if {c.a, c.b} == pair and c.start < stop and c.stop > start)
    reached, worst = start, GRADES[-1]
    for begins, ends, graded in spans:
        if begins > reached:
            return None
        reached, worst = max(reached, ends), min(worst, graded, key=GRADES.index)
    return worst if reached >= stop else None
