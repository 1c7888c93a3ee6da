"""Findings on dimensions that are a rate of occasions: contact, symbolic, economic declared, security, alignment.

Quarters of occasions are segmented exactly (see detect); the level now is held against the level when the recent span began.
A rise that held and was more than words is a stage; a younger or merely declared one is a phase of intent.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from detente.assess.facts import Facts, depth, effect, rule
from detente.dates import Interval
from detente.detect.changes import Segmentation, segment
from detente.detect.levels import Model
from detente.detect.stages import Draws, draws_of
from detente.measure.occasions import QUARTER_MONTHS, Quarters, add_months, occasions, quarters
from detente.records import Act, Call, Confidence, Finding, Stage, Statement

FRESH_QUARTERS = 2
YEAR_QUARTERS = 12 // QUARTER_MONTHS


@dataclass(frozen=True, slots=True)
class Shares:
    """Shares of the chains drawn from the posterior, and the level in each span (occasions a year).

    `up`, `down`: the level is above or below what it was; `fresh`: it is not, and the last quarters are a one-off above it.
    """

    up: float
    down: float
    fresh: float
    returned: float
    restored: float
    age_quarters: int
    held: float
    level: float
    before: float
    begins_low: int
    begins_high: int


def find(facts: Facts, dimension: str) -> Finding:
    """The finding on one dimension; `cannot_tell` with its reason where coverage or the number of acts is too thin."""
    acts = facts.between(dimension)
    warming = tuple(act for act in acts if effect(act) > 0)
    cooling = tuple(act.id for act in acts if effect(act) < 0 and _since(act, facts.recent_start))
    since = max(facts.memory_start, facts.graded_since())
    refusal = _refusal(facts, dimension, since, warming)
    if refusal is not None:
        return Finding(dimension=dimension, call="cannot_tell", probability=None, confidence="low", statements=(refusal,), contradicts=cooling)
    counted = quarters(occasions(warming), start=since, as_of=facts.as_of)
    return _judge(facts, dimension, counted, warming, cooling)


def _refusal(facts: Facts, dimension: str, since: date, warming: tuple[Act, ...]) -> Statement | None:
    if since > facts.recent_start:
        return Statement(code="thin_coverage", values=(("dimension", dimension), ("since", str(add_months(facts.recent_start, 0)))))
    number = sum(1 for occasion in occasions(warming) if occasion.day >= since)
    if number < rule("least_acts"):
        values = (("dimension", dimension), ("number", str(number)), ("least", f"{rule('least_acts'):.0f}"), ("since", f"{since:%Y}"))
        return Statement(code="few_acts", values=values, acts=tuple(act.id for act in warming))
    return None


def _judge(facts: Facts, dimension: str, counted: Quarters, warming: tuple[Act, ...], cooling: tuple[str, ...]) -> Finding:
    shares = compare(counted.counts, exposure=counted.exposure)
    recent = counted.acts_from(len(counted.counts) - shares.age_quarters)
    deep = tuple(act.id for act in warming if act.id in recent and depth(act) != "declared")
    call, probability = called(shares, deep=bool(deep))
    stage = (
        _stage(facts, dimension, counted, shares, probability) if call in ("new_stage", "new_phase_of_intent") and probability is not None else None
    )
    supports, contradicts = _sides(call, recent, cooling, tuple(act.id for act in warming if _since(act, facts.recent_start)))
    return Finding(
        dimension=dimension,
        call=call,
        probability=None if probability is None else round(min(0.99, max(0.01, probability)), 2),
        confidence=_confidence(facts, counted, warming),
        statements=_statements(call, shares, counted, recent, deep),
        watch=_watch(call, shares, facts),
        supports=supports,
        contradicts=contradicts,
        stage=stage,
    )


def _sides(call: Call, recent: tuple[str, ...], cooling: tuple[str, ...], span: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Acts for and against a call: of a rise those since it began against those that cooled; of a fall those that cooled and those before it."""
    if call in ("new_stage", "new_phase_of_intent", "shock"):
        return recent, cooling
    if call == "declined":
        return (*cooling, *(act for act in span if act not in recent)), tuple(act for act in span if act in recent)
    return span, ()


def compare(counts: Sequence[float], *, exposure: Sequence[float], unit: float = 1.0) -> Shares:
    """Hold the level of the last quarter against that when the recent span began; `unit` is what one occasion is worth in the counts."""
    model = Model(stage_length=rule("stage_quarters"), shock_gap=rule("shock_quarters"), least_ratio=rule("factor"), unit=unit)
    found = segment(counts, exposure=exposure, model=model)
    return _shares(draws_of(found), fresh=_fresh(found, counts, exposure))


def _fresh(found: Segmentation, counts: Sequence[float], exposure: Sequence[float]) -> float:
    """Probability that one of the last two quarters is a one-off above the level: a rise that is too young to be told from a stage."""
    last = range(max(0, found.size - FRESH_QUARTERS), found.size)
    above = (counts[i] / exposure[i] > found.level[i] for i in last)
    return max(found.shock_probability[i] if higher else 0.0 for i, higher in zip(last, above, strict=True))


def _shares(drawn: Draws, *, fresh: float) -> Shares:
    """Hold the last level of each chain against its level when the recent span began."""
    factor, window = rule("factor"), int(rule("recent_months")) // QUARTER_MONTHS
    levels = drawn.levels * YEAR_QUARTERS
    n = levels.shape[1]
    start = max(0, n - 1 - window)
    now, before = levels[:, -1], levels[:, start]
    up, down = now / before >= factor, now / before <= 1 / factor
    peak = levels[:, start:].max(axis=1)
    ages = np.where(drawn.begins.any(axis=1), np.argmax(drawn.begins[:, ::-1], axis=1) + 1, n)
    moved = up if up.sum() >= down.sum() else down
    chosen = ages[moved] if moved.any() else ages
    low, median, high = (int(v) for v in np.quantile(chosen, (0.05, 0.5, 0.95), method="nearest"))
    earlier = np.quantile(levels[:, : start + 1], 1 - YEAR_QUARTERS / max(start + 1, YEAR_QUARTERS + 1), axis=1)
    return Shares(
        up=float(up.mean()),
        down=float(down.mean()),
        fresh=min(fresh, float((~up & ~down).mean())),
        returned=float((~up & ~down & (peak / before >= factor) & (peak / now >= factor)).mean()),
        restored=float((earlier[up] * factor >= now[up]).mean()) if up.any() else 0.0,
        age_quarters=median,
        held=float((chosen * QUARTER_MONTHS >= rule("held_months")).mean()),
        level=float(np.median(now)),
        before=float(np.median(before)),
        begins_low=n - high,
        begins_high=n - low,
    )


def called(shares: Shares, *, deep: bool) -> tuple[Call, float | None]:
    """The first of these that is likely: a fall, a rise (held and more than words: a stage), a shock, no change; else it cannot be told."""
    least = rule("likely")
    if shares.down >= least:
        return "declined", shares.down
    if shares.up >= least and shares.held >= 0.5 and deep:
        return "new_stage", shares.up
    if shares.up + shares.fresh >= least:
        return "new_phase_of_intent", shares.up + shares.fresh
    if shares.returned >= least:
        return "shock", shares.returned
    same = 1 - shares.up - shares.down - shares.fresh
    return ("no_change", same) if same >= least else ("cannot_tell", None)


def _stage(facts: Facts, dimension: str, counted: Quarters, shares: Shares, probability: float) -> Stage:
    begins = Interval(counted.day_of(max(shares.begins_low, 0)), counted.day_of(shares.begins_high + 1), "days")
    return Stage(
        dyad=facts.dyad,
        dimension=dimension,
        begins=begins,
        level=round(shares.level, 1),
        before=round(shares.before, 1),
        unit="occasions a year",
        probability=round(probability, 2),
        restored=shares.restored >= 0.5,
    )


def _confidence(facts: Facts, counted: Quarters, warming: Iterable[Act]) -> Confidence:
    publications = {citation.publication for act in warming for citation in act.citations}
    total = sum(counted.counts)
    if facts.grade(facts.recent_start) == "full" and total >= 20 and len(publications) >= 5:
        return "high"
    return "moderate" if total >= 10 and len(publications) >= 3 else "low"


def _statements(call: Call, shares: Shares, counted: Quarters, recent: tuple[str, ...], deep: tuple[str, ...]) -> tuple[Statement, ...]:
    numbers = (
        ("rise", f"{shares.up + shares.fresh:.0%}"),
        ("lasting", f"{shares.up:.0%}"),
        ("passing", f"{shares.fresh:.0%}"),
        ("fall", f"{shares.down:.0%}"),
        ("level", f"{shares.level:.1f}"),
        ("before", f"{shares.before:.1f}"),
        ("began", f"{counted.day_of(len(counted.counts) - shares.age_quarters):%Y-%m}"),
        ("since", f"{counted.start:%Y}"),
        ("number", f"{sum(counted.counts):.0f}"),
    )
    fresh = call == "new_phase_of_intent" and shares.fresh > shares.up
    carried = counted.acts_from(len(counted.counts) - FRESH_QUARTERS) if fresh else recent or counted.acts_from(0)
    found = [Statement(code="rate_fresh" if fresh else f"rate_{call}", values=numbers, acts=carried)]
    if call == "new_phase_of_intent" and shares.up < rule("likely"):
        found.append(Statement(code="rate_unsettled", values=numbers, acts=carried))
    elif call == "new_phase_of_intent" and shares.held < 0.5:
        found.append(Statement(code="rate_young", values=(*numbers, ("months", f"{rule('held_months'):.0f}")), acts=carried))
    if call == "new_phase_of_intent" and not deep:
        found.append(Statement(code="rate_declared", values=numbers, acts=carried))
    if call in ("new_stage", "new_phase_of_intent") and shares.restored >= 0.5:
        found.append(Statement(code="rate_restored", values=numbers, acts=counted.acts_from(0)))
    return tuple(found)


def _watch(call: Call, shares: Shares, facts: Facts) -> tuple[Statement, ...]:
    factor, months = rule("factor"), int(rule("held_months"))
    floor = shares.before * factor
    if call in ("new_stage", "new_phase_of_intent"):
        age = 0 if shares.up < rule("likely") else (shares.age_quarters - 1) * QUARTER_MONTHS
        until = add_months(facts.as_of, max(QUARTER_MONTHS, months - age))
        return (Statement(code=f"watch_{call}", values=(("floor", f"{floor:.1f}"), ("until", f"{until:%Y-%m}"))),)
    return (Statement(code="watch_rate", values=(("level", f"{max(shares.level * factor, 1):.1f}"), ("months", str(months)))),)


def _since(act: Act, day: date) -> bool:
    valid = act.claim.valid
    return valid is not None and (valid.start or date.min) >= day
