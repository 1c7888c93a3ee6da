"""Votes in international bodies: by forum and resolution, how often the two chose alike, and favours that may have been returned.

A favour is an act of one that warms towards the other; a vote for the other within a year after it may be its return. That one followed the
other is all that is shown: `by_chance` is how likely a warming vote of that side was within the same time anyway, at its pace of five years.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from detente.dates import Interval
from detente.examine.material import TOLD, How, Material, Proof, Timeline, by_day, first_day, how, shifted, source, states, timelines
from detente.examine.proclamations import warms
from detente.records import Act

RETURN_DAYS = 365
PACE_YEARS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """One state's choice on a resolution; `other` is how the other of the two voted on it, empty where unknown."""

    act: str
    voter: str
    forum: str
    resolution: str
    issue: str
    choice: str
    other: str
    concerns: tuple[str, ...]
    stance: str
    when: Interval | None
    words: str
    how: How
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """On how many resolutions of a forum both votes are known, and on how many they were alike; `share` None where none."""

    forum: str
    both: int
    alike: int
    share: float | None

    def __str__(self) -> str:
        if self.share is None:
            return f"{self.forum}: no resolution of which both votes are known"
        return f"{self.forum}: alike on {self.alike} of {self.both} resolutions of which both votes are known ({self.share:.0%})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Favour:
    """A vote that warms, and the warming act of the other side before it that it may return; `by_chance` 0-1."""

    giver: str
    voter: str
    favour: str
    returned: str
    days: int
    by_chance: float
    how: How
    proofs: tuple[Proof, ...]


def find(material: Material) -> tuple[Vote, ...]:
    """The votes of either of the two within the span asked, by day."""
    chosen = [act for act in material.around("vote") if act.claim.status in TOLD]
    ours = [act for act in chosen if source(act) in material.dyad]
    cast = {(source(act), *_ballot(act)): act.claim.detail("choice") or "" for act in ours}
    return tuple(_vote(act, cast, material) for act in ours)


def agreement(votes: tuple[Vote, ...]) -> tuple[Agreement, ...]:
    """How often the two chose alike, by forum; each resolution counts once."""
    pairs: dict[str, dict[str, bool]] = defaultdict(dict)
    for vote in votes:
        if vote.other and vote.resolution:
            pairs[vote.forum][vote.resolution] = vote.choice == vote.other
    forums = sorted({vote.forum for vote in votes})
    return tuple(_agreement(forum, list(pairs[forum].values())) for forum in forums)


def favours(material: Material) -> tuple[Favour, ...]:
    """Votes of one that warm towards the other, each with the other's latest warming act within a year before it."""
    warming = [act for act in material.ever() if warms(act)]
    given = timelines((act for act in warming if act.claim.kind != "vote"), source)
    cast = timelines((act for act in warming if act.claim.kind == "vote"), source)
    found = [_favour(vote, given, cast[source(vote)], material) for vote in material.between("vote") if warms(vote)]
    return tuple(favour for favour in found if favour is not None)


def by_chance(number: int, *, years: float, days: int) -> float:
    """Probability of at least one act within so many days at the pace of `number` in `years` (a Poisson process).

    >>> round(by_chance(5, years=5, days=365), 2)
    0.63
    """
    return 1 - math.exp(-number / years * days / 365.25)


def _ballot(act: Act) -> tuple[str, str]:
    return act.claim.detail("forum") or "", act.claim.detail("resolution") or act.claim.detail("issue") or ""


def _vote(act: Act, cast: dict[tuple[str, str, str], str], material: Material) -> Vote:
    other = next(state for state in material.dyad if state != source(act))
    forum, resolution = _ballot(act)
    return Vote(
        act=act.id, voter=source(act), forum=forum, resolution=act.claim.detail("resolution") or "", issue=act.claim.detail("issue") or "",
        choice=act.claim.detail("choice") or "", other=cast.get((other, forum, resolution), "") if act.claim.detail("resolution") else "",
        concerns=tuple(sorted(states(act) - {source(act)})), stance=act.claim.detail("stance") or "", when=act.claim.valid,
        words=material.sentence(act)[2], how=how(act), proofs=(material.proof(act),),
    )  # fmt: skip


def _agreement(forum: str, alike: list[bool]) -> Agreement:
    return Agreement(forum=forum, both=len(alike), alike=sum(alike), share=sum(alike) / len(alike) if alike else None)


def _favour(vote: Act, given: Mapping[str, Timeline], cast: Timeline, material: Material) -> Favour | None:
    day = first_day(vote)
    if day is None:
        return None
    latest = [acts[-1] for state, held in given.items() if state != source(vote) and (acts := held.within(shifted(day, -RETURN_DAYS), day))]
    if not latest:
        return None
    favour = max(latest, key=by_day)
    days = (day - (first_day(favour) or day)).days
    pace = len(cast.span(shifted(day, -round(365.25 * PACE_YEARS)), day))
    return Favour(
        giver=source(favour), voter=source(vote), favour=material.sentence(favour)[2], returned=material.sentence(vote)[2], days=days,
        by_chance=by_chance(pace, years=PACE_YEARS, days=days), how=how(vote), proofs=material.proofs([vote, favour]),
    )  # fmt: skip
