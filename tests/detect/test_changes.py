import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.detect.changes import segment
from detente.detect.levels import Model
from detente.errors import InputError


def test_a_rise_is_one_change_upwards_at_its_first_observation() -> None:
    answer = segment([2, 3, 2, 1, 3, 2, 2, 3, 20, 22, 19, 25, 21, 18])
    (change,) = answer.changes
    assert (change.index, change.direction) == (8, "up")
    assert change.first <= 8 < change.last
    assert change.ratio_low < 9 < change.ratio_high


def test_one_month_of_shock_is_a_spike_and_no_change() -> None:
    counts = [3, 4, 2, 3, 5, 3, 4, 2, 3, 4, 60, 3, 4, 2, 3, 3, 4, 5, 2, 3, 3, 4]
    answer = segment(counts)
    assert answer.spikes == (10,)
    assert answer.changes == ()


def test_a_doubtful_change_does_not_hide_the_sure_ones_after_it() -> None:
    early = [0, 0, 1, 0, 0, 0, 0, 2, 0, 3, 2, 1, 3, 1, 4, 0, 1, 1, 0, 0, 0, 0, 0]
    counts = [*early, 4, 3, 2, 3, 2, 1, 2, 3, 2, 2, *[0] * 14, 2, 3, 2, 1, 5, 3]
    answer = segment(counts, model=Model(stage_length=40.0, shock_gap=40.0, least_ratio=1.5))
    assert [change.direction for change in answer.changes][-2:] == ["down", "up"]
    assert [part.start for part in answer.segments] == [0, *(change.index for change in answer.changes)]


def test_an_unchanged_series_has_one_stage() -> None:
    answer = segment(np.random.default_rng(3).poisson(4, 120).tolist())
    assert answer.changes == ()
    assert [(part.start, part.stop) for part in answer.segments] == [(0, 120)]
    assert answer.change_probability[0] == 0.0


def test_a_single_observation_is_a_stage_with_a_wide_level() -> None:
    answer = segment([3])
    (stage,) = answer.segments
    assert stage.level_high / stage.level_low > 3


def test_all_zero_is_a_stage_near_nothing() -> None:
    answer = segment([0] * 40)
    assert answer.changes == ()
    assert answer.level[-1] < 0.1


def test_more_reading_is_no_change() -> None:
    exposure = [100.0] * 30 + [400.0] * 30
    counts = np.random.default_rng(5).poisson(np.array(exposure) * 0.05).tolist()
    assert segment(counts, exposure=exposure).changes == ()
    assert [change.index for change in segment(counts).changes] == [30]


def test_months_that_nobody_read_carry_no_news() -> None:
    counts = [5.0, 4, 6, 5, math.nan, math.nan, math.nan, 5, 6, 4, 5]
    answer = segment(counts)
    assert answer.changes == ()
    assert answer.seen[4:7] == (False, False, False)


@pytest.mark.parametrize("counts", [[], [1.0, -1.0], [1.0, math.inf], [math.nan, math.nan], [[1.0, 2.0]]])
def test_what_cannot_be_counts_is_refused(counts: list[float]) -> None:
    with pytest.raises(InputError):
        segment(counts)


def test_a_calm_series_is_told_from_a_lively_one() -> None:
    chance = np.random.default_rng(9)
    calm = segment(chance.poisson(40, 200).tolist())
    lively = segment(chance.negative_binomial(1.5, 1.5 / (1.5 + 40), 200).tolist())
    assert calm.dispersion > 20
    assert lively.dispersion < 3


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.floats(0.0, 1e9), st.just(math.nan)), min_size=1, max_size=40).filter(lambda c: not all(map(math.isnan, c))))
def test_whatever_is_counted_gives_probabilities_and_ordered_intervals(counts: list[float]) -> None:
    answer = segment(counts)
    assert all(0.0 <= p <= 1.0 + 1e-9 for p in (*answer.change_probability, *answer.shock_probability))
    assert all(0.0 < low <= high for low, high in zip(answer.level_low, answer.level_high, strict=True))
    assert [part.start for part in answer.segments] == [0, *(change.index for change in answer.changes)]
    assert all(change.first <= change.index < change.last for change in answer.changes)


@given(st.integers(0, 20))
@settings(max_examples=20, deadline=None)
def test_a_shifted_series_has_shifted_changes(shift: int) -> None:
    counts = [2.0, 3, 2, 1, 3, 2, 2, 3, 20, 22, 19, 25, 21, 18]
    (change,) = segment([math.nan] * shift + counts).changes
    assert change.index == shift + 8
