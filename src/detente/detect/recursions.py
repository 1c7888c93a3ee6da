"""The exact sums over every possible chain of stages, forwards and backwards, compiled.

Arrays are (observations, levels). `leap_up` moves mass to higher levels by the Laplace law of leaps in one pass, so a series
of n observations costs n times the number of levels, whatever the number of changes: the product-partition models of
Barry and Hartigan (1992) and Fearnhead (2006) with a discrete level in place of the integral over segments.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from detente.detect.levels import Floats, Law, Whole


@njit(cache=True, error_model="numpy")
def leap_up(mass: Floats, law: Law, out: Floats) -> None:
    """out[k] = sum over j >= least of weight * decay**j * mass[k - j]."""
    edge = law.weight * law.decay**law.least
    carried = 0.0
    for k in range(mass.size):
        carried *= law.decay
        if k >= law.least:
            carried += edge * mass[k - law.least]
        out[k] = carried


@njit(cache=True, error_model="numpy")
def leap_down(mass: Floats, law: Law, out: Floats) -> None:
    """out[k] = sum over j >= least of weight * decay**j * mass[k + j]."""
    edge = law.weight * law.decay**law.least
    carried = 0.0
    top = mass.size - 1
    for k in range(top, -1, -1):
        carried *= law.decay
        if k + law.least <= top:
            carried += edge * mass[k + law.least]
        out[k] = carried


@njit(cache=True, error_model="numpy")
def weigh(count: float, exposure: float, first: int, law: Law, out: Floats) -> float:
    """Negative binomial likelihood of one count at each level, scaled to a maximum of 1; the log of the scale is returned."""
    best = -np.inf
    for k in range(out.size):
        mean = exposure * math.exp((first + k) * law.step)
        out[k] = count * (math.log(mean) - math.log(mean + law.size)) - law.size * math.log1p(mean / law.size)
        best = max(best, out[k])
    for k in range(out.size):
        out[k] = math.exp(out[k] - best)
    return best + math.lgamma(count + law.size) - math.lgamma(law.size) - math.lgamma(count + 1.0)


@njit(cache=True, error_model="numpy")
def likelihoods(counts: Floats, exposure: Floats, law: Law, first: Whole, last: Whole) -> tuple[Floats, Floats]:
    """(n, levels) scaled likelihoods and (n,) log scales; rows of unseen observations are 1 everywhere."""
    low, high = first[-1], last[-1]
    rows = np.zeros((counts.size, high - low + 1))
    scales = np.zeros(counts.size)
    for t in range(counts.size):
        part = rows[t, first[t] - low : last[t] - low + 1]
        if np.isnan(counts[t]) or not exposure[t] > 0.0:
            part[:] = 1.0
        else:
            scales[t] = weigh(counts[t], exposure[t], first[t], law, part)
    return rows, scales


@njit(cache=True, error_model="numpy")
def shocked(rows: Floats, seen: Floats, law: Law) -> tuple[Floats, Floats]:
    """Likelihoods of each observation as a shock upwards and downwards from each level; 0 where nothing was seen."""
    up, down = np.zeros_like(rows), np.zeros_like(rows)
    for t in range(rows.shape[0]):
        if seen[t] > 0.0:
            leap_down(rows[t], law, up[t])
            leap_up(rows[t], law, down[t])
    return up, down


@njit(cache=True, error_model="numpy")
def mixed(rows: Floats, up: Floats, down: Floats, seen: Floats, law: Law) -> Floats:
    """Likelihood of each observation at each level when it may be a shock."""
    out = np.empty_like(rows)
    for t in range(rows.shape[0]):
        share = law.shock if seen[t] > 0.0 else 0.0
        for k in range(rows.shape[1]):
            out[t, k] = (1.0 - share) * rows[t, k] + share * (up[t, k] + down[t, k])
    return out
