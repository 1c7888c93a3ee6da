import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.coding import calibration, claims, confidence
from detente.coding.classes import Classifier
from detente.errors import InputError


def test_fit_finds_the_weights_that_made_the_labels() -> None:
    steps = np.linspace(-3, 3, 400)
    features = np.stack([np.ones(400), steps], axis=1)
    right = (steps > 0.5).astype(float)
    weights = calibration.fit(features, right)
    assert weights[1] > 1 and abs(-weights[0] / weights[1] - 0.5) < 0.1


def test_fit_is_the_same_every_time() -> None:
    features = np.stack([np.ones(6), np.arange(6.0)], axis=1)
    right = np.asarray([0, 0, 1, 0, 1, 1.0])
    assert calibration.fit(features, right).tolist() == calibration.fit(features, right).tolist()


def test_reliability_counts_every_draft() -> None:
    curve = calibration.reliability(np.asarray([0.05, 0.5, 0.55, 1.0]), np.asarray([0.0, 1.0, 0.0, 1.0]))
    assert curve == {"0.0-0.2": [1, 0.05, 0.0], "0.4-0.6": [2, 0.525, 0.5], "0.8-1.0": [1, 1.0, 1.0]}


def test_learning_from_nothing_is_refused() -> None:
    with pytest.raises(InputError):
        calibration.learn([], claims.load(), Classifier(None, (), {}))  # type: ignore[arg-type]


def test_weights_are_written_the_same_way(tmp_path: Path) -> None:
    path = tmp_path / "weights.json"
    calibration.write(path, {"weights": {"b": 1, "a": 2}})
    first = path.read_bytes()
    calibration.write(path, {"weights": {"a": 2, "b": 1}})
    assert path.read_bytes() == first and json.loads(first) == {"weights": {"a": 2, "b": 1}}


def test_shipped_weights_name_every_feature() -> None:
    weights = confidence.shipped("weights")
    assert set(weights) == set(confidence.FEATURES) and set(confidence.shipped("alone")) == set(confidence.ALONE)
    assert weights["strength"] > 0 and weights["class"] > max(0.0, weights["nothing"])


@settings(max_examples=20)
@given(st.floats(-1e6, 1e6))
def test_probabilities_stay_within_bounds(score: float) -> None:
    assert 0 < confidence.logistic(score) < 1


def test_nothing_to_rate_is_nothing() -> None:
    assert claims.load().judge.rate([]) == []
