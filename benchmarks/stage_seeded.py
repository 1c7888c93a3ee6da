"""The detector and its neighbours on seeded series with known changes, in one run: who finds them, how fast, and who says how sure.

ruptures (PELT, jump 1) and a Bayesian online detector (`changepoint`) are extras of the benchmark, not of the program.
"""

from __future__ import annotations

import itertools
import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import changepoint
import numpy as np
import ruptures

from detente.detect.alarms import SCORES, alarms
from detente.detect.changes import segment
from detente.detect.levels import COUNTS
from detente.detect.recent import recent
from detente.detect.trials import KINDS, Trial, calibration_error, make, score

Finder = Callable[[Sequence[float]], list[int]]


def ours(counts: Sequence[float]) -> list[int]:
    return [change.index for change in segment(counts).changes]


def pelt(counts: Sequence[float]) -> list[int]:
    """PELT with a normal cost on square roots (which even out the noise of counts) and the usual penalty of 3 log n variances."""
    roots = np.sqrt(np.nan_to_num(np.asarray(counts), nan=0.0) + 0.375)[:, None]
    penalty = 3.0 * np.log(len(roots)) * max(np.median(np.diff(roots[:, 0]) ** 2) / 0.91, 1e-3)
    return [int(place) for place in ruptures.Pelt(model="l2", jump=1, min_size=2).fit(roots).predict(pen=penalty)[:-1]]


def kernel(counts: Sequence[float]) -> list[int]:
    roots = np.sqrt(np.nan_to_num(np.asarray(counts), nan=0.0) + 0.375)[:, None]
    penalty = 3.0 * np.log(len(roots)) * max(np.median(np.diff(roots[:, 0]) ** 2) / 0.91, 1e-3)
    return [int(place) for place in ruptures.KernelCPD(kernel="linear", min_size=2, jump=1).fit(roots).predict(pen=penalty)[:-1]]


def online(counts: Sequence[float]) -> list[int]:
    """Bayesian online detection with a normal-gamma prior on square roots, the most likely changes."""
    roots = np.sqrt(np.nan_to_num(np.asarray(counts), nan=0.0) + 0.375)
    detector = changepoint.Bocpd(prior=changepoint.NormalGamma(float(roots.mean()), 1.0, 1.0, 1.0), lam=120.0)
    return [int(place) for place in changepoint.map_changepoints([detector.step(float(root)) for root in roots])]


FINDERS: dict[str, Finder] = {"detente": ours, "ruptures PELT": pelt, "ruptures kernel": kernel, "Bayesian online": online}


def table(number: int, kinds: Sequence[str]) -> dict[str, list[float]]:
    """Mean F1 of each finder on each kind of trial. Only ours is told the exposure; "coverage" is therefore left out of comparisons."""
    trials = {kind: [make(kind, seed) for seed in range(number)] for kind in kinds}
    return {
        name: [float(np.mean([score(find(t.counts), t.changes, size=len(t.counts)).f1 for t in trials[kind]])) for kind in kinds]
        for name, find in FINDERS.items()
    }


@dataclass(frozen=True)
class Honesty:
    """Calibration of reported changes and of half-year forecasts, and how often the 90 % interval held the true date."""

    reported: float
    forecast: float
    forecast_above: float
    held: float
    intervals: int
    false_by_kind: dict[str, float]


def honesty(number: int, *, size: int = 120) -> Honesty:
    stated: list[tuple[float, bool]] = []
    forecast: list[tuple[float, bool]] = []
    held: list[bool] = []
    false = {}
    for kind in (kind for kind in KINDS if kind not in ("drift", "seasonal")):
        trials = [make(kind, seed, size=size) for seed in range(number)]
        parts = [account(trial) for trial in trials]
        stated += [row for part in parts for row in part[0]]
        forecast += [row for part in parts for row in part[1]]
        held += [row for part in parts for row in part[2]]
        false[kind] = sum(not came for part in parts for _, came in part[0]) / number
    above = [row for row in forecast if row[0] > 0.05]
    errors = (calibration_error(*zip(*rows, strict=True)) for rows in (stated, forecast, above))
    return Honesty(*errors, float(np.mean(held)), len(held), false)


def delays(number: int) -> tuple[list[int], int]:
    """Observations from each true change of the steps until the filter held a new level likelier than not, a year at most; and all changes."""
    waited, true = [], 0
    for trial in (make(kind, seed) for kind in ("one", "several") for seed in range(number)):
        seen = recent(trial.counts, model=COUNTS)
        told = np.maximum(seen.odds("up"), seen.odds("down")) > 0.0
        true += len(trial.changes)
        waited += [int(np.argmax(told[place : place + 12])) for place in trial.changes if told[place : place + 12].any()]
    return waited, true


def account(trial: Trial) -> tuple[list[tuple[float, bool]], list[tuple[float, bool]], list[bool]]:
    """What one trial says: reported changes and their truth, half-years and theirs, intervals that held."""
    found = segment(trial.counts, exposure=trial.exposure)
    stated, held = [], []
    for change in found.changes:
        near = [place for place in trial.changes if abs(place - change.index) <= 12]
        stated.append((change.probability, bool(near)))
        if near:
            held.append(change.first <= min(near, key=lambda place: abs(place - change.index)) < change.last)
    halves = range(0, len(trial.counts), 6)
    chances = [min(1.0, sum(found.change_probability[start : start + 6])) for start in halves]
    return stated, [(p, any(s <= place < s + 6 for place in trial.changes)) for p, s in zip(chances, halves, strict=True)], held


def milliseconds(call: Callable[[], object], *, times: int = 9) -> float:
    """Median processor time, in milliseconds, after one call to warm up."""
    call()
    spent = []
    for _ in range(times):
        begun = time.process_time()
        call()
        spent.append(time.process_time() - begun)
    return float(np.median(spent)) * 1e3


def speed() -> dict[str, float]:
    """Milliseconds for one series of 480 months."""
    counts = make("several", 3, size=480).counts
    return {name: milliseconds(lambda find=find: find(counts), times=3 if "PELT" in name else 9) for name, find in FINDERS.items()}


def growth() -> list[tuple[int, float, float]]:
    """Months, and milliseconds of the segmentation and of the online filter."""
    rows = []
    for size in (60, 120, 240, 480, 960, 1920):
        counts = make("several", 3, size=size).counts
        online_ms = milliseconds(lambda counts=counts: recent(counts, model=SCORES))
        rows.append((size, milliseconds(lambda counts=counts: segment(counts)), online_ms))
    return rows


def many(number: int, size: int) -> tuple[float, float]:
    """Seconds that 40,000 pairs of two series would take on two processors by a sample of `number`, and the peak memory in megabytes."""
    series = [make("several", seed, size=size).counts for seed in range(number + 1)]
    alarms(series[0], series[1])
    begun = time.process_time()
    for cooperation, conflict in itertools.pairwise(series):
        alarms(cooperation, conflict)
    each = (time.process_time() - begun) / number
    return each * 40_000 / 2, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
