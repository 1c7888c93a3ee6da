"""Where an action took place: the town, region or state that a preposition of place leads in, with its GeoNames number and coordinates.

A name that stands for a government ("Moscow said") is no place. Ignores addresses and places that the table does not know.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from detente.coding.actors import Mention
from detente.coding.gazetteer import rows

_LED_IN = re.compile(r"\b(in|at|near|outside|inside|around|across)\s+(?:the\s+)?(?:(?:\w+\s+)?\w+\s+of\s+|\w+\s+)?$", re.IGNORECASE)
_PLACES = frozenset({"place", "capital", "region", "name", "short"})


@dataclass(frozen=True, slots=True)
class Location:
    """A place of the table. `geonames` and coordinates are None where the table has none: a state as a whole, or a place without number."""

    name: str
    state: str
    kind: str
    geonames: int | None
    latitude: float | None
    longitude: float | None


@cache
def table() -> Mapping[str, Location]:
    """Places by name."""
    return {row["name"]: _location(row) for row in rows("places.csv")}


def where(name: str | None) -> dict[str, int | float | str | None]:
    """GeoNames number and coordinates of a claim's place, and under `why_not` the reason where either is missing.

    >>> where("Vladivostok")["geonames"], where("Norway")["why_not"], where(None)["why_not"]
    (2013348, 'a state as a whole, or a place that the table does not hold', 'no place is told')
    """
    known = None if name is None else table().get(name)
    if known is None:
        missing = "no place is told" if name is None else "a state as a whole, or a place that the table does not hold"
        return {"geonames": None, "latitude": None, "longitude": None, "why_not": missing}
    lacks = [] if known.geonames is not None else ["the table has no number for it"]
    lacks += [] if known.latitude is not None else [f"a {known.kind} has no point in the table"]
    return {"geonames": known.geonames, "latitude": known.latitude, "longitude": known.longitude, "why_not": "; ".join(lacks) or None}


def find(text: str, mentions: Sequence[Mention], *, near: int) -> Location | None:
    """The place nearest to a character of the sentence; towns go before states."""
    led = [mention for mention in mentions if mention.form in _PLACES and _led(text, mention)]
    if not led:
        return None
    best = min(led, key=lambda mention: (mention.form in ("name", "short"), abs(mention.start - near)))
    name = text[best.start : best.stop]
    known = table().get(name) or table().get(name.title())
    return known or (Location(name, best.states[0], "state", None, None, None) if best.states else None)


def _led(text: str, mention: Mention) -> bool:
    owns = text[mention.stop : mention.stop + 2] in ("’s", "'s")
    return not owns and _LED_IN.search(text[max(0, mention.start - 40) : mention.start]) is not None


def _location(row: Mapping[str, str]) -> Location:
    number = int(row["geonames"]) if row["geonames"] else None
    latitude, longitude = (float(row[key]) if row[key] else None for key in ("latitude", "longitude"))
    return Location(row["name"], row["state"], row["kind"], number, latitude, longitude)
