"""What a scan found, as plain data, as rows and as a picture: cooperation upwards, conflict downwards, a line where a new stage was announced."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from detente.assess.scan import Entered, Scan
from detente.publish import charts, drawing

ALARMS = ("a", "b", "month", "direction", "probability", "first", "last", "persists")
WARM, COLD = "#4393c3", "#d6604d"
WIDTH, HEIGHT, KEY_HEIGHT = 960, 150, 34
KEY = "Blue: cooperation. Red: conflict, downwards. Shaded: when the new stage began (90 %). Line: the month that announced it, from data up to it."


def rows(found: Scan) -> Iterator[tuple[str, ...]]:
    """One row an alarm: `month` is when it was raised, `first` to `last` when the stage began (90 %)."""
    for (a, b), _, raised in found.raised:
        for alarm in raised:
            month, first, last = (found.months[i] for i in (alarm.index, alarm.first, alarm.last - 1))
            yield a, b, month, alarm.direction, f"{alarm.probability:.4f}", first, last, f"{alarm.persists:.3f}"


def document(chosen: Sequence[Entered], months: Sequence[str]) -> list[dict[str, Any]]:
    """The chosen pairs as data; `answer` says that nothing after `month` was used, except for `since`."""
    return [
        {
            "a": each.pair[0],
            "b": each.pair[1],
            "answer": "filtered",
            "month": months[each.alarm.index],
            "direction": each.alarm.direction,
            "probability": round(each.alarm.probability, 4),
            "first": months[each.alarm.first],
            "last": months[each.alarm.last - 1],
            "persists": round(each.alarm.persists, 3),
            "persists_year": round(each.alarm.persists_year, 3),
            "kind": each.kind,
            "since": since(each),
            "usual_alarms_a_decade": None if each.usual is None else round(each.usual, 2),
        }
        for each in chosen
    ]


def since(each: Entered) -> str:
    """What became of the new level in the half-year after: hindsight."""
    return "open" if each.held is None else "held" if each.held else "fell back"


def picture(chosen: Sequence[Entered], months: Sequence[str]) -> str:
    """One SVG with a panel for each pair."""
    return drawing.svg(option(chosen, months), width=WIDTH, height=HEIGHT * max(1, len(chosen)) + KEY_HEIGHT)


def option(chosen: Sequence[Entered], months: Sequence[str]) -> dict[str, Any]:
    """The ECharts option; heights are in pixels, since the panels stand below each other."""
    return {
        "title": [charts.key(KEY, KEY_HEIGHT), *(_title(each, i) for i, each in enumerate(chosen))],
        "grid": [{"left": 70, "right": 24, "top": KEY_HEIGHT + i * HEIGHT + 26, "height": HEIGHT - 52} for i in range(len(chosen))],
        "xAxis": [{"type": "category", "gridIndex": i, "data": list(months), "axisLine": {"onZero": False}} for i in range(len(chosen))],
        "yAxis": [{"type": "value", "gridIndex": i, "splitNumber": 3} for i in range(len(chosen))],
        "series": [series for i, each in enumerate(chosen) for series in _series(each, months, i)],
    }


def _title(each: Entered, place: int) -> dict[str, Any]:
    a, b = each.pair
    text = f"{a} and {b}: {each.alarm.direction}, {each.alarm.probability:.2f}; lasts half a year: {each.alarm.persists:.2f}; since: {since(each)}"
    return {"text": text, "left": 70, "top": KEY_HEIGHT + place * HEIGHT, "textStyle": {"fontSize": 13}}


def _series(each: Entered, months: Sequence[str], axis: int) -> list[dict[str, Any]]:
    warm, cold = (charts.known(column) for column in each.values.T.tolist())
    bars = {"type": "bar", "stack": f"pair {axis}", "barCategoryGap": "15%", "xAxisIndex": axis, "yAxisIndex": axis}
    drawn = [{**bars, "name": "cooperation", "itemStyle": {"color": WARM}, "data": warm, **_marks(each, months)}]
    return [*drawn, {**bars, "name": "conflict", "itemStyle": {"color": COLD}, "data": [None if v is None else -v for v in cold]}]


def _marks(each: Entered, months: Sequence[str]) -> dict[str, Any]:
    alarm = each.alarm
    first, last, raised = months[alarm.first], months[alarm.last - 1], months[alarm.index]
    line = {"symbol": "none", "label": {"show": False}, "lineStyle": {"color": charts.CHANGED, "type": "solid"}, "data": [{"xAxis": raised}]}
    return {"markLine": line, "markArea": {"itemStyle": {"color": charts.CHANGED, "opacity": 0.15}, "data": [[{"xAxis": first}, {"xAxis": last}]]}}
