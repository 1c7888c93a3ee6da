"""The levels of a pair as plain data, and as series to draw."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from detente.assess.levels import Level, Unknown, together
from detente.detect.summary import Change, Segment
from detente.measure.occasions import Quarters
from detente.publish.charts import Drawn
from detente.records import Act

ANSWERS = {
    "present": "filtered: what could be said on the as-of day",
    "stages": "smoothed: what can be said of earlier quarters with all that was known by the as-of day",
    "changes": "smoothed",
    "turns": "smoothed, over all dimensions together",
    "announced": "filtered: the first quarter that could tell the present level from the one before",
}


def document(found: tuple[Level | Unknown, ...], *, dyad: tuple[str, str], as_of: date) -> dict[str, Any]:
    """All levels of a pair as data; indices are replaced by the first days of quarters."""
    return {
        "dyad": list(dyad),
        "as_of": as_of.isoformat(),
        "unit": "occasions a quarter",
        "answers": ANSWERS,
        "dimensions": [entry(each) for each in found],
        "turns": shared(found),
    }


def shared(found: tuple[Level | Unknown, ...]) -> list[dict[str, Any]]:
    """Turns that several dimensions share, with the first day of their quarter."""
    counted = next((each.counted for each in found if isinstance(each, Level)), None)
    if counted is None:
        return []
    return [
        {
            "about": counted.day_of(turn.index).isoformat(),
            "direction": turn.direction,
            "probability": round(turn.probability, 4),
            "took_part": {name: round(part, 4) for name, part in parts},
        }
        for turn, parts in together(found)
    ]


def entry(level: Level | Unknown) -> dict[str, Any]:
    """One dimension as data."""
    if isinstance(level, Unknown):
        return {"dimension": level.dimension, "known": False, "reason": level.reason}
    counted = level.counted
    return {
        "dimension": level.dimension,
        "known": True,
        "quarters": labels(counted),
        "counts": list(counted.counts),
        "exposure": list(counted.exposure),
        "stages": [stage(segment, counted) for segment in level.found.segments],
        "changes": [change(each, counted) for each in level.found.changes],
        "shocks": [labels(counted)[i] for i in level.found.spikes],
        "present": {name: round(value, 4) for name, value in asdict(level.present).items() if not name.startswith("holds")},
        "announced": None if level.announced is None else labels(counted)[level.announced],
        "delay_quarters": None if level.announced is None else level.announced - max(0, len(counted.counts) - level.present.age),
        "holds_6_months": round(level.holds[0], 4),
        "holds_12_months": round(level.holds[1], 4),
        "carried_by": [carrier(act) for act in level.acts],
        "without_largest": {"quarters": [labels(counted)[i] for i in level.weighed.left_out], "above": round(level.weighed.answer.above, 4)},
        "source_breaks": [{"publication": name, "what": what} for name, what in level.sources],
        "placebo": round(level.placebo, 4),
        "benchmarks": [{"dyad": list(dyad), "above": round(above, 4)} for dyad, above in level.benchmarks],
    }


def carrier(act: Act) -> dict[str, Any]:
    """An act of the present stage with its first day and the words that say it."""
    begins = None if act.claim.valid is None or act.claim.valid.start is None else act.claim.valid.start.isoformat()
    return {"id": act.id, "begins": begins, "quote": act.claim.quote, "publications": [c.publication for c in act.citations]}


def stage(segment: Segment, counted: Quarters) -> dict[str, Any]:
    """A stage with the first days of its first quarter and of the one after its last."""
    values = {"level": segment.level, "level_low": segment.level_low, "level_high": segment.level_high}
    return {
        "begins": counted.day_of(segment.start).isoformat(),
        "ends": counted.day_of(segment.stop).isoformat(),
        **{k: round(v, 4) for k, v in values.items()},
    }


def change(found: Change, counted: Quarters) -> dict[str, Any]:
    """A change with its date and the 90 % interval [first, last) of it."""
    days = {name: counted.day_of(index).isoformat() for name, index in (("begins", found.index), ("first", found.first), ("last", found.last))}
    ratio = {"ratio": found.ratio, "ratio_low": found.ratio_low, "ratio_high": found.ratio_high}
    return {**days, "direction": found.direction, "probability": round(found.probability, 4), **{k: round(v, 4) for k, v in ratio.items()}}


def labels(counted: Quarters) -> list[str]:
    """YYYY-MM of the first month of each quarter."""
    return [counted.day_of(i).isoformat()[:7] for i in range(len(counted.counts))]


def drawn(found: tuple[Level | Unknown, ...]) -> tuple[Drawn, ...]:
    """What can be drawn: the known levels."""
    return tuple(
        Drawn(each.dimension.replace("_", " "), tuple(labels(each.counted)), each.counted.counts, each.found)
        for each in found
        if isinstance(each, Level)
    )
