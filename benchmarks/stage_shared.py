"""Four thin dimensions that turn together, or do not: what is found by each alone and by all of them, and whether the stated chance is true."""

from __future__ import annotations

import numpy as np

from detente.detect.changes import Segmentation, segment
from detente.detect.levels import Model
from detente.detect.shared import turns
from detente.detect.trials import calibration_error, score

QUARTERS = Model(stage_length=40.0, shock_gap=40.0, least_ratio=1.5)
SIZE, NEAR, DIMENSIONS = 60, 4, 4


def pair(seed: int, factor: float) -> tuple[list[Segmentation], list[int]]:
    """Quarters of four dimensions at .3 to 2 occasions each; three in four are multiplied by `factor` at the same time."""
    chance = np.random.default_rng([seed, 4])
    place, found = int(chance.integers(15, 45)), []
    for _ in range(DIMENSIONS):
        level = np.full(SIZE, np.exp(chance.uniform(np.log(0.3), np.log(2.0))))
        level[place:] *= factor if chance.random() < 0.75 else 1.0
        found.append(segment(chance.negative_binomial(3, 3 / (3 + level)).astype(float).tolist(), model=QUARTERS))
    return found, [place] if factor > 1.0 else []


def lines(number: int) -> list[str]:
    """One line a factor: mean F1 of a dimension alone and of all together, false turns, and calibration of the stated chance."""
    told = []
    for factor in (1.0, 2.5, 4.0):
        alone, together, stated, came = [], [], [], []
        for seed in range(number):
            found, truth = pair(seed, factor)
            shared = turns(found)
            together.append(score([turn.index for turn in shared], truth, size=SIZE, tolerance=NEAR).f1)
            alone += [score([change.index for change in each.changes], truth, size=SIZE, tolerance=NEAR).f1 for each in found]
            stated += [turn.probability for turn in shared]
            came += [any(abs(turn.index - place) <= NEAR for place in truth) for turn in shared]
        held = f"stated {np.mean(stated):.2f}, true {np.mean(came):.2f}, error {calibration_error(stated, came):.3f}" if stated else "none stated"
        told.append(f"factor {factor:g}: F1 alone {np.mean(alone):.3f}, together {np.mean(together):.3f}; {held}")
    return told
