"""The question a verdict asks of one series: is the present level above the one before, how old is it, and will it hold?

Answers are shares of chains drawn from the exact posterior with a stated seed. "Cannot tell" shows as probabilities near
the prior and as wide intervals, never as silence. Ignores what other series say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from detente.detect import drawing
from detente.detect.changes import Segmentation, segment
from detente.detect.levels import Floats, Whole
from detente.errors import QuestionError

DRAWS, SEED = 2000, 20140801


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Posterior probabilities about the end of a series; `above` + `below` + `same` = 1. Intervals are 90 %.

    `above`: the present level exceeds the mean level of the `window` observations before it began (or before `since`).
    `same`: no new level began in the series (with `since`: the two differ by less than the smallest ratio called a change).
    `age`: median observations since the present level began, counting the last one; the whole series when none began.
    `holds_6`, `holds_12`: the present level holds for the next 6 and 12 observations. `shock`: the last one is a one-off.
    """

    above: float
    below: float
    same: float
    level: float
    level_low: float
    level_high: float
    before: float
    before_low: float
    before_high: float
    ratio: float
    ratio_low: float
    ratio_high: float
    age: int
    age_low: int
    age_high: int
    begun_within_window: float
    shock: float
    holds_6: float
    holds_12: float


@dataclass(frozen=True, slots=True)
class Draws:
    """Chains drawn from the posterior: (draws, n) levels per exposure and (draws, n) whether a new level begins."""

    levels: Floats
    begins: Whole


def draws_of(found: Segmentation, *, draws: int = DRAWS, seed: int = SEED) -> Draws:
    """Whole chains from the posterior, dispersions in proportion to their weights. The same seed gives the same chains."""
    chance = np.random.default_rng(seed)
    levels, begins = [], []
    total = sum(track.weight for track in found.tracks)
    for track in found.tracks:
        wanted = max(1, round(draws * track.weight / total))
        n = track.filtered.shape[0]
        drawn, begun = drawing.chains(track.filtered, track.law, chance.random((wanted, n, 2)))
        values = np.exp((drawn + track.first) * track.law.step) * found.scale
        levels.append(np.pad(values, ((0, 0), (track.lead, 0)), mode="edge"))
        begins.append(np.pad(begun, ((0, 0), (track.lead, 0))))
    return Draws(np.concatenate(levels), np.concatenate(begins))


def question(found: Segmentation | Sequence[float], *, window: int = 24, since: int | None = None, seed: int = SEED) -> Answer:
    """What the end of a series says about its present level.

    The comparison is with the `window` observations before the present level began, chain by chain; with `since`, with the
    `window` observations before that index instead. Raises QuestionError for a window below 1 or a `since` outside the series.
    """
    known = found if isinstance(found, Segmentation) else segment(found)
    if window < 1 or (since is not None and not 0 < since < known.size):
        came = f"a window of {window} and since {since} came for {known.size} observations"
        raise QuestionError("a window of at least 1 and a beginning inside the series", came=came, do="name an index of the series above 0")
    drawn = draws_of(known, seed=seed)
    ages = _ages(drawn.begins)
    before = _before(drawn, ages, window, since)
    return _answer(known, drawn.levels[:, -1], before, (ages, drawn.begins.sum(axis=1), window, since))


def _ages(begins: Whole) -> Whole:
    """Observations of the present level in each chain, the last one included; the whole series when none began."""
    ever = begins.any(axis=1)
    since_last = np.argmax(begins[:, ::-1], axis=1) + 1
    ages: Whole = np.where(ever, since_last, begins.shape[1]).astype(np.int64)
    return ages


def _before(drawn: Draws, ages: Whole, window: int, since: int | None) -> Floats:
    """Mean level of the `window` observations before the present level (or before `since`) in each chain."""
    n = drawn.levels.shape[1]
    starts = n - ages if since is None else np.full(ages.shape, since)
    reached = np.concatenate([np.zeros((len(ages), 1)), np.cumsum(drawn.levels, axis=1)], axis=1)
    rows = np.arange(len(ages))
    first = np.maximum(starts - window, 0)
    width = starts - first
    means = (reached[rows, starts] - reached[rows, first]) / np.maximum(width, 1)
    return np.where(width > 0, means, drawn.levels[:, -1])


def _answer(known: Segmentation, level: Floats, before: Floats, timing: tuple[Whole, Whole, int, int | None]) -> Answer:
    ages, begun, window, since = timing
    ratio = level / before
    least = known.model.least_ratio**0.5 if since is not None else 1.0 + 1e-9
    above, below = float((ratio > least).mean()), float((ratio < 1.0 / least).mean())
    values = {"level": level, "before": before, "ratio": ratio}
    spread = {name: np.quantile(drawn, (0.5, 0.05, 0.95)) for name, drawn in values.items()}
    age, age_low, age_high = (int(v) for v in np.quantile(ages, (0.5, 0.05, 0.95), method="nearest"))
    numbers = {f"{name}{end}": float(cut[i]) for name, cut in spread.items() for i, end in enumerate(("", "_low", "_high"))}
    return Answer(
        above=above,
        below=below,
        same=float(((ratio <= least) & (ratio >= 1.0 / least)).mean()),
        age=age,
        age_low=age_low,
        age_high=age_high,
        begun_within_window=float((ages <= min(window, known.size - 1)).mean()),
        shock=known.shock_probability[-1],
        holds_6=holding(known, begun, 6),
        holds_12=holding(known, begun, 12),
        **numbers,
    )


def holding(known: Segmentation, begun: Whole, ahead: int) -> float:
    """Probability that no new level begins in the next `ahead` observations.

    The hazard has a Beta prior worth one stage of `stage_length` observations; each chain adds the changes it holds.
    """
    ends, stays = 1.0 + begun, known.model.stage_length - 1.0 + known.size - 1.0 - begun
    steps = np.arange(ahead)[:, None]
    return float(np.prod((stays + steps) / (ends + stays + steps), axis=0).mean())
