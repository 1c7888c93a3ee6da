"""The recurrency baseline against hand computed ranks and a plain count over every candidate."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from detente.detect import recurrency
from detente.detect.recurrency import Weights

Events = NDArray[np.int64]
NUMBERS = st.tuples(st.integers(0, 4), st.integers(0, 2), st.integers(0, 4), st.integers(0, 3))
LATER = st.tuples(st.integers(0, 4), st.integers(0, 2), st.integers(0, 4), st.integers(4, 7))


def _events(*rows: tuple[int, int, int, int]) -> Events:
    return np.array(rows, np.int64).reshape(-1, 4)


def _ranks(known: Events, asked: Events, *, weights: Weights) -> NDArray[np.float64]:
    return recurrency.ranks(known, asked, weights=weights, of=recurrency.shape(known, asked))


def _plain(known: Events, asked: Events, *, decay: float, alpha: float) -> list[float]:
    """The definition, read word for word, without any index."""
    relations = int(max([0, *known[:, 1], *asked[:, 1]])) + 1
    entities = int(max([0, *known[:, 0], *known[:, 2], *asked[:, 0], *asked[:, 2]])) + 1
    queries = [tuple(map(int, row)) for row in recurrency.both_ways(asked, relations=relations)]
    world = {tuple(map(int, row)) for row in recurrency.both_ways(known, relations=relations)} | set(queries)
    found = []
    for subject, relation, target, time in queries:
        of_relation = [row[2] for row in world if row[1] == relation and row[3] < time]
        first = min(row[3] for row in world)
        whole = sum(2.0 ** (decay * (each - time)) for each in range(first, time))
        scores = {}
        for entity in range(entities):
            share = of_relation.count(entity) / len(of_relation) if of_relation else 0.0
            times = [row[3] for row in world if row[:3] == (subject, relation, entity) and row[3] < time]
            recent = sum(2.0 ** (decay * (each - time)) for each in times) / whole if times else 0.0
            scores[entity] = (1.0 - alpha) * share + alpha * recent
        rivals = [entity for entity in scores if entity == target or (subject, relation, entity, time) not in world]
        above = sum(scores[entity] > scores[target] + 1e-12 for entity in rivals)
        level = sum(abs(scores[entity] - scores[target]) <= 1e-12 for entity in rivals)
        found.append(above + (level + 1) / 2)
    return found


@settings(max_examples=60, deadline=None)
@given(st.lists(NUMBERS, max_size=25), st.lists(LATER, min_size=1, max_size=12), st.sampled_from([(0.0, 0.5), (0.3, 0.9), (1.0, 1.0), (0.5, 0.0)]))
def test_ranks_are_those_of_the_plain_definition(
    known: list[tuple[int, int, int, int]], asked: list[tuple[int, int, int, int]], pair: tuple[float, float]
) -> None:
    weights = Weights(*pair)
    found = _ranks(_events(*known), _events(*asked), weights=weights)
    assert found.tolist() == pytest.approx(_plain(_events(*known), _events(*asked), decay=pair[0], alpha=pair[1]))


def test_what_recurred_late_outweighs_what_recurred_twice_when_the_decay_is_steep() -> None:
    """Decay 1: object 1 weighs 2**-4 + 2**-3 = .1875, object 2 weighs 2**-2 = .25; decay 0: two against one."""
    known = _events((0, 0, 1, 1), (0, 0, 1, 2), (0, 0, 2, 3))
    for decay, expected in ((1.0, [2.0, 1.0]), (0.0, [1.0, 2.0])):
        found = [_ranks(known, _events((0, 0, target, 5)), weights=Weights(decay, 1.0))[0] for target in (1, 2)]
        assert found == expected


def test_without_history_all_are_tied_in_the_middle() -> None:
    found = _ranks(_events(), _events((0, 0, 2, 5)), weights=Weights())
    assert found.tolist() == [2.0, 2.0]


def test_another_true_answer_of_the_same_time_does_not_push_down() -> None:
    known = _events((0, 0, 1, 3), (0, 0, 2, 4))
    found = _ranks(known, _events((0, 0, 1, 5), (0, 0, 2, 5)), weights=Weights(0.1, 1.0))
    assert found[:2].tolist() == [1.0, 1.0]


def test_a_later_time_never_helps_an_earlier_query() -> None:
    known, query = _events((0, 0, 1, 1), (3, 0, 2, 1)), _events((0, 0, 2, 5))
    alone = _ranks(known, query, weights=Weights())
    later = _ranks(known, np.concatenate([query, _events((0, 0, 2, 6), (0, 0, 2, 7))]), weights=Weights())
    assert later[0] == alone[0]


def test_figures_of_known_ranks() -> None:
    found = recurrency.summed(np.array([1.0, 2.0, 4.0, 20.0]))
    assert found is not None
    assert found.mrr == pytest.approx((1 + 0.5 + 0.25 + 0.05) / 4)
    assert found.hits == (0.25, 0.5, 0.75)
    assert recurrency.summed(np.zeros(0)) is None


def test_each_relation_gets_the_weights_that_rank_it_best() -> None:
    """Relation 0 turns to what was last, relation 1 to what is common whatever was last."""
    last = [(0, 0, 1 + day // 4, day) for day in range(16)]
    common = [(each, 1, 9, day) for day in range(16) for each in range(2, 8)] + [(0, 1, 8, 0)]
    known, held_out = _events(*last, *common), _events((0, 0, 4, 16), (0, 1, 9, 16))
    of = recurrency.shape(known, held_out)
    found = recurrency.tuned(known, held_out, of=of)
    assert isinstance(found.decay, np.ndarray) and isinstance(found.alpha, np.ndarray)
    assert found.decay[0] > 0
    assert found.alpha[1] < Weights().alpha
    best = recurrency.ranks(known, held_out, weights=found, of=of)
    assert best[:2].tolist() == [1.0, 1.0]
