import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.detect.changes import Segmentation, segment
from detente.detect.levels import Model
from detente.detect.shared import turns
from detente.errors import InputError

QUARTERS = Model(stage_length=40.0, shock_gap=40.0, least_ratio=1.5)


def thin(seed: int, *, factor: float, place: int = 30, level_before: float = 1.2) -> Segmentation:
    """Sixty quarters of one or two occasions, multiplied from `place` on."""
    level = np.full(60, level_before)
    level[place:] *= factor
    return segment(np.random.default_rng(seed).poisson(level).astype(float).tolist(), model=QUARTERS)


def test_a_rise_too_thin_in_each_dimension_is_told_by_all_of_them() -> None:
    dimensions = [thin(seed, factor=2.5, level_before=0.6) for seed in (1, 2, 3, 4)]
    assert sum(len(each.changes) for each in dimensions) < 4
    (turn,) = turns(dimensions)
    assert abs(turn.index - 30) <= 4
    assert turn.direction == "up"
    assert turn.probability > 0.5
    assert all(0.0 <= part <= 1.0 for part in turn.parts)


def test_a_dimension_that_stayed_took_less_part() -> None:
    (turn,) = turns([thin(1, factor=5.0), thin(2, factor=5.0), thin(3, factor=1.0)])
    assert turn.parts[2] < min(turn.parts[:2])


def test_one_loud_dimension_is_no_shared_turn() -> None:
    assert turns([thin(1, factor=8.0), thin(2, factor=1.0), thin(3, factor=1.0)]) == ()


def test_unchanged_dimensions_share_no_turn() -> None:
    assert turns([thin(seed, factor=1.0) for seed in range(4)]) == ()


def test_none_one_and_single_observations_share_nothing() -> None:
    assert turns([]) == ()
    assert turns([thin(1, factor=8.0)]) == ()
    assert turns([segment([3.0]), segment([4.0])]) == ()


def test_series_over_different_times_are_refused() -> None:
    with pytest.raises(InputError, match="lengths"):
        turns([segment([1.0, 2.0]), segment([1.0, 2.0, 3.0])])


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(st.integers(0, 40).map(float), min_size=12, max_size=12), min_size=2, max_size=4))
def test_turns_are_ordered_and_their_chances_are_chances(table: list[list[float]]) -> None:
    found = turns([segment(counts, model=QUARTERS) for counts in table])
    assert [turn.index for turn in found] == sorted(turn.index for turn in found)
    assert all(0.5 < turn.probability <= 1.0 and 0 < turn.index < 12 for turn in found)
    assert not any(math.isnan(part) for turn in found for part in turn.parts)
