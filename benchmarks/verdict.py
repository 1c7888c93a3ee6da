"""The rule for rates on pairs of states that it was not written for: sums of scores by quarter, as of the end of each month.

usage: verdict.py SERIES.csv GOLD_DIR

SERIES.csv has the columns a, b, month, cooperation, conflict. GOLD_DIR holds stage_gold_dev.csv (iso3_a, iso3_b, turning_month, direction).
Quarters end with the as-of month, so that nothing after it is seen; memory is what the file holds before, six years at most, not ten. A turning
point persisted when the mean of months 2 to 7 after it is above 1.5 times that of the 24 months before. Prints the share of turning points called
a rise in their direction within three months, and for the new stages called of stable and of random pairs the rate a year with a 95 % interval
(Poisson, exact); then, by the probability stated, how often a rise that was called stood above 1.5 times the level before for half a year. The
probability is that the level is higher at all, so the last figures are a harder test than what was stated.
"""

from __future__ import annotations

import csv
import math
import random
import sys
from collections import defaultdict
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from statistics import mean

from detente.assess.rates import called, compare

RISES = ("new_stage", "new_phase_of_intent")
COLUMNS = {"cooperate": 0, "conflict": 1}
WARM_UP, WITHIN, UNIT, STEP, RANDOM, SEED = 24, 3, 50.0, 3, 200, 20140508
Pair = tuple[str, str]
Series = tuple[list[float], list[float]]


def load(path: Path) -> tuple[list[str], dict[Pair, Series]]:
    """The months in order, and cooperation and conflict of each pair."""
    held: dict[Pair, dict[str, tuple[float, float]]] = defaultdict(dict)
    with path.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            held[row["a"], row["b"]][row["month"]] = (float(row["cooperation"]), float(row["conflict"]))
    months = sorted(next(iter(held.values())))
    return months, {pair: ([rows[m][0] for m in months], [rows[m][1] for m in months]) for pair, rows in held.items()}


def call(values: list[float], at: int) -> tuple[str, float | None]:
    """The call as of the end of month `at`, and its probability; quarters are counted back from it."""
    start = (at + 1) % 3
    seen = [sum(values[i : i + 3]) for i in range(start, at - 1, 3)]
    if not any(seen) or not all(map(math.isfinite, seen)):
        return "cannot_tell", None
    return called(compare(seen, exposure=[1.0] * len(seen), unit=UNIT), deep=True)[:2]


def persisted(values: list[float], at: int) -> bool | None:
    """Whether the level after a month held; None where the series ends too soon."""
    before, after = values[max(0, at - 24) : at], values[at + 2 : at + 8]
    return mean(after) > 1.5 * mean(before) if len(after) == 6 and before else None


def interval(events: int, years: float) -> tuple[float, float]:
    """The exact 95 % interval of a Poisson rate a year, by bisection on its tails."""
    return _root(lambda rate: 1 - _below(events - 1, rate * years) - 0.025) if events else 0.0, _root(
        lambda rate: 0.025 - _below(events, rate * years)
    )


def _below(events: int, expected: float) -> float:
    return sum(math.exp(-expected + k * math.log(expected) - math.lgamma(k + 1)) for k in range(events + 1)) if expected > 0 else 1.0


def _root(rising: Callable[[float], float]) -> float:
    low, high = 0.0, 100.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if rising(middle) < 0 else (low, middle)
    return low


def turning_points(rows: list[dict[str, str]], months: list[str], held: dict[Pair, Series]) -> None:
    found: dict[tuple[str, bool | None], list[str]] = defaultdict(list)
    for row in rows:
        if not row["turning_month"] or row["turning_month"] not in months:
            continue
        values, at = held[row["iso3_a"], row["iso3_b"]][COLUMNS[row["direction"]]], months.index(row["turning_month"])
        if at >= WARM_UP:
            told = [call(values, t)[0] for t in range(at, min(at + WITHIN + 1, len(values)))]
            best = next((name for name in RISES if name in told), told[-1])
            found[row["direction"], persisted(values, at)].append(best)
    for (direction, held_on), names in sorted(found.items(), key=str):
        what = {True: "that persisted", False: "that did not persist", None: "too late to tell"}[held_on]
        hits = sum(name in RISES for name in names)
        print(f"{direction}, turning points {what}: {hits} of {len(names)} called a rise within {WITHIN} months; calls {_counted(names)}")
    lasting = [name for (_, held_on), names in found.items() if held_on for name in names]
    print(f"of all that persisted: {sum(n in RISES for n in lasting)} of {len(lasting)} ({sum(n in RISES for n in lasting) / len(lasting):.2f})")


def _counted(names: list[str]) -> str:
    return ", ".join(f"{name} {names.count(name)}" for name in dict.fromkeys(names))


def false_calls(name: str, pairs: list[Pair], held: dict[Pair, Series]) -> None:
    """Verdicts a year: each run of quarters with the same call is one verdict."""
    for direction, column in COLUMNS.items():
        told = [[call(held[pair][column], at)[0] for at in range(WARM_UP, len(held[pair][column]), STEP)] for pair in pairs]
        years = sum(len(calls) for calls in told) * STEP / 12
        for verdict in RISES:
            events = sum(now == verdict != before for calls in told for before, now in pairwise(["", *calls]))
            low, high = interval(events, years)
            print(f"{name}, {direction}: {verdict} {events} times in {years:.0f} years, {events / years:.3f} a year [{low:.3f}, {high:.3f}]")


def calibration(pairs: list[Pair], held: dict[Pair, Series]) -> None:
    """Of rises called with a probability: the mean of it, and the share that persisted from the month of the call."""
    bands: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for pair in pairs:
        for values in held[pair]:
            for at in range(WARM_UP, len(values) - 8, STEP):
                name, share = call(values, at)
                lasting = persisted(values, at - 2)
                if name in RISES and share is not None and lasting is not None:
                    bands[f"{int(share * 10) / 10:.1f}"].append((share, lasting))
    for band, rows in sorted(bands.items()):
        stated, lasted = mean(p for p, _ in rows), mean(x for _, x in rows)
        print(f"called with {band}-{float(band) + 0.1:.1f}: {len(rows)} rises, stated {stated:.2f}, above 1.5 times the level before {lasted:.2f}")


def main(series: Path, gold: Path) -> None:
    months, held = load(series)
    with (gold / "stage_gold_dev.csv").open(encoding="utf-8") as lines:
        rows = [row for row in csv.DictReader(lines) if row["period"] == "2018-2023" and (row["iso3_a"], row["iso3_b"]) in held]
    turning_points(rows, months, held)
    stable = list(dict.fromkeys((row["iso3_a"], row["iso3_b"]) for row in rows if not row["turning_month"]))
    drawn = random.Random(SEED).sample(sorted(held), min(RANDOM, len(held)))
    false_calls(f"{len(stable)} stable pairs", stable, held)
    false_calls(f"{len(drawn)} random pairs", drawn, held)
    calibration([*stable, *drawn, *dict.fromkeys((r["iso3_a"], r["iso3_b"]) for r in rows)], held)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
