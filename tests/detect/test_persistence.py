import math

import numpy as np
import pytest

from detente.detect.persistence import YEAR, persists, readings


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
