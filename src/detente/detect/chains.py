"""Filter, smoother and sampler over all chains of stages for one dispersion, compiled.

The filter's row t uses nothing after t; the smoother's uses everything; the sampler draws whole chains from the posterior.
Columns of the event tables, here and everywhere: change up, change down, shock up, shock down.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from detente.detect.levels import Floats, Law, Whole
from detente.detect.recursions import leap_down, leap_up

UP, DOWN, SHOCK_UP, SHOCK_DOWN = 0, 1, 2, 3


@njit(cache=True, error_model="numpy")
def predict(before: Floats, law: Law, up: Floats, down: Floats) -> None:
    """`up` and `down` become the mass that leaps there between two observations, hazard included."""
    leap_up(before, law, up)
    leap_down(before, law, down)
    for k in range(before.size):
        up[k] *= law.hazard
        down[k] *= law.hazard


@njit(cache=True, error_model="numpy")
def step(before: Floats, law: Law, chances: tuple[Floats, Floats, Floats], after: Floats, events: Floats) -> float:
    """One observation of the filter: `after` is normalised, `events` its four filtered probabilities; the norm is returned."""
    mix, shock_up, shock_down = chances
    up, down = np.empty_like(before), np.empty_like(before)
    predict(before, law, up, down)
    total = 0.0
    events[:] = 0.0
    for k in range(before.size):
        expected = (1.0 - law.hazard) * before[k] + up[k] + down[k]
        after[k] = expected * mix[k]
        total += after[k]
        events[UP] += up[k] * mix[k]
        events[DOWN] += down[k] * mix[k]
        events[SHOCK_UP] += expected * law.shock * shock_up[k]
        events[SHOCK_DOWN] += expected * law.shock * shock_down[k]
    for k in range(before.size):
        after[k] /= total
    for c in range(4):
        events[c] /= total
    return total


@njit(cache=True, error_model="numpy")
def forward(mix: Floats, shocks: tuple[Floats, Floats], law: Law, scales: Floats) -> tuple[Floats, Floats, Floats]:
    """Filtered levels (n, levels), filtered events (n, 4) and the running log evidence (n,)."""
    n = mix.shape[0]
    levels, events, evidence = np.empty_like(mix), np.zeros((n, 4)), np.empty(n)
    total = mix[0].sum()
    allowed = 0
    for k in range(mix.shape[1]):
        levels[0, k] = mix[0, k] / total
        allowed += mix[0, k] > 0.0
    evidence[0] = math.log(total / allowed) + scales[0]
    for t in range(1, n):
        chances = (mix[t], shocks[0][t], shocks[1][t])
        evidence[t] = evidence[t - 1] + math.log(step(levels[t - 1], law, chances, levels[t], events[t])) + scales[t]
    return levels, events, evidence


@njit(cache=True, error_model="numpy")
def retreat(ahead: Floats, mix: Floats, law: Law, out: Floats) -> None:
    """The smoother's message one observation back, normalised to a sum of 1."""
    weighed, up, down = ahead * mix, np.empty_like(ahead), np.empty_like(ahead)
    predict(weighed, law, up, down)
    total = 0.0
    for k in range(out.size):
        out[k] = (1.0 - law.hazard) * weighed[k] + up[k] + down[k]
        total += out[k]
    for k in range(out.size):
        out[k] /= total


@njit(cache=True, error_model="numpy")
def smooth(filtered: Floats, mix: Floats, shocks: tuple[Floats, Floats], law: Law) -> tuple[Floats, Floats]:
    """Posterior of the level (n, levels) and of the four events (n, 4), given the whole series."""
    n = filtered.shape[0]
    levels, events = np.empty_like(filtered), np.zeros((n, 4))
    ahead, behind = np.ones(filtered.shape[1]), np.empty(filtered.shape[1])
    scratch = np.empty(filtered.shape[1])
    for t in range(n - 1, -1, -1):
        if t > 0:
            chances = (mix[t] * ahead, shocks[0][t] * ahead, shocks[1][t] * ahead)
            step(filtered[t - 1], law, chances, scratch, events[t])
        total = 0.0
        for k in range(levels.shape[1]):
            levels[t, k] = filtered[t, k] * ahead[k]
            total += levels[t, k]
        for k in range(levels.shape[1]):
            levels[t, k] /= total
        retreat(ahead, mix[t], law, behind)
        ahead[:] = behind
    return levels, events


@njit(cache=True, error_model="numpy")
def draw(mass: Floats, chance: float) -> int:
    """Index drawn in proportion to `mass` by a uniform `chance` in [0, 1)."""
    left = chance * mass.sum()
    for k in range(mass.size):
        left -= mass[k]
        if left < 0.0 and mass[k] > 0.0:
            return k
    return int(np.argmax(mass))


@njit(cache=True, error_model="numpy")
def sample(filtered: Floats, law: Law, chances: Floats) -> tuple[Whole, Whole]:
    """Chains drawn from the posterior: (draws, n) level indices and (draws, n) 1 where a new level begins.

    `chances` is (draws, n, 2) uniform numbers; the caller seeds them, so that the same question has the same answer.
    """
    draws, n = chances.shape[0], filtered.shape[0]
    levels, begins = np.empty((draws, n), np.int64), np.zeros((draws, n), np.int64)
    up, down = np.empty(filtered.shape[1]), np.empty(filtered.shape[1])
    spread = np.empty((n, filtered.shape[1]))
    for t in range(n - 1):
        predict(filtered[t], law, up, down)
        spread[t] = up + down
    for d in range(draws):
        k = draw(filtered[n - 1], chances[d, n - 1, 0])
        levels[d, n - 1] = k
        for t in range(n - 2, -1, -1):
            stay = (1.0 - law.hazard) * filtered[t, k]
            if chances[d, t, 0] * (stay + spread[t, k]) >= stay:
                begins[d, t + 1] = 1
                k = draw(origins(filtered[t], law, k), chances[d, t, 1])
            levels[d, t] = k
    return levels, begins


@njit(cache=True, error_model="numpy")
def origins(before: Floats, law: Law, k: int) -> Floats:
    """Mass of the levels from which a leap may have led to level k."""
    out = np.zeros_like(before)
    for j in range(before.size):
        distance = abs(j - k)
        if distance >= law.least:
            out[j] = before[j] * law.decay**distance
    return out
