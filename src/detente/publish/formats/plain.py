"""An act as plain nested data: the one shape that every format is made from, and the names of its leaves that losses are counted by.

A row is a mapping; days stay days, unknown values are None, empty lists are empty. The claim that speaks for the act stands at the top, the
others under `others`, where it is found under `sources`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

from detente.coding import locations
from detente.dates import Interval
from detente.records import Act, Citation, Claim, Party

Row = Mapping[str, Any]
SPAN = ("document", "start", "stop")
PARTY = tuple(field.name for field in fields(Party))
CITED = tuple(field.name for field in fields(Citation))
BREAK = " […] "
"""Between the quotes of a claim that has several."""
ORDINARY: Mapping[str, tuple[Any, ...]] = {
    "accepted": (True,), "known_assumed": (False,), "sources.published_assumed": (False,), "status": ("happened",), "when.precision": ("day",),
}  # fmt: skip
"""Values that a reader assumes where a format says nothing; leaving them out is no loss."""


def row(act: Act, reports: Mapping[str, Claim]) -> dict[str, Any]:
    """An act with its claims; `reports` are the claims by identity, of which those that are gone are named and not told."""
    speaks, *others = act.claims
    told = [{"id": name, **_told(reports[name])} for name in others if name in reports]
    plain = {"id": act.id, "accepted": act.accepted, **_told(act.claim), "known": act.known, "claims": [speaks, *others], "others": told}
    return {**plain, "sources": [_plain(each) for each in act.citations]}


def leaves(found: Row, under: str = "") -> Iterator[tuple[str, Any]]:
    """(name, value) of every value that is told; a name is a path with dots, `source.rank`, and lists add nothing to it."""
    for name, value in found.items():
        yield from _leaves(f"{under}{name}", value)


def _leaves(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict) and path.rpartition(".")[2] != "details":
        yield from leaves(value, f"{path}.")
    elif isinstance(value, list):
        for each in value:
            yield from _leaves(path, each)
    elif value not in (None, "", {}):
        yield path, value


def present(found: Row) -> frozenset[str]:
    """Names of the leaves that tell more than a reader would assume."""
    return frozenset(path for path, value in leaves(found) if value not in ORDINARY.get(path, ()))


def first(found: Row) -> Any:
    """The first day of an act, or None."""
    return None if found["when"] is None else found["when"]["first"]


def point(found: Row) -> tuple[float, float] | None:
    """(latitude, longitude) of an act's place, or None."""
    place = found["place"]
    return None if place is None or place["latitude"] is None else (place["latitude"], place["longitude"])


def _told(claim: Claim) -> dict[str, Any]:
    plain = {"kind": claim.kind, "status": claim.status, "source": _parties(claim.source), "target": _parties(claim.target)}
    days = {"when": _when(claim.valid), "known": claim.known, "known_assumed": claim.known_assumed}
    coded = {"dimensions": list(claim.dimensions), "event_class": claim.event_class, "mode": claim.mode, "place": _place(claim.place)}
    said = {"speaker": None if claim.speaker is None else _plain(claim.speaker), "hedge": claim.hedge, "details": dict(claim.details)}
    words = {"text": BREAK.join(span.quote for span in claim.spans), "spans": [{name: getattr(span, name) for name in SPAN} for span in claim.spans]}
    return {**plain, **days, **coded, **said, **words, "made_by": claim.made_by, "probability": claim.probability, "why": claim.why}


def _parties(parties: tuple[Party, ...]) -> list[dict[str, Any]]:
    return [_plain(party) for party in parties]


def _when(valid: Interval | None) -> dict[str, Any] | None:
    return None if valid is None else {"first": valid.first, "last": valid.last, "precision": valid.precision}


def _place(name: str | None) -> dict[str, Any] | None:
    if name is None:
        return None
    found = locations.where(name)
    return {"name": name, **{key: found[key] for key in ("geonames", "latitude", "longitude")}}


def _plain(record: Party | Citation) -> dict[str, Any]:
    return {name: getattr(record, name) for name in (PARTY if isinstance(record, Party) else CITED)}
