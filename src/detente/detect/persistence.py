"""Will a new stage last? A logistic rule of two readings that are known in the month of the alarm.

`rise`: the month against the mean of the 24 before. `record`: the month against the largest of the 24 before.
To last means: months 2 to 7 (or 2 to 13) after the alarm average more than 1.5 times the 24 before it.
Fitted on the alarms of busy pairs outside the development list (`benchmarks/stages.py` prints the fit and its worth): there it
orders lasting before passing in two of three cases, on the listed pairs, whose turning points are known, in four of five.
"""

from __future__ import annotations

import math

import numpy as np

from detente.detect.levels import Floats

BEFORE = 24
HALF_YEAR, YEAR = (-1.14, 0.39, 0.04), (-0.90, 0.26, 0.17)
"""Intercept, weight of `rise`, weight of `record`, for 6 and for 12 months."""


def readings(counts: Floats, index: int) -> tuple[float, float]:
    """`rise` and `record` at an index, in natural logarithms; (0, 0) when nothing was seen before or nobody looked then."""
    before = counts[max(0, index - BEFORE) : index]
    before = before[np.isfinite(before)]
    if before.size == 0 or not math.isfinite(counts[index]):
        return 0.0, 0.0
    now = math.log1p(float(counts[index]))
    return now - math.log1p(float(before.mean())), now - math.log1p(float(before.max()))


def persists(counts: Floats, index: int, *, weights: tuple[float, float, float] = HALF_YEAR) -> float:
    """Probability that the level reached at `index` lasts; uses nothing after `index`.

    >>> import numpy as np
    >>> persists(np.array([2.0] * 24 + [40.0]), 24) > persists(np.array([2.0] * 24 + [4.0]), 24)
    True
    """
    rise, record = readings(counts, index)
    return 1.0 / (1.0 + math.exp(-(weights[0] + weights[1] * rise + weights[2] * record)))
