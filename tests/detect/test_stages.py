import pytest

from detente.detect.changes import segment
from detente.detect.stages import question
from detente.errors import QuestionError

RISEN = [1, 0, 2, 1, 1, 0, 1, 2, 0, 1, 1, 1, 2, 0, 1, 1, 7, 9, 8, 6, 10, 8, 7, 9]


def test_a_risen_level_is_above_the_one_before() -> None:
    answer = question(RISEN)
    assert answer.above > 0.9
    assert answer.age_low <= 8 <= answer.age_high
    assert answer.ratio_low > 1


def test_the_three_ways_to_compare_add_up() -> None:
    answer = question([1, 0, 0, 2, 1, 0, 1, 3, 2, 2, 1, 4])
    assert answer.above + answer.below + answer.same == pytest.approx(1.0)


def test_a_short_sparse_series_cannot_tell() -> None:
    answer = question([0, 1, 0, 0, 2, 0, 1, 1, 0, 2])
    assert answer.above < 0.5
    assert answer.level_high / answer.level_low > 3


def test_nothing_began_in_a_single_observation() -> None:
    answer = question([3.0])
    assert (answer.same, answer.age) == (1.0, 1)


def test_longer_ahead_is_less_certain() -> None:
    answer = question(RISEN)
    assert 1 > answer.holds_6 > answer.holds_12 > 0


def test_the_same_seed_gives_the_same_answer() -> None:
    assert question(segment(RISEN), seed=4) == question(RISEN, seed=4)


@pytest.mark.parametrize(("window", "since"), [(0, None), (12, 0), (12, 24)])
def test_an_impossible_comparison_is_refused(window: int, since: int | None) -> None:
    with pytest.raises(QuestionError):
        question(RISEN, window=window, since=since)
