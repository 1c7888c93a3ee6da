"""The timeline of an answer as an ECharts option: acts by dimension and day, stages as bands, the as-of day as a line."""

from __future__ import annotations

from datetime import date
from typing import Any

from detente import ontology
from detente.publish import drawing
from detente.records import Evidence, Finding, Verdict

FOR, AGAINST, NEITHER, BAND, LINE = "#1b7837", "#b2182b", "#8c8c8c", "#7fbf7b", "#333333"
WIDTH, HEIGHT = 760, 370


def picture(found: Verdict, *, since: date) -> str:
    """The timeline as SVG, from `since` to the as-of day."""
    return drawing.svg(option(found, since=since), width=WIDTH, height=HEIGHT)


def option(found: Verdict, *, since: date) -> dict[str, Any]:
    """The ECharts option: one row a dimension, one point an act."""
    names = [ontology.term("dimensions", f.dimension).name for f in found.dimensions]
    groups = (("for", FOR), ("against", AGAINST), ("also used", NEITHER))
    points = {name: [p for f in found.dimensions for p in _points(found, f, name, since)] for name, _ in groups}
    return {
        "useUTC": True,
        "legend": {"top": 0, "data": [name for name, _ in groups]},
        "grid": {"left": 130, "right": 24, "top": 36, "bottom": 32},
        "xAxis": {"type": "time", "min": instant(since), "max": instant(found.as_of)},
        "yAxis": {"type": "category", "data": names, "inverse": True, "splitLine": {"show": True}},
        "series": [
            *(_scatter(name, colour, points[name]) for name, colour in groups),
            *(band for f in found.dimensions for band in _bands(f, found)),
        ],
    }


def instant(day: date) -> int:
    """Milliseconds from 1970 to the beginning of a day in UTC: a day as text would be read in the zone of the machine.

    >>> instant(date(1970, 1, 2))
    86400000
    """
    return (day - date(1970, 1, 1)).days * 86_400_000


def _points(found: Verdict, f: Finding, group: str, since: date) -> list[list[int | str]]:
    name = ontology.term("dimensions", f.dimension).name
    days = [_day(piece) for piece in found.evidence if _group(piece, f) == group]
    return [[instant(day), name] for day in days if day is not None and day >= since]


def _group(piece: Evidence, f: Finding) -> str | None:
    if f.dimension in piece.supports:
        return "for"
    if f.dimension in piece.contradicts:
        return "against"
    return "also used" if any(piece.id in s.acts for s in f.statements) else None


def _day(piece: Evidence) -> date | None:
    return None if piece.valid is None else piece.valid.start


def _scatter(name: str, colour: str, points: list[list[int | str]]) -> dict[str, Any]:
    return {"type": "scatter", "name": name, "data": points, "symbolSize": 9, "itemStyle": {"color": colour, "opacity": 0.75}}


def _bands(f: Finding, found: Verdict) -> list[dict[str, Any]]:
    """The interval in which the stage began, pale, and from its end to the as-of day, full."""
    if f.stage is None:
        return []
    first, last = f.stage.begins.first or found.as_of, f.stage.begins.last or found.as_of
    return [_band(f, (first, last), opacity=0.2), _band(f, (min(last, found.as_of), found.as_of), opacity=0.5)]


def _band(f: Finding, ends: tuple[date, date], *, opacity: float) -> dict[str, Any]:
    name = ontology.term("dimensions", f.dimension).name
    style = {"color": BAND, "width": 16, "opacity": opacity, "cap": "butt"}
    return {"type": "line", "name": f"{name} stage", "data": [[instant(day), name] for day in ends], "symbol": "none", "lineStyle": style, "z": 1}
