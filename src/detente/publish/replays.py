"""How a verdict moved with what was known, as a picture: one row a dimension, one cell an as-of day, coloured by the call."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from detente import ontology
from detente.publish import drawing
from detente.records import Verdict

SIGNS = {"new_stage": "▲", "new_phase_of_intent": "△", "shock": "◇", "no_change": "·", "declined": "▼", "mixed": "◆", "cannot_tell": "?"}
COLOURS = {
    "new_stage": "#1b7837",
    "new_phase_of_intent": "#a6d96a",
    "shock": "#c2a5cf",
    "no_change": "#e0e0e0",
    "declined": "#b2182b",
    "mixed": "#5aa5c4",
    "cannot_tell": "#f7f7f7",
}
ROW, SIDE = 34, 150


def picture(found: Sequence[Verdict]) -> str:
    """The replay as SVG; an empty one when there is no answer."""
    return drawing.svg(option(found), width=960, height=SIDE + ROW * 9)


def option(found: Sequence[Verdict]) -> dict[str, Any]:
    """The ECharts option."""
    names = ["overall", *(ontology.term("dimensions", d).name for d in ontology.family("dimensions"))]
    calls = list(COLOURS)
    cells = [[x, y, calls.index(call)] for x, verdict in enumerate(found) for y, call in enumerate(_calls(verdict))]
    pieces = [{"value": n, "label": ontology.term("verdicts", call).name, "color": COLOURS[call]} for n, call in enumerate(calls)]
    return {
        "grid": {"left": SIDE, "right": 20, "top": 20, "bottom": 110},
        "xAxis": {"type": "category", "data": [str(verdict.as_of) for verdict in found], "axisLabel": {"rotate": 60}},
        "yAxis": {"type": "category", "data": names, "inverse": True},
        "visualMap": {"type": "piecewise", "pieces": pieces, "orient": "horizontal", "bottom": 0, "left": "center", "dimension": 2},
        "series": [{"type": "heatmap", "data": cells, "itemStyle": {"borderColor": "#ffffff", "borderWidth": 2}}],
    }


def _calls(verdict: Verdict) -> list[str]:
    return [verdict.overall.call, *(f.call for f in verdict.dimensions)]
