"""Records to JSON and back: what the ledger's `record` columns hold. Nothing is lost on the way, so identities can be derived again."""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from typing import Any

from detente.dates import Interval
from detente.dates.interval import Precision
from detente.records import Claim, Merge, Party, Review, Span, packed


def pack(record: Claim | Review | Merge) -> str:
    """The canonical JSON of a record."""
    return packed(record)


def claim(text: str, *, key: str | None = None, probability: float | None = None, why: str | None = None) -> Claim:
    """A claim from its JSON, with the two fields that stand outside its identity; `key` where the identity need not be derived again."""
    row = json.loads(text)
    row["spans"] = tuple([Span(**span) for span in row["spans"]])
    row["source"] = tuple([_party(**party) for party in row["source"]])
    row["target"] = tuple([_party(**party) for party in row["target"]])
    row["speaker"] = None if row["speaker"] is None else _party(**row["speaker"])
    row["valid"] = _interval(row["valid"])
    row["known"] = _day(row["known"])
    row["dimensions"] = tuple(row["dimensions"])
    row["details"] = _pairs(row["details"])
    return Claim(**row, probability=probability, why=why).kept_as(key)


@lru_cache(maxsize=65_536)
def _party(**fields: Any) -> Party:
    """A party, the same record for all claims that name it alike."""
    return Party(**fields)


def review(text: str) -> Review:
    """A review from its JSON."""
    row = json.loads(text)
    row["edits"] = _pairs(row["edits"])
    return Review(**row)


def merge(text: str) -> Merge:
    """A merge from its JSON."""
    return Merge(**json.loads(text))


def _pairs(rows: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in rows)


@lru_cache(maxsize=65_536)
def _day(text: str | None) -> date | None:
    """A day, the same one for all claims of it."""
    return None if text is None else date.fromisoformat(text)


def _interval(row: dict[str, Any] | None) -> Interval | None:
    return None if row is None else _days(**row)


@lru_cache(maxsize=65_536)
def _days(*, start: str | None, stop: str | None, precision: Precision) -> Interval:
    """An interval, the same one for all claims of it."""
    return Interval(_day(start), _day(stop), precision)
