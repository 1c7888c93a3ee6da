"""The finding on what was delivered: recorded exchange of the latest period against the mean of the periods before.

Sources that disagree stand side by side: the lowest and the highest choice are both computed, and where they disagree on the finding it is
`cannot_tell`. One period above is no stage; two in a row are.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from detente import dates
from detente.assess.facts import Facts, rule
from detente.measure.occasions import months_between
from detente.records import Act, Call, Finding, Stage, Statement

FULL_YEAR_DAYS = 365


@dataclass(frozen=True, slots=True)
class Year:
    """All values recorded for one year."""

    year: int
    unit: str
    low: Decimal
    high: Decimal
    acts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ratio:
    """A year against the mean of earlier ones: lowest and highest by the choice of source."""

    year: Year
    low: float
    high: float
    mean_low: float
    mean_high: float
    earlier: tuple[Year, ...]


def find(facts: Facts, *, measure: str = "trade_turnover") -> Finding:
    """The finding on recorded exchange by years; `cannot_tell` where values are few or old."""
    years = values(facts, measure)
    if not years:
        return _unknown("no_series", ())
    latest = years[-1]
    age = months_between(date(latest.year + 1, 1, 1), facts.as_of)
    if age > rule("series_age_months"):
        return _unknown("old_series", (("year", str(latest.year)), ("as_of", str(facts.as_of))), latest.acts)
    now, previous = _ratio(years, latest.year), _ratio(years[:-1], years[-2].year) if len(years) > 1 else None
    if now is None:
        near = sum(1 for y in years if latest.year - rule("series_periods") <= y.year < latest.year)
        return _unknown(
            "short_series",
            (
                ("number", str(near)),
                ("year", str(latest.year)),
                ("periods", f"{rule('series_periods'):.0f}"),
                ("least", f"{rule('series_least'):.0f}"),
            ),
            latest.acts,
        )
    return _judge(facts, now, previous)


def values(facts: Facts, measure: str) -> tuple[Year, ...]:
    """The values of whole years recorded between the two, by year."""
    found: dict[int, list[tuple[Decimal, str]]] = defaultdict(list)
    units: dict[int, str] = {}
    for act in facts.between("economic_delivered"):
        claim = act.claim
        whole = claim.valid is not None and claim.valid.start is not None and (claim.valid.days or 0) >= FULL_YEAR_DAYS
        if claim.kind == "trade_value" and claim.detail("measure") == measure and whole and claim.valid is not None and claim.valid.start is not None:
            found[claim.valid.start.year].append((Decimal(claim.detail("value") or "0"), act.id))
            units[claim.valid.start.year] = claim.detail("unit") or ""
    return tuple(_year(year, units[year], pairs) for year, pairs in sorted(found.items()))


def _year(year: int, unit: str, pairs: list[tuple[Decimal, str]]) -> Year:
    numbers = [value for value, _ in pairs]
    return Year(year, unit, min(numbers), max(numbers), tuple(act for _, act in pairs))


def _ratio(years: tuple[Year, ...], year: int) -> Ratio | None:
    chosen = next((y for y in years if y.year == year), None)
    earlier = tuple(y for y in years if year - rule("series_periods") <= y.year < year)
    if chosen is None or len(earlier) < rule("series_least"):
        return None
    low, high = (float(sum(numbers) / len(earlier)) for numbers in ([y.low for y in earlier], [y.high for y in earlier]))
    return Ratio(chosen, float(chosen.low) / max(high, 1e-9), float(chosen.high) / max(low, 1e-9), low, high, earlier)


def _turn(ratio: Ratio | None) -> int | None:
    """1 above, -1 below, 0 within the usual; None when the choice of source decides it or it is not known."""
    if ratio is None:
        return None
    turns = {_side(ratio.low), _side(ratio.high)}
    return turns.pop() if len(turns) == 1 else None


def _side(ratio: float) -> int:
    return 1 if ratio >= rule("factor") else -1 if ratio <= 1 / rule("factor") else 0


def _agreement(ratio: Ratio, turn: int) -> float:
    """Share of the recomputations that find the same, each leaving out one earlier year and choosing lows or highs, by Laplace's rule."""
    same = tried = 0
    for left in ratio.earlier:
        rest = [y for y in ratio.earlier if y is not left]
        for value, numbers in ((ratio.year.low, [y.high for y in rest]), (ratio.year.high, [y.low for y in rest])):
            mean = float(sum(numbers)) / len(rest)
            same += _side(float(value) / max(mean, 1e-9)) == turn
            tried += 1
    return round((same + 1) / (tried + 2), 2)


def _judge(facts: Facts, now: Ratio, previous: Ratio | None) -> Finding:
    turn, earlier_turn = _turn(now), _turn(previous)
    numbers = (
        ("year", str(now.year.year)),
        ("unit", now.year.unit),
        ("value", _span(float(now.year.low), float(now.year.high))),
        ("mean", _span(now.mean_low, now.mean_high)),
        ("ratio", _span(now.low, now.high, digits=2)),
        ("first", str(now.earlier[0].year)),
        ("last", str(now.earlier[-1].year)),
        ("years", str(len(now.earlier))),
    )
    call = _call(turn, earlier_turn)
    probability = _agreement(now, turn) if call != "cannot_tell" and turn is not None else None
    code = f"flow_{call}" if turn is not None else "flow_sources_decide"
    if turn not in (None, 0) and call == "cannot_tell":
        code = "flow_one_period"
    earlier_acts = tuple(act for y in now.earlier for act in y.acts)
    level = f"{now.mean_high * rule('factor'):.0f}"
    return Finding(
        dimension="economic_delivered",
        call=call,
        probability=probability,
        confidence="moderate" if len(now.earlier) == rule("series_periods") and now.year.low != now.year.high else "low",
        statements=(Statement(code=code, values=numbers, acts=(*now.year.acts, *earlier_acts)),),
        watch=(Statement(code="watch_flow", values=(("level", level),)),),
        supports=now.year.acts,
        contradicts=_milestones(facts) if call in ("no_change", "declined") else (),
        stage=_stage(facts, now, probability) if call == "new_stage" and probability is not None else None,
    )


def _call(turn: int | None, previous: int | None) -> Call:
    if turn == 0:
        return "no_change"
    if turn is not None and turn == previous:
        return "new_stage" if turn > 0 else "declined"
    return "cannot_tell"


def _milestones(facts: Facts) -> tuple[str, ...]:
    """Delivered steps of projects in the recent span: they speak for delivery even where recorded exchange does not."""
    return tuple(act.id for act in _recent(facts) if act.claim.kind == "project_milestone" and act.claim.detail("step") == "delivered")


def _recent(facts: Facts) -> tuple[Act, ...]:
    every = {act.id: act for dimension in ("economic_declared", "economic_delivered") for act in facts.between(dimension)}
    return tuple(act for act in every.values() if act.claim.valid is not None and (act.claim.valid.start or date.min) >= facts.recent_start)


def _unknown(code: str, numbers: tuple[tuple[str, str], ...], acts: tuple[str, ...] = ()) -> Finding:
    said = Statement(code=code, values=numbers, acts=acts)
    return Finding(dimension="economic_delivered", call="cannot_tell", probability=None, confidence="low", statements=(said,))


def _stage(facts: Facts, now: Ratio, probability: float) -> Stage:
    level, before, begins = float(now.year.high), now.mean_high, dates.year(now.year.year - 1)
    named = {"dyad": facts.dyad, "dimension": "economic_delivered", "unit": "as recorded"}
    return Stage(begins=begins, level=level, before=before, probability=probability, **named)  # type: ignore[arg-type]


def _span(low: float, high: float, *, digits: int = 1) -> str:
    return f"{low:,.{digits}f}" if round(low, digits) == round(high, digits) else f"{low:,.{digits}f} to {high:,.{digits}f}"
