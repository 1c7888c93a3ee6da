"""`detente verify` and `detente status`: is the ledger sound, and what does it hold."""

from __future__ import annotations

import json
from typing import Annotated

import typer
from rich.table import Table

from detente.cli import console


def verify(ctx: typer.Context) -> None:
    """Re-derive every identity and re-read every quote against its document; silent faults do not exist."""
    from detente import pipeline
    from detente.keep.ledger import Reader

    folder = console.settings(ctx).data
    with console.err.status("verifying"):
        faults = list(pipeline.verify(folder))
    for fault in faults:
        console.out.print(fault, markup=False)
    if faults:
        raise typer.Exit(1)
    with Reader.open(folder) as ledger:
        counts = ledger.counts()
    console.out.print(f"sound: {counts['documents']} documents, {counts['claims']} claims, {counts['reviews']} reviews, {counts['merges']} merges")


def status(ctx: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="Print data instead of a table.")] = False) -> None:
    """Say what the ledger holds."""
    from detente.keep.ledger import Reader

    with Reader.open(console.settings(ctx).data) as ledger:
        counts = ledger.counts()
    if as_json:
        console.out.print_json(json.dumps(counts))
        return
    table = Table("table", "rows")
    for name, number in counts.items():
        table.add_row(name, f"{number:,}")
    console.out.print(table)
