"""From the sums over all chains to what a person can read: changes with the interval of their date, stages with their level.

A change is reported when the posterior mass of one direction, gathered about a peak, is at least one half. Its interval is
the shortest run of observations about the peak that holds `MASS` of what was gathered.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numba import njit

from detente.detect.levels import STEP, Floats

Direction = Literal["up", "down"]

MASS, REPORTED, FADING, FAINT = 0.9, 0.5, 0.1, 0.03
LOW, HIGH = 0.05, 0.95


@dataclass(frozen=True, slots=True)
class Segment:
    """The observations [start, stop) of one stage, its posterior mean level per exposure, and the 90 % interval of it."""

    start: int
    stop: int
    level: float
    level_low: float
    level_high: float


@dataclass(frozen=True, slots=True)
class Change:
    """A new stage begins at `index`; the true beginning lies in [first, last) with 90 %; `ratio` is new level over old (90 % interval).

    `probability`: the level after is above (below) the level before, as `direction` says.
    """

    index: int
    probability: float
    first: int
    last: int
    direction: Direction
    ratio: float
    ratio_low: float
    ratio_high: float


@dataclass(frozen=True, slots=True)
class Peak:
    """Where the posterior of a change in one direction is gathered, and how much of it; [first, last) holds 90 % of that."""

    index: int
    gathered: float
    first: int
    last: int
    direction: Direction


@njit(cache=True, error_model="numpy")
def spreads(mass: Floats, first: int) -> tuple[Floats, Floats, Floats]:
    """Mean and 90 % interval of the level for each row of posterior mass over the finest grid beginning at index `first`."""
    n, width = mass.shape
    grid = np.exp((first + np.arange(width)) * STEP)
    mean, low, high = np.zeros(n), np.zeros(n), np.zeros(n)
    for t in range(n):
        total = mass[t].sum()
        reached = 0.0
        for k in range(width):
            mean[t] += grid[k] * mass[t, k] / total
            was = reached
            reached += mass[t, k] / total
            if was < LOW <= reached:
                low[t] = grid[k]
            if was < HIGH <= reached:
                high[t] = grid[k]
    return mean, low, high


def peaks(up: Floats, down: Floats) -> list[Peak]:
    """Every change worth reporting, in order of time; `up` and `down` are the posterior of a change at each index."""
    found = [*_peaks_of(up, "up"), *_peaks_of(down, "down")]
    found.sort(key=lambda peak: -peak.gathered)
    kept: list[Peak] = []
    for peak in found:
        if all(peak.index != other.index for other in kept):
            kept.append(peak)
    return sorted(kept, key=lambda peak: peak.index)


def _peaks_of(chance: Floats, direction: Direction) -> list[Peak]:
    left = chance.copy()
    found = []
    while (top := int(np.argmax(left))) > 0 and left[top] > FAINT:
        start, stop = _run(left, top, FADING * left[top])
        gathered = float(left[start:stop].sum())
        if gathered >= REPORTED:
            first, last = shortest(left[start:stop], top - start, MASS * gathered)
            found.append(Peak(top, min(gathered, 1.0), start + first, start + last, direction))
        left[start:stop] = 0.0
    return found


@njit(cache=True, error_model="numpy")
def _run(chance: Floats, top: int, floor: float) -> tuple[int, int]:
    """[start, stop) about `top` in which the chance stays above `floor`."""
    start, stop = top, top + 1
    while start > 1 and chance[start - 1] > floor:
        start -= 1
    while stop < chance.size and chance[stop] > floor:
        stop += 1
    return start, stop


@njit(cache=True, error_model="numpy")
def shortest(chance: Floats, top: int, wanted: float) -> tuple[int, int]:
    """[first, last) grown from `top` towards the likelier neighbour until it holds `wanted`."""
    first, last, held = top, top + 1, float(chance[top])
    while held < wanted and (first > 0 or last < chance.size):
        before = chance[first - 1] if first > 0 else -1.0
        after = chance[last] if last < chance.size else -1.0
        if before > after:
            first, held = first - 1, held + float(before)
        else:
            last, held = last + 1, held + float(after)
    return first, last


def settled(mass: Floats, found: list[Peak]) -> tuple[list[Peak], tuple[Change, ...]]:
    """Those peaks whose two sides differ in the direction claimed with 95 %, and their changes.

    The sides are what lies between a peak and its neighbours, those left out as well: a doubtful change must not blur the level beside a sure one.
    """
    known = [(peak, change) for peak, change in zip(found, changes(pooled(mass, found), found), strict=True) if change.probability >= HIGH]
    return [peak for peak, _ in known], tuple(change for _, change in known)


def pooled(mass: Floats, found: list[Peak]) -> list[Floats]:
    """Posterior of each stage's level: the observations that lie clear of the intervals of the changes on both sides."""
    edges = [0, *(peak.index for peak in found), mass.shape[0]]
    clear = [(0, 0), *((peak.first, peak.last) for peak in found), (mass.shape[0], mass.shape[0])]
    pools = []
    for i in range(len(edges) - 1):
        start, stop = max(edges[i], clear[i][1] - 1), min(edges[i + 1], clear[i + 1][0])
        part = mass[start:stop] if stop > start else mass[edges[i] : edges[i + 1]]
        pools.append(part.mean(axis=0))
    return pools


def stages(pools: list[Floats], found: list[Peak], *, first: int, size: int, scale: float) -> tuple[Segment, ...]:
    """The stages between the changes; levels are multiplied by `scale` into the units of the series."""
    edges = [0, *(peak.index for peak in found), size]
    level, low, high = spreads(np.array(pools), first)
    return tuple(
        Segment(start, stop, float(level[i] * scale), float(low[i] * scale), float(high[i] * scale))
        for i, (start, stop) in enumerate(itertools.pairwise(edges))
    )


def changes(pools: list[Floats], found: list[Peak]) -> tuple[Change, ...]:
    """The changes with the ratio of the levels on both sides, taken as independent."""
    return tuple(_change(peak, pools[i], pools[i + 1]) for i, peak in enumerate(found))


def _change(peak: Peak, before: Floats, after: Floats) -> Change:
    mass = np.convolve(after, before[::-1])
    reached, middle = np.cumsum(mass) / mass.sum(), before.size - 1
    beyond = 1.0 - reached[middle] if peak.direction == "up" else reached[middle] - mass[middle] / mass.sum()
    low, ratio, high = (float(np.exp((np.argmax(reached >= share - 1e-12) - middle) * STEP)) for share in (LOW, 0.5, HIGH))
    return Change(peak.index, float(beyond), peak.first, peak.last, peak.direction, ratio, low, high)
