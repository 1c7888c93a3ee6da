"""Leaders and ministers by day: who held which office of which state from when until when, from data/actors/leaders.csv.

Outside the term the person and state remain known and the office is gone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from detente import dates
from detente.coding.gazetteer import Entry, Gazetteer, rows
from detente.records import Party

_ISO = 3


@dataclass(frozen=True, slots=True)
class Term:
    """One term of office; `state` is an ISO code or the code of a body; `since` and `until` are None where it is open or unknown."""

    name: str
    state: str
    office: str
    rank: int
    since: date | None
    until: date | None

    def holds(self, day: date) -> bool:
        """Whether the office was held on a day."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


@cache
def terms() -> Mapping[str, tuple[Term, ...]]:
    """Terms of office by every name that the table gives the person."""
    found: dict[str, list[Term]] = {}
    for row in rows("leaders.csv"):
        term = Term(row["name"], row["state"], row["office"], int(row["rank"]), _day(row["since"]), _day(row["until"]))
        for name in (row["name"], *filter(None, row["also"].split("|"))):
            found.setdefault(name, []).append(term)
    return {name: tuple(group) for name, group in found.items()}


def find(name: str, day: date | None) -> Party | None:
    """The person of this name with the office held on the day; without a day, the highest office ever held."""
    group = terms().get(name)
    if group is None:
        return None
    current = [term for term in group if day is None or term.holds(day)]
    best = min(current or group, key=lambda term: term.rank)
    held = bool(current)
    home = {"state": best.state} if len(best.state) == _ISO else {"body": best.state}
    return Party(**home, person=best.name, office=best.office if held else None, rank=best.rank if held else None)


def named(text: str, day: date | None) -> Iterator[tuple[str, Party]]:
    """Every leader of the table whom a text names, by the words that stand there."""
    for hit in _gazetteer().find(text):
        party = find(hit.entry.name, day)
        if party is not None:
            written = text[hit.start : hit.stop]
            full = party.person if party.person is not None and party.person in text else written
            yield written, replace(party, person=full)


@cache
def _gazetteer() -> Gazetteer:
    return Gazetteer(Entry(name, "person", group[0].state) for name, group in terms().items())


def _day(text: str) -> date | None:
    return dates.parse(text).start if text else None
