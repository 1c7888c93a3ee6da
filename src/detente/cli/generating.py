"""Generate on the command line: made-up events of any size with known truth, for tests and benchmarks; never evidence."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Annotated

import typer

from detente.cli import console

app = typer.Typer(help="Made-up data with known truth, for tests and benchmarks.", no_args_is_help=True)


@app.callback()
def options() -> None:
    """Made-up data with known truth, for tests and benchmarks."""


@app.command()
def events(
    rows: Annotated[int, typer.Option("--rows", min=1, help="How many rows.", show_default=False)],
    into: Annotated[Path, typer.Option("-o", "--output", help="File to write; FILE.truth.csv beside it holds the truth.", show_default=False)],
    seed: Annotated[int, typer.Option("--seed", min=0, help="The same seed gives the same bytes.")] = 1,
) -> None:
    """Write made-up GDELT 2.0 events, and beside them how many rows each source, target and month has; every row is good and comes once."""
    from detente import ontology
    from detente.read.datasets import synthetic

    with console.err.status(f"writing {rows:,} rows"):
        truth = synthetic.write(into, synthetic.World(seed, rows, tuple(sorted(ontology.states()))))
    with into.with_name(f"{into.name}.truth.csv").open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(("source", "target", "month", "rows"))
        lines.writerows((*key, number) for key, number in sorted(truth.items()))
    console.out.print(f"{rows:,} rows: {into}", soft_wrap=True)
