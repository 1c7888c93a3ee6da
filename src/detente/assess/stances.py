"""The finding on stances: whether the side each state took on the other's nuclear and missile programme turned.

A stance is `against` or `for` (shielding it); the recent span is held against the memory before it. No act of the other sign is no change,
and where the memory holds a stance but the recent span holds none, nothing turned.
"""

from __future__ import annotations

from datetime import date

from detente.assess.facts import Facts, rule
from detente.dates import Interval
from detente.measure.occasions import add_months
from detente.records import Act, Call, Finding, Stage, Statement


def find(facts: Facts) -> Finding:
    """The finding on the nuclear dimension; `cannot_tell` when no stance is known or coverage is too thin."""
    acts = tuple(act for act in facts.between("nuclear") if act.claim.detail("stance") in ("for", "against") and _start(act) >= facts.memory_start)
    if facts.graded_since() > facts.recent_start or not acts:
        code = "no_stances" if facts.graded_since() <= facts.recent_start else "thin_coverage"
        values = (("dimension", "nuclear"), ("since", str(facts.recent_start)))
        return Finding(dimension="nuclear", call="cannot_tell", probability=None, confidence="low", statements=(Statement(code=code, values=values),))
    recent = tuple(act for act in acts if _start(act) >= facts.recent_start)
    before = tuple(act for act in acts if _start(act) < facts.recent_start)
    return _judge(facts, recent, before)


def _judge(facts: Facts, recent: tuple[Act, ...], before: tuple[Act, ...]) -> Finding:
    usual = _side(before)
    turned = tuple(act for act in recent if usual is not None and act.claim.detail("stance") != usual)
    call = _call(facts, turned, recent, usual)
    probability = None if call == "cannot_tell" else _probability(call, len(turned), len(recent), len(before))
    shown = turned if call in ("new_stage", "new_phase_of_intent") else recent or before
    numbers = (("turned", str(len(turned))), ("recent", str(len(recent))), ("before", str(len(before))), ("usual", usual or "none"))
    code = "stance_first" if usual is None else f"stance_{call}" if recent else "stance_silent"
    return Finding(
        dimension="nuclear",
        call=call,
        probability=probability,
        confidence="moderate" if len(recent) + len(before) >= rule("least_acts") and recent else "low",
        statements=(Statement(code=code, values=numbers, acts=tuple(act.id for act in shown)),),
        watch=(Statement(code="watch_stance", values=(("usual", usual or "none"),)),),
        supports=tuple(act.id for act in shown),
        contradicts=tuple(act.id for act in turned) if call == "no_change" else (),
        stage=_stage(facts, turned, len(recent), probability) if call == "new_stage" and probability is not None else None,
    )


def _side(acts: tuple[Act, ...]) -> str | None:
    """The stance of the majority, or None when none was taken or they are even."""
    against = sum(1 for act in acts if act.claim.detail("stance") == "against")
    return None if 2 * against == len(acts) else "against" if 2 * against > len(acts) else "for"


def _call(facts: Facts, turned: tuple[Act, ...], recent: tuple[Act, ...], usual: str | None) -> Call:
    if usual is None:
        return "cannot_tell"
    if len(turned) < rule("stance_least") or 2 * len(turned) <= len(recent):
        return "no_change"
    held = _start(turned[0]) <= add_months(facts.as_of, -int(rule("held_months")))
    if not held:
        return "new_phase_of_intent"
    return "new_stage" if _side(turned) == "for" else "declined"


def _probability(call: Call, turned: int, recent: int, before: int) -> float:
    """Laplace's rule on the share of turned acts; without any recent act the memory alone speaks."""
    share = (turned + 1) / (recent + 2)
    if call != "no_change":
        return round(share, 2)
    return round(1 - share if recent else (before + 1) / (before + 2), 2)


def _stage(facts: Facts, turned: tuple[Act, ...], recent: int, probability: float) -> Stage:
    begins = turned[0].claim.valid or Interval(facts.recent_start, facts.as_of, "days")
    named = {"dyad": facts.dyad, "dimension": "nuclear", "unit": "share of stances"}
    return Stage(begins=begins, level=len(turned) / max(recent, 1), before=0.0, probability=probability, **named)  # type: ignore[arg-type]


def _start(act: Act) -> date:
    valid = act.claim.valid
    return date.min if valid is None or valid.start is None else valid.start
