"""The rule for rates on pairs of states that it was not written for: monthly sums of scores, quarter by quarter, as of each quarter's end.

usage: verdict.py SERIES.csv GOLD_DIR

SERIES.csv has the columns a, b, month, cooperation, conflict. GOLD_DIR holds stage_gold_dev.csv (iso3_a, iso3_b, turning_month, direction).
Prints: of the turning points, how many the rule finds (a new stage or a new phase in that direction within two quarters); and of the
quarters of stable pairs, how many it calls so, a year. Memory is what the file holds before each quarter, six years at most, not ten.
"""

from __future__ import annotations

import csv
import math
import sys
from collections import defaultdict
from pathlib import Path

from detente.assess.rates import called, compare

RISES = ("new_stage", "new_phase_of_intent")
COLUMN = {"cooperate": "cooperation", "conflict": "conflict"}
WARM_UP, WITHIN, UNIT = 8, 2, 50.0
Series = dict[str, list[float]]


def quarters(path: Path) -> tuple[list[str], dict[tuple[str, str], Series]]:
    """First months of whole quarters, and the sums of each pair."""
    months: dict[tuple[str, str], dict[str, tuple[float, float]]] = defaultdict(dict)
    with path.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            months[row["a"], row["b"]][row["month"]] = (float(row["cooperation"]), float(row["conflict"]))
    known = sorted(next(iter(months.values())))
    starts = [m for i, m in enumerate(known) if int(m[5:]) % 3 == 1 and i + 2 < len(known)]
    index = {m: known.index(m) for m in starts}
    summed = {
        pair: {
            name: [sum(held[known[index[m] + k]][column] for k in range(3)) for m in starts]
            for column, name in enumerate(("cooperation", "conflict"))
        }
        for pair, held in months.items()
    }
    return starts, summed


def calls(values: list[float]) -> dict[int, str]:
    """The call as of the end of each quarter after the warm-up."""
    found = {}
    for t in range(WARM_UP, len(values)):
        seen = values[: t + 1]
        if any(seen) and all(map(math.isfinite, seen)):
            found[t] = called(compare(seen, exposure=[1.0] * len(seen), unit=UNIT), deep=True)[0]
    return found


def main(series: Path, gold: Path) -> None:
    starts, summed = quarters(series)
    with (gold / "stage_gold_dev.csv").open(encoding="utf-8") as lines:
        rows = [row for row in csv.DictReader(lines) if row["period"] == "2018-2023" and (row["iso3_a"], row["iso3_b"]) in summed]
    found: dict[str, list[bool]] = defaultdict(list)
    for row in rows:
        month = row["turning_month"]
        at = next((i for i, start in enumerate(starts) if start <= month < f"{start[:5]}{int(start[5:]) + 3:02d}"), None) if month else None
        if at is None or at < WARM_UP:
            continue
        seen = calls(summed[row["iso3_a"], row["iso3_b"]][COLUMN[row["direction"]]])
        found[row["direction"]].append(any(seen.get(t) in RISES for t in range(at, at + WITHIN)))
    for direction, hits in found.items():
        print(f"{direction}: {sum(hits)} of {len(hits)} turning points called a rise within two quarters ({sum(hits) / len(hits):.2f})")
    stable = [summed[row["iso3_a"], row["iso3_b"]] for row in rows if not row["turning_month"]]
    for name in ("cooperation", "conflict"):
        told = [call for values in stable for call in calls(values[name]).values()]
        stages, phases = told.count("new_stage"), told.count("new_phase_of_intent")
        years = len(told) / 4
        rate = f"{stages / years:.2f} and {phases / years:.2f} a year"
        print(f"stable pairs, {name}: {stages} new stages and {phases} new phases in {years:.0f} years of quarters ({rate})")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
