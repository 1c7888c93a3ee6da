"""Alarms about a pair of states: its cooperation and its conflict, watched month by month, share their changes.

The prior odds of an opening or a crisis multiply what the two series say: a crisis raises conflict and, as a rule, the talk
about it, so cooperation rises too (`TALK`); an opening raises cooperation and, as a rule, conflict falls (`THAW`).
An alarm of month t uses nothing after t. It is raised when a new stage is likelier than not, once in half a year.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from detente.detect.levels import Floats, Model
from detente.detect.persistence import YEAR, persists
from detente.detect.recent import WINDOW, Recent, recent
from detente.detect.summary import MASS, shortest

Turn = Literal["cooperate", "conflict"]

SCORES = Model(stage_length=36.0, shock_gap=72.0, typical_ratio=4.0, dispersions=(1.0, 2.0, 4.0), unit=50.0)
"""Monthly sums of scores (GDELT's Goldstein scores): one incident is told many times, so the sums come in lumps.

Pairs outside the development list show a variance of about 50 (cooperation) or 30 (conflict) times the mean plus a third to two
thirds of its square: hence `unit` 50 and sizes from 1 to 4. `benchmarks/stages.py` prints the fit ("lumps").
"""

TALK, THAW, BORROWED = 0.8, 0.7, 4.0
"""How often a crisis makes talk, how often an opening quiets conflict; and the most, in logs, one series lends the other."""

OPENINGS = math.log(2.0)
"""An opening is held to be half as frequent as a crisis; the development list counts 11 against 35."""

WARM_UP, APART = 12, 6
"""Months before the first alarm, and months after an alarm in which the pair raises no other."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """A new stage is likelier than not at `index`; it began within [first, last) with 90 %.

    `persists`, `persists_year`: probability that the new level holds for the next 6 and 12 months (`persistence`).
    """

    index: int
    direction: Turn
    probability: float
    first: int
    last: int
    persists: float
    persists_year: float


@dataclass(frozen=True, slots=True)
class Watch:
    """The filter's answers about one pair of states, with the two series as they were given (NaN: nobody looked)."""

    cooperation: Recent
    conflict: Recent
    counts: Floats

    def odds(self) -> Floats:
        """(n, 2) log odds that an opening (column 0) or a crisis (column 1) began within the window, given data up to each month."""
        prior = math.log(WINDOW / SCORES.stage_length)
        rise, calm = self.cooperation.odds("up"), self.conflict.odds("down")
        clash = self.conflict.odds("up")
        opening = rise + _lent(calm - prior, THAW) - OPENINGS
        return np.stack([opening, clash + _lent(rise - prior, TALK)], axis=1)


def _lent(evidence: Floats, share: float) -> Floats:
    """What one series adds to the log odds of a change in the other, when the two change together in `share` of cases."""
    logs: Floats = np.log((1.0 - share) + share * np.exp(np.clip(evidence, -20.0, BORROWED)))
    return logs


def watch(cooperation: Sequence[float] | Floats, conflict: Sequence[float] | Floats, *, model: Model = SCORES) -> Watch:
    """Follow both series of a pair, month by month; see `changes.observe` for what is refused."""
    counts = np.stack([np.asarray(cooperation, np.float64), np.asarray(conflict, np.float64)], axis=1)
    return Watch(recent(cooperation, model=model), recent(conflict, model=model), counts)


def alarms(cooperation: Sequence[float] | Floats, conflict: Sequence[float] | Floats, *, model: Model = SCORES) -> tuple[Alarm, ...]:
    """Every alarm about one pair, in order of time; each uses nothing after its own month.

    The two series have one value a month from the same first month; NaN means that nobody looked. A series shorter than
    `WARM_UP` raises none.
    """
    seen = watch(cooperation, conflict, model=model)
    raised: list[Alarm] = []
    for index, (opening, clash) in enumerate(seen.odds().tolist()):
        quiet = not raised or index - raised[-1].index > APART
        if index >= WARM_UP and quiet and max(opening, clash) > 0.0:
            raised.append(_alarm(seen, index, "cooperate" if opening > clash else "conflict"))
    return tuple(raised)


def _alarm(seen: Watch, index: int, direction: Turn) -> Alarm:
    column = 0 if direction == "cooperate" else 1
    odds, counts = float(seen.odds()[index, column]), seen.counts[:, column]
    began = (seen.cooperation if direction == "cooperate" else seen.conflict).up[index]
    by_month = began[::-1]
    first, last = shortest(by_month, int(np.argmax(by_month)), MASS * float(by_month.sum()))
    start = index - WINDOW + 1
    return Alarm(
        index, direction, 1.0 / (1.0 + math.exp(-odds)), start + first, start + last, persists(counts, index), persists(counts, index, weights=YEAR)
    )
