"""Matched occasions: the same anniversary, congress or forum across years and senders, so that who was sent can be compared with like.

An occasion is known by its name without its number ("armistice-anniversary-60" and "-70" are one, ten years apart) and by where it was held.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from detente import ontology
from detente.dates import Interval
from detente.examine import lexicon
from detente.examine.material import TOLD, How, Material, Proof, first_day, how, source, target
from detente.records import Act, Party

KINDS = ("visit", "meeting", "signal", "non_event", "reception")
_NUMBER = re.compile(r"[\s-]*\b\d+(?:st|nd|rd|th)?\b[\s-]*|\bthe\b|\b(?:opening|end)\s+of\b", re.IGNORECASE)
_EXPECTED = re.compile(r"\bat\s+(?:the\s+)?(.+)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """Who came, or did not, from one sender at one holding of an occasion."""

    act: str
    sender: str
    name: str
    who: str
    office: str
    rank: int | None
    kind: str
    when: Interval | None
    words: str

    def __str__(self) -> str:
        who = ", ".join(part for part in (self.who, self.office, None if self.rank is None else f"rank {self.rank}") if part)
        return f"{self.when or 'day unknown'} {ontology.state_name(self.sender) or 'somebody'}: {who or self.words} ({self.kind.replace('_', ' ')})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """An occasion with all its editions; `highest` is the best rank by sender, `compares` true for at least two senders or years."""

    name: str
    family: str
    host: str
    editions: tuple[Edition, ...]
    senders: tuple[str, ...]
    years: tuple[str, ...]
    highest: str
    compares: bool
    how: How
    proofs: tuple[Proof, ...]


def find(material: Material) -> tuple[Occasion, ...]:
    """The occasions at which either of the two was host or guest, those with a holding in the span asked."""
    held: dict[tuple[str, str], list[tuple[Act, str]]] = defaultdict(list)
    for act in material.of(*KINDS):
        if act.claim.status in TOLD and {source(act), target(act)} & set(material.dyad) and (named := name_of(act, material)):
            held[family(named), _host(act)].append((act, named))
    chosen = [(key, found) for key, found in held.items() if any(material.asked(act) for act, _ in found)]
    return tuple(_occasion(key, found, material) for key, found in chosen)


def family(name: str) -> str:
    """The name of an occasion without its number.

    >>> family("armistice-anniversary-60"), family("60th anniversary of the armistice")
    ('armistice-anniversary', 'anniversary armistice')
    """
    words = _NUMBER.sub(" ", name).replace(" of ", " ").split()
    return " ".join(words).strip(" -").casefold()


def name_of(act: Act, material: Material) -> str:
    """The occasion of an act: its own detail, what was expected at it, or words of its sentence; empty where none is told."""
    told = act.claim.detail("occasion")
    expected = _EXPECTED.search(act.claim.detail("expected") or "")
    if told or (expected and act.claim.kind == "non_event"):
        return told or (expected.group(1) if expected else "")
    found = None if act.claim.made_by == "table" else lexicon.first("occasions", material.sentence(act)[2])
    return "" if found is None else found[0]


def _host(act: Act) -> str:
    return target(act) or source(act)


def _occasion(key: tuple[str, str], found: list[tuple[Act, str]], material: Material) -> Occasion:
    editions = tuple(_edition(act, named, material) for act, named in found)
    senders = tuple(dict.fromkeys(e.sender for e in editions))
    years = tuple(dict.fromkeys(str(day.year) for act, _ in found if (day := first_day(act)) is not None))
    return Occasion(
        name=found[0][1], family=key[0], host=key[1], editions=editions, senders=senders, years=years, highest=_highest(editions),
        compares=len(senders) > 1 or len(years) > 1, how=how(found[0][0]), proofs=material.proofs([act for act, _ in found]),
    )  # fmt: skip


def _edition(act: Act, named: str, material: Material) -> Edition:
    chief = min((p for p in act.claim.source if p.person), key=lambda p: p.rank or 8, default=Party())
    return Edition(
        act=act.id, sender=source(act), name=named, who=chief.person or "", office=chief.office or "",
        rank=chief.rank, kind=act.claim.kind, when=act.claim.valid, words=material.sentence(act)[2],
    )  # fmt: skip


def _highest(editions: tuple[Edition, ...]) -> str:
    best: dict[str, int] = {}
    for e in editions:
        if e.rank is not None:
            best[e.sender] = min(e.rank, best.get(e.sender, 8))
    return ", ".join(f"{sender} rank {rank}" for sender, rank in sorted(best.items()))
