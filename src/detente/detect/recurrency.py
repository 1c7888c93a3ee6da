"""Forecasting who does what to whom next from recurrence alone: the baseline of Gastinger and others (2024).

"History Repeats Itself: A Baseline for Temporal Knowledge Graph Forecasting" (IJCAI 2024). For a query (subject, relation, ?, time) an object
scores alpha * 2**(decay * (last - time)) + (1 - alpha) * share: `last` is when the fact was last seen (strict recurrency, weighed by
time), `share` how often the relation had this object (relaxed recurrency). Only what happened before the queried time is used.
Subjects are asked for through inverse relations. Pure: the same events give the same ranks.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Floats = NDArray[np.float64]
HITS = (1, 3, 10)


@dataclass(frozen=True, slots=True)
class Weights:
    """`decay` >= 0 halves a fact's weight every 1 / decay steps of time; `alpha` in [0, 1] is the part of strict recurrency."""

    decay: float = 0.1
    alpha: float = 0.99999


@dataclass(frozen=True, slots=True)
class Scores:
    """Time-aware filtered figures over `queries` queries: mean reciprocal rank and the shares ranked in the first 1, 3 and 10, all in [0, 1]."""

    queries: int
    mrr: float
    hits: tuple[float, float, float]


def both_ways(events: Whole, *, relations: int) -> Whole:
    """Events (n, 4: subject, relation, object, time) and, after them, their inverses, whose relation is numbered `relations` higher."""
    inverse = events[:, [2, 1, 0, 3]].copy()
    inverse[:, 1] += relations
    return np.concatenate([events, inverse])


def ranks(known: Whole, asked: Whole, *, weights: Weights) -> Floats:
    """The rank of each asked event's object and, in the second half, of its subject: (2 m,) floats >= 1.

    `known` (n, 4) is history, `asked` (m, 4) is scored in steps of time; once a step has been scored its events are history too (the
    single-step setting). Other true answers of the same time are left out (time-aware filter); ties get the mean of the best and the
    worst rank. Repeated events count once. Raises nothing for an empty `asked`: the answer is empty.
    """
    if not len(asked):
        return np.zeros(0)
    relations = int(max(known[:, 1].max(initial=0), asked[:, 1].max())) + 1
    entities = int(max(known[:, [0, 2]].max(initial=0), asked[:, [0, 2]].max())) + 1
    twofold = both_ways(asked, relations=relations)
    history = _ordered(np.unique(np.concatenate([both_ways(known, relations=relations), twofold]), axis=0))
    places = np.argsort(twofold[:, 3], kind="stable")
    pairs = _pairs(history, relations=2 * relations)
    found = np.zeros(len(twofold))
    _rank(history, pairs, twofold[places], np.array([weights.decay, weights.alpha, entities, 2 * relations]), found)
    answer = np.zeros(len(twofold))
    answer[places] = found
    return answer


def summed(found: Floats) -> Scores | None:
    """The figures of some ranks; None when nothing was asked."""
    if not len(found):
        return None
    shares = [float((found <= most).mean()) for most in HITS]
    return Scores(len(found), float((1.0 / found).mean()), (shares[0], shares[1], shares[2]))


def _ordered(events: Whole) -> Whole:
    return np.ascontiguousarray(events[np.argsort(events[:, 3], kind="stable")])


def _pairs(history: Whole, *, relations: int) -> tuple[Whole, Whole, Whole]:
    """Where each (subject, relation) stands in history: its sorted keys, the start of each, and the rows in order of time."""
    keys = history[:, 0] * relations + history[:, 1]
    rows = np.argsort(keys, kind="stable")
    known, starts = np.unique(keys[rows], return_index=True)
    return known, np.append(starts, len(rows)), rows


@njit(cache=True, error_model="numpy")
def _rank(history: Whole, pairs: tuple[Whole, Whole, Whole], asked: Whole, given: Floats, found: Floats) -> None:
    """Fill `found` for queries in order of time; `given` is decay, alpha, number of entities and of relations, inverses counted."""
    decay, alpha, entities, relations = given[0], given[1], int(given[2]), int(given[3])
    keys, starts, rows = pairs
    counts, totals = np.zeros((relations, entities), np.int32), np.zeros(relations)
    score, hidden, seen = np.zeros(entities), np.zeros(entities, np.bool_), 0
    for place in range(len(asked)):
        subject, relation, target, time = asked[place]
        while seen < len(history) and history[seen, 3] < time:
            counts[history[seen, 1], history[seen, 2]] += 1
            totals[history[seen, 1]] += 1
            seen += 1
        for entity in range(entities):
            score[entity] = (1.0 - alpha) * counts[relation, entity] / totals[relation] if totals[relation] > 0 else 0.0
        key = np.searchsorted(keys, subject * relations + relation)
        _recur(history, rows[starts[key] : starts[key + 1]], time, score, hidden, decay, alpha)
        hidden[target] = False
        found[place] = _middle(score, hidden, score[target])
        hidden[:] = False


@njit(cache=True, error_model="numpy")
def _recur(history: Whole, rows: Whole, time: int, score: Floats, hidden: NDArray[np.bool_], decay: float, alpha: float) -> None:  # noqa: PLR0913
    """Add strict recurrency of each object, once at its latest time, and mark the true answers of `time`."""
    taken = np.zeros(len(score), np.bool_)
    for place in range(len(rows) - 1, -1, -1):
        entity, when = history[rows[place], 2], history[rows[place], 3]
        if when == time:
            hidden[entity] = True
        elif when < time and not taken[entity]:
            taken[entity] = True
            score[entity] += alpha * 2.0 ** (decay * (when - time))


@njit(cache=True, error_model="numpy")
def _middle(score: Floats, hidden: NDArray[np.bool_], own: float) -> float:
    """The mean of the best and the worst rank that a score may take among those not hidden, itself included."""
    above, level = 0, 0
    for entity in range(len(score)):
        if not hidden[entity]:
            above += score[entity] > own
            level += score[entity] == own
    return above + (level + 1) / 2.0
