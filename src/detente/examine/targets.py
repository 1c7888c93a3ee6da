"""Targets: a baseline, a goal, a unit and a deadline; the growth they need, the value on course, what each source recorded, and met or missed.

Values of different sources stand side by side, never averaged. A target is missed or met only by a value for the year of its deadline.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Literal

from detente import dates
from detente.errors import InputError
from detente.records import Act, Actual, Claim, Target

CENT = Decimal("0.01")
SHARE = Decimal("0.001")


def growth_needed(baseline: Decimal, goal: Decimal, *, years: int) -> float:
    """Yearly growth that takes the baseline to the goal, as a share: 0.367 is 36.7 % a year. Raises InputError off its range.

    >>> round(growth_needed(Decimal(112), Decimal(1000), years=7), 3)
    0.367
    """
    if baseline <= 0 or goal <= 0 or years < 1:
        raise InputError(
            "a baseline and a goal above 0 and a deadline after the baseline", came=f"{baseline}, {goal}, {years} years", do="check the row"
        )
    return float((float(goal) / float(baseline)) ** (1 / years) - 1)


def course(baseline: Decimal, growth: float, *, years: int) -> Decimal:
    """The value that steady growth has reached after so many years."""
    return Decimal(float(baseline) * (1 + growth) ** max(years, 0)).quantize(CENT)


def follow(act: Act, values: Iterable[Act], *, as_of: date) -> Target | None:
    """How a target stands as of a day, or None when its row lacks baseline, goal, unit or deadline."""
    claim = act.claim
    needed = [claim.detail(name) for name in ("measure", "baseline", "baseline_period", "goal", "unit", "deadline")]
    if any(text is None for text in needed):
        return None
    measure, baseline, period, goal, unit, deadline = (text or "" for text in needed)
    last, from_year = dates.parse(deadline).last, dates.parse(period).start
    if last is None or from_year is None:
        return None
    growth = growth_needed(Decimal(baseline), Decimal(goal), years=last.year - from_year.year)
    actuals = _actuals(values, measure, Decimal(goal), since=from_year.year)
    return Target(
        act=act.id,
        measure=measure,
        baseline=Decimal(baseline),
        baseline_period=period,
        goal=Decimal(goal),
        unit=unit,
        deadline=last,
        growth=growth,
        on_course=course(Decimal(baseline), growth, years=min(as_of.year, last.year) - from_year.year),
        actuals=actuals,
        state=_state(actuals, Decimal(goal), last, as_of),
    )


def _actuals(values: Iterable[Act], measure: str, goal: Decimal, *, since: int) -> tuple[Actual, ...]:
    fitting = [act for act in values if act.claim.kind == "trade_value" and act.claim.detail("measure") == measure and _year(act.claim) >= since]
    return tuple(_actual(act, goal) for act in sorted(fitting, key=lambda act: (_year(act.claim), act.known or date.max, act.id)))


def _actual(act: Act, goal: Decimal) -> Actual:
    value = Decimal(act.claim.detail("value") or "0")
    share, period = (value / goal).quantize(SHARE), act.claim.detail("period") or ""
    return Actual(act=act.id, period=period, value=value, share=share, known=act.known or date.max, publication=act.citations[0].publication)


def _state(actuals: tuple[Actual, ...], goal: Decimal, last: date, as_of: date) -> Literal["open", "met", "missed", "unmeasured"]:
    final = [actual for actual in actuals if actual.period == str(last.year)]
    if final and as_of > last:
        return "met" if max(actual.value for actual in final) >= goal else "missed"
    return "open" if as_of <= last else "unmeasured"


def _year(claim: Claim) -> int:
    return 0 if claim.valid is None or claim.valid.start is None else claim.valid.start.year
