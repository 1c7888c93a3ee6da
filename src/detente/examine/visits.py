"""Visits and receptions: who came from one state to another, in which offices and of what rank, for what, and who received him there.

The gap is the visitor's rank less that of the highest host: 0 is equal, 3 a minister received by a paramount leader, -2 a deputy premier
received by a deputy minister. Who did not receive him stands only where a source says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from detente import ontology
from detente.dates import Interval
from detente.examine import lexicon
from detente.examine.material import TOLD, How, Material, Proof, first_day, how, last_day, source, target, today
from detente.records import Act, Party

NEAR = timedelta(days=2)
LONGEST_DAYS = 45
"""A vaguer stay does not gather the receptions of a season."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One journey. `rank` 1-7 or None where unknown; `received` None means that no source says by whom."""

    act: str
    source: str
    target: str
    visitor: str
    office: str
    rank: int | None
    companions: tuple[str, ...]
    delegation: str
    occasion: str
    place: str
    when: Interval | None
    hosts: tuple[str, ...]
    host_rank: int | None
    received_by_leader: bool | None
    not_received_by: str
    gap: int | None
    seat: str
    between: bool
    status: str
    how: How
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How visits in one direction were received: by the top leader, expressly not by him, or without word of it."""

    source: str
    target: str
    visits: int
    by_leader: int
    expressly_not: int
    unknown: int

    def __str__(self) -> str:
        way = f"{ontology.state_name(self.source)} to {ontology.state_name(self.target)}"
        return f"{way}: {self.visits} visits, {self.by_leader} received by the top leader, {self.expressly_not} expressly not, {self.unknown} untold"


def find(material: Material) -> tuple[Visit, ...]:
    """The visits of either of the two within the span asked, by day; those between the two first told apart by `between`."""
    return tuple(_visit(act, material) for act in material.around("visit") if act.claim.status in TOLD)


def tally(visits: Iterable[Visit]) -> tuple[Tally, ...]:
    """Receptions by the top leader, counted by direction; the three parts add up to the visits."""
    held = list(visits)
    ways = sorted({(v.source, v.target) for v in held})
    return tuple(_tally(way, [v for v in held if (v.source, v.target) == way]) for way in ways)


def _tally(way: tuple[str, str], held: list[Visit]) -> Tally:
    by_leader = sum(v.received_by_leader is True for v in held)
    expressly = sum(v.received_by_leader is False for v in held)
    return Tally(
        source=way[0], target=way[1], visits=len(held), by_leader=by_leader, expressly_not=expressly, unknown=len(held) - by_leader - expressly
    )


def _visit(act: Act, material: Material) -> Visit:
    claim, words = act.claim, material.sentence(act)[2]
    guests = [p for p in claim.source if p.person]
    chief = min(guests or [*claim.source], key=lambda p: p.rank or 8, default=Party())
    tied = _tied(act, material)
    hosts = _hosts(act, [*material.retold(act), *tied, *(again for other in tied for again in material.retold(other))])
    missing = _missing(act, tied)
    ranks = [p.rank for p in hosts if p.rank]
    return Visit(
        act=act.id,
        source=source(act),
        target=target(act),
        visitor=chief.person or chief.body or "",
        office=chief.office or "",
        rank=chief.rank,
        companions=tuple(dict.fromkeys(_named(p) for p in claim.source if p is not chief and (p.person or p.body))),
        delegation=claim.detail("delegation") or _read("delegations", words),
        occasion=claim.detail("occasion") or _read("occasions", words),
        place=claim.place or "",
        when=claim.valid,
        hosts=tuple(dict.fromkeys(_named(p) for p in hosts)),
        host_rank=min(ranks, default=None),
        received_by_leader=True if 1 in ranks else False if missing else None,
        not_received_by="" if 1 in ranks else missing,
        gap=None if chief.rank is None or not ranks else chief.rank - min(ranks),
        seat=claim.detail("seat") or next((s for a in tied if (s := a.claim.detail("seat"))), "") or _read("seats", words),
        between=set(material.dyad) <= {source(act), target(act)},
        status=claim.status,
        how=how(act),
        proofs=material.proofs([act, *tied]),
    )


def _tied(act: Act, material: Material) -> list[Act]:
    """Receptions, meetings and words of their absence on the days of the visit, of the same two states and guest."""
    first, last = first_day(act), last_day(act)
    if first is None or last is None or (last - first).days > LONGEST_DAYS:
        return []
    held = material.of_sides("reception", "meeting", "non_event").get(frozenset((source(act), target(act))))
    found = () if held is None else held.within(first - NEAR - timedelta(days=LONGEST_DAYS), last + NEAR + timedelta(days=1))
    return [other for other in found if _within(other, first, last) and _same_guest(act, other)]


def _within(other: Act, first: date, last: date) -> bool:
    begins, ends = first_day(other), last_day(other)
    return begins is not None and ends is not None and begins <= last + NEAR and ends >= first - NEAR and (ends - begins).days <= LONGEST_DAYS


def _same_guest(act: Act, other: Act) -> bool:
    """True when the other act names the guest, or names nobody of his side."""
    home = source(act)
    mine = _surnames(p for p in act.claim.source if p.person)
    theirs = _surnames(p for p in (*other.claim.source, *other.claim.target) if p.person and today(p.state) == home)
    text = other.claim.quote.casefold()
    return bool(mine & theirs) or (not theirs and (not mine or any(name in text for name in mine)))


def _surnames(parties: Iterable[Party]) -> frozenset[str]:
    return frozenset(word.casefold() for p in parties for word in (p.person or "").split() if len(word) > 2)


def _hosts(act: Act, tied: Iterable[Act]) -> list[Party]:
    told = [p for p in act.claim.target if p.person]
    host = target(act)
    for other in tied:
        if other.claim.kind != "non_event" and other.claim.status in TOLD:
            told += [p for p in (*other.claim.source, *other.claim.target) if p.person and today(p.state) == host]
    named = act.claim.detail("received_by")
    if named and not any(named in (p.person or "") for p in told):
        told.append(Party(state=host, person=named))
    unlike = {frozenset(_surnames([p])): p for p in reversed(told)}
    return sorted(unlike.values(), key=lambda p: (p.rank or 8, p.person or ""))


def _missing(act: Act, tied: Iterable[Act]) -> str:
    told = act.claim.detail("not_received_by")
    if told:
        return told
    silent = [other.claim.detail("expected") or other.claim.quote for other in tied if other.claim.kind == "non_event"]
    return silent[0] if silent else ""


def _named(party: Party) -> str:
    title = ", ".join(part for part in (party.office, None if party.rank is None else f"rank {party.rank}") if part)
    name = party.person or party.body or party.state or ""
    return f"{name} ({title})" if title else name


def _read(table: str, words: str) -> str:
    found = lexicon.first(table, words)
    return "" if found is None else found[0]
