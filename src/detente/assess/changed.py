"""Which pairs of states do more or less with one another than they used to: days with an act in the last year against those of a usual year before.

A screen and not a verdict: it says where to look. Days and not acts are counted, so that a summit with many agreements is one day. Whether the
pair was read at all stands beside the numbers, since a year that nobody read is not a quiet one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from math import sqrt
from typing import Literal

from detente.assess.facts import counts, effect, rule
from detente.measure import coverage as reading
from detente.records import Act, Coverage

Pair = tuple[str, str]
Direction = Literal["more", "fewer", "as before", "too few", "not read"]
MOST_STATES = 6
"""An act of more states is one of an assembly, and none of each pair in it."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A pair: days with an act in the last year (`now`), those of a usual year before (`usual`), and the dimension that moved most.

    `score` is 2(sqrt(now + 3/8) - sqrt(usual + 3/8)), which makes counts of any size comparable (Anscombe 1948, Biometrika 35, eq. 1).
    `cooling` of the last year's acts cool what is between the two. `read` is the worst grade of coverage over all the time, None: nobody graded it.
    """

    pair: Pair
    now: int
    usual: float
    score: float
    direction: Direction
    dimension: str | None
    cooling: int
    read: str | None
    acts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """The last year, [`since`, `as_of`], and the years that tell what is usual, [`start`, `since`)."""

    start: date
    since: date
    as_of: date

    @property
    def years(self) -> float:
        """How many years tell what is usual."""
        return (self.since - self.start).days / 365.2425


def span(as_of: date) -> Span:
    """The span up to a day, by the rules of how long a stage must hold and how long memory is."""
    since = _before(as_of, int(rule("held_months")) // 12) + timedelta(days=1)
    return Span(_before(since, int(rule("memory_months")) // 12), since, as_of)


def _before(day: date, years: int) -> date:
    """The same day so many years earlier; of 29 February the 28th."""
    return day.replace(year=day.year - years, day=28 if (day.month, day.day) == (2, 29) else day.day)


def pairs(acts: Iterable[Act], cover: Iterable[Coverage], *, as_of: date) -> tuple[Changed, ...]:
    """Every pair with an accepted act within memory: those that do more or fewer first, the one that changed most before all."""
    over, held = span(as_of), dict[Pair, list[tuple[date, Act]]]()
    for act in acts:
        day = _day(act, over)
        if day is not None and len(act.claim.states) <= MOST_STATES:
            for low, high in combinations(sorted(act.claim.states), 2):
                held.setdefault((low, high), []).append((day, act))
    graded = tuple(cover)
    found = (_pair(pair, dated, over, graded) for pair, dated in held.items())
    return tuple(sorted(found, key=lambda each: (each.direction not in ("more", "fewer"), -abs(each.score), each.pair)))


def _day(act: Act, over: Span) -> date | None:
    """The first day of an act that counts and lies within the span."""
    day = None if act.claim.valid is None else act.claim.valid.start
    return day if act.accepted and day is not None and over.start <= day <= over.as_of and counts(act) else None


def _pair(pair: Pair, dated: Sequence[tuple[date, Act]], over: Span, cover: Iterable[Coverage]) -> Changed:
    now, usual = _rates({day for day, _ in dated}, over)
    recent = [act for day, act in dated if day >= over.since]
    read = reading.grade(cover, dyad=pair, start=over.start, stop=over.as_of)
    few = len({day for day, _ in dated}) < rule("least_acts")
    return Changed(
        pair=pair,
        now=now,
        usual=usual,
        score=score(now, usual),
        direction="too few" if few else _direction(now, usual, read),
        dimension=_foremost(dated, over),
        cooling=sum(effect(act) < 0 for act in recent),
        read=read,
        acts=tuple(act.id for act in recent),
    )


def _rates(days: set[date], over: Span) -> tuple[int, float]:
    now = sum(day >= over.since for day in days)
    return now, (len(days) - now) / over.years


def score(now: float, usual: float) -> float:
    """How far a count lies from the usual one, on a scale on which counts of any size scatter alike.

    >>> score(4, 4), round(score(9, 4), 2)
    (0.0, 1.94)
    """
    return 2 * (sqrt(now + 3 / 8) - sqrt(usual + 3 / 8))


def _direction(now: int, usual: float, read: str | None) -> Direction:
    """More, fewer or as before; where nobody graded how the pair was read, fewer acts may be fewer papers."""
    if now >= usual * rule("factor"):
        return "more"
    if now * rule("factor") > usual:
        return "as before"
    return "not read" if read is None else "fewer"


def _foremost(dated: Iterable[tuple[date, Act]], over: Span) -> str | None:
    """The dimension whose days changed most; None where no act has one."""
    days: dict[str, set[date]] = {}
    for day, act in dated:
        for name in act.claim.dimensions:
            days.setdefault(name, set()).add(day)
    return max(days, key=lambda name: (abs(score(*_rates(days[name], over))), name), default=None)


def yearly(acts: Iterable[Act], wanted: Iterable[Pair], *, since: date, as_of: date) -> Mapping[Pair, tuple[int, ...]]:
    """Days with an accepted act between two states in each year from that of `since` to that of `as_of`."""
    days: dict[Pair, set[date]] = {pair: set() for pair in wanted}
    over = Span(since, as_of, as_of)
    for act in acts:
        day = _day(act, over)
        for pair, held in days.items():
            if day is not None and act.claim.states.issuperset(pair):
                held.add(day)
    counted = {pair: Counter(day.year for day in held) for pair, held in days.items()}
    return {pair: tuple(number[year] for year in range(since.year, as_of.year + 1)) for pair, number in counted.items()}
