"""World event data: `python benchmarks/world.py [--rows N ...] [--sizes N ...] [--panel N ...]`, also `make bench-world`.

Prints, each beside its yardstick and what is to be reached:

1. rows a second of synthetic GDELT text into the event table, and DuckDB's own CSV reader on the same file, three times in turn;
2. what panels.py prints: the monthly panel beside raw DuckDB, Polars and pandas, as far as they are installed;
3. a small and a large world brought in part by part, a few rows of it repeated, refused or damaged: every row counted, the panel written,
   memory, and what a row costs in the one and in the other; then `detente scan` on the large one.

A world is generated, imported and removed in parts of five million rows (2.2 GB of text), so that the disk holds no more than that and the table.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import duckdb

from detente import ontology
from detente.read.datasets import layouts, synthetic

PART = 5_000_000
SHARES = synthetic.Shares(repeated=2e-6, refused=1e-4, failed=2e-6)
"""Few rows, for the counting; a file that is damaged everywhere is read line by line and says nothing of the usual rate."""
CLOCK = """
import sys, time
from pathlib import Path
import pyarrow
pyarrow.array([1])  # where pandas is installed this imports it, and imports are not timed
def told(*values):
    peak = next(int(line.split()[1]) for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    print()  # DuckDB may have drawn how far it is
    print(time.perf_counter() - began, time.process_time() - worked, peak / 1024, *values)
"""
BEGIN = "began, worked = time.perf_counter(), time.process_time()\n"
LOAD = f"""{CLOCK}
from detente.pipeline import importing
{BEGIN}
found = importing.import_events(Path(sys.argv[2]), importing.Order("gdelt2", [Path(sys.argv[1])])).counts
told(found.kept, found.already, found.refused, found.failed)
"""
MEASURE = f"""{CLOCK}
from detente.measure import engines
from detente.pipeline import measuring
{BEGIN}
told(engines.copy("monthly_panel", measuring.events(Path(sys.argv[1]), measuring.Chosen()), Path(sys.argv[2])))
"""
SCAN = f"""{CLOCK}
from detente.assess import scan
from detente.pipeline import measuring
{BEGIN}
panel = measuring.panel(Path(sys.argv[1]), measuring.Chosen())
found = scan.scan(panel)
told(len(panel.values), len(panel.months), len(found))
"""


@dataclass(frozen=True, slots=True)
class Spent:
    """What a program in a process of its own took, and the numbers it told. The peak is the kernel's VmHWM."""

    seconds: float
    cpu_seconds: float
    megabytes: float
    numbers: tuple[int, ...]


def run(program: str, *given: Path) -> Spent:
    """Run a program in a process of its own."""
    done = subprocess.run([sys.executable, "-c", program, *map(str, given)], check=True, capture_output=True, text=True)
    seconds, cpu, megabytes, *numbers = done.stdout.splitlines()[-1].split()
    return Spent(float(seconds), float(cpu), float(megabytes), tuple(map(int, numbers)))


def yardsticks(path: Path, folder: Path) -> dict[str, tuple[float, float]]:
    """Seconds, and those of processors, of DuckDB's reader on the same file: the columns that the import uses to Parquet, and all columns."""
    known = layouts.layout("gdelt2")
    columns = "{" + ", ".join(f"'{name}': 'VARCHAR'" for name in known.columns) + "}"
    source = f"read_csv('{path}', delim='\t', header=false, quote='', escape='', auto_detect=false, columns={columns})"
    spent = {}
    for name, chosen in (("used columns", ", ".join(known.needed)), ("all columns", "*")):
        began, worked = time.perf_counter(), time.process_time()
        with duckdb.connect() as con:
            con.execute(f"COPY (SELECT {chosen} FROM {source}) TO '{folder / 'yardstick.parquet'}'").fetchall()
        spent[name] = (time.perf_counter() - began, time.process_time() - worked)
    return spent


def speed(path: Path, rows: int, folder: Path) -> None:
    """Three turns of each, the best of each printed; seconds of processors tell more where others use the machine too."""
    best: dict[str, tuple[float, float]] = {}
    for turn in range(3):
        spent = run(LOAD, path, folder / f"events{rows}-{turn}")
        if spent.numbers != (rows, 0, 0, 0):
            raise RuntimeError(f"{spent.numbers} of {rows} rows were kept, there already, refused, failed")
        for name, (seconds, cpu) in {"detente import": (spent.seconds, spent.cpu_seconds), **yardsticks(path, folder)}.items():
            known = best.get(name, (seconds, cpu))
            best[name] = (min(seconds, known[0]), min(cpu, known[1]))
    print(f"GDELT text to event table, {rows:,} rows of {path.stat().st_size / rows:.0f} bytes, all kept, peak {spent.megabytes:.0f} MB:")
    ours = best["detente import"]
    for name, (seconds, cpu) in best.items():
        print(
            f"  {name:15s} {rows / seconds:10,.0f} rows a second; detente at {seconds / ours[0]:.2f} of it, {cpu / ours[1]:.2f} by processors' time"
        )
    print("  to reach: .60 of DuckDB's reader of the used columns; aim: .80", flush=True)


@dataclass(slots=True)
class Truth:
    """What was made up: rows by fate, and events of pairs by month."""

    fates: Counter[str]
    months: Counter[str]

    def add(self, made: dict[synthetic.Key, int]) -> None:
        for (fate, _, source, target, month), number in made.items():
            self.fates[fate] += number
            if source and target and source != target:
                self.months[month] += number


def grown(rows: int, folder: Path) -> float:
    """Bring a world in and its panel out, and check both against the truth; what a row costs, in microseconds."""
    world, truth, spent = synthetic.World(1, rows, tuple(ontology.states()), shares=SHARES), Truth(Counter(), Counter()), []
    text, data, batches = folder / "part.csv", folder / f"data{rows}", -(-rows // synthetic.BATCH)
    for first in range(0, batches, PART // synthetic.BATCH):
        truth.add(synthetic.write(text, world, batches=range(first, min(batches, first + PART // synthetic.BATCH))))
        spent.append(run(LOAD, text, data / "events"))
        print(
            f"    part {len(spent)}: {spent[-1].seconds:.1f} s, {spent[-1].cpu_seconds:.1f} s of processors, {spent[-1].megabytes:.0f} MB", flush=True
        )
    text.unlink()
    panel = run(MEASURE, data, folder / "panel.parquet")
    checked(truth, [sum(each) for each in zip(*(one.numbers for one in spent), strict=True)], folder / "panel.parquet")
    seconds, cpu, peak = (sum(one.seconds for one in spent), sum(one.cpu_seconds for one in spent), max(one.megabytes for one in spent))
    print(f"{rows:,} rows in {len(spent)} parts, all fates and months as made up: {dict(truth.fates)}")
    print(f"  in:  {seconds:7.1f} s ({cpu:.1f} s of processors), {rows / seconds:,.0f} rows a second, peak {peak:.0f} MB")
    print(f"  out: {panel.seconds:7.1f} s ({panel.cpu_seconds:.1f} s of processors), {panel.numbers[0]:,} rows, peak {panel.megabytes:.0f} MB")
    print("  to reach: 4,000 MB; aim: 2,000 MB", flush=True)
    return 1e6 * (cpu + panel.cpu_seconds) / rows


def checked(truth: Truth, fates: list[int], panel: Path) -> None:
    """Raises RuntimeError where the fates of rows, or the events of pairs in a month, are not those that were made up."""
    made = [truth.fates[name] for name in ("kept", "already", "refused", "failed")]
    with duckdb.connect() as con:
        told = con.execute(f"SELECT strftime(month, '%Y-%m'), CAST(sum(acts) AS BIGINT) FROM '{panel}' GROUP BY ALL").fetchall()
    if fates != made or dict(told) != dict(truth.months):
        raise RuntimeError(f"{fates} rows kept, there already, refused, failed, but {made} were made; or a month's events differ")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="*", default=[1_000_000, 5_000_000], help="sizes of the files whose rate is measured")
    parser.add_argument("--panel", type=int, nargs="*", default=[30_000_000], help="sizes of the panels of panels.py")
    parser.add_argument("--sizes", type=int, nargs="*", default=[5_000_000, 50_000_000], help="sizes of the worlds that are brought in whole")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for rows in given.rows:
            path = folder / f"gdelt{rows}.csv"
            synthetic.write(path, synthetic.World(1, rows, tuple(ontology.states())))
            speed(path, rows, folder)
            path.unlink()
        if given.panel:
            subprocess.run([sys.executable, str(Path(__file__).with_name("panels.py")), "--rows", *map(str, given.panel)], check=True)
        costs = {rows: grown(rows, folder) for rows in given.sizes}
        print("a row in and out, of processors: " + ", ".join(f"{cost:.2f} us at {rows:,}" for rows, cost in costs.items()))
        if len(costs) > 1:
            small, large = costs[min(costs)], costs[max(costs)]
            print(f"  {100 * (large / small - 1):+.0f} % from the smallest to the largest; to reach: within 15 %", flush=True)
        if costs:
            found = run(SCAN, folder / f"data{max(costs)}")
            pairs, months, alarms = found.numbers
            print(f"scan of {pairs:,} pairs of {months} months: {found.seconds:.0f} s, {alarms} alarms, peak {found.megabytes:.0f} MB")


if __name__ == "__main__":
    main()
