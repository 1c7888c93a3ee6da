"""Targets in full, targets that lack something, and aspirations: what can be held against what came, and what cannot.

A target has a baseline, a goal, a unit and a deadline; the growth it needs and the value on course follow. A wish without any number is an
aspiration, kept apart as untestable and never scored.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation

from detente import dates
from detente.coding import gazetteer
from detente.errors import DateError, InputError
from detente.examine import lexicon, remarks, targets
from detente.examine.material import How, Material, Proof, how, source, target, today
from detente.records import Act, Actual, Claim

NEEDED = ("measure", "baseline", "baseline_period", "goal", "unit", "deadline")
_FIGURE = re.compile(r"\d")
SCALES = (("mn", Decimal(10) ** 6), ("bn", Decimal(10) ** 9), ("thousand", Decimal(1000)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A target and how it stands. `growth` is a share a year (0.367, in `needs` 36.7 %), `on_course` what steady growth would have reached
    by now, `off_by` the best recorded value for the deadline's year less the goal; `lacks` names what is missing, and then nothing is computed."""

    act: str
    source: str
    target: str
    measure: str
    baseline: Decimal | None
    baseline_period: str
    assumed: str
    goal: Decimal | None
    unit: str
    deadline: date | None
    growth: float | None
    needs: str
    on_course: Decimal | None
    actuals: tuple[Actual, ...]
    state: str
    off_by: Decimal | None
    lacks: tuple[str, ...]
    said: str
    how: How
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Aspiration:
    """A wish that no number goes with: whose, in which words, said when."""

    act: str
    source: str
    words: str
    said: date | None
    how: How
    proofs: tuple[Proof, ...]


def find(material: Material) -> tuple[Goal, ...]:
    """The targets between the two, in the order of their days."""
    return tuple(_goal(act, material) for act in material.between("target") if act.claim.detail("goal"))


def aspirations(material: Material) -> tuple[Aspiration, ...]:
    """Wishes without a metric: targets without a number, words in the economic field that carry none, and aims without a figure in the texts."""
    told = [_aspiration(act, material) for act in material.between("target", "signal") if _wish(act)]
    aims = [each for each in remarks.find(material, wanted=("aim",)) if not _FIGURE.search(each.words)]
    return (*told, *(_aim(each, material) for each in aims))


def lacking(act: Act) -> tuple[str, ...]:
    """What a target lacks to be followed: names of details, in their order; `deadline` too when it lies before the baseline."""
    given = {name: act.claim.detail(name) or "" for name in NEEDED}
    missing = [name for name, text in given.items() if not text]
    missing += [name for name in ("baseline", "goal") if name not in missing and not _positive(given[name])]
    if missing:
        return tuple(name for name in NEEDED if name in missing)
    return () if _years(given["baseline_period"], given["deadline"]) >= 1 else ("deadline",)


def _goal(act: Act, material: Material) -> Goal:
    claim, assumed = _dated(act.claim)
    act = replace(act, claim=claim)
    missing = lacking(act)
    measure, unit = claim.detail("measure") or "", claim.detail("unit") or ""
    values = [] if missing else _comparable(material, measure, unit)
    coded = replace(act, claim=replace(claim, details=_with(claim.details, "measure", _measure(measure))))
    followed = None if missing else targets.follow(coded, values, as_of=material.as_of)
    end = _last(claim.detail("deadline"))
    return Goal(
        act=act.id, source=source(act), target=target(act), measure=measure, baseline=_number(claim.detail("baseline")),
        baseline_period=claim.detail("baseline_period") or "", assumed=assumed, goal=_number(claim.detail("goal")),
        unit=unit, deadline=end,
        growth=None if followed is None else followed.growth, needs="" if followed is None else f"{followed.growth:.1%} a year",
        on_course=None if followed is None else followed.on_course,
        actuals=() if followed is None else followed.actuals, state="incomplete" if followed is None else followed.state,
        off_by=None if followed is None else _off_by(followed.actuals, followed.goal, followed.deadline), lacks=missing,
        said=str(claim.valid or act.known or ""), how=how(act), proofs=material.proofs([act, *_used(followed.actuals if followed else (), material)]),
    )  # fmt: skip


def _dated(claim: Claim) -> tuple[Claim, str]:
    """A level called current on a day is that of the last full year before it; says so when that was assumed."""
    told = claim.detail("baseline_period") or ""
    try:
        span = dates.parse(told)
    except DateError:
        return claim, ""
    if span.precision != "day" or span.start is None:
        return claim, ""
    return replace(claim, details=_with(claim.details, "baseline_period", str(span.start.year - 1))), f"the last full year before {told}"


def _aspiration(act: Act, material: Material) -> Aspiration:
    proof = material.proof(act)
    return Aspiration(act=act.id, source=source(act), words=act.claim.detail("words") or proof.quote, said=act.known, how=how(act), proofs=(proof,))


def _aim(said: remarks.Remark, material: Material) -> Aspiration:
    """An aim as told; it is that of the first of the two whom its sentence names, and of nobody where it names neither."""
    named = [state for hit in gazetteer.shipped().find(said.words) if (state := today(hit.entry.state)) in material.dyad]
    proof, whose = said.proofs[0], next((state for state in named if state), "")
    return Aspiration(act=proof.id, source=whose, words=said.words, said=proof.known, how=said.how, proofs=said.proofs)


def _wish(act: Act) -> bool:
    if act.claim.kind == "target":
        return act.claim.detail("goal") is None
    return act.claim.detail("words") is not None and any(dimension.startswith("economic") for dimension in act.claim.dimensions)


def _comparable(material: Material, measure: str, unit: str) -> list[Act]:
    """Recorded values of the same measure in the unit of the target; those in a unit that cannot be turned into it are left out."""
    found = []
    for act in material.ever("trade_value"):
        value = in_unit(act.claim.detail("value") or "", act.claim.detail("unit") or "", unit)
        if value is not None and _measure(act.claim.detail("measure") or "") == _measure(measure):
            details = _with(_with(act.claim.details, "value", str(value)), "measure", _measure(measure))
            found.append(replace(act, claim=replace(act.claim, details=details)))
    return found


def in_unit(value: str, unit: str, wanted: str) -> Decimal | None:
    """A value in another unit of the same currency or thing, or None when the two cannot be compared.

    >>> str(in_unit("112", "USD mn", "USD"))
    '112000000'
    """
    number, (name, scale), (other, per) = _number(value), _scaled(unit), _scaled(wanted)
    if number is None or name != other:
        return None
    return (number * scale / per).normalize() if scale < per else number * (scale / per)


def _scaled(unit: str) -> tuple[str, Decimal]:
    words = unit.split()
    for suffix, scale in SCALES:
        if suffix in words:
            return " ".join(word for word in words if word != suffix), scale
    return " ".join(words), Decimal(1)


def _measure(text: str) -> str:
    found = lexicon.first("measures", text)
    return text if found is None else found[1]


def _used(actuals: Iterable[Actual], material: Material) -> list[Act]:
    wanted = {actual.act for actual in actuals}
    return [act for act in material.ever("trade_value") if act.id in wanted]


def _off_by(actuals: Iterable[Actual], goal: Decimal, deadline: date) -> Decimal | None:
    final = [actual.value for actual in actuals if actual.period == str(deadline.year)]
    return max(final) - goal if final else None


def _with(details: tuple[tuple[str, str], ...], name: str, value: str) -> tuple[tuple[str, str], ...]:
    return tuple({**dict(details), name: value}.items())


def _number(text: str | None) -> Decimal | None:
    try:
        found = Decimal(text or "")
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _positive(text: str) -> bool:
    number = _number(text)
    return number is not None and number > 0


def _last(text: str | None) -> date | None:
    try:
        return None if not text else dates.parse(text).last
    except DateError:
        return None


def _years(period: str, deadline: str) -> int:
    try:
        begins, ends = dates.parse(period).start, dates.parse(deadline).last
    except InputError:
        return 0
    return 0 if begins is None or ends is None else ends.year - begins.year
