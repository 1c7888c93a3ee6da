"""The timeline of an answer as an ECharts option: acts by dimension and day, stages as bands, the as-of day as its end.

For the desk a second panel below it holds the days with an act in each year, of the pair and of the pairs it is compared with.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from detente import ontology
from detente.publish import drawing
from detente.records import Evidence, Finding, Verdict

FOR, AGAINST, NEITHER, BAND, LINE = "#1b7837", "#b2182b", "#8c8c8c", "#7fbf7b", "#333333"
WIDTH, HEIGHT = 760, 370
SYMBOLS = {"for": "circle", "against": "triangle", "also used": "circle"}
CLEAR = "rgba(0,0,0,0)"
OTHERS = ("#6a3d9a", "#b35806", "#2d6db5")


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
        "grid": {"left": 150, "right": 24, "top": 36, "bottom": 32},
        "xAxis": {"type": "time", "min": instant(since), "max": instant(found.as_of)},
        "yAxis": {"type": "category", "data": names, "inverse": True, "splitLine": {"show": True}},
        "series": [
            *(_scatter(name, colour, points[name]) for name, colour in groups),
            *(band for f in found.dimensions for band in _bands(f, found)),
        ],
    }


def overlaid(found: Verdict, *, since: date, yearly: Mapping[str, Sequence[int]]) -> dict[str, Any]:
    """The timeline with hints and zoom, and below it the days with an act in each year since then by the name of the pair."""
    above = option(found, since=since)
    span = {"min": above["xAxis"]["min"], "max": above["xAxis"]["max"]}
    colours = dict(zip(yearly, (LINE, *OTHERS * len(yearly)), strict=False))
    return {
        **above,
        "legend": [above["legend"], {"top": 366, "right": 24, "data": list(yearly)}],
        "grid": [{**above["grid"], "height": 290}, {"left": 150, "right": 24, "top": 396, "height": 120}],
        "xAxis": [above["xAxis"], {"type": "time", "gridIndex": 1, **span}],
        "yAxis": [above["yAxis"], {"type": "value", "gridIndex": 1, "name": "days a year", "minInterval": 1}],
        "series": [*above["series"], *(_yearly(name, colours[name], yearly[name], since.year) for name in yearly)],
        "dataZoom": [{"type": "inside", "xAxisIndex": [0, 1], "zoomOnMouseWheel": "ctrl", "preventDefaultMouseMove": False}],
        "tooltip": {},
    }


def _yearly(name: str, colour: str, counted: Sequence[int], first: int) -> dict[str, Any]:
    """A line of counts, each at the middle of its year."""
    points = [[instant(date(first + at, 7, 1)), number] for at, number in enumerate(counted)]
    ink = {"itemStyle": {"color": colour}, "lineStyle": {"color": colour, "type": "solid" if colour == LINE else "dashed"}}
    return {"type": "line", "name": name, "data": points, "xAxisIndex": 1, "yAxisIndex": 1, "symbol": "circle", "symbolSize": 6, **ink}


def instant(day: date) -> int:
    """Milliseconds from 1970 to the beginning of a day in UTC: a day as text would be read in the zone of the machine.

    >>> instant(date(1970, 1, 2))
    86400000
    """
    return (day - date(1970, 1, 1)).days * 86_400_000


def _points(found: Verdict, f: Finding, group: str, since: date) -> list[dict[str, Any]]:
    name = ontology.term("dimensions", f.dimension).name
    dated = [(_day(piece), piece) for piece in found.evidence if _group(piece, f) == group]
    return [_point(piece, instant(day), name) for day, piece in dated if day is not None and day >= since]


def _point(piece: Evidence, at: int, row: str) -> dict[str, Any]:
    return {"value": [at, row], "name": f"{piece.valid}: {piece.text}", "link": f"/act/{piece.id}"}


def _group(piece: Evidence, f: Finding) -> str | None:
    if f.dimension in piece.supports:
        return "for"
    if f.dimension in piece.contradicts:
        return "against"
    return "also used" if any(piece.id in s.acts for s in f.statements) else None


def _day(piece: Evidence) -> date | None:
    return None if piece.valid is None else piece.valid.start


def _scatter(name: str, colour: str, points: list[dict[str, Any]]) -> dict[str, Any]:
    filled = {"color": colour} if colour != NEITHER else {"color": CLEAR, "borderColor": colour, "borderWidth": 1.5}
    style = {**filled, "opacity": 0.75}
    return {"type": "scatter", "name": name, "data": points, "symbol": SYMBOLS[name], "symbolSize": 9, "itemStyle": style}


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
