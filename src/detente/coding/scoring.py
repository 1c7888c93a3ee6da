"""How well coded events meet gold events: precision, recall and F1 with confidence intervals, and who was taken for what.

Events meet one to one where their spans overlap or lie within 200 characters, the best pairs first: class and dyad, dyad, class, place
alone. Events of tier 2 are neither owed nor held against the coder.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from detente.coding.gold import Event

WINDOW = 200
_FAR_DAYS = 40_000


@dataclass(frozen=True, slots=True)
class Ratio:
    """`right` of `total`; the share is None when there is nothing to count."""

    right: int
    total: int

    @property
    def share(self) -> float | None:
        """right / total."""
        return self.right / self.total if self.total else None


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1 of one level, with the 95 % interval of F1 from resampled texts."""

    precision: float
    recall: float
    f1: float
    low: float
    high: float


@dataclass(slots=True)
class Tally:
    """Counts of one text."""

    owed: int = 0
    coded: int = 0
    found: int = 0
    dyads: int = 0
    tuples: int = 0
    of_found: dict[str, list[bool]] = field(default_factory=dict)
    confusion: Counter[tuple[str, str]] = field(default_factory=Counter)


def tally(gold: Sequence[Event], coded: Sequence[Event]) -> Tally:
    """What was found in one text and how right it was."""
    met = match(gold, coded)
    neutral = {number for number, (other, level) in met.items() if gold[other].tier != 1 and level > 0}
    owed = {number for number, one in enumerate(gold) if one.tier == 1}
    found = Tally(owed=len(owed), coded=len(coded) - len(neutral))
    for number, (other, level) in met.items():
        if other in owed:
            _count(found, gold[other], coded[number], level)
    reached = {other for other, _ in met.values()}
    found.confusion.update((gold[other].label, "missed") for other in owed - reached)
    found.confusion.update(("none", coded[number].label) for number in range(len(coded)) if number not in met)
    return found


def match(gold: Sequence[Event], coded: Sequence[Event]) -> dict[int, tuple[int, int]]:
    """Coded event -> (gold event, level 0-3), one to one."""
    rated = []
    for number, one in enumerate(coded):
        for other, event in enumerate(gold):
            gap = max(one.start, event.start) - min(one.stop, event.stop)
            level = 2 * bool(one.pairs & event.pairs) + (one.label in event.accept)
            if gap < 0 or (gap <= WINDOW and level > 0):
                rated.append((-level, gap >= 0, event.tier, abs(one.start - event.start), number, other))
    met: dict[int, tuple[int, int]] = {}
    for key in sorted(rated):
        number, other = key[-2:]
        if number not in met and other not in {taken for taken, _ in met.values()}:
            met[number] = (other, -key[0])
    return met


def _count(found: Tally, gold: Event, coded: Event, level: int) -> None:
    found.found += 1
    found.dyads += level >= 2
    found.tuples += level == 3
    found.confusion[gold.label, coded.label] += 1
    rights = {"class": level in (1, 3), "dyad": level >= 2, "status": gold.status in (None, coded.status)}
    if gold.days is not None:
        rights["date"] = same_days(gold.days, coded.days)
    for name, right in rights.items():
        found.of_found.setdefault(name, []).append(right)


def same_days(gold: tuple[date | None, date | None], coded: tuple[date | None, date | None] | None) -> bool:
    """Whether the coded days overlap the gold ones and are at most three times as long; an open end of the gold stays open."""
    if coded is None:
        return False
    low, high = _ordinals(gold)
    first, last = _ordinals(coded)
    return first <= high and low <= last and (last - first + 1 <= 3 * (high - low + 1))


def _ordinals(days: tuple[date | None, date | None]) -> tuple[int, int]:
    low, high = days
    if low is None and high is not None:
        return high.toordinal() - _FAR_DAYS, high.toordinal()
    if low is not None and high is None:
        return low.toordinal(), low.toordinal() + _FAR_DAYS
    return (low.toordinal(), high.toordinal()) if low is not None and high is not None else (0, 0)


def ratios(tallies: Sequence[Tally]) -> Mapping[str, Ratio]:
    """Found of the owed; class, dyad, date and status of the found."""
    rights: dict[str, list[bool]] = {}
    for one in tallies:
        for name, values in one.of_found.items():
            rights.setdefault(name, []).extend(values)
    found = Ratio(sum(one.found for one in tallies), sum(one.owed for one in tallies))
    return {"found": found, **{name: Ratio(sum(values), len(values)) for name, values in sorted(rights.items())}}


def scores(tallies: Sequence[Tally], *, samples: int, seed: int) -> Mapping[str, Score]:
    """Scores of the span alone, the dyad, and class with dyad; intervals by resampling the texts."""
    levels: dict[str, Callable[[Tally], int]] = {
        "span": lambda one: one.found,
        "dyad": lambda one: one.dyads,
        "class and dyad": lambda one: one.tuples,
    }
    return {name: _score(tallies, right, samples=samples, seed=seed) for name, right in levels.items()}


def _score(tallies: Sequence[Tally], right: Callable[[Tally], int], *, samples: int, seed: int) -> Score:
    chance = random.Random(seed)  # noqa: S311  resampling for an interval, not a secret
    drawn = sorted(_prf([chance.choice(tallies) for _ in tallies], right)[2] for _ in range(samples)) if tallies else []
    low, high = (drawn[int(0.025 * samples)], drawn[min(samples - 1, int(0.975 * samples))]) if drawn else (0.0, 0.0)
    return Score(*_prf(tallies, right), low, high)


def _prf(tallies: Sequence[Tally], right: Callable[[Tally], int]) -> tuple[float, float, float]:
    hit, coded, owed = (sum(value(one) for one in tallies) for value in (right, lambda one: one.coded, lambda one: one.owed))
    precision, recall = (hit / coded if coded else 0.0), (hit / owed if owed else 0.0)
    return precision, recall, (2 * precision * recall / (precision + recall) if hit else 0.0)


def confusion(tallies: Sequence[Tally]) -> Counter[tuple[str, str]]:
    """How often a gold label was coded as another; `missed` when nothing was found, `none` when nothing was there."""
    total: Counter[tuple[str, str]] = Counter()
    for one in tallies:
        total.update(one.confusion)
    return total
