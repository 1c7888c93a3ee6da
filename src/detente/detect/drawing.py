"""Whole chains drawn from the posterior of a series, compiled: for questions that join several months.

The caller brings the uniform numbers, so that the same seed has the same answer.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from detente.detect.levels import Floats, Law, Whole
from detente.detect.recursions import leaps


@njit(cache=True, error_model="numpy")
def pick(mass: Floats, chance: float) -> int:
    """Index drawn in proportion to `mass` by a uniform `chance` in [0, 1)."""
    left = chance * mass.sum()
    for k in range(mass.size):
        left -= mass[k]
        if left < 0.0 and mass[k] > 0.0:
            return k
    return int(np.argmax(mass))


@njit(cache=True, error_model="numpy")
def origins(before: Floats, law: Law, k: int) -> Floats:
    """Mass of the levels from which a leap may have led to level k."""
    out = np.zeros_like(before)
    for j in range(before.size):
        distance = abs(j - k)
        if distance >= law.least:
            out[j] = before[j] * law.decay**distance
    return out


@njit(cache=True, error_model="numpy")
def leapt(levels: Floats, law: Law) -> Floats:
    """(n, levels) mass that leaps to each level after each observation, hazard included."""
    out, down = np.empty_like(levels), np.empty(levels.shape[1])
    for t in range(levels.shape[0]):
        leaps(levels[t], law, out[t], down)
        out[t] = law.hazard * (out[t] + down)
    return out


@njit(cache=True, error_model="numpy")
def chains(levels: Floats, law: Law, chances: Floats) -> tuple[Whole, Whole]:
    """(draws, n) level indices and (draws, n) 1 where a new level begins; `levels` filtered, `chances` (draws, n, 2) uniform."""
    draws, n = chances.shape[0], levels.shape[0]
    path, begins = np.empty((draws, n), np.int64), np.zeros((draws, n), np.int64)
    spread = leapt(levels, law)
    for d in range(draws):
        k = pick(levels[n - 1], chances[d, n - 1, 0])
        path[d, n - 1] = k
        for t in range(n - 2, -1, -1):
            stay = (1.0 - law.hazard) * levels[t, k]
            if chances[d, t, 0] * (stay + spread[t, k]) >= stay:
                begins[d, t + 1] = 1
                k = pick(origins(levels[t], law, k), chances[d, t, 1])
            path[d, t] = k
    return path, begins
