"""What an answer is made of: stages, statements with the acts that they rest on, findings per dimension, and the verdict.

A statement is a code of the wording with its numbers; the sentence is made from it at the end, so that every sentence leads to its acts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from detente.dates import Interval
from detente.records.nouns import Citation, Details

Call = Literal["new_stage", "new_phase_of_intent", "shock", "no_change", "declined", "mixed", "cannot_tell"]
Confidence = Literal["low", "moderate", "high"]
Shows = Literal["yes", "no", "more", "fewer", "usual"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A span of time in which a dyad's level in a dimension holds.

    `begins` is the 90 % interval of its first day, `level` and `before` are acts a year (or the unit named), `restored` means that an
    earlier stage within memory was as high.
    """

    dyad: tuple[str, str]
    dimension: str
    begins: Interval
    level: float
    before: float
    unit: str
    probability: float
    restored: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One sentence to be: a code of the wording, its values, and the identities of the acts that it rests on."""

    code: str
    values: Details = ()
    acts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The verdict on one dimension. `probability` None means that no probability can be given; then a statement says why."""

    dimension: str
    call: Call
    probability: float | None
    confidence: Confidence
    statements: tuple[Statement, ...]
    watch: tuple[Statement, ...] = ()
    supports: tuple[str, ...] = ()
    contradicts: tuple[str, ...] = ()
    stage: Stage | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """An act as evidence: the dimensions whose finding it supports and those whose finding it speaks against."""

    id: str
    supports: tuple[str, ...]
    contradicts: tuple[str, ...]
    text: str
    valid: Interval | None
    known: date | None
    known_assumed: bool
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Actual:
    """A recorded value beside a target: one source's, never an average."""

    act: str
    period: str
    value: Decimal
    share: Decimal
    known: date
    publication: str

    def __str__(self) -> str:
        return f"{self.period}: {self.value:,f}, {self.share:.1%} of the goal ({self.publication}, {self.known})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A number to be reached by a day, and how it stands. `growth` is the yearly growth needed, `on_course` the value a steady course has now."""

    act: str
    measure: str
    baseline: Decimal
    baseline_period: str
    goal: Decimal
    unit: str
    deadline: date
    growth: float
    on_course: Decimal
    actuals: tuple[Actual, ...]
    state: Literal["open", "met", "missed", "unmeasured"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The whole answer as of a day.

    `contested` are words of others held against it, `dissent` what speaks for another answer (never empty), `assumptions` what it takes for
    granted; `benchmarks` are the same measures on other dyads, `proposals` counts what nobody has reviewed.
    """

    dyad: tuple[str, str]
    as_of: date
    overall: Finding
    dimensions: tuple[Finding, ...]
    evidence: tuple[Evidence, ...]
    targets: tuple[Target, ...]
    explanations: tuple[Statement, ...]
    contested: tuple[Statement, ...]
    dissent: tuple[Statement, ...]
    assumptions: tuple[Statement, ...]
    benchmarks: tuple[Verdict, ...]
    proposals: Details
    acts_read: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What a hypothesis leads one to expect: acts of a kind, dimension, direction and effect in a window.

    Empty tuples mean any. Without `source` and `target` the act must name both states of the dyad. `shows` says that such acts are there, are
    not there, are more or fewer than usual, or as many as usual; `strength` is the probability that the hypothesis, if true, shows in this way.
    """

    text: str
    kinds: tuple[str, ...]
    dimensions: tuple[str, ...]
    source: tuple[str, ...]
    target: tuple[str, ...]
    effect: int | None
    window: Interval
    shows: Shows
    strength: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A person's own reading of one claim under a hypothesis: it stands in the place of what the expectations say of that act."""

    claim: str
    sign: str
    by: str
    day: date
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypothesis:
    """An explanation offered for `question` and what it leads one to expect; `origin` names who offers it."""

    code: str
    question: str
    statement: str
    origin: str
    expectations: tuple[Expectation, ...]
    judgements: tuple[Judgement, ...] = ()
