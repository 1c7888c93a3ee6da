"""The exact sums over every possible chain of stages: likelihoods, leaps and one step forwards or backwards, compiled.

Arrays are (observations, levels). `leaps` moves mass to other levels by the Laplace law in one pass, so a series
of n observations costs n times the number of levels, whatever the number of changes: the product-partition models of
Barry and Hartigan (1992) and Fearnhead (2006) with a discrete level in place of the integral over segments.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numba import njit

from detente.detect.levels import Floats, Law, Whole

COMMON = 64
"""Whole counts below this are looked up when they come again."""


class Rows(NamedTuple):
    """What each observation says about each level: (n, levels) likelihoods scaled to a maximum of 1, (n,) logs of the scales.

    `seen` (n,) is 1.0 where somebody looked; other rows are 1 at every open level. Levels that are not open yet hold 0.
    """

    plain: Floats
    scales: Floats
    seen: Floats


class Desk(NamedTuple):
    """Working space of one observation, (levels,) each: its likelihoods as a shock or as either, and the mass that leaps."""

    shock_up: Floats
    shock_down: Floats
    mix: Floats
    up: Floats
    down: Floats


@njit(cache=True, error_model="numpy")
def leaps(mass: Floats, law: Law, up: Floats, down: Floats) -> None:
    """up[k] = sum over j >= least of weight * decay**j * mass[k - j]; down[k] the same of mass[k + j].

    Both sums run in one loop, since each alone waits for its own last term.
    """
    edge = law.weight * law.decay**law.least
    top, rising, falling = mass.size - 1, 0.0, 0.0
    for k in range(mass.size):
        rising *= law.decay
        falling *= law.decay
        if k >= law.least:
            rising += edge * mass[k - law.least]
            falling += edge * mass[top - k + law.least]
        up[k] = rising
        down[top - k] = falling


@njit(cache=True, error_model="numpy")
def tabulate(exposure: float, first: int, law: Law, table: Floats) -> None:
    """Per level: the log odds of one more act (row 0) and the log chance of none (row 1) of the negative binomial."""
    for k in range(table.shape[1]):
        ratio = exposure * math.exp((first + k) * law.step) / law.size
        table[1, k] = law.size * math.log1p(ratio)
        table[0, k] = -math.log1p(1.0 / ratio)


@njit(cache=True, error_model="numpy")
def weigh(count: float, law: Law, table: Floats, out: Floats) -> float:
    """Negative binomial likelihood of one count at each level, scaled to a maximum of 1; the log of the scale is returned."""
    best = -np.inf
    for k in range(out.size):
        out[k] = count * table[0, k] - table[1, k]
        best = max(best, out[k])
    for k in range(out.size):
        below = out[k] - best
        out[k] = math.exp(below) if below > -60.0 else 1e-26
    return best + math.lgamma(count + law.size) - math.lgamma(law.size) - math.lgamma(count + 1.0)


@njit(cache=True, error_model="numpy")
def desk(width: int) -> Desk:
    """An empty working space."""
    return Desk(np.zeros(width), np.zeros(width), np.zeros(width), np.zeros(width), np.zeros(width))


@njit(cache=True, error_model="numpy")
def blend(rows: Rows, t: int, law: Law, on: Desk) -> None:
    """Lay out what observation t says: as a shock upwards or downwards from each level, and as either that or the level itself."""
    if rows.seen[t] == 0.0:
        on.shock_up[:] = 0.0
        on.shock_down[:] = 0.0
        on.mix[:] = rows.plain[t]
        return
    leaps(rows.plain[t], law, on.shock_down, on.shock_up)
    for k in range(on.mix.size):
        if rows.plain[t, k] == 0.0:  # a level that is not open yet
            on.shock_up[k] = on.shock_down[k] = on.mix[k] = 0.0
        else:
            on.mix[k] = (1.0 - law.shock) * rows.plain[t, k] + law.shock * (on.shock_up[k] + on.shock_down[k])


@njit(cache=True, error_model="numpy")
def leap(before: Floats, law: Law, on: Desk) -> None:
    """Lay out the mass that leaps to each level between two observations, hazard included."""
    leaps(before, law, on.up, on.down)
    for k in range(before.size):
        on.up[k] *= law.hazard
        on.down[k] *= law.hazard


@njit(cache=True, error_model="numpy")
def observe(counts: Floats, exposure: Floats, law: Law, first: Whole, last: Whole) -> Rows:
    """What each observation says about the levels that are open to it; a whole number seen before under like conditions says the same."""
    low = first[-1]
    rows = Rows(np.zeros((counts.size, last[-1] - low + 1)), np.zeros(counts.size), np.zeros(counts.size))
    table, known, latest = np.empty((2, rows.plain.shape[1])), -1.0, np.full(COMMON, -1, np.int64)
    for t in range(counts.size):
        start, stop = first[t] - low, last[t] - low + 1
        if np.isnan(counts[t]):
            rows.plain[t, start:stop] = 1.0
            continue
        rows.seen[t] = 1.0
        place = int(counts[t]) if counts[t] < COMMON and counts[t] == int(counts[t]) else -1
        like = latest[place] if place >= 0 else -1
        if like >= 0 and exposure[like] == exposure[t] and first[like] == first[t] and last[like] == last[t]:
            rows.plain[t, start:stop] = rows.plain[like, start:stop]
            rows.scales[t] = rows.scales[like]
            continue
        if exposure[t] != known:
            tabulate(exposure[t], low, law, table)
            known = exposure[t]
        rows.scales[t] = weigh(counts[t], law, table[:, start:stop], rows.plain[t, start:stop])
        if place >= 0:
            latest[place] = t
    return rows
