"""The world in a Natural Earth projection, and the great circles between the seats of two states' governments.

Points are pixels of the shipped outlines (data/web/world.svg, 960 by 500), which web/build.mjs projects with the same scale and middle. An arc that
crosses the date line comes in two pieces. The projection is that of Savric et al. 2015 (Cartography and Geographic Information Science 42),
table 1 in the form of d3-geo; borders are those of Natural Earth and say nothing of anybody's claim.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

WIDTH, HEIGHT, SCALE = 960, 500, 175.0
STEP = math.radians(4)
"""Longest part of an arc that is drawn straight."""
OUTLINES = "world"
LINE = "#333333"
ROOM = (70, 13)
"""Pixels that a name takes, sideways and up."""
COLOURS = {"more": "#b35806", "fewer": "#2d6db5", "as before": "#777777", "too few": "#777777", "not read": "#777777"}
"""Orange and blue, which are told apart by all eyes; fewer is broken as well."""

Point = tuple[float, float]
Pieces = tuple[tuple[Point, ...], ...]


@cache
def seats() -> Mapping[str, Point]:
    """Latitude and longitude in degrees of each state's seat of government, by its code; small dependencies have none."""
    text = (files("detente") / "data" / "actors" / "seats.csv").read_text(encoding="utf-8")
    return MappingProxyType({row["state"]: (float(row["latitude"]), float(row["longitude"])) for row in csv.DictReader(text.splitlines())})


def point(latitude: float, longitude: float) -> Point:
    """Where a place is drawn, in pixels from the upper left.

    >>> [round(each, 1) for each in point(0.0, 0.0)]
    [480.0, 250.0]
    """
    phi, lam = math.radians(latitude), math.radians(longitude)
    p2 = phi * phi
    p4 = p2 * p2
    x = lam * (0.8707 - 0.131979 * p2 + p4 * (-0.013791 + p4 * (0.003971 * p2 - 0.001529 * p4)))
    y = phi * (1.007226 + p2 * (0.015085 + p4 * (-0.044475 + 0.028874 * p2 - 0.005916 * p4)))
    return WIDTH / 2 + SCALE * x, HEIGHT / 2 - SCALE * y


def arc(start: Point, stop: Point) -> Pieces:
    """The great circle between two places, given as latitude and longitude, in pixels; in two pieces where it crosses the date line."""
    pieces: list[list[Point]] = [[]]
    before: Point | None = None
    for latitude, longitude in _circle(start, stop):
        if before is not None and abs(longitude - before[1]) > 180.0:
            edge = math.copysign(180.0, before[1])
            share = (edge - before[1]) / (longitude + 2 * edge - before[1])
            crossing = before[0] + share * (latitude - before[0])
            pieces[-1].append(point(crossing, edge))
            pieces.append([point(crossing, -edge)])
        pieces[-1].append(point(latitude, longitude))
        before = latitude, longitude
    return tuple(tuple(piece) for piece in pieces)


def _circle(start: Point, stop: Point) -> list[Point]:
    """Places along the great circle, at most `STEP` from one to the next."""
    a, b = _vector(start), _vector(stop)
    angle = math.acos(max(-1.0, min(1.0, sum(p * q for p, q in zip(a, b, strict=True)))))
    if math.sin(angle) < 1e-9:
        return [start, stop]
    number = max(2, math.ceil(angle / STEP))
    found = []
    for each in range(number + 1):
        p, q = math.sin(angle * (1 - each / number)) / math.sin(angle), math.sin(angle * each / number) / math.sin(angle)
        x, y, z = (p * u + q * v for u, v in zip(a, b, strict=True))
        found.append((math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))))
    return found


def _vector(place: Point) -> tuple[float, float, float]:
    phi, lam = (math.radians(each) for each in place)
    return math.cos(phi) * math.cos(lam), math.cos(phi) * math.sin(lam), math.sin(phi)


def between(pair: tuple[str, str]) -> Pieces:
    """The arc between the seats of two states; nothing where one has none."""
    first, second = (seats().get(code) for code in pair)
    return () if first is None or second is None else arc(first, second)


def labels(codes: Iterable[str]) -> dict[str, Point]:
    """Where states are named on the map, the foremost first; one whose name would lie over another's stays without."""
    placed: dict[str, Point] = {}
    for code in dict.fromkeys(codes):
        x, y = point(*seats()[code]) if code in seats() else (-math.inf, -math.inf)
        if math.isfinite(x) and all(abs(x - u) > ROOM[0] or abs(y - v) > ROOM[1] for u, v in placed.values()):
            placed[code] = x, y
    return placed


def line(pieces: Pieces) -> str:
    """An arc as the path of an SVG.

    >>> line((((1.0, 2.0), (3.04, 4.0)),))
    'M1,2L3,4'
    """
    return "".join("M" + "L".join(f"{x:.1f},{y:.1f}".replace(".0", "") for x, y in piece) for piece in pieces)


def thickness(number: int) -> float:
    """How broad the arc of so many days is drawn, in pixels.

    >>> thickness(0), thickness(9), thickness(400)
    (1.0, 2.5, 6.0)
    """
    return min(6.0, 1.0 + math.sqrt(number) / 2)


def option(rows: Sequence[Mapping[str, Any]], named: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The ECharts option of arcs over the outlines: a row has `names`, `link`, `direction`, `now`, `told` and the `pieces` of its arc, the
    foremost first; a named place has `name`, `x` and `y`.
    """
    drawn = [{"coords": [list(each) for each in piece], **_shown(row)} for row in reversed(rows) for piece in row["pieces"]]
    base = {"map": OUTLINES, "roam": "move", "silent": True, "scaleLimit": {"min": 1, "max": 8}, "left": 0, "right": 0, "top": 0, "bottom": 0}
    arcs = {"type": "lines", "coordinateSystem": "geo", "polyline": True, "data": drawn, "emphasis": {"lineStyle": {"width": 7, "opacity": 1}}}
    seen = [{"name": each["name"], "value": [each["x"], each["y"]]} for each in named]
    label = {"show": True, "position": "right", "formatter": "{b}", "fontSize": 11}
    places = {
        "type": "scatter",
        "coordinateSystem": "geo",
        "silent": True,
        "symbolSize": 4,
        "itemStyle": {"color": LINE},
        "label": label,
        "data": seen,
    }
    return {"geo": base, "tooltip": {}, "series": [arcs, places]}


def _shown(row: Mapping[str, Any]) -> dict[str, Any]:
    kind = "dashed" if row["direction"] == "fewer" else "solid"
    style = {"color": COLOURS[row["direction"]], "width": thickness(row["now"]), "type": kind, "opacity": 0.75}
    return {"name": f"{row['names']}: {row['told']}", "link": row["link"], "lineStyle": style}
