"""Acts as JSON: one whole act a line, or features of a map (GeoJSON, RFC 7946) with the act as their properties."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from detente.coding import locations
from detente.publish.formats.plain import Row, point


def packed(value: Any) -> bytes:
    """A value as JSON in UTF-8 on one line, days as YYYY-MM-DD."""
    return json.dumps(value, ensure_ascii=False, default=str).encode()


def lines(rows: Iterable[Row], out: BinaryIO) -> None:
    """JSON Lines: one act a line with all its reports and sources; nothing of it is lost."""
    for found in rows:
        out.write(packed(found) + b"\n")


def listed(values: Iterable[Any], out: BinaryIO, *, before: bytes = b"[", after: bytes = b"]\n") -> None:
    """Values as one JSON array, an element a line."""
    between = before + b"\n"
    for value in values:
        out.write(between + packed(value))
        between = b",\n"
    out.write((b"" if between == b",\n" else before) + b"\n" + after)


def features(rows: Iterable[Row], out: BinaryIO) -> None:
    """GeoJSON: a feature an act, a point where its place has one in the table of places, else no geometry; nothing is guessed."""
    listed(map(_feature, rows), out, before=b'{"type": "FeatureCollection", "features": [', after=b"]}\n")


def unplaced(found: Row) -> Iterator[str]:
    """Why an act has no point."""
    if point(found) is None:
        why = locations.where(None if found["place"] is None else found["place"]["name"])["why_not"]
        yield f"no point on the map: {why}"


def _feature(found: Row) -> dict[str, Any]:
    at = point(found)
    geometry = None if at is None else {"type": "Point", "coordinates": [at[1], at[0]]}
    return {"type": "Feature", "id": found["id"], "geometry": geometry, "properties": {name: found[name] for name in found if name != "id"}}
