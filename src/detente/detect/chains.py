"""Filter and smoother over all chains of stages for one dispersion, compiled.

The filter's row t uses nothing after t; the smoother's uses everything.
Columns of the event tables, here and everywhere: change up, change down, shock up, shock down.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from detente.detect.levels import Floats, Law
from detente.detect.recursions import Desk, Rows, blend, desk, leap, leaps

UP, DOWN, SHOCK_UP, SHOCK_DOWN = 0, 1, 2, 3


@njit(cache=True, error_model="numpy")
def begin(law: Law, on: Desk, after: Floats) -> float:
    """The first observation: the logarithm of the level is uniform before it. The log of its chance is returned, but for a constant."""
    total = 0.0
    for k in range(after.size):
        total += on.mix[k]
    for k in range(after.size):
        after[k] = on.mix[k] / total
    return math.log(total * law.step)


@njit(cache=True, error_model="numpy")
def step(before: Floats, law: Law, on: Desk, after: Floats) -> float:
    """One observation of the filter: stay or leap, then weigh by what was seen. The log of its chance is returned."""
    leap(before, law, on)
    total = 0.0
    for k in range(before.size):
        after[k] = ((1.0 - law.hazard) * before[k] + on.up[k] + on.down[k]) * on.mix[k]
        total += after[k]
    for k in range(before.size):
        after[k] /= total
    return math.log(total)


@njit(cache=True, error_model="numpy")
def forward(rows: Rows, law: Law) -> tuple[Floats, Floats]:
    """The filter: (n, levels) posterior of the level given nothing later, and the running log evidence (n,)."""
    n, width = rows.plain.shape
    levels, evidence, on = np.empty((n, width)), np.empty(n), desk(width)
    for t in range(n):
        blend(rows, t, law, on)
        chance = step(levels[t - 1], law, on, levels[t]) if t > 0 else begin(law, on, levels[0])
        evidence[t] = chance + rows.scales[t] + (evidence[t - 1] if t > 0 else 0.0)
    return levels, evidence


@njit(cache=True, error_model="numpy")
def retreat(ahead: Floats, law: Law, on: Desk) -> None:
    """The smoother's message `ahead` moved one observation back in place, normalised to a sum of 1."""
    for k in range(ahead.size):
        ahead[k] *= on.mix[k]
    leaps(ahead, law, on.up, on.down)
    total = 0.0
    for k in range(ahead.size):
        ahead[k] = (1.0 - law.hazard) * ahead[k] + law.hazard * (on.up[k] + on.down[k])
        total += ahead[k]
    for k in range(ahead.size):
        ahead[k] /= total


@njit(cache=True, error_model="numpy")
def happened(before: Floats, ahead: Floats, law: Law, on: Desk) -> tuple[float, float, float, float]:
    """Posterior of the four events at an observation, between what came before it and the message from what follows."""
    leap(before, law, on)
    total, risen, fallen, shock_up, shock_down = 0.0, 0.0, 0.0, 0.0, 0.0
    for k in range(before.size):
        expected = ((1.0 - law.hazard) * before[k] + on.up[k] + on.down[k]) * ahead[k]
        total += expected * on.mix[k]
        risen += on.up[k] * on.mix[k] * ahead[k]
        fallen += on.down[k] * on.mix[k] * ahead[k]
        shock_up += expected * on.shock_up[k]
        shock_down += expected * on.shock_down[k]
    return risen / total, fallen / total, law.shock * shock_up / total, law.shock * shock_down / total


@njit(cache=True, error_model="numpy")
def join(filtered: Floats, ahead: Floats, out: Floats) -> None:
    """Posterior of the level at one observation, given everything."""
    total = 0.0
    for k in range(filtered.size):
        out[k] = filtered[k] * ahead[k]
        total += out[k]
    for k in range(filtered.size):
        out[k] /= total


@njit(cache=True, error_model="numpy")
def spread(levels: Floats, weight: float, stride: int, out: Floats) -> None:
    """Add a posterior on a coarse grid to `out` on the finest one: each coarse level is shared by the `stride` fine ones it covers."""
    for k in range(levels.size):
        share = levels[k] * weight / stride
        for j in range(stride):
            out[k * stride + j] += share


@njit(cache=True, error_model="numpy")
def smooth(rows: Rows, filtered: Floats, law: Law, share: tuple[float, int], out: Floats) -> Floats:
    """Posterior of the four events (n, 4), given the whole series; that of the level is added to `out` (n, levels * stride) on the finest grid.

    `share` is the weight of this dispersion and the stride of its grid. Nothing of the size of the series is kept beside `out`.
    """
    n, width = rows.plain.shape
    events, here = np.zeros((n, 4)), np.empty(width)
    ahead, on = np.ones(width), desk(width)
    for t in range(n - 1, -1, -1):
        join(filtered[t], ahead, here)
        spread(here, share[0], share[1], out[t])
        if t > 0:
            blend(rows, t, law, on)
            events[t, UP], events[t, DOWN], events[t, SHOCK_UP], events[t, SHOCK_DOWN] = happened(filtered[t - 1], ahead, law, on)
            retreat(ahead, law, on)
    return events
