"""The dissenting view and the assumptions of a verdict: what a careful reader would hold against it, and what it takes for granted.

There is always a dissent: the dimensions that point the other way, those that cannot be told, or the chance that the rule itself leaves.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from detente import ontology
from detente.assess.facts import Facts
from detente.records import Call, Finding, Statement

Way = Literal["up", "down", "still"]
WAYS: dict[Call, Way] = {"new_stage": "up", "new_phase_of_intent": "up", "declined": "down", "no_change": "still", "shock": "still"}
"""Which way a call points; a mixed verdict and one that cannot be told point no way."""
MOST = 3


def dissent(overall: Finding, found: Sequence[Finding]) -> tuple[Statement, ...]:
    """The strongest other reading first; at least one statement."""
    way = WAYS.get(overall.call)
    others = [f for f in found if f.call in WAYS and (WAYS[f.call] != way) and f.call != overall.call]
    strongest = sorted(others, key=lambda f: (-(f.probability or 0), f.dimension))[:MOST]
    told = [_points_elsewhere(f) for f in strongest]
    against = _acts_against(overall, found)
    untold = [f.dimension for f in found if f.call == "cannot_tell"]
    gaps = [Statement(code="dissent_untold", values=(("carried", " ".join(untold)),))] if untold else []
    return (*told, *against, *gaps) or (_left_over(overall),)


def assumptions(facts: Facts) -> tuple[Statement, ...]:
    """What the verdict takes for granted: graded reading, assumed days, and dimensions that move by themselves."""
    between = [act for act in facts.acts if set(facts.dyad) <= act.claim.states]
    assumed = [act for act in between if act.claim.known_assumed]
    values = (("number", str(len(assumed))), ("total", str(len(between))))
    grade = facts.grade(facts.memory_start)
    reading = (("grade", "no grade" if grade == "none" else grade), ("since", str(facts.memory_start)))
    days = (Statement(code="assume_known", values=values, acts=tuple(act.id for act in assumed)),) if assumed else ()
    return (Statement(code="assume_reading", values=reading), *days, Statement(code="assume_apart"))


def _points_elsewhere(f: Finding) -> Statement:
    called = ontology.term("verdicts", f.call).name
    return Statement(code="dissent_dimension", values=(("dimension", f.dimension), ("called", called)), acts=(*f.supports, *f.contradicts))


def _acts_against(overall: Finding, found: Sequence[Finding]) -> tuple[Statement, ...]:
    """The acts that speak against the dimensions which carry the verdict."""
    if not overall.contradicts:
        return ()
    dimensions = " ".join(f.dimension for f in found if set(f.contradicts) & set(overall.contradicts) and f.call == overall.call)
    values = (("number", str(len(overall.contradicts))), ("carried", dimensions))
    code = "dissent_acts_any" if not dimensions else "dissent_act" if len(overall.contradicts) == 1 else "dissent_acts"
    return (Statement(code=code, values=values, acts=overall.contradicts),)


def _left_over(overall: Finding) -> Statement:
    if overall.probability is None:
        return Statement(code="dissent_unknown", acts=overall.supports)
    left = 1 - overall.probability
    values = (("share", f"{left:.0%}"), ("word", ontology.likelihood(left).name))
    return Statement(code="dissent_left_over", values=values, acts=overall.supports)
