"""The gold of a single article in its own richer format (events with actors, offices, ranks, modality) as gold of the documented format.

Actors become ISO codes, REQUEST for a mere appeal may be left without a class, statuses that the format does not know count as happened.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from detente.coding.gold import Text
from detente.coding.gold import text as gold_text

_APPEALS = ("none", "REQUEST", "POSITION", "SIGNAL", "ANSWER")


def read(raw: Mapping[str, Any], text: str, *, published: str | None = None) -> Text:
    """The article's gold; `published` is the day to date the text by, the first that the gold allows when left out, None when it says none."""
    published = published or raw.get("publication", {}).get("not_before")
    rows = [_row(event) for event in raw["events"]]
    return gold_text({"id": raw["file"], "text": text, "date": published, "events": rows})


def settled(status: str | None) -> str | None:
    """A status of ours in the words of that format."""
    return "happened" if status in ("historical", "ongoing") else status


def persons(raw: Mapping[str, Any]) -> tuple[str, ...]:
    """Every person of its core events."""
    core = [event for event in raw["events"] if event["tier"] == 1]
    named = (actor.get("person") for event in core for side in ("source", "target") for actor in event[side] or ())
    return tuple(dict.fromkeys(name for name in named if name))


def _row(event: Mapping[str, Any]) -> dict[str, Any]:
    when = event["date"] or {}
    label = event["plover"]
    accept = [event.get("plover_alt"), *(_APPEALS if label == "REQUEST" else ())]
    if label is None:
        accept += [*_APPEALS, "TARGET", "EXPECTATION", "PROCLAIMED_STAGE", "FORECAST", "ISSUE", "EXPLANATION", "SUPERLATIVE"]
    return {
        "start": event["start"],
        "end": event["end"],
        "class": label,
        "source": _codes(event["source"]),
        "target": _codes(event["target"]),
        "status": event["status"],
        "date_start": when.get("start"),
        "date_end": when.get("end"),
        "persons": [actor["person"] for side in ("source", "target") for actor in event[side] or () if actor.get("person")],
        "tier": event["tier"],
        "accept": [other for other in accept if other is not None],
    }


def _codes(side: Iterable[Mapping[str, Any]] | None) -> list[str]:
    return list(dict.fromkeys(actor["country"] for actor in side or () if actor.get("country") and actor.get("kind") != "igo"))
