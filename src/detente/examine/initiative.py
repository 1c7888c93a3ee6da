"""Who moves, and how often: warming acts by direction, and contacts a year weighed by the rank of who came."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from detente import ontology
from detente.examine.material import TOLD, How, Material, Proof, first_day, how, source, states, target
from detente.examine.proclamations import warms
from detente.records import Act

CONTACTS = ("visit", "meeting", "reception")


@dataclass(frozen=True, slots=True, kw_only=True)
class Initiative:
    """Warming acts of one of the two towards the other; `share` 0-1 of those of both."""

    source: str
    target: str
    acts: int
    share: float
    first: date | None
    last: date | None
    how: How
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tempo:
    """Contacts between the two that began in a year, the sum of the weights of the ranks, and the highest rank that took part."""

    year: int
    contacts: int
    weight: float
    highest: int | None
    how: How
    proofs: tuple[Proof, ...]


def find(material: Material) -> tuple[Initiative, ...]:
    """How many warming acts each of the two directed at the other in the span asked; a side without any is left out."""
    acts = [act for act in material.between() if warms(act)]
    sides = [(state, [act for act in acts if source(act) == state]) for state in material.dyad]
    total = sum(len(held) for _, held in sides)
    return tuple(_initiative(state, held, total, material) for state, held in sides if held)


def tempo(material: Material) -> tuple[Tempo, ...]:
    """Contacts by year; years without any are left out, since nobody may have looked."""
    years: dict[int, list[Act]] = defaultdict(list)
    for act in material.between(*CONTACTS):
        if act.claim.status in TOLD and (day := first_day(act)) is not None and set(material.dyad) <= states(act):
            years[day.year].append(act)
    return tuple(_tempo(year, acts, material) for year, acts in sorted(years.items()))


def weight(rank: int | None) -> float:
    """The weight of a rank by the vocabulary, that of working level where no rank is told.

    >>> weight(1), weight(None)
    (5.0, 0.5)
    """
    return float(ontology.term("ranks", str(rank or 7)).more["weight"])


def _initiative(state: str, acts: list[Act], total: int, material: Material) -> Initiative:
    other = next((target(act) for act in acts if target(act) in material.dyad), next(s for s in material.dyad if s != state))
    return Initiative(
        source=state, target=other, acts=len(acts), share=len(acts) / total, first=first_day(acts[0]), last=first_day(acts[-1]), how=how(acts[0]),
        proofs=material.proofs(acts),
    )  # fmt: skip


def _tempo(year: int, acts: list[Act], material: Material) -> Tempo:
    ranks = [rank for act in acts if (rank := _rank(act)) is not None]
    return Tempo(
        year=year, contacts=len(acts), weight=sum(weight(_rank(act)) for act in acts), highest=min(ranks, default=None), how=how(acts[0]),
        proofs=material.proofs(acts),
    )  # fmt: skip


def _rank(act: Act) -> int | None:
    return min((p.rank for p in act.claim.source if p.rank is not None), default=None)
