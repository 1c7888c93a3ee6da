import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.detect.alarms import SCORES
from detente.detect.levels import COUNTS, Model
from detente.detect.recent import recent

SERIES = st.lists(st.one_of(st.integers(0, 60).map(float), st.just(math.nan)), min_size=2, max_size=40).filter(
    lambda counts: not all(math.isnan(count) for count in counts)
)


@settings(max_examples=60, deadline=None)
@given(SERIES, st.lists(st.floats(0.0, 1e5), min_size=1, max_size=12))
def test_appending_data_never_alters_an_earlier_answer(counts: list[float], later: list[float]) -> None:
    short, long = recent(counts, model=COUNTS), recent([*counts, *later], model=COUNTS)
    n = len(counts)
    np.testing.assert_allclose(short.up, long.up[:n], rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(short.down, long.down[:n], rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(short.level, long.level[:n], rtol=1e-9)


@settings(max_examples=60, deadline=None)
@given(SERIES)
def test_probabilities_are_probabilities(counts: list[float]) -> None:
    found = recent(counts, model=COUNTS)
    total = found.up.sum(axis=1) + found.down.sum(axis=1)
    assert (found.up >= 0.0).all()
    assert (total <= 1.0 + 1e-9).all()
    assert total[0] == 0.0


def test_a_rise_is_news_when_it_comes_and_no_news_later() -> None:
    odds = recent([3.0] * 24 + [30.0] * 24, model=COUNTS).odds("up")
    assert odds[26] > 0.0
    assert odds[45] < 0.0


def test_before_anybody_looked_there_is_no_answer() -> None:
    found = recent([math.nan, math.nan, 4.0, 5.0], model=COUNTS)
    assert found.up[:3].sum() == 0.0
    assert np.isnan(found.level[:2]).all()


def test_a_single_month_begins_nothing() -> None:
    assert recent([9.0], model=SCORES).up.sum() == 0.0


@pytest.mark.parametrize("factor", [3.0, 0.25])
def test_the_unit_of_measure_does_not_matter(factor: float) -> None:
    counts = np.array([4.0, 6.0, 5.0, 3.0, 5.0, 30.0, 28.0])
    one = recent(counts, model=Model(unit=1.0))
    other = recent(counts * factor, model=Model(unit=factor))
    np.testing.assert_allclose(one.up, other.up, atol=1e-9)
    np.testing.assert_allclose(one.level * factor, other.level, rtol=1e-9)
