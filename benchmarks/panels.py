"""The monthly panel of all pairs: `python benchmarks/panels.py [--rows N ...]`, part of `make bench-world`.

The same rows and the same question for each, in a process of its own, to a Parquet file: our measure, DuckDB with the shortest SQL that answers it,
Polars streaming, pandas. Prints seconds and peak memory, and what a row costs as the table grows. Rows are made up, seeded, and lie in one file
as the event table would hold them: 190 states, 120 months, nine rows in ten with both states.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb

HEAD = "import resource, sys, time\nsource, target = sys.argv[1:3]\n"
FOOT = "\nprint(time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
SHORTEST = """
SELECT least(source, target) AS a, greatest(source, target) AS b, date_trunc('month', day) AS month, count(*) AS acts,
    sum(CASE WHEN score > 0 THEN score ELSE 0 END) AS cooperation, sum(CASE WHEN score < 0 THEN -score ELSE 0 END) AS conflict
FROM read_parquet('{source}') WHERE source <> target GROUP BY ALL ORDER BY ALL
"""
PROGRAMS = {
    "detente": """
from pathlib import Path
from detente.measure import engines
began = time.perf_counter()
engines.copy("monthly_panel", engines.Events((source,), ("made",)), Path(target))
""",
    "DuckDB": f'''
import duckdb
began = time.perf_counter()
duckdb.connect().execute("COPY (" + """{SHORTEST}""".format(source=source) + f") TO '{{target}}' (FORMAT parquet)").fetchall()
''',
    "Polars": """
import polars as pl
began = time.perf_counter()
rows = pl.scan_parquet(source).filter(pl.col("source") != pl.col("target")).with_columns(
    a=pl.min_horizontal("source", "target"), b=pl.max_horizontal("source", "target"), month=pl.col("day").dt.truncate("1mo"))
rows.group_by("a", "b", "month").agg(acts=pl.len(), cooperation=pl.col("score").clip(lower_bound=0).sum(),
    conflict=(-pl.col("score")).clip(lower_bound=0).sum()).sort("a", "b", "month").sink_parquet(target)
""",
    "pandas": """
import numpy as np, pandas as pd
began = time.perf_counter()
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
        state = "chr(65 + CAST(floor(190 * random() * random()) AS INTEGER) // 26) || chr(65 + CAST(floor(190 * random()) AS INTEGER) % 26) || 'X'"
        con.execute(
            f"""COPY (SELECT 'made' AS dataset, i AS line, CAST(i AS VARCHAR) AS identifier,
                DATE '2015-01-01' + CAST(i * 3652 // {rows} AS INTEGER) AS day,
                CASE WHEN random() < .05 THEN NULL ELSE {state} END AS source, CASE WHEN random() < .05 THEN NULL ELSE {state} END AS target,
                'CONSULT' AS class, 'contact' AS dimension, CAST(1 AS TINYINT) AS quad,
                CAST(round(random() * 20 - 10, 1) AS DECIMAL(4, 1)) AS score, CAST(1 AS INTEGER) AS mentions, CAST(NULL AS VARCHAR) AS place
            FROM range({rows}) AS numbers(i)) TO '{path}' (FORMAT parquet)"""
        ).fetchall()


def timed(program: str, source: Path, target: Path) -> tuple[float, float]:
    """Seconds and peak megabytes of a program in a process of its own."""
    done = subprocess.run([sys.executable, "-c", HEAD + program + FOOT, str(source), str(target)], check=True, capture_output=True, text=True)
    seconds, megabytes = done.stdout.split()[-2:]
    return float(seconds), float(megabytes)


def compared(rows: int, folder: Path) -> float:
    """Print each program's seconds and memory on the same rows; ours a row, in microseconds."""
    source = folder / f"{rows}.parquet"
    made(source, rows)
    best = {name: min(timed(program, source, folder / "panel.parquet") for _ in range(2)) for name, program in PROGRAMS.items()}
    with duckdb.connect() as con:
        groups = con.execute(f"SELECT count(*) FROM ({SHORTEST.format(source=source)})").fetchall()[0][0]
    print(f"monthly panel of {rows:,} rows, {groups:,} groups, to Parquet (better of two):")
    for name, (seconds, megabytes) in best.items():
        print(f"  {name:10s} {seconds:7.2f} s, {seconds / best['DuckDB'][0]:5.2f} times DuckDB, {megabytes:7.0f} MB")
    source.unlink()
    return 1e6 * best["detente"][0] / rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="*", default=[1_000_000, 5_000_000])
    with tempfile.TemporaryDirectory() as place:
        costs = {rows: compared(rows, Path(place)) for rows in parser.parse_args().rows}
    print("cost of a row: " + ", ".join(f"{cost:.3f} us at {rows:,}" for rows, cost in costs.items()))


if __name__ == "__main__":
    main()
