"""The panel of the ledger: acts by month or week, direction and dimension, raw and held against volume side by side.

Counts are of acts, never of reports. A cell that nobody read well has a count and no normalised value.
Ignores acts without a first day, and what became known after the as-of day (the caller's acts are as of it).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from detente import ontology
from detente.errors import QuestionError
from detente.measure.coverage import grade
from detente.measure.occasions import add_months
from detente.records import Act, Coverage, Party

Step = Literal["month", "week"]
UNRANKED = 0.5
"""Weight of a contact of which no rank is told: that of the lowest rung."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Acts of `source` towards `target` in a dimension over [start, stop).

    `weight`: the acts weighed by the highest rank that took part. `world`, `by_source`, `by_target`: acts of the dimension by anybody,
    by or with the source, by or with the target. `share`: acts over `world` (None when that is 0 or the span was not read fairly).
    `publications`: (name, acts it reports), most first.
    """

    source: str
    target: str
    dimension: str
    start: date
    stop: date
    acts: int
    weight: float
    world: int
    by_source: int
    by_target: int
    share: float | None
    coverage: str | None
    publications: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Span:
    """Which periods the panel has: from the one that holds `start` to the one that holds `last`, by month or by week (Monday first)."""

    start: date
    last: date
    step: Step = "month"

    def periods(self) -> tuple[tuple[date, date], ...]:
        """[start, stop) of every period. Raises QuestionError when the last day lies before the first."""
        if self.last < self.start:
            raise QuestionError("a span that ends after it begins", came=f"{self.start} to {self.last} came", do="swap the two days")
        after: Callable[[date], date] = (lambda day: add_months(day, 1)) if self.step == "month" else (lambda day: day + timedelta(days=7))
        begins = self.start.replace(day=1) if self.step == "month" else self.start - timedelta(days=self.start.weekday())
        found = []
        while begins <= self.last:
            found.append((begins, after(begins)))
            begins = after(begins)
        return tuple(found)


def panel(acts: Iterable[Act], coverage: Iterable[Coverage], *, dyad: tuple[str, str], dimension: str, span: Span) -> tuple[Cell, ...]:
    """Both directions of a pair in one dimension, period by period."""
    read = tuple(coverage)
    held = [(day, act) for act in acts if dimension in act.claim.dimensions and (day := _first_day(act)) is not None]
    cells = []
    for start, stop in span.periods():
        here = [act for day, act in held if start <= day < stop]
        graded = grade(read, dyad=dyad, start=start, stop=min(stop, span.last + timedelta(days=1)))
        cells += [_cell(here, side, dimension, (start, stop), graded) for side in (dyad, dyad[::-1])]
    return tuple(cells)


def _first_day(act: Act) -> date | None:
    return None if act.claim.valid is None else act.claim.valid.start


def _cell(here: Sequence[Act], side: tuple[str, str], dimension: str, ends: tuple[date, date], graded: str | None) -> Cell:
    source, target = side
    ours = [act for act in here if source in _states(act.claim.source) and target in _states(act.claim.target)]
    papers = Counter(name for act in ours for name in {citation.publication for citation in act.citations})
    fair = graded in ("fair", "full") and bool(here)
    return Cell(
        source=source,
        target=target,
        dimension=dimension,
        start=ends[0],
        stop=ends[1],
        acts=len(ours),
        weight=sum(rank_weight(act) for act in ours),
        world=len(here),
        by_source=sum(source in act.claim.states for act in here),
        by_target=sum(target in act.claim.states for act in here),
        share=len(ours) / len(here) if fair else None,
        coverage=graded,
        publications=tuple(sorted(papers.items(), key=lambda item: (-item[1], item[0]))),
    )


def _states(parties: Iterable[Party]) -> frozenset[str]:
    return frozenset(party.state for party in parties if party.state is not None)


def rank_weight(act: Act) -> float:
    """The weight of the highest rank among those who acted, by the ladder of ranks; `UNRANKED` when none is told."""
    ranks = [party.rank for party in (*act.claim.source, *act.claim.target) if party.rank is not None]
    return float(ontology.term("ranks", str(min(ranks))).more["weight"]) if ranks else UNRANKED
