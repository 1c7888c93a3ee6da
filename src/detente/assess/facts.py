"""What is known of a dyad by a day: the acts between the two, what each weighs in which dimension, and how well was read.

Ignores proposals that nobody has reviewed, whatever became known later, and acts that no source vouches for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Literal

from detente import ontology
from detente.measure.occasions import add_months
from detente.records import Act, Coverage

Depth = Literal["declared", "binding", "delivered"]
LIMITS, SHOCKS = ("sanction", "border"), ("shock", "leadership", "weapons_test")
BESIDE = (*LIMITS, *SHOCKS)
"""Kinds of acts that the rules look at where they touch only one of the two; of other kinds only acts that name both count."""
OUTSIDE = ("shock",)
"""Kinds of acts that the rules look at whatever states they name."""
GRADES = ("none", "thin", "fair", "full")


@cache
def rule(code: str) -> float:
    """The value of a rule; its meaning and reason stand in the vocabulary."""
    return float(ontology.term("rules", code).more["value"])


@dataclass(frozen=True, slots=True)
class Facts:
    """The accepted acts that were known and had begun by `as_of`, and the coverage grades of the dyad.

    The rules look only at acts that name both states, at those of BESIDE that touch one, of OUTSIDE, and at what an explanation names.
    """

    dyad: tuple[str, str]
    as_of: date
    acts: tuple[Act, ...]
    coverage: tuple[Coverage, ...]
    counted: tuple[Act, ...] = field(init=False, repr=False, compare=False)
    """Acts that name both states and that count."""

    def __post_init__(self) -> None:
        pair = frozenset(self.dyad)
        object.__setattr__(self, "counted", tuple(act for act in self.acts if pair <= act.claim.states and counts(act)))

    @property
    def memory_start(self) -> date:
        """First day of the past that the present is held against."""
        return add_months(self.as_of, -int(rule("memory_months") + rule("recent_months")))

    @property
    def recent_start(self) -> date:
        """First day of the span in which a stage is new."""
        return add_months(self.as_of, -int(rule("recent_months")))

    def between(self, dimension: str) -> tuple[Act, ...]:
        """Acts of a dimension that name both states and that count."""
        return tuple(act for act in self.counted if dimension in act.claim.dimensions)

    def warming(self) -> tuple[Act, ...]:
        """Acts of any dimension between the two that count and warm what is between them."""
        return tuple(act for act in self.counted if effect(act) > 0 and act.claim.dimensions)

    def grade(self, start: date) -> str:
        """The worst coverage grade from `start` to the as-of day; `none` where a day of it was graded by nobody."""
        spans = sorted((c for c in self.coverage if c.stop > start and c.start <= self.as_of), key=lambda c: c.start)
        reached, worst = start, "full"
        for c in spans:
            if c.start > reached:
                return "none"
            reached, worst = max(reached, c.stop), min(worst, c.grade, key=GRADES.index)
        return worst if reached > self.as_of else "none"

    def graded_since(self) -> date:
        """First day from which on, without a gap up to the as-of day, coverage is at least fair; `date.max` when it is not so today."""
        good = [c for c in self.coverage if GRADES.index(c.grade) >= GRADES.index("fair") and c.start <= self.as_of]
        reached = None
        for c in sorted(good, key=lambda c: c.start, reverse=True):
            if c.stop < (reached or self.as_of + timedelta(days=1)):
                break
            reached = c.start
        return reached or date.max


def known(acts: Iterable[Act], *, dyad: tuple[str, str], as_of: date, coverage: Iterable[Coverage]) -> Facts:
    """The facts of a dyad as of a day: acts known and begun by then, accepted, and the dyad's coverage."""
    kept = (act for act in acts if act.accepted and act.known is not None and act.known <= as_of)
    begun = tuple(act for act in kept if act.claim.valid is not None and act.claim.valid.begun_by(as_of))
    return Facts(dyad, as_of, begun, tuple(c for c in coverage if (c.a, c.b) == dyad))


def counts(act: Act) -> bool:
    """True when a source vouches for the act, or when it is attributed and credible enough."""
    if act.claim.status == "attributed":
        return int(act.claim.detail("credibility") or 6) <= rule("doubtful")
    return act.claim.status in ("happened", "ongoing")


def effect(act: Act) -> int:
    """1 when the act warms what is between the two sides, -1 when it cools it, 0 for neither."""
    stated = act.claim.detail("effect")
    if stated is not None:
        return int(stated)
    if act.claim.kind == "border" and act.claim.detail("step") == "closed":
        return -1
    if act.claim.event_class is not None and act.claim.kind == "event":
        return int(ontology.term("classes", act.claim.event_class).more["effect"])
    return int(ontology.term("kinds", act.claim.kind).more["effect"])


def depth(act: Act) -> Depth:
    """Whether the act declares, binds or delivers; a low rung only declares, a delivered or finished step delivers."""
    claim = act.claim
    if claim.detail("rung") in ("intent", "memorandum"):
        return "declared"
    if claim.kind == "project_milestone" and claim.detail("step") == "delivered":
        return "delivered"
    stated = claim.detail("depth") or ontology.term("kinds", claim.kind).more["depth"]
    return "binding" if stated == "binding" else "delivered" if stated == "delivered" else "declared"
