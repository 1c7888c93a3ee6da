"""Generate on the command line: made-up events and documents of any size with known truth, for tests and benchmarks; never evidence."""

from __future__ import annotations

import csv
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from detente.cli import console

if TYPE_CHECKING:
    from detente.read.datasets.synthetic import Key

app = typer.Typer(help="Made-up data with known truth, for tests and benchmarks.", no_args_is_help=True)
Seed = Annotated[int, typer.Option("--seed", min=0, help="The same seed gives the same bytes.")]


class Kind(StrEnum):
    """The datasets whose form made-up events can take."""

    GDELT2 = "gdelt2"
    ICEWS = "icews"
    POLECAT = "polecat"
    ACLED = "acled"
    UCDP = "ucdp"


@app.callback()
def options() -> None:
    """Made-up data with known truth, for tests and benchmarks."""


@app.command()
def events(
    rows: Annotated[int, typer.Option("--rows", min=1, help="How many rows.", show_default=False)],
    into: Annotated[Path, typer.Option("-o", "--output", help="File to write; FILE.truth.csv beside it holds the truth.", show_default=False)],
    kind: Annotated[Kind, typer.Option("--kind", help="The dataset whose form they take.")] = Kind.GDELT2,
    seed: Seed = 1,
    repeated: Annotated[float, typer.Option("--repeated", min=0, max=1, help="Share of rows that repeat an earlier one.")] = 0.0,
    refused: Annotated[float, typer.Option("--refused", min=0, max=1, help="Share without identifier, day or code.")] = 0.0,
    failed: Annotated[float, typer.Option("--failed", min=0, max=1, help="Share of lines that cannot be read.")] = 0.0,
) -> None:
    """Write made-up events as a dataset writes them, and beside them the truth: what an import makes of the rows.

    Rows of the truth are fate (kept, already, refused, failed), fault, source, target, month and how many; only kept rows tell the last three.
    """
    from detente.read.datasets import rendering, synthetic

    shares = synthetic.Shares(repeated, refused, failed)
    with console.err.status(f"writing {rows:,} rows"):
        truth = synthetic.write(into, synthetic.World(seed, rows, rendering.states(kind), kind=kind.value, shares=shares))
    _told(into.with_name(f"{into.name}.truth.csv"), truth)
    console.out.print(f"{rows:,} rows: {into}", soft_wrap=True)


def _told(path: Path, truth: dict[Key, int]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(("fate", "fault", "source", "target", "month", "rows"))
        lines.writerows((*key, number) for key, number in sorted(truth.items()))


@app.command()
def documents(
    count: Annotated[int, typer.Option("--count", min=1, help="How many documents.", show_default=False)],
    into: Annotated[Path, typer.Option("-o", "--output", help="FILE.jsonl to write; FILE.truth.jsonl beside it is the truth.", show_default=False)],
    seed: Seed = 1,
) -> None:
    """Write made-up documents for `detente code`, and beside them the events that their sentences tell, in the form that it writes."""
    from detente.read.datasets import inventions

    with console.err.status(f"writing {count:,} documents"):
        told = inventions.write(into, into.with_name(f"{into.stem}.truth.jsonl"), seed=seed, count=count)
    console.out.print(f"{count:,} documents of {told:,} events: {into}", soft_wrap=True)
