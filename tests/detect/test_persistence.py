import math

import numpy as np
import pytest

from detente.detect.persistence import YEAR, held, persists, readings


def test_a_record_rise_is_held_to_last_longer_than_a_small_one() -> None:
    assert persists(np.array([2.0] * 24 + [60.0]), 24) > persists(np.array([2.0] * 24 + [5.0]), 24)


def test_a_year_has_weights_of_its_own() -> None:
    counts = np.array([2.0] * 24 + [60.0])
    assert persists(counts, 24, weights=YEAR) != persists(counts, 24)


def test_nothing_after_the_month_matters() -> None:
    assert persists(np.array([2.0] * 24 + [60.0]), 24) == persists(np.array([2.0] * 24 + [60.0, 0.0, 999.0]), 24)


@pytest.mark.parametrize("counts", [[math.nan] * 3 + [5.0], [5.0], [2.0, 3.0, 4.0, math.nan]])
def test_without_a_before_or_a_now_nothing_speaks_for_either(counts: list[float]) -> None:
    assert readings(np.array(counts), len(counts) - 1) == (0.0, 0.0)


def test_in_hindsight_a_level_held_fell_back_or_cannot_be_told_yet() -> None:
    before = [2.0] * 24
    assert held(np.array([*before, 40.0, *[30.0] * 7]), 24) is True
    assert held(np.array([*before, 40.0, *[2.0] * 7]), 24) is False
    assert held(np.array([*before, 40.0, *[30.0] * 6]), 24) is None
    assert held(np.array([*before, 40.0, *[math.nan] * 7]), 24) is None


def test_a_rise_from_next_to_nothing_is_no_wonder() -> None:
    assert persists(np.array([0.1] * 24 + [1.0]), 24) < persists(np.array([100.0] * 24 + [1000.0]), 24)
