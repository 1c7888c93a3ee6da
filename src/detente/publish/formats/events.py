"""Acts as PLOVER event records in JSON: what, how, who to whom, when and where, with the text that says so.

Names of fields: PLOVER manual 0.6, chapter "JSON Data Fields"; event types: the sixteen of PLOVER as POLECAT uses them. A record is an event
that took place, so that plans, denials, proposals and what has no event type are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, BinaryIO

from detente import ontology
from detente.publish.formats import jsons, report, tabular
from detente.publish.formats.plain import Row, first

NOT_TAKEN_PLACE = ("planned", "negated", "hypothetical")
QUADS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
CODEBOOK = "PLOVER, sixteen event types"


def records(rows: Iterable[Row], out: BinaryIO) -> None:
    """One JSON array with a record an act."""
    jsons.listed(map(record, rows), out)


def unfit(found: Row) -> str | None:
    """Why an act is no record."""
    if not found["accepted"]:
        return "a proposal that nobody has accepted, and a record is a fact"
    if found["status"] in NOT_TAKEN_PLACE:
        return f"{found['status']}: a record is an event that took place"
    if first(found) is None:
        return "no first day is told, and a record needs its date"
    if _event(found)[0] is None:
        return "no event type is coded, and its kind fits more than one or none"
    if not any(_code(party) for party in found["source"]):
        return "nobody is named who acts, and a record needs its source"
    return None


def notes(found: Row) -> Iterator[str]:
    """What a record says otherwise."""
    if found["event_class"] is None:
        yield "the event type is taken from the kind of the act"


def record(found: Row) -> dict[str, Any]:
    """The record of an act that fits."""
    event, mode = _event(found)
    told = {
        "id": found["id"], "date": found["when"]["first"], "enddate": found["when"]["last"], "source": _actors(found["source"]),
        "target": _actors(found["target"]), "event": event, "mode": mode, "quadCode": _quad(event), "eventLoc": _location(found["place"]),
        "text": found["text"], "textInfo": [{"start": each["start"], "end": each["stop"]} for each in found["spans"]],
        **{name: tabular.listed(each[of] for each in found["sources"]) for name, of in _CITED}, "coder": found["made_by"], "codebook": CODEBOOK,
    }  # fmt: skip
    return {name: value for name, value in told.items() if value not in (None, "", [])}


_CITED = (("citation", "document"), ("publication", "publication"), ("url", "address"))


def _event(found: Row) -> tuple[str | None, str | None]:
    """Event type and mode: those coded, else those of the kind where it is one type only."""
    return (found["event_class"], found["mode"]) if found["event_class"] else _types().get(found["kind"], (None, None))


@cache
def _types() -> Mapping[str, tuple[str, str | None]]:
    return MappingProxyType({row["kind"]: (row["event_class"], row["mode"] or None) for row in report.read("types")})


def _quad(event: str | None) -> int | None:
    return None if event is None else QUADS.index(ontology.term("classes", event).more["quad"]) + 1


def _code(party: Mapping[str, Any]) -> str | None:
    """Three letters: the state, else the kind of body that a body's code begins with."""
    return party["state"] or (party["body"] or "")[:3].upper() or None


def _actors(parties: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    made = ({"code": _code(p), "identifier": p["body"], "actorText": p["person"], "office": p["office"]} for p in parties)
    return [kept for actor in made if (kept := {name: value for name, value in actor.items() if value})]


def _location(place: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if place is None:
        return None
    names = {"name": "name", "geonameid": "geonames", "latitude": "latitude", "longitude": "longitude"}
    return {name: place[of] for name, of in names.items() if place[of] is not None}
