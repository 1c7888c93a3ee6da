"""Forecasting who does what to whom next from recurrence alone: the baseline of Gastinger and others (2024).

"History Repeats Itself: A Baseline for Temporal Knowledge Graph Forecasting" (IJCAI 2024). For a query (subject, relation, ?, time) an object
scores alpha * strict + (1 - alpha) * relaxed. Strict: the sum of 2**(decay * (then - time)) over the times at which the fact held, divided
by the same sum over all times of history. Relaxed: the share of the relation's events that had this object. Only the past is used.
Subjects are asked for through inverse relations; docs/forecast-baseline.md says where the formulas come from. Pure: equal events, equal ranks.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Floats = NDArray[np.float64]
HITS = (1, 3, 10)


DECAYS = (0.0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
ALPHAS = (0.0, 0.5, 0.7, 0.9, 0.99, 0.999, 0.99999)


@dataclass(frozen=True, slots=True)
class Weights:
    """`decay` >= 0 halves a fact's weight every 1 / decay steps of time; `alpha` in [0, 1] is the part of strict recurrency.

    Either is one number, or one for each relation and, after them, each inverse relation: (2 * relations,).
    """

    decay: float | Floats = 0.1
    alpha: float | Floats = 0.99999


@dataclass(frozen=True, slots=True)
class Shape:
    """How many entities compete for each query and how many relations there are, inverses not counted."""

    entities: int
    relations: int


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


def shape(*events: Whole) -> Shape:
    """The shape of numbered events: one more than the highest numbers."""
    together = np.concatenate(events)
    return Shape(int(together[:, [0, 2]].max(initial=0)) + 1, int(together[:, 1].max(initial=0)) + 1)


def ranks(known: Whole, asked: Whole, *, weights: Weights, of: Shape) -> Floats:
    """The rank of each asked event's object and, in the second half, of its subject: (2 m,) floats >= 1.

    `known` (n, 4) is history, `asked` (m, 4) is scored in steps of time; once a step has been scored its events are history too (the
    single-step setting). Other true answers of the same time are left out (time-aware filter); ties get the mean of the best and the
    worst rank. Repeated events count once. Raises nothing for an empty `asked`: the answer is empty.
    """
    if not len(asked):
        return np.zeros(0)
    twofold = both_ways(asked, relations=of.relations)
    history = _ordered(np.unique(np.concatenate([both_ways(known, relations=of.relations), twofold]), axis=0))
    places = np.argsort(twofold[:, 3], kind="stable")
    pairs = _pairs(history, relations=2 * of.relations)
    given = np.array([np.broadcast_to(part, 2 * of.relations) for part in (weights.decay, weights.alpha)], np.float64)
    found = np.zeros(len(twofold))
    _rank(history, pairs, twofold[places], (given, np.zeros(of.entities)), found)
    answer = np.zeros(len(twofold))
    answer[places] = found
    return answer


def tuned(known: Whole, held_out: Whole, *, of: Shape) -> Weights:
    """Weights of each relation that rank its held out events best: first the decay of `DECAYS`, then alpha of `ALPHAS`, as in the paper.

    A relation that was not held out keeps the weights that are best over all.
    """
    start = Weights()
    decay = _best(DECAYS, [ranks(known, held_out, weights=Weights(each, start.alpha), of=of) for each in DECAYS], held_out, of=of)
    alpha = _best(ALPHAS, [ranks(known, held_out, weights=Weights(decay, each), of=of) for each in ALPHAS], held_out, of=of)
    return Weights(decay, alpha)


def _best(values: tuple[float, ...], found: list[Floats], held_out: Whole, *, of: Shape) -> Floats:
    """For each relation the value whose ranks have the highest mean reciprocal; the last of equals."""
    relation = both_ways(held_out, relations=of.relations)[:, 1]
    sums = np.array([np.bincount(relation, 1.0 / each, 2 * of.relations) for each in found])
    sums[:, np.bincount(relation, minlength=2 * of.relations) == 0] = sums.sum(axis=1, keepdims=True)
    best: Floats = np.array(values)[len(values) - 1 - sums[::-1].argmax(axis=0)]
    return best


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
def _rank(history: Whole, pairs: tuple[Whole, Whole, Whole], asked: Whole, given: tuple[Floats, Floats], found: Floats) -> None:
    """Fill `found` for queries in order of time; `given` is decay and alpha (2, relations, inverses counted) and room for the scores."""
    weights, score = given
    keys, starts, rows = pairs
    relations, entities, seen = weights.shape[1], len(score), 0
    counts, totals = np.zeros((relations, entities), np.int32), np.zeros(relations)
    hidden = np.zeros(entities, np.bool_)
    for place in range(len(asked)):
        subject, relation, target, time = asked[place]
        while seen < len(history) and history[seen, 3] < time:
            counts[history[seen, 1], history[seen, 2]] += 1
            totals[history[seen, 1]] += 1
            seen += 1
        decay, alpha = weights[0, relation], weights[1, relation]
        part = (1.0 - alpha) / totals[relation] if totals[relation] > 0 else 0.0
        for entity in range(entities):
            score[entity] = part * counts[relation, entity]
        key = np.searchsorted(keys, subject * relations + relation)
        whole = _total(decay, time - history[0, 3])
        for row in rows[starts[key] : starts[key + 1]]:
            if history[row, 3] < time:
                score[history[row, 2]] += alpha * 2.0 ** (decay * (history[row, 3] - time)) / whole
            elif history[row, 3] == time:
                hidden[history[row, 2]] = True
        hidden[target] = False
        found[place] = _middle(score, hidden, score[target])
        hidden[:] = False


@njit(cache=True, error_model="numpy")
def _total(decay: float, steps: int) -> float:
    """The weights of the last `steps` times together: the sum of 2**(-decay * k) for k from 1 to `steps`."""
    once = 2.0**-decay
    return float(steps) if once == 1.0 else once * (1.0 - once**steps) / (1.0 - once)


@njit(cache=True, error_model="numpy")
def _middle(score: Floats, hidden: NDArray[np.bool_], own: float) -> float:
    """The mean of the best and the worst rank that a score may take among those not hidden, itself included."""
    above, level = 0, 0
    for entity in range(len(score)):
        if not hidden[entity]:
            above += score[entity] > own
            level += score[entity] == own
    return above + (level + 1) / 2.0
