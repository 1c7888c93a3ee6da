"""What is assumed about a series before it is looked at: how long stages last, how far they leap, how noisy a month is.

A series is a chain of stages. Within a stage the level holds; an observation is a negative binomial count about it.
At each observation a stage ends with probability 1 / `stage_length`; the next level is a leap up or down whose log is
Laplace (a factor, so that no scale has to be known) but never smaller than `least_ratio`. One observation in `shock_gap` is
a shock: drawn as if the level had leapt, while the level itself stays. Levels live on a fixed grid of logarithms,
so that every sum is exact and nothing about the grid depends on what comes later.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from detente.errors import InputError

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

STEP = 0.05
"""Distance of two neighbouring levels on the finest grid, in natural logarithms (5 %)."""

REACH = 3.0
"""A level may lie so many standard errors (in logarithms) beyond what any observation so far suggests alone."""


class Law(NamedTuple):
    """The model for one dispersion, in steps of its own grid; what the compiled recursions read."""

    hazard: float
    shock: float
    decay: float
    least: int
    weight: float
    size: float
    step: float
    floor: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """The assumptions, each in units a political scientist can argue about. Probabilities per observation, ratios above 1.

    `stage_length`: expected observations in a stage. `shock_gap`: one observation in so many is a one-off shock.
    `typical_ratio`: the factor of a typical leap beyond `least_ratio`, the smallest that is called a change.
    `dispersions`: sizes r of the negative binomial (variance = mean + mean² / r), weighed by the evidence for each.
    `unit`: what one act is worth in the series (1 for counts; the mean absolute score of an act for sums of scores).
    """

    stage_length: float = 180.0
    shock_gap: float = 60.0
    typical_ratio: float = 2.2
    least_ratio: float = 1.3
    dispersions: tuple[float, ...] = (0.5, 1.2, 3.0, 8.0, 30.0)
    unit: float = 1.0
    floor: float = 0.02

    def __post_init__(self) -> None:
        for name in ("stage_length", "shock_gap", "typical_ratio", "least_ratio"):
            if not 1.0 < getattr(self, name) < math.inf:
                raise InputError(f"a model whose {name} is finite and above 1", came=f"{getattr(self, name)} came", do="name a larger one")
        if not (self.dispersions and all(0.0 < size < math.inf for size in self.dispersions)):
            raise InputError("dispersions above 0", came=f"{self.dispersions} came", do="give at least one finite size")
        if not (0.0 < self.unit < math.inf and 0.0 < self.floor < math.inf):
            raise InputError("unit and floor above 0", came=f"{self.unit} and {self.floor} came", do="give the worth of one act")

    def laws(self) -> tuple[Law, ...]:
        """The model for each of its dispersions, noisiest first."""
        return tuple(self.law(size) for size in sorted(self.dispersions))

    def law(self, size: float) -> Law:
        """The model with one dispersion; the noisier the observations, the wider the grid may be without loss."""
        stride = min(5, max(1, round(0.35 / math.sqrt(size) / STEP)))
        step = STEP * stride
        decay = math.exp(-step / math.log(self.typical_ratio))
        least = max(1, round(math.log(self.least_ratio) / step))
        weight = 0.5 * (1.0 - decay) / decay**least
        return Law(1.0 / self.stage_length, 1.0 / self.shock_gap, decay, least, weight, size, step, self.floor)


COUNTS = Model()
"""Counts of acts per month, quarter or year."""


@dataclass(frozen=True, slots=True)
class Observed:
    """A checked series: `counts` in units of one act (NaN: nobody looked), `exposure` relative to its first known value.

    `lead` observations before anybody looked are left out of both.
    """

    counts: Floats
    exposure: Floats
    reference: float
    lead: int


@njit(cache=True, error_model="numpy")
def bounds(counts: Floats, exposure: Floats, law: Law) -> tuple[Whole, Whole]:
    """First and last grid index that the levels may take at each observation, from what was seen up to it (causal)."""
    first, last = np.empty(counts.size, np.int64), np.empty(counts.size, np.int64)
    lowest, highest = math.inf, -math.inf
    for t in range(counts.size):
        if not math.isnan(counts[t]):
            reach = REACH * math.sqrt(1.0 / (counts[t] + 1.0) + 1.0 / law.size)
            lowest = min(lowest, math.log(max(counts[t], law.floor) / exposure[t]) - reach)
            highest = max(highest, math.log((counts[t] + 0.5) / exposure[t]) + reach)
        first[t] = math.floor(max(lowest, math.log(law.floor)) / law.step)
        last[t] = max(math.ceil(highest / law.step), first[t] + law.least)
    return first, last
