"""Charts to SVG without a browser: the ECharts options that the pages use, drawn by the same library inside a small JavaScript engine.

One drawing takes about a tenth of a second. Nothing is fetched; the library is shipped.
"""

from __future__ import annotations

import json
import re
from importlib.resources import files
from typing import Any

from py_mini_racer import MiniRacer

_DRAW = """
(function (option, width, height) {
  const chart = echarts.init(null, null, {renderer: 'svg', ssr: true, width: width, height: height});
  chart.setOption(option);
  const drawn = chart.renderToSVGString();
  chart.dispose();
  return drawn;
})
"""
_SETUP = "var window = {}, self = this, global = this; var setTimeout = function (f) { return 0; }, clearTimeout = function () {};"


def svg(option: dict[str, Any], *, width: int, height: int) -> str:
    """The SVG text of an ECharts option (plain data, no functions), `width` by `height` pixels; the same option gives the same text."""
    engine = MiniRacer()
    try:
        engine.eval(_SETUP)
        engine.eval((files("detente") / "data" / "web" / "echarts.min.js").read_text(encoding="utf-8"))
        drawn = engine.eval(f"{_DRAW}({json.dumps({**option, 'animation': False})}, {width}, {height})")
    finally:
        engine.close()
    return _steady(str(drawn))


def _steady(drawn: str) -> str:
    """Numbered class and element names that the library draws from a counter, numbered anew from the start of the picture."""
    names: dict[str, str] = {}
    return re.sub(r"\bzr\d+-(?:c|cls-|g)\w*", lambda m: names.setdefault(m.group(), f"zr0-n{len(names)}"), drawn)
