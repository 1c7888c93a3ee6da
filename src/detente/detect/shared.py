"""Turns that several series of one pair share: each dimension alone may be too thin to tell, together they may tell.

At a turn each series changes with probability `SHARE`, in the same direction; what the series say apart (their evidence for a change
near an observation, over the odds expected beforehand) is then multiplied: log odds = log prior + sum of log((1 - q) + q B).
B is capped, so that no series alone makes a turn of the whole. Smoothed: it uses everything. Ignores series that nobody could read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from detente.detect.changes import Segmentation
from detente.detect.levels import Floats
from detente.detect.summary import Direction
from detente.errors import InputError

SHARE, NEAR, CAP, APART = 0.5, 1, 4.0, 4
"""How often a series takes part in a turn; observations on both sides that count as the same moment; the most that one series adds, in logs;
observations between two turns in one direction."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Several series change about `index` in one direction; `parts` is the probability for each series that it took part."""

    index: int
    direction: Direction
    probability: float
    parts: tuple[float, ...]


def turns(found: Sequence[Segmentation]) -> tuple[Turn, ...]:
    """The shared turns that are likelier than not and that at least two series make likelier, in order of time.

    Fewer than two series share nothing. Raises InputError for series of different lengths.
    """
    if len({each.size for each in found}) > 1:
        came = f"lengths {', '.join(str(each.size) for each in found)} came"
        raise InputError("series over the same observations", came=came, do="begin and end them at the same time")
    if len(found) < 2 or found[0].size < 2:
        return ()
    both = [*_directed(found, "up"), *_directed(found, "down")]
    return tuple(sorted(both, key=lambda turn: (turn.index, turn.direction)))


def _directed(found: Sequence[Segmentation], direction: Direction) -> list[Turn]:
    evidence = np.stack([_evidence(each, direction) for each in found])
    gains = np.log((1.0 - SHARE) + SHARE * np.exp(np.clip(evidence, -20.0, CAP)))
    chance = 1.0 / (1.0 + np.exp(-(gains.sum(axis=0) + _prior(found[0]))))
    chance[0] = 0.0
    turned, left = [], chance.copy()
    while left[top := int(np.argmax(left))] > 0.5:
        if (evidence[:, top] > 0.0).sum() > 1:
            parts = SHARE * np.exp(np.clip(evidence[:, top], -20.0, 20.0) - gains[:, top].clip(max=20.0))
            turned.append(Turn(top, direction, float(chance[top]), tuple(np.minimum(parts, 1.0).tolist())))
        left[max(0, top - APART) : top + APART + 1] = 0.0
    return turned


def _prior(found: Segmentation) -> float:
    """Log odds, before anything is seen, that a turn in one direction lies near an observation."""
    chance = min(0.5, (2 * NEAR + 1) / found.model.stage_length / 2.0)
    return float(np.log(chance / (1.0 - chance)))


def _evidence(found: Segmentation, direction: Direction) -> Floats:
    """(n,) log odds of a change near each observation over those expected beforehand."""
    up = np.asarray(found.up_probability)
    own = up if direction == "up" else np.asarray(found.change_probability) - up
    near = np.convolve(own, np.ones(2 * NEAR + 1), mode="same").clip(1e-9, 1.0 - 1e-9)
    logs: Floats = np.log(near / (1.0 - near)) - _prior(found)
    return logs
