"""The measures of a pair on the command line: its acts by month or week, direction and dimension, raw and held against volume."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from detente.cli import console
from detente.cli.arguments import AsOf, StateA, StateB
from detente.cli.stages import PLAIN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.measure.dyads import Cell

CAPTION = "weight: by rank; world: acts of the dimension by anybody; share: empty where the span was not read fairly"


def panel(
    ctx: typer.Context,
    a: StateA,
    b: StateB,
    since: Annotated[str, typer.Option("--since", help="First day, YYYY-MM-DD.", show_default=False)],
    dimension: Annotated[str, typer.Option("--dimension", help="One dimension.")] = "contact",
    as_of: AsOf = None,
    weekly: Annotated[bool, typer.Option("--weekly", help="Weeks, Monday first, instead of months.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print data, empty periods too, instead of a table.")] = False,
) -> None:
    """Count the acts of a pair by month or week in both directions: raw, weighed by rank, and beside what was read of the world."""
    from detente import ontology, pipeline
    from detente.assess import question
    from detente.measure import dyads

    ontology.term("dimensions", dimension)
    day, dyad = console.day(as_of), question.pair(a, b)
    span = dyads.Span(console.day(since), day, "week" if weekly else "month")
    held = pipeline.known(console.settings(ctx).data, as_of=day)
    acts = held.facts(dyad, as_of=day).acts
    cells = dyads.panel(acts, held.coverage, dyad=dyad, dimension=dimension, span=span)
    if as_json:
        typer.echo(json.dumps([entry(cell) for cell in cells], ensure_ascii=False, indent=1))
        return
    console.out.print(shown(cells, f"{dimension} of {dyad[0]} and {dyad[1]} as of {day}: periods with acts"))


def entry(cell: Cell) -> dict[str, object]:
    """A cell as data; days as ISO text."""
    return {**asdict(cell), "start": cell.start.isoformat(), "stop": cell.stop.isoformat(), "publications": dict(cell.publications)}


def shown(cells: Sequence[Cell], title: str) -> Table:
    """The cells in which anything was counted."""
    table = Table("from", "direction", "acts", "weight", "world", "share", "read", "sources", title=title, caption=CAPTION, **PLAIN)
    for cell in cells:
        if cell.acts:
            share = "" if cell.share is None else f"{cell.share:.2f}"
            numbers = (str(cell.acts), f"{cell.weight:.1f}", str(cell.world))
            table.add_row(
                f"{cell.start}", f"{cell.source} to {cell.target}", *numbers, share, cell.coverage or "unknown", str(len(cell.publications))
            )
    return table
