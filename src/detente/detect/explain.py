"""What stands beside an answer: what it would be without its largest observations, and how often such an alarm was raised in calm times.

The first is a test of weight (does one busy month carry it?), the second a placebo: the same watch over the series' own past.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from detente.detect.changes import Segmentation, segment
from detente.detect.levels import Model
from detente.detect.recent import recent
from detente.detect.stages import Answer, question

LARGEST = 3


@dataclass(frozen=True, slots=True)
class Weighed:
    """The answer when the observations at `left_out` count as unread; they are the largest per exposure since the present level began."""

    left_out: tuple[int, ...]
    answer: Answer


def without_largest(found: Segmentation, counts: Sequence[float], *, exposure: Sequence[float] | None, since: int) -> Weighed:
    """Ask again without the `LARGEST` observations from index `since` on."""
    spread = [1.0] * found.size if exposure is None else list(exposure)
    rates = [(counts[i] / spread[i], i) for i in range(since, found.size) if found.seen[i]]
    left_out = tuple(sorted(i for _, i in sorted(rates, reverse=True)[:LARGEST]))
    thinned = [math.nan if i in left_out else count for i, count in enumerate(counts)]
    if all(math.isnan(count) for count in thinned):
        return Weighed((), question(found))
    return Weighed(left_out, question(segment(thinned, exposure=exposure, model=found.model)))


def placebo(counts: Sequence[float], *, exposure: Sequence[float] | None, model: Model, apart: int) -> float:
    """Share of the observations before the last `apart` at which a new level upwards was likelier than not, by the data of its day.

    0.0 for a series that has no past beyond `apart`.
    """
    odds = recent(counts, exposure=exposure, model=model).odds("up")[: max(0, len(counts) - apart)]
    return float((odds > 0.0).mean()) if odds.size else 0.0


def source_breaks(seen: Sequence[Sequence[str]], index: int, *, near: int = 2, span: int = 8) -> tuple[tuple[str, str], ...]:
    """Sources that start or stop within `near` observations of a change at `index`: (name, "starts" or "stops"), by name.

    `seen` names the sources of every observation. Only a source that speaks in at least half of the `span` observations beside its
    own break counts: then a change of level may be a change of reading.
    """
    spoke: dict[str, set[int]] = {}
    for i, names in enumerate(seen):
        for name in names:
            spoke.setdefault(name, set()).add(i)
    breaks = []
    for name, places in sorted(spoke.items()):
        first, end = min(places), max(places) + 1
        if near < first and abs(first - index) <= near and _steady(places, range(first, min(first + span, len(seen))), span):
            breaks.append((name, "starts"))
        if end < len(seen) - near and abs(end - index) <= near and _steady(places, range(max(0, end - span), end), span):
            breaks.append((name, "stops"))
    return tuple(breaks)


def _steady(places: set[int], beside: range, span: int) -> bool:
    return 2 * len(places.intersection(beside)) >= span
