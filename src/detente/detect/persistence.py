"""Will a new stage last? A logistic rule of two readings that are known in the month of the alarm.

`rise`: the month against the mean of the 24 before. `record`: the month against the largest of the 24 before.
To last means: months 2 to 7 (or 2 to 13) after the alarm average more than 1.5 times the 24 before it.
Fitted on the alarms of busy pairs outside the development list (`benchmarks/stages.py` prints the fit and its worth): there it
orders lasting before passing in two of three cases, on the listed pairs, whose turning points are known, in four of five.
Pairs of which little is reported (fewer than a lump a year) last less often than stated.
"""

from __future__ import annotations

import math

import numpy as np

from detente.detect.levels import Floats

BEFORE, LASTING = 24, 1.5
LITTLE = 5.0
"""Added before logarithms are taken, in points of score: a tenth of a lump, so that a rise from next to nothing is no wonder."""

HALF_YEAR, YEAR = (-0.83, 0.22, 0.29), (-1.28, 0.51, 0.0)
"""Intercept, weight of `rise`, weight of `record`, for 6 and for 12 months; over a year the record adds nothing to the rise."""


def readings(counts: Floats, index: int) -> tuple[float, float]:
    """`rise` and `record` at an index, in natural logarithms; (0, 0) when nothing was seen before or nobody looked then."""
    before = counts[max(0, index - BEFORE) : index]
    before = before[np.isfinite(before)]
    if before.size == 0 or not math.isfinite(counts[index]):
        return 0.0, 0.0
    now, mean, largest = (math.log(float(value) + LITTLE) for value in (counts[index], before.mean(), before.max()))
    return now - mean, now - largest


def held(counts: Floats, index: int, *, months: int = 6) -> bool | None:
    """Hindsight: did the level reached at `index` last? None while the months that decide it are not over or were not read.

    >>> import numpy as np
    >>> held(np.array([2.0] * 24 + [40.0] * 8), 24), held(np.array([2.0] * 24 + [40.0]), 24)
    (True, None)
    """
    before, after = counts[max(0, index - BEFORE) : index], counts[index + 2 : index + 2 + months]
    if len(after) < months or not np.isfinite(after).any() or not np.isfinite(before).any():
        return None
    return bool(np.nanmean(after) > LASTING * np.nanmean(before))


def persists(counts: Floats, index: int, *, weights: tuple[float, float, float] = HALF_YEAR) -> float:
    """Probability that the level reached at `index` lasts; uses nothing after `index`.

    >>> import numpy as np
    >>> persists(np.array([2.0] * 24 + [40.0]), 24) > persists(np.array([2.0] * 24 + [4.0]), 24)
    True
    """
    rise, record = readings(counts, index)
    return 1.0 / (1.0 + math.exp(-(weights[0] + weights[1] * rise + weights[2] * record)))
