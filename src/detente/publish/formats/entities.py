"""Acts as FollowTheMoney entities, one a line: an Event with who acts as `organizer` and who is acted upon as `involved`, and an Article a source.

A state is a PublicBody with its country; who has a name is a Person with country and position. Whatever is met again is written once.
Identities are the ledger's with a dash for the colon, which an entity's may not have.
Schema: followthemoney 4, Event, PublicBody, Person, Organization, Company, LegalEntity, Address, Article.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, BinaryIO

from detente import ontology
from detente.publish.formats import jsons, report
from detente.publish.formats.plain import Row, point
from detente.records import identity, notation

UNTRUE = ("negated", "hypothetical")
SHORTENED = {"month": 7, "year": 4}
"""Characters of a day that tell a month or a year."""
ROUGH = ("season", "years")
Entity = dict[str, Any]


def entities(rows: Iterable[Row], out: BinaryIO) -> None:
    """The entities of each act as they are first met, then its Event; a person met with another position is written again, to be merged by id."""
    written: set[tuple[str, str]] = set()
    for found in rows:
        for entity in (*_around(found), event(found)):
            mark = (entity["id"], str(entity["properties"].get("position", "")))
            if mark not in written:
                written.add(mark)
                out.write(jsons.packed(entity) + b"\n")


def unfit(found: Row) -> str | None:
    """Why an act is no Event."""
    if not found["accepted"]:
        return "a proposal that nobody has accepted, and an Event is a fact"
    if found["status"] in UNTRUE:
        return f"{found['status']}: an Event is something that happens"
    return None


def notes(found: Row) -> Iterator[str]:
    """What an Event says otherwise."""
    when = found["when"]
    if when is not None and when["precision"] in ROUGH:
        yield "a season or several years stand as their first and last day"
    if any(each["state"] and country(each["state"]) is None for each in (*found["source"], *found["target"])):
        yield "a state that has no country code stands without a country"


def event(found: Row) -> Entity:
    """The Event of an act."""
    when, codes = found["when"] or {}, [f"{name}: {found[name]}" for name in ("kind", "status", "event_class", "mode") if found[name]]
    told = {
        "name": [_name(found)], "summary": [found["text"]], "recordId": [found["id"]], "keywords": [*codes, *found["dimensions"]],
        "startDate": [_day(when, "first")], "endDate": [_day(when, "last")], "location": [found["place"] and found["place"]["name"]],
        "organizer": _ids(found["source"]), "involved": _ids(found["target"]), "notes": [notation.pairs(tuple(found["details"].items()))],
        "publisher": [each["publication"] for each in found["sources"]], "proof": [_key(each["document"]) for each in found["sources"]],
    }  # fmt: skip
    return entity(found["id"], "Event", {**told, "addressEntity": [each["id"] for each in _place(found)]})


def entity(key: str, schema: str, told: Mapping[str, Iterable[Any]]) -> Entity:
    """An entity with the values that are told, each once, in their order."""
    kept = {name: list(dict.fromkeys(notation.visible(str(value)) for value in values if value)) for name, values in told.items()}
    return {"id": _key(key), "schema": schema, "properties": {name: values for name, values in kept.items() if values}}


def _key(identity: str) -> str:
    return identity.replace(":", "-", 1)


@cache
def country(state: str) -> str | None:
    """The code of a state as FollowTheMoney writes it, or None where it has none."""
    return {row["state"]: row["country"] for row in report.read("countries")}.get(state)


def _around(found: Row) -> Iterator[Entity]:
    for party in (*found["source"], *found["target"]):
        yield from _parties(party)
    yield from _place(found)
    for each in found["sources"]:
        told = {"title": [each["title"]], "publisher": [each["publication"]], "publishedAt": [each["published"]], "sourceUrl": [each["address"]]}
        yield entity(each["document"], "Article", told)


def _place(found: Row) -> Iterator[Entity]:
    """The Address of an act's place where the place has a point."""
    at = point(found)
    if at is not None:
        name = found["place"]["name"]
        yield entity(identity("place", name), "Address", {"full": [name], "latitude": [at[0]], "longitude": [at[1]]})


def _parties(party: Mapping[str, Any]) -> Iterator[Entity]:
    """The state, the body and the person of a party, as far as they are named."""
    state, body, person = party["state"], party["body"], party["person"]
    code = None if state is None else country(state)
    if state:
        yield entity(identity("state", state), "PublicBody", {"name": [ontology.state_name(state)], "abbreviation": [state], "country": [code]})
    if body:
        yield entity(identity("body", [state, body]), "PublicBody" if state else _schema(body), {"name": [body], "country": [code]})
    if person or party["office"]:
        told = {"name": [person or party["office"]], "country": [code], "position": [party["office"]]}
        yield entity(identity("person", [state, person or party["office"]]), "Person", told)


def _ids(parties: Iterable[Mapping[str, Any]]) -> list[str]:
    return [each["id"] for party in parties for each in _parties(party)]


@cache
def _schema(body: str) -> str:
    return next((row["schema"] for row in report.read("bodies") if body.startswith(row["prefix"])), "LegalEntity")


def _name(found: Row) -> str:
    sides = [", ".join(dict.fromkeys(_shown(party) for party in found[side])) for side in ("source", "target")]
    return f"{ontology.term('kinds', found['kind']).name}: {' → '.join(side for side in sides if side) or 'unnamed'}"


def _shown(party: Mapping[str, Any]) -> str:
    state = party["state"]
    return str(party["person"] or party["body"] or (ontology.state_name(state) if state else party["office"] or "unnamed"))


def _day(when: Mapping[str, Any], name: str) -> str | None:
    day = when.get(name)
    return None if day is None else str(day)[: SHORTENED.get(when["precision"], 10)]
