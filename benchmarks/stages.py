"""Stages: `python benchmarks/stages.py [--series FILE] [--gold DIR] [--trials N]`, also `make bench-stages`.

Prints the detector's figures on dated turning points (with the series of all pairs and DETENTE_GOLD) and on seeded series,
beside a simple yardstick, ruptures and a Bayesian online detector in the same run.
"""

from __future__ import annotations

import argparse
import os
import resource
import time
from pathlib import Path

import numpy as np

import stage_article
import stage_gold
import stage_seeded
import stage_shared
import stage_world
from detente.detect.alarms import alarms, watch
from detente.detect.trials import KINDS, calibration_error
from detente.measure import panel as panels


def seeded(number: int) -> None:
    print(f"\nseeded series, {number} of each kind, 120 months: mean F1 within 3 months (no change found where there is none: 1)")
    kinds = [kind for kind in KINDS if kind != "coverage"]
    print(f"{'':18s}" + " ".join(f"{kind:>9s}" for kind in kinds) + f" {'mean':>9s}")
    for name, row in stage_seeded.table(number, kinds).items():
        print(f"{name:18s}" + " ".join(f"{value:9.3f}" for value in row) + f" {np.mean(row):9.3f}")
    told = stage_seeded.honesty(number)
    print(
        f"calibration error: reported changes {told.reported:.3f}, half-years {told.forecast:.3f}, those stated above 5 % {told.forecast_above:.3f}"
    )
    print(f"90 % interval of the date held the true date: {told.held:.3f} of {told.intervals}")
    waited, true = stage_seeded.delays(number)
    late = f"median delay {np.median(waited):.0f} months, 90 % within {np.quantile(waited, 0.9):.0f}"
    print(f"online, of {true} steps: {len(waited)} told within a year, {late}")
    print("false changes a series: " + ", ".join(f"{kind} {value:.2f}" for kind, value in told.false_by_kind.items()))


def shared(number: int) -> None:
    print(f"\nfour thin dimensions that turn together, {number} pairs a factor, 60 quarters")
    print("\n".join(stage_shared.lines(number)))


def speeds() -> None:
    spent = stage_seeded.speed()
    print("\nprocessor milliseconds for 480 months (posterior stated by detente and the Bayesian online detector only), ratio to detente")
    for name, value in spent.items():
        print(f"{name:18s} {value:9.1f} {value / spent['detente']:9.2f}")
    print("months, segmentation ms, online filter ms: " + "; ".join(f"{n} {a:.1f} {b:.1f}" for n, a, b in stage_seeded.growth()))
    seconds, megabytes = stage_seeded.many(200, 480)
    print(f"40,000 pairs of 480 months, alarms about both series on two processors: {seconds:.0f} s; peak memory so far {megabytes:.0f} MB")


def turning_points(panel: panels.Panel, folder: Path) -> None:
    known = stage_gold.gold(folder, panel)
    print(f"\nturning points, development half: {sum(map(len, known.truth.values()))} of {len(known.truth)} pairs, {len(known.stable)} stable pairs")
    for tail in (1e-3, 1e-5):
        fitted = stage_gold.judge(panel, known, lambda values, tail=tail: stage_gold.yardstick(values, tail=tail))
        print(f"yardstick p<{tail:g}     {fitted.line()}")
    mine = stage_gold.judge(panel, known, stage_gold.ours)
    print(f"detente             {mine.line()}")
    print(f"  left-one-pair-out {stage_gold.crossed(panel, known).line()}")
    print(f"  placebo months of stable pairs with a new stage likelier than not: {stage_gold.placebo(panel, known, lambda v: watch(*v.T)):.4f}")
    at_random(panel, known, mine.recall)
    lasting(panel, known)


def at_random(panel: panels.Panel, known: stage_gold.Gold, recall: float) -> None:
    tail = stage_gold.equal_recall(panel, known, recall)
    pairs = sorted(panel.values)
    volume = {pair: float(panel.values[pair].sum()) for pair in pairs}
    busy = sorted(pairs, key=lambda pair: -volume[pair])[:2500]
    for name, pool in (("all pairs", pairs), ("the 2,500 busiest", busy)):
        sample = [pool[i] for i in np.random.default_rng(2022).choice(len(pool), 200, replace=False)]
        print(f"alarms a decade on 200 random pairs of {name} (95 %)")
        detectors = {"detente": stage_gold.ours, f"yardstick p<{tail:.1g} (equal recall)": lambda v: stage_gold.yardstick(v, tail=tail)}
        detectors["yardstick p<0.001"] = lambda v: stage_gold.yardstick(v, tail=1e-3)
        for label, detector in detectors.items():
            print(f"  {label:36s} " + "{:.2f} ({:.2f}-{:.2f})".format(*stage_gold.rate(panel, sample, detector)))


def lasting(panel: panels.Panel, known: stage_gold.Gold) -> None:
    for name, unit, size in stage_gold.lumps(panel, [pair for pair in panel.values if pair not in set(known.pairs)]):
        print(f"lumps: {name}, pairs outside the list: unit {unit:.0f}, size {size:.1f}")
    busy = sorted(panel.values, key=lambda pair: -float(panel.values[pair].sum()))[:4000]
    outside = [pair for pair in busy if pair not in set(known.pairs)]
    thin = sorted(panel.values, key=lambda pair: -float(panel.values[pair].sum()))[4000:8000]
    said, came, _ = stage_gold.persistence(panel, thin)
    print(f"persistence, pairs 4,001 to 8,000 by volume: stated {np.mean(said):.2f}, true {np.mean(came):.2f} of {len(came)}")
    for months in (6, 12):
        stated, outcome, _ = stage_gold.persistence(panel, known.pairs, months)
        far, came, seen = stage_gold.persistence(panel, outside, months)
        held = f"listed pairs {stage_gold.area(stated, outcome):.3f} of {len(outcome)}, others {stage_gold.area(far, came):.3f} of {len(came)}"
        weights = ", ".join(f"{w:.2f}" for w in stage_gold.logistic(seen if months == 6 else seen[:, :1], came))
        print(
            f"persistence over {months} months, AUC: {held}; fit on the others: {weights}; their calibration error {calibration_error(far, came):.3f}"
        )


def whole(panel: panels.Panel) -> None:
    begun, spent = time.perf_counter(), time.process_time()
    number = sum(len(alarms(*values.T)) for values in panel.values.values())
    took = f"{time.perf_counter() - begun:.1f} s ({time.process_time() - spent:.1f} s of one processor)"
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\nall {len(panel.values)} pairs x {len(panel.months)} months: {number} alarms in {took}; peak memory so far {memory:.0f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--series", type=Path, default=os.environ.get("DETENTE_SERIES"), help="CSV with a, b, month, cooperation, conflict")
    parser.add_argument("--gold", type=Path, default=os.environ.get("DETENTE_GOLD"), help="folder of the list of turning points")
    parser.add_argument("--trials", type=int, default=100)
    args = parser.parse_args()
    speeds()
    seeded(args.trials)
    shared(args.trials)
    panel = world(args.series, args.gold)
    if panel is None or args.gold is None:
        print("\nturning points: skipped, give --gold (or DETENTE_GOLD) with the table of daily scores beside it, or --series")
        return
    whole(panel)
    turning_points(panel, Path(args.gold))
    if (data := Path(args.gold).parent / "data" / stage_article.CONTACTS).is_file():
        stage_article.tell(data.parent)


def world(series: Path | None, folder: Path | None) -> panels.Panel | None:
    """The series of all pairs: the file named, or made from the table beside the folder of turning points."""
    if series:
        return panels.read(Path(series))
    table = Path(folder or ".").parent / "data" / stage_world.TABLE
    return stage_world.panel(table) if folder and table.is_file() else None


if __name__ == "__main__":
    main()
