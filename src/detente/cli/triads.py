"""`detente triads`: whether cooperation of two states follows pressure by a third on both, with lag, placebo days and benchmark."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer
from rich import box
from rich.table import Table
from rich.text import Text

from detente import ontology
from detente.cli import console
from detente.cli.arguments import AsOf, StateA, StateB


def triads(
    ctx: typer.Context,
    a: StateA,
    b: StateB,
    as_of: AsOf = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print data instead of a table.")] = False,
) -> None:
    """Say whether cooperation of two states follows pressure by a third on both: with lag, placebo days and benchmark, never as cause alone."""
    from detente import pipeline
    from detente.publish import wording

    with console.err.status("looking for common pressure"):
        found = pipeline.triads((a, b), data=console.settings(ctx).data, as_of=console.day(as_of))
    if as_json:
        rows = [{**asdict(triad), "both_since": triad.both_since.isoformat(), "rise": triad.rise, "text": wording.triad(triad)} for triad in found]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("third", "both since", "acts on either", "year before", "year after", "lag, days", "placebo", "benchmark's rise"):
        table.add_column(name, justify="left" if name in ("third", "both since") else "right")
    for t in found:
        cells = (len(t.on_a) + len(t.on_b), f"{t.before:.1f}", f"{t.after:.1f}", t.lag_days, t.placebo, t.benchmark)
        table.add_row(ontology.state_name(t.third), str(t.both_since), *("" if cell is None else str(cell) for cell in cells))
    console.out.print(table if found else Text("no third state or body is known to have pressed both"))
    for t in found:
        console.out.print(Text(f"- {wording.triad(t)}"))
