"""Segmentation of a series into stages: when its level changed, in which direction, by how much, and what was a mere shock.

Every chain of stages is summed over exactly (see `levels` for the assumptions and `chains` for the sums), once for each
dispersion; the dispersions are weighed by their evidence. Ignores trend and season: give `exposure` what is expected.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from detente.detect import chains, recursions, summary
from detente.detect.levels import COUNTS, STEP, Floats, Law, Model, Observed, bounds
from detente.detect.summary import Change, Segment
from detente.errors import InputError

NEGLIGIBLE = 1e-3
"""A dispersion with less weight than this is left out."""

__all__ = ["Change", "Model", "Segment", "Segmentation", "observe", "segment"]


@dataclass(frozen=True, slots=True)
class Track:
    """What one dispersion says about a series: its law, weight, offset on the level grid and filtered levels."""

    law: Law
    weight: float
    lead: int
    first: int
    filtered: Floats


@dataclass(frozen=True, slots=True)
class Segmentation:
    """The smoothed answer about a series of n observations; all tuples have length n, index 0 is never a change.

    `change_probability[i]`: a new stage begins at i. `level`: posterior mean per exposure with its 90 % interval.
    `shock_probability[i]`: observation i is a one-off shock; `spikes`: those above one half. `dispersion`: posterior mean of r.
    """

    change_probability: tuple[float, ...]
    up_probability: tuple[float, ...]
    shock_probability: tuple[float, ...]
    level: tuple[float, ...]
    level_low: tuple[float, ...]
    level_high: tuple[float, ...]
    segments: tuple[Segment, ...]
    changes: tuple[Change, ...]
    spikes: tuple[int, ...]
    expected_changes: float
    dispersion: float
    seen: tuple[bool, ...]
    model: Model
    scale: float = field(repr=False)
    tracks: tuple[Track, ...] = field(repr=False, compare=False)

    @property
    def size(self) -> int:
        """Number of observations."""
        return len(self.level)


def observe(counts: Sequence[float] | Floats, *, exposure: Sequence[float] | Floats | None = None, model: Model = COUNTS) -> Observed:
    """A checked series. NaN counts or NaN exposure mean that nobody looked; so does an exposure of 0.

    Raises InputError for an empty series, negative or infinite values, unequal lengths, or when nothing at all was seen.
    """
    values = np.asarray(counts, dtype=np.float64)
    spread = np.ones(values.shape) if exposure is None else np.asarray(exposure, dtype=np.float64)
    _refuse(values, spread)
    known = np.isfinite(values) & np.isfinite(spread) & (spread > 0.0)
    if not known.any():
        raise InputError("at least one observation", came=f"none of {values.size} was seen", do="give counts, with NaN only where nobody looked")
    reference = float(spread[np.argmax(known)])
    lead = int(np.argmax(known))
    seen, exposed = np.where(known, values / model.unit, np.nan), np.where(known, spread / reference, 0.0)
    return Observed(seen[lead:], exposed[lead:], reference, lead)


def _refuse(values: Floats, spread: Floats) -> None:
    if values.ndim != 1 or values.size == 0:
        raise InputError("a series of counts", came=f"an array of shape {values.shape} came", do="give one number per month, quarter or year")
    if values.shape != spread.shape:
        raise InputError("one exposure per count", came=f"{spread.size} for {values.size} came", do="give both the same length")
    for name, array in (("counts", values), ("exposure", spread)):
        if np.isinf(array).any() or (array < 0.0).any():
            came = f"{array[np.isinf(array) | (array < 0.0)][0]} came"
            raise InputError(f"{name} that are finite and not negative", came=came, do="use NaN where nobody looked")


@dataclass(frozen=True, slots=True)
class Sums:
    """The filter of one dispersion with everything that the smoother needs again; `first` is the grid index of column 0."""

    law: Law
    first: int
    rows: recursions.Rows
    filtered: Floats
    evidence: Floats


def sums(observed: Observed, law: Law) -> Sums:
    """The filter for one dispersion; row t uses nothing after t."""
    first, last = bounds(observed.counts, observed.exposure, law)
    rows = recursions.observe(observed.counts, observed.exposure, law, first, last)
    return Sums(law, int(first[-1]), rows, *chains.forward(rows, law))


def tried(observed: Observed, model: Model) -> list[Sums]:
    """The filters of all dispersions, noisiest first, until a calmer one is far less likely than the best so far.

    The evidence has one peak in the dispersion, so what is left out would have a negligible weight; the calmest cost most.
    """
    parts: list[Sums] = []
    best = -np.inf
    for law in model.laws():
        parts.append(sums(observed, law))
        best = max(best, float(parts[-1].evidence[-1]))
        if parts[-1].evidence[-1] < best + np.log(NEGLIGIBLE):
            break
    return parts


def segment(counts: Sequence[float], *, exposure: Sequence[float] | None = None, model: Model = COUNTS) -> Segmentation:
    """The smoothed segmentation of a series of at least one observation; see `observe` for what is refused.

    >>> answer = segment([2, 3, 2, 1, 3, 2, 2, 3, 20, 22, 19, 25, 21, 18])
    >>> [(change.index, change.direction) for change in answer.changes]
    [(8, 'up')]
    """
    observed = observe(counts, exposure=exposure, model=model)
    parts = tried(observed, model)
    evidence = np.array([part.evidence[-1] for part in parts])
    weights = np.exp(evidence - evidence.max())
    weights /= weights.sum()
    kept = [(part, weight) for part, weight in zip(parts, weights, strict=True) if weight > NEGLIGIBLE]
    return _gather(observed, model, kept)


def _gather(observed: Observed, model: Model, kept: list[tuple[Sums, float]]) -> Segmentation:
    """The weighed sum over dispersions, padded by what lies before anybody looked."""
    lead = observed.lead
    first, mass, events = _weigh(kept)
    if lead > 0:
        mass = np.concatenate([np.repeat(mass[:1], lead, axis=0), mass])
        events = np.concatenate([np.zeros((lead, 4)), events])
    scale = model.unit / observed.reference
    found, changed = summary.settled(mass, summary.peaks(events[:, chains.UP], events[:, chains.DOWN]))
    pools = summary.pooled(mass, found)
    level, low, high = (tuple((part * scale).tolist()) for part in summary.spreads(mass, first))
    change, shock = events[:, :2].sum(axis=1), events[:, 2:].sum(axis=1)
    return Segmentation(
        change_probability=tuple(change.tolist()),
        up_probability=tuple(events[:, chains.UP].tolist()),
        shock_probability=tuple(shock.tolist()),
        level=level,
        level_low=low,
        level_high=high,
        segments=summary.stages(pools, found, first=first, size=mass.shape[0], scale=scale),
        changes=changed,
        spikes=tuple(np.flatnonzero(shock > 0.5).tolist()),
        expected_changes=float(change.sum()),
        dispersion=float(sum(part.law.size * weight for part, weight in kept)),
        seen=(False,) * lead + tuple(np.isfinite(observed.counts).tolist()),
        model=model,
        scale=scale,
        tracks=tuple(Track(part.law, weight, lead, part.first, part.filtered) for part, weight in kept),
    )


def _weigh(kept: list[tuple[Sums, float]]) -> tuple[int, Floats, Floats]:
    """First index of the finest grid, posterior mass of the level on it (n, levels), and the four events (n, 4)."""
    strides = [round(part.law.step / STEP) for part, _ in kept]
    first = min(part.first * stride for (part, _), stride in zip(kept, strides, strict=True))
    last = max((part.first + part.rows.plain.shape[1]) * stride for (part, _), stride in zip(kept, strides, strict=True))
    n = kept[0][0].rows.plain.shape[0]
    mass, events = np.zeros((n, last - first)), np.zeros((n, 4))
    for (part, weight), stride in zip(kept, strides, strict=True):
        start = part.first * stride - first
        out = mass[:, start : start + part.rows.plain.shape[1] * stride]
        events += weight * chains.smooth(part.rows, part.filtered, part.law, (float(weight), stride), out)
    return first, mass, events
