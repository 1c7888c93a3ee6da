"""Synthetic events of any size with known truth: seeded, written as their dataset writes them, for tests and benchmarks.

States differ in volume as the world's do (the n-th takes a share near 1/n), days are spread evenly, codes follow a fixed list. Every batch
depends only on the seed and its number, so a file of any length begins like a longer one. Nothing here is evidence of anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from detente.errors import InputError
from detente.read.datasets import layouts, rendering

BATCH = 200_000
FATES = (
    ("kept", ""),
    ("already", ""),
    ("refused", "identifier"),
    ("refused", "day"),
    ("refused", "code"),
    ("failed", "cells missing"),
    ("failed", "cells too many"),
    ("failed", "NUL"),
)
"""What an import must make of a row, and what is wrong with it; `Facts.fates` points here."""
KINDS = ("gdelt2", "icews", "polecat", "acled", "ucdp")
Key = tuple[str, str, str, str, str]
"""Fate, fault, source, target and month (YYYY-MM); a side that is no state is "", and only rows that are kept tell sides and month."""


@dataclass(frozen=True, slots=True)
class Shares:
    """The shares of rows, each 0 to 1 and at most 1 in sum, that repeat an earlier row, are refused by a rule, or cannot be read."""

    repeated: float = 0.0
    refused: float = 0.0
    failed: float = 0.0

    def __post_init__(self) -> None:
        """Raises InputError for shares that cannot be."""
        if min(self.repeated, self.refused, self.failed) < 0 or self.repeated + self.refused + self.failed > 1:
            raise InputError("shares from 0 to 1 that sum to 1 at most", came=str(self), do="give smaller shares")


@dataclass(frozen=True, slots=True)
class World:
    """What is made up: a seed, how many rows, the states by ISO code, the days `[start, stop)` they are spread over in order, the dataset."""

    seed: int
    rows: int
    states: tuple[str, ...]
    start: date = date(2015, 1, 1)
    stop: date = date(2025, 1, 1)
    kind: str = "gdelt2"
    shares: Shares = Shares()


@dataclass(frozen=True, slots=True)
class Facts:
    """The truth of one batch, row by row: identifiers, days since 1970, indices of states (-1: none), of codes and of `FATES`."""

    identifiers: NDArray[np.int64]
    days: NDArray[np.int64]
    sources: NDArray[np.int64]
    targets: NDArray[np.int64]
    codes: NDArray[np.int64]
    mentions: NDArray[np.int64]
    fates: NDArray[np.int64]


def facts(world: World, *, batches: range | None = None) -> Iterator[Facts]:
    """The truth, in batches of `BATCH` rows; of all of them, or of those with the numbers given."""
    weights = 1.0 / np.arange(1, len(world.states) + 1)
    weights /= weights.sum()
    first, last = (np.datetime64(day, "D").astype(np.int64) for day in (world.start, world.stop))
    many = len(rendering.codes(world.kind))
    for number in batches or range(-(-world.rows // BATCH)):
        low = number * BATCH
        size = min(BATCH, world.rows - low)
        draw = np.random.default_rng((world.seed, number))
        index = np.arange(low, low + size, dtype=np.int64)
        sides = draw.choice(len(world.states), size=(2, BATCH), p=weights)[:, :size]
        unknown = draw.random((2, BATCH))[:, :size] < 0.1
        codes = draw.integers(0, many, BATCH)[:size]
        mentions = 1 + draw.geometric(0.2, BATCH)[:size]
        days = first + index * (last - first) // max(world.rows, 1)
        sources, targets = (np.where(unknown[side], -1, sides[side]) for side in (0, 1))
        chances = draw.random((3, BATCH))[:, :size]
        yield _repeated(Facts(400_000_000 + index, days, sources, targets, codes, mentions, _fates(world.shares, chances)), chances[2])


def _fates(shares: Shares, chances: NDArray[np.float64]) -> NDArray[np.int64]:
    """A fate each, as the first chance has it; which fault of three, the second says."""
    failed = shares.failed
    refused = failed + shares.refused
    repeated = refused + shares.repeated
    which = (3 * chances[1]).astype(np.int64)
    choices = [5 + which, 2 + which, np.ones_like(which)]
    return np.select([chances[0] < failed, chances[0] < refused, chances[0] < repeated], choices, 0)


def _repeated(found: Facts, chances: NDArray[np.float64]) -> Facts:
    """The same with each repeated row like a good one before it in the batch; where there is none, it is good itself."""
    good = np.flatnonzero(found.fates == 0)
    before = np.cumsum(found.fates == 0)
    again = np.flatnonzero((found.fates == 1) & (before > 0))
    fates = np.where(found.fates == 1, 0, found.fates)
    fates[again] = 1
    places = np.arange(len(fates))
    places[again] = good[(chances[again] * before[again]).astype(np.int64)]
    names = ("identifiers", "days", "sources", "targets", "codes", "mentions")
    return replace(found, **{name: getattr(found, name)[places] for name in names}, fates=fates)


def write(path: Path, world: World, *, batches: range | None = None) -> dict[Key, int]:
    """Write the world, or some batches of it, as its dataset writes it; the truth is how many rows each key has.

    Memory holds one batch and the counts.
    """
    truth: dict[Key, int] = {}
    with path.open("wb") as file:
        if layouts.kind(world.kind).has_header:
            file.write(rendering.header(world.kind))
        for found in facts(world, batches=batches):
            file.write(rendering.text(world.kind, world.states, found))
            for key, number in _counted(world, found):
                truth[key] = truth.get(key, 0) + number
    return truth


def _counted(world: World, found: Facts) -> Iterator[tuple[Key, int]]:
    """The rows of one batch by key."""
    for fate, number in enumerate(np.bincount(found.fates, minlength=len(FATES)).tolist()):
        if fate and number:
            yield (*FATES[fate], "", "", ""), number
    size, good = len(world.states) + 1, found.fates == 0
    months = found.days[good].astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    keys, numbers = np.unique((months * size + found.sources[good] + 1) * size + found.targets[good] + 1, return_counts=True)
    names = ("", *world.states)
    for key, number in zip(keys.tolist(), numbers.tolist(), strict=True):
        rest, target = divmod(key, size)
        month, source = divmod(rest, size)
        yield (*FATES[0], names[source], names[target], str(np.datetime64(month, "M"))), number
