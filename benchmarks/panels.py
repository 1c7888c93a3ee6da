"""The monthly panel of all pairs: `python benchmarks/panels.py [--rows N ...] [--turns N] [--only NAME ...]`, part of `make bench-world`.

The same rows and the same question for each, in a process of its own, to a Parquet file: our measure, DuckDB with the shortest SQL that answers it,
Polars streaming and pandas where they are installed. They take turns, so that a busy machine is busy for all of them; the best of each is printed:
seconds, those of processors, and peak memory, and what a row costs as the table grows. Rows are made up, seeded, and lie in one file as the event
table would hold them: 190 states, 361 months, nine rows in ten with both states; 30 million rows make 6.4 million groups.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

import duckdb

HEAD = "import resource, sys, time\nsource, target = sys.argv[1:3]\n"
FOOT = "\nprint(time.perf_counter() - began, time.process_time() - worked, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
SHORTEST = """
SELECT least(source, target) AS a, greatest(source, target) AS b, date_trunc('month', day) AS month, count(*) AS acts,
    sum(CASE WHEN score > 0 THEN score ELSE 0 END) AS cooperation, sum(CASE WHEN score < 0 THEN -score ELSE 0 END) AS conflict
FROM read_parquet('{source}') WHERE source <> target GROUP BY ALL ORDER BY ALL
"""
PROGRAMS = {
    "detente": """
from pathlib import Path
from detente.measure import engines
began, worked = time.perf_counter(), time.process_time()
engines.copy("monthly_panel", engines.Events((source,), ("made",)), Path(target))
""",
    "DuckDB": f'''
import duckdb
began, worked = time.perf_counter(), time.process_time()
duckdb.connect().execute("COPY (" + """{SHORTEST}""".format(source=source) + f") TO '{{target}}' (FORMAT parquet)").fetchall()
''',
    "Polars": """
import polars as pl
began, worked = time.perf_counter(), time.process_time()
rows = pl.scan_parquet(source).filter(pl.col("source") != pl.col("target")).with_columns(
    a=pl.min_horizontal("source", "target"), b=pl.max_horizontal("source", "target"), month=pl.col("day").dt.truncate("1mo"))
rows.group_by("a", "b", "month").agg(acts=pl.len(), cooperation=pl.col("score").clip(lower_bound=0).sum(),
    conflict=(-pl.col("score")).clip(lower_bound=0).sum()).sort("a", "b", "month").sink_parquet(target)
""",
    "pandas": """
import numpy as np, pandas as pd
began, worked = time.perf_counter(), time.process_time()
rows = pd.read_parquet(source, columns=["day", "source", "target", "score"]).dropna()
rows = rows[rows["source"] != rows["target"]]
low = rows["source"] < rows["target"]
rows = rows.assign(a=rows["source"].where(low, rows["target"]), b=rows["target"].where(low, rows["source"]),
    month=pd.to_datetime(rows["day"]).dt.to_period("M").dt.to_timestamp(), score=rows["score"].astype(float))
rows = rows.assign(cooperation=rows["score"].clip(lower=0), conflict=(-rows["score"]).clip(lower=0))
rows.groupby(["a", "b", "month"], observed=True).agg(acts=("score", "size"), cooperation=("cooperation", "sum"),
    conflict=("conflict", "sum")).reset_index().to_parquet(target)
""",
}


def made(path: Path, rows: int) -> None:
    """A part of the event table with `rows` made-up rows."""
    with duckdb.connect() as con:
        con.execute("SET preserve_insertion_order = false")
        con.execute("SELECT setseed(.5)").fetchall()
        side = "CASE WHEN {0} >= 10 THEN chr(CAST(65 + {0} // 26 AS INTEGER)) || chr(CAST(65 + {0} % 26 AS INTEGER)) || 'X' END AS {0}"
        con.execute(
            f"""COPY (SELECT 'made' AS dataset, i AS line, CAST(i AS VARCHAR) AS identifier,
                DATE '1990-01-01' + CAST(i * 10958 // {rows} AS INTEGER) AS day, {side.format("source")}, {side.format("target")},
                'CONSULT' AS class, 'contact' AS dimension, CAST(1 AS TINYINT) AS quad,
                CAST(round(random() * 20 - 10, 1) AS DECIMAL(4, 1)) AS score, CAST(1 AS INTEGER) AS mentions, CAST(NULL AS VARCHAR) AS place
            FROM (SELECT i, CAST(floor(200 * random()) AS INTEGER) AS source, CAST(floor(200 * random()) AS INTEGER) AS target
                FROM range({rows}) AS numbers(i))) TO '{path}' (FORMAT parquet)"""
        ).fetchall()


def timed(program: str, source: Path, target: Path) -> tuple[float, float, float]:
    """Seconds, seconds of processors and peak megabytes of a program in a process of its own."""
    done = subprocess.run([sys.executable, "-c", HEAD + program + FOOT, str(source), str(target)], check=True, capture_output=True, text=True)
    seconds, cpu, megabytes = done.stdout.split()[-3:]
    return float(seconds), float(cpu), float(megabytes)


def raced(programs: dict[str, str], source: Path, target: Path, *, turns: int) -> dict[str, tuple[float, ...]]:
    """The least of each program's seconds, seconds of processors and peak megabytes; the programs take turns."""
    found = [[timed(program, source, target) for program in programs.values()] for _ in range(turns)]
    return {name: tuple(map(min, *each)) if turns > 1 else each[0] for name, *each in zip(programs, *found, strict=True)}


def compared(rows: int, folder: Path, *, turns: int, only: list[str]) -> float:
    """Print each program's seconds and memory on the same rows; ours a row, in microseconds."""
    source = folder / f"{rows}.parquet"
    made(source, rows)
    programs = {name: program for name, program in PROGRAMS.items() if name in ("detente", "DuckDB") or (name in only and find_spec(name.lower()))}
    best = raced(programs, source, folder / "panel.parquet", turns=turns)
    with duckdb.connect() as con:
        groups = con.execute(f"SELECT count(*) FROM ({SHORTEST.format(source=source)})").fetchall()[0][0]
    print(f"monthly panel of {rows:,} rows, {groups:,} groups, to Parquet (best of {turns} turns):")
    raw = best["DuckDB"]
    for name, (seconds, cpu, megabytes) in best.items():
        print(
            f"  {name:10s} {seconds:7.2f} s, {seconds / raw[0]:5.2f} times DuckDB; {cpu:7.2f} s of processors, {cpu / raw[1]:5.2f} times;"
            f" {megabytes:7.0f} MB"
        )
    print("  to reach: 1.25 times DuckDB, 4 times faster than pandas, .7 of its memory; aim: as fast as DuckDB", flush=True)
    source.unlink()
    return 1e6 * best["detente"][0] / rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="*", default=[1_000_000, 5_000_000])
    parser.add_argument("--turns", type=int, default=3, help="how often each program runs; the best of each figure counts")
    parser.add_argument("--only", nargs="*", default=list(PROGRAMS), help="which to run beside detente and DuckDB: Polars, pandas")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        costs = {rows: compared(rows, Path(place), turns=given.turns, only=given.only) for rows in given.rows}
    print("cost of a row: " + ", ".join(f"{cost:.3f} us at {rows:,}" for rows, cost in costs.items()))


if __name__ == "__main__":
    main()
