"""States that have ended and who stands for them since: the Soviet Union of a text of 2014 is coded as Russia, in a text of 1985 as itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache

from detente import dates
from detente.coding.gazetteer import Hit, rows


@cache
def ends() -> Mapping[str, tuple[date, str]]:
    """The day a former state ended and its successor, by code."""
    return {row["state"]: (dates.parse_day(row["until"]), row["successor"]) for row in rows("formers.csv")}


def successor(hit: Hit, day: date | None) -> Hit:
    """The hit with the successor's code where the state had ended by the day of the text; a text without a day is of today."""
    known = ends().get(hit.entry.state or "")
    if known is None or (day is not None and day < known[0]):
        return hit
    return replace(hit, entry=replace(hit.entry, state=known[1]))
