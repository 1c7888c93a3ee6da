"""Hand-coded events in the documented format, and how coded events are set against them.

A gold text is {"id", "text", "date"?, "events": [...]}, an event {"start", "end", "class" or "kind", "source", "target", "reciprocal"?, "status"?,
"date_start"?, "date_end"?, "persons"?, "tier"?, "accept"?}; sides are lists of ISO codes. Only tier 1 must be found; "accept" lists other classes
that are as good.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from detente import dates
from detente.errors import InputError

Sides = frozenset[tuple[str | None, str | None]]


@dataclass(frozen=True, slots=True)
class Event:
    """An event of either side of the comparison; `label` is a class or a kind in capitals, `days` first and last day, None where open."""

    start: int
    stop: int
    label: str
    pairs: Sides
    status: str | None = None
    days: tuple[date | None, date | None] | None = None
    persons: tuple[str, ...] = ()
    tier: int = 1
    accept: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Text:
    """A text with its gold events."""

    id: str
    text: str
    published: date | None
    events: tuple[Event, ...]


def text(row: Mapping[str, Any]) -> Text:
    """One gold text from its JSON object; raises InputError for one that lacks what it needs or misquotes its text."""
    try:
        day = row.get("date")
        events = tuple(event(one) for one in row["events"])
        found = Text(str(row["id"]), row["text"], dates.parse_day(day) if day else None, events)
    except (KeyError, TypeError, AttributeError) as error:
        raise InputError('a gold text with "id", "text" and "events"', came=f"{error!r} came", do="see the format in the documentation") from error
    beyond = [one for one in events if not 0 <= one.start < one.stop <= len(found.text)]
    if beyond:
        raise InputError("spans within their text", came=f"{found.id} has one from {beyond[0].start} to {beyond[0].stop}", do="count code points")
    return found


def event(row: Mapping[str, Any]) -> Event:
    """One event, gold or coded, from its row."""
    unordered = bool(row.get("reciprocal"))
    label = str(row.get("class") or row.get("kind") or "none").upper()
    return Event(
        int(row["start"]),
        int(row["end"]),
        label,
        pairs(row.get("source") or (), row.get("target") or (), unordered=unordered),
        row.get("status"),
        _days(row.get("date_start"), row.get("date_end")),
        tuple(row.get("persons") or ()),
        int(row.get("tier", 1)),
        frozenset(str(other or "none").upper() for other in row.get("accept") or ()) | {label},
    )


def pairs(source: Iterable[str], target: Iterable[str], *, unordered: bool) -> Sides:
    """Every (source, target); an unordered event holds both directions, also between several sources without a target."""
    ours, theirs = tuple(source), tuple(target)
    if len(ours) > 1 and not theirs:
        return frozenset((one, other) for one in ours for other in ours if one != other)
    straight = {(one, other) for one in ours or (None,) for other in theirs or (None,)}
    return frozenset(straight | {(other, one) for one, other in straight}) if unordered else frozenset(straight)


def _days(first: str | None, last: str | None) -> tuple[date | None, date | None] | None:
    if first is None and last is None:
        return None
    low = None if first is None else dates.parse(str(first)[:10]).first
    high = None if last is None else dates.parse(str(last)[:10]).last
    return low, high
