"""Series with known changes, drawn from a seed, and scores that are fair when the truth is "no change".

Every kind of trouble has its maker: none, one, several, spike, drift, seasonal, coverage (a jump in reading),
zeros (most months empty), missing (months that nobody read). A new kind touches only `KINDS`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from detente.detect.levels import Floats
from detente.errors import InputError

TOLERANCE = 3


@dataclass(frozen=True, slots=True)
class Trial:
    """A series of counts with its exposure (None: even reading) and the indices at which a new level begins."""

    kind: str
    seed: int
    counts: tuple[float, ...]
    exposure: tuple[float, ...] | None
    changes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """The expected count of every month before noise, and the true changes."""

    level: Floats
    changes: tuple[int, ...] = ()


def make(kind: str, seed: int, *, size: int = 120) -> Trial:
    """One trial of a kind; the same seed gives the same series. Raises InputError for an unknown kind or fewer than 48 months."""
    if kind not in KINDS or size < 48:
        raise InputError(f"one of {', '.join(KINDS)} over at least 48 months", came=f"{kind!r} over {size} came", do="choose from the list")
    chance = np.random.default_rng([seed, *kind.encode()])
    draft = KINDS[kind](chance, size)
    exposure = np.where(np.arange(size) < size // 2, 1.0, 3.0) if kind == "coverage" else np.ones(size)
    counts = _noisy(chance, draft.level * exposure)
    if kind == "spike":
        counts[int(chance.integers(12, size - 6))] += 10.0 * draft.level.max()
    if kind == "missing":
        counts[chance.random(size) < 0.1] = np.nan
    return Trial(kind, seed, tuple(counts.tolist()), tuple(exposure.tolist()) if kind == "coverage" else None, draft.changes)


def _noisy(chance: np.random.Generator, mean: Floats) -> Floats:
    """Negative binomial counts about a mean; the dispersion is drawn once a series, from lively to almost Poisson."""
    shape = float(chance.choice([1.5, 3.0, 6.0, 12.0, 40.0]))
    return chance.poisson(chance.gamma(shape, np.maximum(mean, 1e-9) / shape)).astype(np.float64)


def _base(chance: np.random.Generator) -> float:
    return float(np.exp(chance.uniform(np.log(0.5), np.log(60.0))))


def _none(chance: np.random.Generator, size: int) -> Draft:
    return Draft(np.full(size, _base(chance)))


def _steps(chance: np.random.Generator, size: int, number: int) -> Draft:
    """`number` changes at least a year apart and from the ends, each by a factor of 1.5 to 8 up or down."""
    gaps = chance.dirichlet(np.ones(number + 1)) * (size - 12 * (number + 1))
    places = tuple(int(v) for v in np.cumsum(gaps)[:-1] + 12 * np.arange(1, number + 1))
    level = np.full(size, _base(chance))
    for place in places:
        factor = float(np.exp(chance.uniform(np.log(1.5), np.log(8.0))))
        level[place:] *= factor if chance.random() < 0.5 else 1.0 / factor
    return Draft(level, places)


def _one(chance: np.random.Generator, size: int) -> Draft:
    return _steps(chance, size, 1)


def _several(chance: np.random.Generator, size: int) -> Draft:
    return _steps(chance, size, int(chance.integers(2, max(3, size // 40 + 1))))


def _drift(chance: np.random.Generator, size: int) -> Draft:
    return Draft(_base(chance) * np.linspace(1.0, float(chance.uniform(1.2, 2.0)), size))


def _seasonal(chance: np.random.Generator, size: int) -> Draft:
    return Draft(_base(chance) * (1.0 + 0.4 * np.sin(np.arange(size) * np.pi / 6.0)))


def _zeros(chance: np.random.Generator, size: int) -> Draft:
    return Draft(np.full(size, float(chance.uniform(0.03, 0.15))))


KINDS: dict[str, Callable[[np.random.Generator, int], Draft]] = {
    "none": _none,
    "one": _one,
    "several": _several,
    "spike": _none,
    "drift": _drift,
    "seasonal": _seasonal,
    "coverage": _none,
    "zeros": _zeros,
    "missing": _one,
}


@dataclass(frozen=True, slots=True)
class Score:
    """How found changes fit the true ones, each matched at most once within a tolerance. No truth and nothing found is perfect."""

    true: int
    found: int
    matched: int
    delays: tuple[int, ...]

    @property
    def recall(self) -> float:
        """Share of true changes that were found; 1 when there are none."""
        return self.matched / self.true if self.true else 1.0

    @property
    def precision(self) -> float:
        """Share of found changes that are true; 1 when nothing was found."""
        return self.matched / self.found if self.found else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of recall and precision."""
        together = self.recall + self.precision
        return 2.0 * self.recall * self.precision / together if together else 0.0


def score(found: Sequence[int], truth: Sequence[int], *, size: int, tolerance: int = TOLERANCE) -> Score:
    """Match found to true changes, nearest first. Index 0 and the end (`size`) are no changes and are left out.

    >>> score([12, 120], [10], size=120).f1
    1.0
    """
    left = sorted({index for index in found if 0 < index < size})
    raised, delays = len(left), []
    for place in sorted(truth):
        near = [index for index in left if abs(index - place) <= tolerance]
        if near:
            best = min(near, key=lambda index: (abs(index - place), index))
            left.remove(best)
            delays.append(best - place)
    return Score(len(truth), raised, len(delays), tuple(delays))


def calibration_error(stated: Sequence[float], came_true: Sequence[bool], *, bins: int = 10) -> float:
    """Expected calibration error: mean distance of stated probability and frequency over equal bins, weighed by their number."""
    if len(stated) != len(came_true) or not stated:
        raise InputError("one outcome for each stated probability", came=f"{len(came_true)} for {len(stated)}", do="give both, at least one")
    chance, truth = np.asarray(stated, np.float64), np.asarray(came_true, np.float64)
    held = np.minimum((chance * bins).astype(np.int64), bins - 1)
    sums = [np.abs(chance[held == b].sum() - truth[held == b].sum()) for b in range(bins)]
    return float(np.sum(sums) / len(chance))
