"""The level of every dimension of a pair over time: its stages, what carries the present one, and what should be doubted about it.

Shows what the verdict reads (the same quarters, the same assumptions) without judging it. Ignores dimensions that are no rate.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from detente import ontology
from detente.assess.facts import Facts, effect, known, rule
from detente.detect.changes import Segmentation, segment
from detente.detect.explain import Weighed, placebo, source_breaks, without_largest
from detente.detect.levels import Model
from detente.detect.recent import recent
from detente.detect.shared import Turn, turns
from detente.detect.stages import Answer, draws_of, holding, question
from detente.errors import TermError
from detente.measure.occasions import QUARTER_MONTHS, Quarters, occasions, quarters
from detente.records import Act, Coverage

WINDOW_QUARTERS = 8
YEAR_QUARTERS = 12 // QUARTER_MONTHS


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """Occasions a quarter in one dimension, from the first graded quarter to the as-of day; levels are occasions a quarter.

    `present` is the filtered answer of the as-of day; `found` is smoothed, its earlier stages use all that became known until then.
    `announced`: the first quarter whose filtered answer held a rise or fall to the present level likelier than not; None when none did.
    `holds`: probability that the present level holds for 6 and for 12 months. `acts`: those of the present stage.
    `placebo`: share of earlier quarters in which a rise would have been announced. `benchmarks`: the same question of other pairs.
    """

    dimension: str
    counted: Quarters
    found: Segmentation
    present: Answer
    announced: int | None
    holds: tuple[float, float]
    acts: tuple[Act, ...]
    weighed: Weighed
    sources: tuple[tuple[str, str], ...]
    placebo: float
    benchmarks: tuple[tuple[tuple[str, str], float], ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """A dimension of which the ledger cannot tell, and why."""

    dimension: str
    reason: str


def rated() -> tuple[str, ...]:
    """The dimensions that are a rate of occasions."""
    return tuple(term.code for term in ontology.family("dimensions").values() if term.more["evidence"] == "rate")


def of(
    acts: Iterable[Act], coverage: Iterable[Coverage], *, dyads: Sequence[tuple[str, str]], dimension: str | None, as_of: date
) -> tuple[Level | Unknown, ...]:
    """The levels of the first of `dyads`, the others being its benchmarks, in one dimension or in all that are a rate.

    Raises TermError for a dimension that is none or is no rate.
    """
    if dimension is not None and dimension not in rated():
        raise TermError(f"one of {', '.join(rated())}", came=f"{dimension!r} came", do="choose a dimension that is a rate of occasions")
    held, read = tuple(acts), tuple(coverage)
    facts, *others = (known(held, dyad=dyad, as_of=as_of, coverage=read) for dyad in dyads)
    return tuple(_level(facts, each, tuple(others)) for each in (rated() if dimension is None else (dimension,)))


def _model() -> Model:
    return Model(stage_length=rule("stage_quarters"), shock_gap=rule("shock_quarters"), least_ratio=rule("factor"))


def _level(facts: Facts, dimension: str, others: tuple[Facts, ...]) -> Level | Unknown:
    since = max(facts.memory_start, facts.graded_since())
    if since > facts.recent_start:
        return Unknown(dimension, "these years were not read well enough to tell zero from unknown")
    acts, counted = _counted(facts, dimension, since)
    if sum(counted.counts) < rule("least_acts"):
        return Unknown(dimension, f"{sum(counted.counts):.0f} occasions since {since:%Y} are too few for a level")
    found = segment(counted.counts, exposure=counted.exposure, model=_model())
    present, begun = question(found, window=WINDOW_QUARTERS), draws_of(found).begins.sum(axis=1)
    start = max(0, found.size - present.age)
    carried = set(counted.acts_from(start))
    return Level(
        dimension=dimension,
        counted=counted,
        found=found,
        present=present,
        announced=_announced(counted, start) if present.above > present.same or present.below > present.same else None,
        holds=(holding(found, begun, 6 // QUARTER_MONTHS), holding(found, begun, 12 // QUARTER_MONTHS)),
        acts=tuple(act for act in acts if act.id in carried),
        weighed=without_largest(found, counted.counts, exposure=counted.exposure, since=start),
        sources=source_breaks(_sources(acts, counted), start),
        placebo=placebo(counted.counts, exposure=counted.exposure, model=_model(), apart=WINDOW_QUARTERS),
        benchmarks=tuple((other.dyad, _above(other, dimension, since)) for other in others if other.graded_since() <= since),
    )


def _counted(facts: Facts, dimension: str, since: date) -> tuple[tuple[Act, ...], Quarters]:
    acts = tuple(act for act in facts.between(dimension) if effect(act) > 0)
    return acts, quarters(occasions(acts), start=since, as_of=facts.as_of)


def _above(facts: Facts, dimension: str, since: date) -> float:
    """The same question of another pair: probability that its present level is above the one before."""
    _, counted = _counted(facts, dimension, since)
    return question(segment(counted.counts, exposure=counted.exposure, model=_model()), window=WINDOW_QUARTERS).above


def _announced(counted: Quarters, start: int) -> int | None:
    seen = recent(counted.counts, exposure=counted.exposure, model=_model())
    told = (seen.odds("up") > 0.0) | (seen.odds("down") > 0.0)
    return next((i for i in range(start, len(told)) if told[i]), None)


def together(found: Sequence[Level | Unknown]) -> tuple[tuple[Turn, tuple[tuple[str, float], ...]], ...]:
    """Turns that several dimensions share, each with the probability that a dimension took part, by dimension."""
    known_ones = [each for each in found if isinstance(each, Level)]
    names = [each.dimension for each in known_ones]
    return tuple((turn, tuple(zip(names, turn.parts, strict=True))) for turn in turns([each.found for each in known_ones]))


def _sources(acts: tuple[Act, ...], counted: Quarters) -> list[list[str]]:
    """Publications that speak in each quarter."""
    cited = {act.id: [citation.publication for citation in act.citations] for act in acts}
    return [[name for occasion in held for key in occasion.acts for name in cited[key]] for held in counted.occasions]
