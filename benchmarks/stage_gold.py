"""Alarms against dated turning points between states, and what the constants of the detector were taken from.

Needs the monthly series of all pairs (`--series`, as `detente detect` reads them) and the list of turning points in DETENTE_GOLD.
"""

from __future__ import annotations

import csv
import itertools
import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, stats

from detente.detect.alarms import WARM_UP, Turn, Watch, alarms, watch
from detente.detect.persistence import readings
from detente.measure.panel import Panel

Pair = tuple[str, str]
Raised = list[tuple[int, Turn]]
NEAR, APART = 2, 6
TURNS: tuple[Turn, Turn] = ("cooperate", "conflict")


@dataclass(frozen=True)
class Gold:
    """Turning points of each pair as (index, direction), and the pairs without any."""

    truth: dict[Pair, Raised]
    stable: list[Pair]

    @property
    def pairs(self) -> list[Pair]:
        return [*self.truth, *self.stable]


def gold(folder: Path, panel: Panel) -> Gold:
    index = {month: i for i, month in enumerate(panel.months)}
    truth: dict[Pair, Raised] = {}
    stable: list[Pair] = []
    with (folder / "stage_gold_dev.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            pair = (row["iso3_a"], row["iso3_b"])
            if row["period"] != "2018-2023" or pair not in panel.values:
                continue
            if not row["turning_month"]:
                stable.append(pair)
            elif index.get(row["turning_month"], -1) >= WARM_UP:
                truth.setdefault(pair, []).append((index[row["turning_month"]], "conflict" if row["direction"] == "conflict" else "cooperate"))
    return Gold(truth, stable)


def ours(values: NDArray[np.float64]) -> Raised:
    return [(alarm.index, alarm.direction) for alarm in alarms(values[:, 0], values[:, 1])]


def yardstick(values: NDArray[np.float64], *, tail: float) -> Raised:
    """A negative binomial tail on the trailing 24 months, each direction on its own, one alarm in half a year."""
    raised: dict[int, Turn] = {}
    for column, turn in enumerate(TURNS):
        last = -99
        for t in range(WARM_UP, len(values)):
            past = values[max(0, t - 24) : t, column]
            mean = max(past.mean(), 0.5)
            variance = max(past.var(ddof=1), past.mean() * 1.01 + 1e-6)
            size = max(mean**2 / max(variance - mean, 1e-6), 0.05)
            if t - last > APART and stats.nbinom.sf(round(values[t, column]) - 1, size, size / (size + mean)) < tail:
                last = t
                raised.setdefault(t, turn)
    return sorted(raised.items())


@dataclass(frozen=True)
class Fit:
    """How alarms fit the turning points: every alarm serves one point at the most."""

    points: int
    raised: int
    found: int
    right: int
    opened: float
    clashed: float
    delays: tuple[int, ...]
    false_per_decade: float

    @property
    def recall(self) -> float:
        return self.found / max(self.points, 1)

    @property
    def f1(self) -> float:
        precision = self.found / max(self.raised, 1)
        return 2 * self.recall * precision / max(self.recall + precision, 1e-9)

    def line(self) -> str:
        share = self.right / max(self.found, 1)
        return (
            f"alarms {self.raised:3d}  recall {self.recall:.3f}  precision {self.found / max(self.raised, 1):.3f}  f1 {self.f1:.3f}  "
            f"openings {self.opened:.3f}  crises {self.clashed:.3f}  direction {share:.3f}  "
            f"false/decade {self.false_per_decade:.2f}  median delay {np.median(self.delays) if self.delays else math.nan:.0f}"
        )


def fit(raised: dict[Pair, Raised], known: Gold, months: int) -> Fit:
    matched: list[tuple[Turn, Turn, int]] = []
    points = [turn for turns in known.truth.values() for _, turn in turns]
    for pair, turns in known.truth.items():
        free = sorted(raised[pair])
        for place, turn in sorted(turns):
            near = [alarm for alarm in free if abs(alarm[0] - place) <= NEAR]
            if near:
                best = min(near, key=lambda alarm: (abs(alarm[0] - place), alarm[1] != turn))
                free.remove(best)
                matched.append((turn, best[1], best[0] - place))
    shares = [sum(turn == kind for turn, _, _ in matched) / max(points.count(kind), 1) for kind in TURNS]
    quiet = sum(len(raised[pair]) for pair in known.stable) / max(len(known.stable) * (months - WARM_UP) / 120, 1e-9)
    number = sum(len(raised[pair]) for pair in known.truth)
    delays = tuple(delay for _, _, delay in matched)
    return Fit(len(points), number, len(matched), sum(a == b for a, b, _ in matched), shares[0], shares[1], delays, quiet)


def judge(panel: Panel, known: Gold, detector: Callable[[NDArray[np.float64]], Raised]) -> Fit:
    return fit({pair: detector(panel.values[pair]) for pair in known.pairs}, known, len(panel.months))


def crossed(panel: Panel, known: Gold) -> Fit:
    """Each pair judged with the threshold that serves all the others best."""
    odds = {pair: watch(*panel.values[pair].T).odds() for pair in known.pairs}
    places = np.arange(-1.0, 1.01, 0.1)
    table = [{pair: thresholded(odds[pair], place) for pair in known.pairs} for place in places]
    raised = {}
    for pair in known.pairs:
        others = Gold({p: t for p, t in known.truth.items() if p != pair}, known.stable)
        best = max(range(len(places)), key=lambda i: (fit(table[i], others, len(panel.months)).f1, -abs(places[i])))
        raised[pair] = table[best][pair]
    return fit(raised, known, len(panel.months))


def thresholded(odds: NDArray[np.float64], least: float) -> Raised:
    raised: Raised = []
    for t in range(WARM_UP, len(odds)):
        if odds[t].max() > least and (not raised or t - raised[-1][0] > APART):
            raised.append((t, TURNS[int(odds[t, 1] >= odds[t, 0])]))
    return raised


def rate(panel: Panel, sample: list[Pair], detector: Callable[[NDArray[np.float64]], Raised]) -> tuple[float, float, float]:
    """Alarms a decade on a sample of pairs, with a 95 % interval from 2,000 resamples of pairs."""
    counts = np.array([len(detector(panel.values[pair])) for pair in sample]) / ((len(panel.months) - WARM_UP) / 120)
    drawn = np.random.default_rng(1).choice(counts, (2000, counts.size)).mean(axis=1)
    low, high = np.quantile(drawn, (0.025, 0.975))
    return float(counts.mean()), float(low), float(high)


def equal_recall(panel: Panel, known: Gold, recall: float) -> float:
    """The yardstick's tail at which it finds as many turning points."""
    return next(
        tail
        for tail in 10.0 ** np.arange(-6.0, 0.0, 0.1)
        if tail > 0.3 or judge(panel, known, lambda values, tail=tail: yardstick(values, tail=tail)).recall >= recall
    )


def lasted(values: NDArray[np.float64], index: int, months: int) -> bool | None:
    """Months 2 to `months` + 1 after the alarm average over 1.5 times the 24 before it; None when the series ends before."""
    after, before = values[index + 2 : index + 2 + months], values[max(0, index - 24) : index]
    return bool(after.mean() > 1.5 * before.mean()) if len(after) == months else None


def area(scores: list[float], outcomes: list[bool]) -> float:
    """Area under the curve: how often a lasting alarm is given more than a passing one."""
    ranks = stats.rankdata(scores)
    truth = np.array(outcomes)
    yes, no = int(truth.sum()), int((~truth).sum())
    return float((ranks[truth].sum() - yes * (yes + 1) / 2) / max(yes * no, 1))


def persistence(panel: Panel, pairs: list[Pair], months: int = 6) -> tuple[list[float], list[bool], NDArray[np.float64]]:
    """Stated probabilities, outcomes, and the readings (rise, record) of every alarm about the pairs that can be judged."""
    stated, outcome, seen = [], [], []
    for pair in pairs:
        values = panel.values[pair]
        for alarm in alarms(values[:, 0], values[:, 1]):
            series = values[:, TURNS.index(alarm.direction)]
            held = lasted(series, alarm.index, months)
            if held is not None:
                stated.append(alarm.persists if months == 6 else alarm.persists_year)
                outcome.append(held)
                seen.append(readings(series, alarm.index))
    return stated, outcome, np.array(seen)


def logistic(seen: NDArray[np.float64], outcome: list[bool]) -> NDArray[np.float64]:
    """Intercept and weights, with a ridge of one on the weights."""
    design, sign = np.c_[np.ones(len(seen)), seen], 2.0 * np.array(outcome) - 1.0
    loss = lambda w: np.logaddexp(0, -sign * (design @ w)).sum() + 0.5 * (w[1:] ** 2).sum()  # noqa: E731
    return np.asarray(optimize.minimize(loss, np.zeros(design.shape[1])).x)


def lumps(panel: Panel, outside: list[Pair]) -> list[tuple[str, float, float]]:
    """Per measure: `unit` and size of variance = unit * mean + mean**2 / size, from month-to-month differences of pairs of some volume."""
    found = []
    for column, name in enumerate(("cooperation", "conflict")):
        table = np.stack([panel.values[pair][:, column] for pair in outside])
        mean = table.mean(axis=1)
        ratio = (np.diff(table, axis=1) ** 2).mean(axis=1) / 2 / np.maximum(mean, 1e-9)
        edges = (20, 50, 100, 200, 500)
        points = [(np.median(mean[held]), np.median(ratio[held])) for held in ((mean > a) & (mean <= b) for a, b in itertools.pairwise(edges))]
        slope, start = np.polyfit(*np.array(points).T, 1)
        found.append((name, float(start), float(1 / slope)))
    return found


def placebo(panel: Panel, known: Gold, watched: Callable[[NDArray[np.float64]], Watch]) -> float:
    """Share of all judged months of the stable pairs in which a new stage was likelier than not."""
    odds = np.concatenate([watched(panel.values[pair]).odds()[WARM_UP:].max(axis=1) for pair in known.stable])
    return float((odds > 0).mean())
