"""Charts of series and their stages as ECharts options: what was counted, the level with its interval, and where it changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from detente.detect.changes import Segmentation
from detente.publish import drawing

COUNTED, LEVEL, CHANGED, SHOCK = "#9aa5b1", "#1f4e79", "#b2182b", "#e08214"
WIDTH, HEIGHT = 960, 320
SMALL_WIDTH, SMALL_HEIGHT = 760, 170
KEY_HEIGHT = 34
KEY = "Bars: counted (orange: a one-off). Line and band: the level, given everything, with 90 %. Red: a new stage begins, with its probability."


@dataclass(frozen=True, slots=True)
class Drawn:
    """A series to draw: its name, a label for each observation, what was counted, and what was found."""

    name: str
    labels: tuple[str, ...]
    counts: tuple[float, ...]
    found: Segmentation


def picture(drawn: Sequence[Drawn]) -> str:
    """One SVG with a panel for each series, below each other, under a line that explains the signs."""
    height = HEIGHT * max(1, len(drawn)) + KEY_HEIGHT
    plain = option(drawn, above=KEY_HEIGHT / height)
    return drawing.svg({**plain, "title": [key(KEY, KEY_HEIGHT), *plain["title"]]}, width=WIDTH, height=height)


def small(drawn: Sequence[Drawn]) -> str:
    """The same for print: narrower and lower, so that the letters are large beside it."""
    return drawing.svg(option(drawn), width=SMALL_WIDTH, height=SMALL_HEIGHT * max(1, len(drawn)))


def key(text: str, height: int) -> dict[str, Any]:
    """A line at the top that explains the signs of a picture."""
    return {"text": text, "left": "center", "top": height // 4, "textStyle": {"fontSize": 12, "fontWeight": "normal", "color": "#555555"}}


def option(drawn: Sequence[Drawn], *, above: float = 0.0) -> dict[str, Any]:
    """The ECharts option: bars are counts, the line is the level, the band its 90 % interval, red lines begin a new stage.

    `above` is the share of the height that is left free at the top.
    """
    share = 100 * (1.0 - above) / max(1, len(drawn))
    tops = [100 * above + i * share for i in range(len(drawn))]
    return {
        "title": [
            {"text": each.name, "left": 60, "top": f"{top:.1f}%", "textStyle": {"fontSize": 14}} for top, each in zip(tops, drawn, strict=True)
        ],
        "grid": [{"left": 60, "right": 24, "top": f"{top + share * 0.21:.1f}%", "height": f"{share * 0.6:.1f}%"} for top in tops],
        "xAxis": [{"type": "category", "gridIndex": i, "data": list(each.labels)} for i, each in enumerate(drawn)],
        "yAxis": [{"type": "value", "gridIndex": i, "min": 0} for i in range(len(drawn))],
        "series": [series for i, each in enumerate(drawn) for series in _series(each, i)],
    }


def _series(each: Drawn, axis: int) -> list[dict[str, Any]]:
    on = {"xAxisIndex": axis, "yAxisIndex": axis}
    found = each.found
    counts = known(each.counts)
    band = [high - low for low, high in zip(found.level_low, found.level_high, strict=True)]
    hidden = {"type": "line", "stack": f"band {axis}", "symbol": "none", "step": "middle", "lineStyle": {"opacity": 0}}
    return [
        {"type": "bar", "name": f"{each.name}: counted", "data": _coloured(counts, found), "itemStyle": {"color": COUNTED}, **on},
        {"name": f"{each.name}: interval from", "data": _short(found.level_low), **hidden, **on},
        {"name": f"{each.name}: interval", "data": _short(band), "areaStyle": {"color": LEVEL, "opacity": 0.18}, **hidden, **on},
        {
            "type": "line",
            "name": f"{each.name}: level",
            "data": _short(found.level),
            "symbol": "none",
            "step": "middle",
            "lineStyle": {"color": LEVEL, "width": 2},
            "markLine": _changes(each),
            **on,
        },
    ]


def known(counts: Sequence[float]) -> list[float | None]:
    """Counts, with None where nobody looked."""
    return [None if count != count else count for count in counts]


def _short(values: Sequence[float]) -> list[float]:
    return [round(value, 4) for value in values]


def _coloured(counts: list[float | None], found: Segmentation) -> list[Any]:
    """Counts, with one-off shocks in a colour of their own."""
    return [{"value": count, "itemStyle": {"color": SHOCK}} if i in found.spikes else count for i, count in enumerate(counts)]


def _changes(each: Drawn) -> dict[str, Any]:
    lines = [{"xAxis": each.labels[change.index], "label": {"formatter": f"{change.probability:.2f}"}} for change in each.found.changes]
    return {"symbol": "none", "lineStyle": {"color": CHANGED, "type": "solid"}, "data": lines}
