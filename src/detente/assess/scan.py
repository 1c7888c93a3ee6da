"""Which pairs of a table entered a new stage: every pair watched month by month, the likeliest to last first, with a base rate beside each.

The base rate comes from placebo pairs: those of the table with the nearest volume. Alarms are filtered: they use nothing after their month;
whether the level held since is a second answer, in hindsight.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from detente.detect.alarms import WARM_UP, Alarm, alarms
from detente.detect.persistence import held
from detente.measure.panel import Panel, pairs

Pair = tuple[str, str]
Watched = tuple[Pair, NDArray[np.float64], tuple[Alarm, ...]]
Kind = Literal["stage", "shock", "cannot tell"]

EVEN_LOW, EVEN_HIGH = 0.45, 0.55
"""Between these a chance is roughly even, and stage cannot be told from shock."""

PLACEBOS, DECADE, THREADS = 200, 120, 2


@dataclass(frozen=True, slots=True)
class Entered:
    """A pair's newest alarm: whether the new level is likelier to last (`kind`), and alarms a decade of pairs of like volume (`usual`).

    `held` is hindsight, from all months of the table: True, False, or None when it cannot be known yet. All else is filtered.
    `usual` is None when the table holds no other pair or is not longer than the warm-up.
    """

    pair: Pair
    values: NDArray[np.float64]
    alarm: Alarm
    kind: Kind
    usual: float | None
    held: bool | None


@dataclass(frozen=True, slots=True)
class Scan:
    """All alarms of a table, pair by pair, in the order of the table; pairs that nobody looked at are in `unread`."""

    months: tuple[str, ...]
    raised: tuple[Watched, ...]
    unread: int

    def __len__(self) -> int:
        return sum(len(found) for _, _, found in self.raised)


def whole(watched: Iterable[Watched], _number: int) -> Iterable[Watched]:
    """Pass the pairs through without showing progress."""
    return watched


def scan(panel: Panel, *, along: Callable[[Iterable[Watched], int], Iterable[Watched]] = whole, threads: int = THREADS) -> Scan:
    """Watch every pair, some at a time; `along` passes the watched pairs (and their number) through, so that the caller may show progress."""
    seen = list(pairs(panel))
    with ThreadPoolExecutor(threads) as pool:
        raised = tuple(along(pool.map(_watch, seen), len(seen)))
    return Scan(panel.months, raised, len(panel.values) - len(seen))


def _watch(seen: tuple[Pair, NDArray[np.float64]]) -> Watched:
    pair, values = seen
    return pair, values, alarms(values[:, 0], values[:, 1])


def until(found: Scan, month: str) -> Scan:
    """The scan as it stood at the end of a month (YYYY-MM): alarms use nothing later than their month, so none has to be found anew."""
    months = tuple(each for each in found.months if each <= month)
    raised = ((pair, values[: len(months)], alarms_of) for pair, values, alarms_of in found.raised)
    return Scan(months, tuple((pair, values, tuple(a for a in held if a.index < len(months))) for pair, values, held in raised), found.unread)


def kind(persists: float) -> Kind:
    """What an alarm announces, by the probability that its level holds for half a year.

    >>> kind(0.7), kind(0.5), kind(0.2)
    ('stage', 'cannot tell', 'shock')
    """
    if persists > EVEN_HIGH:
        return "stage"
    return "shock" if persists < EVEN_LOW else "cannot tell"


def entered(found: Scan, *, since: str | None = None, top: int) -> tuple[Entered, ...]:
    """The newest alarm of every pair that raised one in `since` (YYYY-MM) or later, `top` of them: the likeliest stages that last come first."""
    newest = [(at, held[-1]) for at, (_, _, held) in enumerate(found.raised) if held]
    late = [(at, alarm) for at, alarm in newest if since is None or found.months[alarm.index] >= since]
    rates = _usual(found)
    all_ = [Entered(*found.raised[at][:2], alarm, kind(alarm.persists), rates[at], _held(found.raised[at][1], alarm)) for at, alarm in late]
    return tuple(sorted(all_, key=lambda each: (-_lasting(each), each.pair))[:top])


def _held(values: NDArray[np.float64], alarm: Alarm) -> bool | None:
    return held(values[:, 0 if alarm.direction == "cooperate" else 1], alarm.index)


def _lasting(each: Entered) -> float:
    """Probability of a new stage that lasts, by what is known at the end of the table."""
    return each.alarm.probability * (each.alarm.persists if each.held is None else float(each.held))


def _usual(found: Scan) -> list[float | None]:
    """Alarms a decade of the `PLACEBOS` pairs nearest in volume to each pair, the pair itself left out."""
    decades = (len(found.months) - WARM_UP) / DECADE
    if len(found.raised) < 2 or decades <= 0.0:
        return [None] * len(found.raised)
    order = np.argsort([float(np.nansum(values)) for _, values, _ in found.raised], kind="stable")
    reached = np.concatenate([[0], np.cumsum([len(found.raised[at][2]) for at in order])])
    rates: list[float | None] = [None] * len(order)
    width = min(PLACEBOS + 1, len(order))
    for rank, at in enumerate(order.tolist()):
        start = min(max(0, rank - width // 2), len(order) - width)
        others = int(reached[start + width] - reached[start]) - len(found.raised[at][2])
        rates[at] = others / (width - 1) / decades
    return rates
