"""Proclaimed stages: who spoke of a new stage when, what followed within one, three and five years, and how often such claims came true.

A claim counts as come true when, within the years, the two did something deep (a treaty or wider instrument that binds, arms or forces, votes for
each other's cause newly given) and their warming acts came at least half as often again as in the same number of years before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from detente import ontology
from detente.examine.material import TOLD, How, Material, Proof, first_day, how, source, speaker, target
from detente.records import Act

HORIZONS = (1, 3, 5)
FACTOR = 1.5
DEEP_SCOPES = ("framework", "military", "assistance")
DEEP_RUNGS = ("treaty_signed", "ratified", "in_force")


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """What came within `years` of a claim: warming acts a year before and after, the deep ones; `true` None while the years are not over."""

    years: int
    before: float
    after: float
    deep: int
    true: bool | None

    def __str__(self) -> str:
        came = {True: "came true", False: "did not come true", None: "not over"}[self.true]
        years = "1 year" if self.years == 1 else f"{self.years} years"
        return f"in {years} {came}: {self.after:.3g} warming acts a year after {self.before:.3g} before, {self.deep} deep"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proclamation:
    """Somebody's word of a new stage, and what followed."""

    act: str
    source: str
    target: str
    speaker: str
    words: str
    said: date | None
    followed: tuple[Followed, ...]
    how: How
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseRate:
    """Of the claims whose years are over, how many came true."""

    years: int
    claims: int
    true: int
    share: float | None

    def __str__(self) -> str:
        within = f"within {self.years} {'year' if self.years == 1 else 'years'}"
        if self.share is None:
            return f"{within}: no claim's years are over"
        return f"{within}: {self.true} of {self.claims} claims came true ({self.share:.0%})"


def find(material: Material) -> tuple[Proclamation, ...]:
    """The proclamations between the two, by day."""
    chosen = material.between("proclaimed_stage")
    warming = [act for act in material.ever() if warms(act)]
    return tuple(_proclamation(act, warming, material) for act in chosen)


def base_rates(found: Iterable[Proclamation]) -> tuple[BaseRate, ...]:
    """How often claims came true, for each horizon; None as share where no claim's years are over."""
    held = [each for p in found for each in p.followed]
    return tuple(_rate(years, [f.true for f in held if f.years == years and f.true is not None]) for years in HORIZONS)


def follow(day: date, days_of_warming: Sequence[date], deep: Sequence[date], *, years: int, as_of: date) -> Followed:
    """What followed a day within so many years, given the days of warming and of deep acts."""
    end, start = _years_on(day, years), _years_on(day, -years)
    after = sum(day < d <= end for d in days_of_warming) / years
    before = sum(start <= d < day for d in days_of_warming) / years
    deeds = sum(day < d <= end for d in deep)
    over = end <= as_of
    came = deeds > 0 and after >= FACTOR * before and after > 0
    return Followed(years=years, before=before, after=after, deep=deeds, true=came if over else True if came else None)


def warms(act: Act) -> bool:
    """True for what warms by its own word or by its kind, told as having taken place, words of new stages apart."""
    claim = act.claim
    if claim.status not in TOLD or claim.kind in ("proclaimed_stage", "superlative", "forecast", "explanation", "trade_value"):
        return False
    stated = claim.detail("effect")
    if stated is None and claim.event_class is not None and claim.kind == "event":
        stated = ontology.term("classes", claim.event_class).more["effect"]
    return int(stated or ontology.term("kinds", claim.kind).more["effect"]) > 0


def deep(act: Act) -> bool:
    """True for what costs or binds: an instrument for relations as a whole that is a treaty or more, arms and forces, a vote for the other."""
    claim = act.claim
    if claim.kind == "agreement":
        return claim.detail("scope") in DEEP_SCOPES and claim.detail("rung") in DEEP_RUNGS
    return claim.kind in ("military", "recognition") or (claim.kind == "vote" and claim.detail("choice") == "veto")


def _proclamation(act: Act, warming: list[Act], material: Material) -> Proclamation:
    day = first_day(act) or act.known or material.as_of
    days = [d for other in warming if (d := first_day(other)) is not None]
    deeds = [d for other in warming if deep(other) and (d := first_day(other)) is not None]
    proof = material.proof(act)
    return Proclamation(
        act=act.id, source=source(act), target=target(act),
        speaker=speaker(act), words=act.claim.detail("words") or proof.quote,
        said=act.known, how=how(act), proofs=(proof,),
        followed=tuple(follow(day, days, deeds, years=years, as_of=material.as_of) for years in HORIZONS),
    )  # fmt: skip


def _rate(years: int, decided: Sequence[bool]) -> BaseRate:
    true = sum(decided)
    return BaseRate(years=years, claims=len(decided), true=true, share=true / len(decided) if decided else None)


def _years_on(day: date, years: int) -> date:
    wanted = min(max(day.year + years, date.min.year), date.max.year)
    return day.replace(year=wanted, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=wanted)
