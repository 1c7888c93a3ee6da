"""Signals and what may have answered them: medium, words, sender, audience, novelty and cost; the first deed of the other side after it.

A link says how sure it is by how likely such a deed was within the same time anyway, at the other side's pace of the two years before.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from detente.dates import Interval
from detente.examine import lexicon
from detente.examine.material import TOLD, How, Material, Proof, Timeline, first_day, how, shifted, source, speaker, states, target, timelines
from detente.examine.proclamations import warms
from detente.examine.votes import by_chance
from detente.records import Act

WITHIN_DAYS = 365
PACE_YEARS = 2
DEEDS = ("visit", "agreement", "obligation", "target", "exception", "military", "border", "recognition", "meeting", "signal")
SURE = 0.2
UNSURE = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """The first warming deed of the other side after a signal. `by_chance` 0-1; `sure` high, moderate or low by it, never by the words."""

    act: str
    kind: str
    words: str
    when: Interval | None
    lag_days: int
    by_chance: float
    sure: str

    def __str__(self) -> str:
        return f"{self.when}, {self.lag_days} days later: {self.words} (sure: {self.sure}; by chance {self.by_chance:.2f})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """An act or word meant to be read by the other side, as told, and its likely response."""

    act: str
    source: str
    target: str
    sender: str
    medium: str
    audience: str
    words: str
    novelty: str
    cost: str
    hedge: str
    tone: str
    place: str
    when: Interval | None
    response: Response | None
    between: bool
    how: How
    proofs: tuple[Proof, ...]


def find(material: Material) -> tuple[Signal, ...]:
    """The signals of either of the two, by day."""
    deeds = timelines((act for act in material.ever(*DEEDS) if warms(act)), source)
    return tuple(_signal(act, deeds, material) for act in material.around("signal") if act.claim.status in TOLD)


def sureness(chance: float) -> str:
    """How sure a link is, from the probability of such a deed anyway.

    >>> sureness(0.1), sureness(0.3), sureness(0.9)
    ('high', 'moderate', 'low')
    """
    return "high" if chance < SURE else "moderate" if chance < UNSURE else "low"


def respond(signal_day: date, days: Sequence[date]) -> tuple[int, float] | None:
    """Lag in days to the first of the other side's deeds within a year, and how likely one was in that time anyway; None without a deed.

    `days` are those of the deeds, in order.
    """
    place = bisect_right(days, signal_day)
    if place == len(days) or (days[place] - signal_day).days > WITHIN_DAYS:
        return None
    lag = (days[place] - signal_day).days
    since = shifted(signal_day, -round(365.25 * PACE_YEARS))
    return lag, by_chance(bisect_left(days, signal_day) - bisect_left(days, since), years=PACE_YEARS, days=lag)


def _signal(act: Act, deeds: Mapping[str, Timeline], material: Material) -> Signal:
    claim, proof = act.claim, material.proof(act)
    response, answer = _response(act, deeds, material) or (None, None)
    return Signal(
        act=act.id, source=source(act), target=target(act), sender=speaker(act),
        medium=claim.detail("medium") or lexicon.means("media", proof.quote),
        audience=claim.detail("audience") or target(act), words=claim.detail("words") or proof.quote,
        novelty=claim.detail("novelty") or lexicon.means("novelty", proof.quote), cost=claim.detail("cost") or "", hedge=claim.hedge or "",
        tone=_tone(act, proof.quote), place=claim.place or "", when=claim.valid, response=response,
        between=set(material.dyad) <= states(act), how=how(act), proofs=(proof, *material.proofs([answer] if answer else [])),
    )  # fmt: skip


def _tone(act: Act, words: str) -> str:
    """By the row's own word, or for what the coder proposes by the words of the sentence; what nothing tells is taken as the kind is."""
    stated = act.claim.detail("effect")
    if stated is not None:
        return "warms" if int(stated) > 0 else "cools" if int(stated) < 0 else "neutral"
    told = "" if act.claim.made_by == "table" else lexicon.means("tones", words)
    return told or "warms"


def _response(act: Act, deeds: Mapping[str, Timeline], material: Material) -> tuple[Response, Act] | None:
    day, sender = first_day(act), source(act)
    other = deeds.get(next((state for state in material.dyad if state != sender), ""))
    if day is None or sender not in material.dyad or other is None:
        return None
    found = respond(day, other.days)
    if found is None:
        return None
    lag, chance = found
    first = other.acts[bisect_right(other.days, day)]
    told = Response(act=first.id, kind=first.claim.kind, words=material.sentence(first)[2], when=first.claim.valid, lag_days=lag, by_chance=chance,
                    sure=sureness(chance))  # fmt: skip
    return told, first
