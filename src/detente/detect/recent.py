"""The filter's answer, month by month: has a new level begun within the last few months? Row t uses nothing after t.

The age of a level is carried along for `WINDOW` observations, so that the question of every month is answered in one pass.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numba import njit

from detente.detect import chains, recursions
from detente.detect.changes import observe
from detente.detect.levels import Floats, Law, Model, bounds
from detente.detect.recursions import Desk, Rows

WINDOW = 4
"""A stage is news for so many observations; tuned once, between 2 and 6, on the development half (docs/detector.md)."""


class Ages(NamedTuple):
    """Mass of the levels that began upwards or downwards 0, 1, ... observations ago: (window, levels) each."""

    up: Floats
    down: Floats


@dataclass(frozen=True, slots=True)
class Recent:
    """For each of n observations, from data up to it alone.

    `up`, `down`: (n, window) probability that the present level began upwards or downwards so many observations ago (column 0:
    with this one). `level`: (n,) posterior mean of the level per exposure. `shock`: (n,) this observation is a one-off upwards.
    """

    up: Floats
    down: Floats
    level: Floats
    shock: Floats

    def odds(self, kind: str) -> Floats:
        """(n,) log odds that a new level began within the window, upwards or downwards, against none having begun."""
        began = (self.up if kind == "up" else self.down).sum(axis=1)
        none = 1.0 - self.up.sum(axis=1) - self.down.sum(axis=1)
        logs: Floats = np.log(np.maximum(began, 1e-12)) - np.log(np.maximum(none, 1e-12))
        return logs


@njit(cache=True, error_model="numpy")
def grow(ages: Ages, law: Law, on: Desk, total: float) -> None:
    """Every age one observation older; the newest are what leapt just now. `total` is the norm of the filter's step."""
    for a in range(ages.up.shape[0] - 1, 0, -1):
        for k in range(on.mix.size):
            stays = (1.0 - law.hazard) * on.mix[k] / total
            ages.up[a, k] = ages.up[a - 1, k] * stays
            ages.down[a, k] = ages.down[a - 1, k] * stays
    for k in range(on.mix.size):
        ages.up[0, k] = on.up[k] * on.mix[k] / total
        ages.down[0, k] = on.down[k] * on.mix[k] / total


@njit(cache=True, error_model="numpy")
def shocked(before: Floats, law: Law, on: Desk) -> float:
    """Mass of the chains in which the observation just laid out is a shock upwards."""
    mass = 0.0
    for k in range(before.size):
        mass += ((1.0 - law.hazard) * before[k] + on.up[k] + on.down[k]) * law.shock * on.shock_up[k]
    return mass


@njit(cache=True, error_model="numpy")
def follow(rows: Rows, law: Law, window: int, grid: Floats) -> tuple[Floats, Floats]:
    """(n, 2 * window + 2) up and down by age, level, shock; and the running log evidence (n,), for one dispersion."""
    n, width = rows.plain.shape
    out, evidence, on = np.zeros((n, 2 * window + 2)), np.empty(n), recursions.desk(width)
    before, after = np.empty(width), np.empty(width)
    ages = Ages(np.zeros((window, width)), np.zeros((window, width)))
    for t in range(n):
        recursions.blend(rows, t, law, on)
        chance = chains.step(before, law, on, after) if t > 0 else chains.begin(law, on, after)
        evidence[t] = chance + rows.scales[t] + (evidence[t - 1] if t > 0 else 0.0)
        if t > 0:
            norm = np.exp(chance)
            grow(ages, law, on, norm)
            for a in range(window):
                out[t, a] = ages.up[a].sum()
                out[t, window + a] = ages.down[a].sum()
            out[t, -1] = shocked(before, law, on) / norm
        out[t, -2] = (grid * after).sum()
        before[:] = after
    return out, evidence


@njit(cache=True, error_model="numpy", nogil=True)
def follow_all(counts: Floats, exposure: Floats, laws: tuple[Law, ...], window: int) -> Floats:
    """The table of `follow`, dispersions weighed by their evidence up to each observation."""
    tables = np.empty((len(laws), counts.size, 2 * window + 2))
    evidence = np.empty((len(laws), counts.size))
    for r in range(len(laws)):
        law = laws[r]
        first, last = bounds(counts, exposure, law)
        rows = recursions.observe(counts, exposure, law, first, last)
        grid = np.exp(np.arange(first[-1], last[-1] + 1) * law.step)
        tables[r], evidence[r] = follow(rows, law, window, grid)
    out = np.zeros((counts.size, 2 * window + 2))
    for t in range(counts.size):
        weights = np.exp(evidence[:, t] - evidence[:, t].max())
        for r in range(len(laws)):
            out[t] += tables[r, t] * (weights[r] / weights.sum())
    return out


def recent(counts: Sequence[float] | Floats, *, exposure: Sequence[float] | Floats | None = None, model: Model) -> Recent:
    """The filter's answer for every observation of a series; see `changes.observe` for what is refused.

    Before anybody looked there is no answer: probabilities 0, level NaN.
    """
    observed = observe(counts, exposure=exposure, model=model)
    mixed = np.zeros((observed.lead + observed.counts.size, 2 * WINDOW + 2))
    mixed[: observed.lead, -2] = np.nan
    mixed[observed.lead :] = follow_all(observed.counts, observed.exposure, model.laws(), WINDOW)
    scale = model.unit / observed.reference
    return Recent(mixed[:, :WINDOW], mixed[:, WINDOW : 2 * WINDOW], mixed[:, -2] * scale, mixed[:, -1])
