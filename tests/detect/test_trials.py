import pytest

from detente.detect.changes import segment
from detente.detect.trials import KINDS, calibration_error, make, score
from detente.errors import InputError


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_seed_makes_the_same_series(kind: str) -> None:
    assert repr(make(kind, 7)) == repr(make(kind, 7))
    assert repr(make(kind, 7)) != repr(make(kind, 8))


def test_kinds_differ_in_their_truth() -> None:
    assert make("none", 1).changes == ()
    assert len(make("one", 1).changes) == 1
    assert len(make("several", 1, size=240).changes) >= 2
    assert make("coverage", 1).exposure is not None


@pytest.mark.parametrize(("kind", "size"), [("storm", 120), ("one", 12)])
def test_an_unknown_kind_or_too_short_a_series_is_refused(kind: str, size: int) -> None:
    with pytest.raises(InputError):
        make(kind, 1, size=size)


def test_no_change_scores_properly() -> None:
    assert score([], [], size=50).f1 == 1.0
    assert score([20], [], size=50).f1 == 0.0
    assert score([], [20], size=50).f1 == 0.0


def test_the_end_of_the_series_is_no_change() -> None:
    assert score([0, 50], [], size=50).f1 == 1.0


def test_a_change_is_matched_once() -> None:
    found = score([19, 21], [20], size=50)
    assert (found.recall, found.precision, found.delays) == (1.0, 0.5, (-1,))


def test_calibration_error_is_the_distance_of_word_and_deed() -> None:
    assert calibration_error([0.25] * 4, [True, False, False, False]) == pytest.approx(0.0)
    assert calibration_error([0.9, 0.9], [False, False]) == pytest.approx(0.9)
    with pytest.raises(InputError):
        calibration_error([], [])


@pytest.mark.parametrize("kind", ["none", "spike", "seasonal", "coverage", "zeros"])
def test_the_detector_sees_no_change_where_there_is_none(kind: str) -> None:
    found = sum(len(segment(trial.counts, exposure=trial.exposure).changes) for trial in (make(kind, seed) for seed in range(20)))
    assert found <= 1


def test_stated_intervals_hold_the_true_date_about_nine_times_in_ten() -> None:
    held = []
    for seed in range(80):
        trial = make("several", seed, size=240)
        for change in segment(trial.counts).changes:
            near = [place for place in trial.changes if abs(place - change.index) <= 12]
            held += [change.first <= min(near, key=lambda place: abs(place - change.index)) < change.last] if near else []
    assert 0.84 <= sum(held) / len(held) <= 0.96


def test_stated_probabilities_come_true() -> None:
    stated, true = [], []
    for kind in ("none", "one", "several"):
        for seed in range(60):
            trial = make(kind, seed)
            chance = segment(trial.counts).change_probability
            for start in range(0, 120, 6):
                said = min(1.0, sum(chance[start : start + 6]))
                if said > 0.05:
                    stated.append(said)
                    true.append(any(start <= place < start + 6 for place in trial.changes))
    assert calibration_error(stated, true) <= 0.07
