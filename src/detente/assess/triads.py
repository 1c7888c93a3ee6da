"""Pressure by a third state on both of two: does cooperation between the two follow it sooner or more than it comes anyway?

Each time that a third state or body presses one of the two while it has also pressed the other, the warming occasions of the two in the year after
are held against the year before. Placebo days, every half year of the memory, say how often such a rise is found where nothing happened; the
same is done for a benchmark dyad. Order is no cause, and many things happen at once: the finding is shown with that caution, never alone.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import mean

from detente.assess.facts import Facts, counts, effect, rule
from detente.measure.occasions import add_months, months_between, occasions
from detente.records import Act

MONTHS = 12
PLACEBO_STEP = 6
LEAST = 2
"""Fewer occasions of pressure than this tell nothing of what follows pressure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Triad:
    """What followed the pressure of one third party.

    `on_a`, `on_b`: acts of pressure on either. `both_since`: the day from which both had been pressed. `before`, `after`: warming occasions of
    the two in the year before and after each occasion of pressure, on average. `lag_days`: from the pressure to the next warming occasion, the
    median, None where none came. `placebo`: share of placebo days with a rise at least as large, None where there are none. `benchmark`: the same
    rise, after less before, of the benchmark dyad, None without one. `told`: False where too little is known to say anything.
    """

    third: str
    on_a: tuple[str, ...]
    on_b: tuple[str, ...]
    both_since: date
    pressures: int
    before: float
    after: float
    lag_days: int | None
    placebo: float | None
    benchmark: float | None
    told: bool

    @property
    def rise(self) -> float:
        """Occasions a year that came more after the pressure than before it."""
        return self.after - self.before


def find(facts: Facts, *, benchmark: Facts | None = None) -> tuple[Triad, ...]:
    """One triad for each third party that has pressed both, the most pressing first; none where nobody has."""
    pressed = [act for act in facts.acts if _presses(act)]
    thirds = dict.fromkeys(third for act in pressed for third in _sources(act) if third not in facts.dyad)
    found = [_triad(facts, benchmark, third, pressed) for third in thirds]
    return tuple(sorted((t for t in found if t is not None), key=lambda t: (-t.pressures, t.third)))


def _triad(facts: Facts, benchmark: Facts | None, third: str, pressed: Sequence[Act]) -> Triad | None:
    a, b = facts.dyad
    on_a, on_b = ([act for act in pressed if third in _sources(act) and state in _targets(act)] for state in (a, b))
    if not on_a or not on_b:
        return None
    since = max(_first(on_a), _first(on_b))
    days = [occasion.day for occasion in occasions([*on_a, *on_b]) if occasion.day >= since and _closed(occasion.day, facts.as_of)]
    warm = _warming(facts)
    before, after = _around(warm, days)
    return Triad(
        third=third,
        on_a=tuple(act.id for act in on_a),
        on_b=tuple(act.id for act in on_b),
        both_since=since,
        pressures=len(days),
        before=round(before, 2),
        after=round(after, 2),
        lag_days=_lag(warm, days),
        placebo=_placebo(warm, days, since, facts),
        benchmark=None if benchmark is None or not days else _rise(_warming(benchmark), days),
        told=len(days) >= LEAST and facts.graded_since() <= add_months(since, -MONTHS),
    )


def _presses(act: Act) -> bool:
    return act.claim.kind == "sanction" and counts(act) and effect(act) < 0


def _sources(act: Act) -> set[str]:
    return {party.state or party.body or "" for party in act.claim.source} - {""}


def _targets(act: Act) -> set[str]:
    return {party.state or "" for party in act.claim.target} - {""}


def _first(acts: Iterable[Act]) -> date:
    return min((act.claim.valid.start for act in acts if act.claim.valid is not None and act.claim.valid.start is not None), default=date.max)


def _closed(day: date, as_of: date) -> bool:
    """Whether the year after a day is over, so that it can be held against the year before."""
    return add_months(day, MONTHS) <= as_of


def _warming(facts: Facts) -> list[date]:
    return [occasion.day for occasion in occasions(facts.warming())]


def _around(warm: Sequence[date], days: Sequence[date]) -> tuple[float, float]:
    """Occasions in the year before and in the year from each day on, on average; a day itself belongs to what follows."""
    if not days:
        return 0.0, 0.0
    year = timedelta(days=365)
    before = [bisect_left(warm, day) - bisect_left(warm, day - year) for day in days]
    after = [bisect_right(warm, day + year) - bisect_left(warm, day) for day in days]
    return mean(before), mean(after)


def _rise(warm: Sequence[date], days: Sequence[date]) -> float:
    before, after = _around(warm, days)
    return round(after - before, 2)


def _lag(warm: Sequence[date], days: Sequence[date]) -> int | None:
    lags = sorted((warm[at] - day).days for day in days if (at := bisect_left(warm, day)) < len(warm))
    return lags[len(lags) // 2] if lags else None


def _placebo(warm: Sequence[date], days: Sequence[date], since: date, facts: Facts) -> float | None:
    """Share of placebo days, half a year apart, read on both sides and a year away from any pressure, whose rise is at least that found."""
    start = max(add_months(since, -int(rule("memory_months"))), add_months(min(facts.graded_since(), facts.as_of), MONTHS))
    tried = [add_months(start, n) for n in range(0, max(0, months_between(start, facts.as_of) - MONTHS), PLACEBO_STEP)]
    far = [day for day in tried if all(abs(months_between(day, pressed)) > MONTHS for pressed in days)]
    return round(mean(_rise(warm, [day]) >= _rise(warm, days) for day in far), 2) if far and days else None
