"""World event data: `python benchmarks/world.py [--rows N]`, also `make bench-world`.

Prints rows a second of synthetic GDELT text into the event table beside DuckDB's own CSV reader on the same file, three times in turn, with the
peak memory of the import, then what panels.py prints.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from detente import ontology
from detente.read.datasets import layouts, synthetic

LOAD = """
import sys, time
from pathlib import Path
from detente.pipeline import importing
began = time.perf_counter()
found = importing.import_events(Path(sys.argv[2]), importing.Order("gdelt2", [Path(sys.argv[1])]))
seconds = time.perf_counter() - began
peak = next(int(line.split()[1]) for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print(seconds, found.counts.kept, found.counts.read, peak / 1024)
"""


def imported(path: Path, root: Path) -> tuple[float, int, float]:
    """Seconds, rows kept and peak megabytes of an import in a process of its own. Raises RuntimeError when a row was not kept.

    The peak is the kernel's VmHWM: what `getrusage` tells of a child counts its parent's memory too.
    """
    done = subprocess.run([sys.executable, "-c", LOAD, str(path), str(root)], check=True, capture_output=True, text=True)
    seconds, kept, read, megabytes = done.stdout.split()
    if kept != read:
        raise RuntimeError(f"{kept} of {read} rows were kept")
    return float(seconds), int(kept), float(megabytes)


def yardsticks(path: Path, folder: Path) -> dict[str, float]:
    """Seconds of DuckDB's reader on the same file: the columns that the import uses to Parquet, and all columns to Parquet."""
    known = layouts.layout("gdelt2")
    columns = "{" + ", ".join(f"'{name}': 'VARCHAR'" for name in known.columns) + "}"
    source = f"read_csv('{path}', delim='\t', header=false, quote='', escape='', auto_detect=false, columns={columns})"
    spent = {}
    for name, chosen in (("used columns", ", ".join(known.needed)), ("all columns", "*")):
        began = time.perf_counter()
        with duckdb.connect() as con:
            con.execute(f"COPY (SELECT {chosen} FROM {source}) TO '{folder / 'yardstick.parquet'}'").fetchall()
        spent[name] = time.perf_counter() - began
    return spent


def speed(path: Path, rows: int, folder: Path) -> None:
    """Three turns of each, the best of each printed."""
    best: dict[str, float] = {}
    for turn in range(3):
        seconds, kept, megabytes = imported(path, folder / f"events{turn}")
        for name, value in {"detente import": seconds, **yardsticks(path, folder)}.items():
            best[name] = min(value, best.get(name, value))
        if kept != rows:
            raise RuntimeError(f"{kept} of {rows} rows were kept")
    print(f"GDELT text to event table, {rows:,} rows of {path.stat().st_size / rows:.0f} bytes, all kept, peak {megabytes:.0f} MB:")
    for name, value in best.items():
        print(f"{name:20s} {rows / value:12,.0f} rows a second; detente at {value / best['detente import']:.2f} of it")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=2_000_000)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "gdelt2.csv"
        synthetic.write(path, synthetic.World(1, rows, tuple(ontology.states())))
        speed(path, rows, Path(place))
    subprocess.run([sys.executable, str(Path(__file__).with_name("panels.py"))], check=True)


if __name__ == "__main__":
    main()
