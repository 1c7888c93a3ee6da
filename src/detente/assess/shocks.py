"""Origin or acceleration: did the warming between two states begin before an outside shock or after it?

What began before a shock was not caused by it, though it may have been sped up. The months of warming occasions are segmented exactly up to the
as-of day; the posterior says when the rise about the shock began. Placebo days say how often a rise is found where nothing happened.
Shown with the acts before the shock, never as cause alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from detente.assess.facts import Facts, rule
from detente.detect.changes import segment
from detente.detect.levels import Model
from detente.detect.stages import draws_of
from detente.measure.occasions import Occasion, add_months, months_between, occasions
from detente.records import Act

Course = Literal["origin", "acceleration", "unsettled", "no_rise", "cannot_tell"]
PAST_MONTHS, ABOUT_MONTHS, PLACEBO_STEP = 60, 12, 6
QUARTER_MONTHS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Shock:
    """What the series says of a shock. `rise`: a rise began from a year before it to the as-of day (a year after at most).

    `before`: given a rise, it began before the month of the shock; `in_month`: in that month. `placebo`: share of placebo days at which a
    rise is likely too, None where memory holds none. `acts_before`, `acts_after`: warming acts of the year before and after.
    """

    day: date
    course: Course
    rise: float
    before: float
    in_month: float
    placebo: float | None
    acts_before: tuple[str, ...]
    acts_after: tuple[str, ...]


def examine(facts: Facts, day: date) -> Shock:
    """The test for a shock on `day`, as of the facts' day; `cannot_tell` when the years before it were not read or too few acts are known."""
    warming = facts.warming()
    held = occasions(warming)
    since, until = add_months(day, -PAST_MONTHS), min(facts.as_of, add_months(day, ABOUT_MONTHS))
    rise, before, in_month = _onset(held, day, until)
    enough = sum(since <= occasion.day <= until for occasion in held) >= rule("least_acts")
    told = facts.graded_since() <= since and facts.as_of > day and enough
    return Shock(
        day=day,
        course=_course(rise, before, in_month) if told else "cannot_tell",
        rise=round(rise, 2),
        before=round(before, 2),
        in_month=round(in_month, 2),
        placebo=_placebo(held, day, facts),
        acts_before=_within(warming, add_months(day, -ABOUT_MONTHS), day),
        acts_after=_within(warming, day, until),
    )


def _onset(held: Sequence[Occasion], day: date, until: date) -> tuple[float, float, float]:
    """Probability of a rise about the day, and, given one, that its first step came before the day's month and in it."""
    since = add_months(day, -PAST_MONTHS)
    months = np.zeros(months_between(since, until) + 1)
    for occasion in held:
        if since <= occasion.day <= until:
            months[months_between(since, occasion.day)] += 1
    model = Model(stage_length=rule("stage_quarters") * QUARTER_MONTHS, shock_gap=rule("shock_quarters") * QUARTER_MONTHS, least_ratio=rule("factor"))
    drawn = draws_of(segment([float(n) for n in months], model=model))
    steps = (drawn.begins[:, 1:] == 1) & (np.diff(drawn.levels, axis=1) > 0)
    shock = PAST_MONTHS
    about = steps[:, shock - ABOUT_MONTHS - 1 :]
    risen = about.any(axis=1)
    if not risen.any():
        return 0.0, 0.0, 0.0
    first = np.argmax(about[risen], axis=1) + shock - ABOUT_MONTHS
    return float(risen.mean()), float((first < shock).mean()), float((first == shock).mean())


def _course(rise: float, before: float, in_month: float) -> Course:
    least = rule("likely")
    if rise < least:
        return "no_rise" if rise <= 1 - least else "unsettled"
    if before >= least:
        return "acceleration"
    return "origin" if 1 - before - in_month >= least else "unsettled"


def _placebo(held: Sequence[Occasion], day: date, facts: Facts) -> float | None:
    """Share of placebo days in memory, up to a year before the shock, at which a rise about the day is likely."""
    read = facts.graded_since()
    first = add_months(max(facts.memory_start, read), PAST_MONTHS) if read < date.max else date.max
    length = months_between(day, min(facts.as_of, add_months(day, ABOUT_MONTHS)))
    days = []
    while first < add_months(day, -2 * ABOUT_MONTHS):
        days.append(first)
        first = add_months(first, PLACEBO_STEP)
    hits = [_onset(held, placebo, add_months(placebo, length))[0] >= rule("likely") for placebo in days]
    return round(sum(hits) / len(hits), 2) if hits else None


def _within(acts: Sequence[Act], first: date, last: date) -> tuple[str, ...]:
    return tuple(
        act.id for act in acts if act.claim.valid is not None and act.claim.valid.start is not None and first <= act.claim.valid.start < last
    )
