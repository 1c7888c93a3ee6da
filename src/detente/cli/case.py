"""`detente case`: check and load folders of reviewed tables, and list those in the ledger."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from detente.cli import console

app = typer.Typer(help="Cases: folders of reviewed tables that any analyst can write.", no_args_is_help=True)

Folder = Annotated[Path, typer.Argument(help="The folder that holds case.toml, or the name of a case that is shipped.", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="Print data instead of a table.")]


@app.command()
def check(folder: Folder, as_json: AsJson = False) -> None:
    """Say what is wrong with a case, row and column; nothing is loaded."""
    from detente.read import cases

    case = cases.read(cases.locate(folder))
    kinds = Counter(fact.claim.kind for fact in case.facts)
    if as_json:
        faults = [{"file": f.file, "row": f.row, "column": f.column, "message": f.message} for f in case.faults]
        console.out.print_json(json.dumps({"name": case.name, "facts": len(case.facts), "faults": faults}))
    else:
        for fault in case.faults:
            console.out.print(str(fault), markup=False)
        shown = ", ".join(f"{number} {kind}" for kind, number in kinds.most_common())
        console.out.print(f"{case.name}: {len(case.facts)} facts ({shown}); {len(case.faults)} faults", markup=False)
    if case.faults:
        raise typer.Exit(1)


@app.command()
def load(ctx: typer.Context, folder: Folder) -> None:
    """Load a case into the ledger. Loading it again changes nothing; loading an edited one puts its rows in force."""
    from detente import pipeline
    from detente.read import cases

    chosen = console.settings(ctx)
    with console.err.status("loading the case"):
        done = pipeline.load_case(cases.locate(folder), data=chosen.data, now=console.now(), wait_seconds=chosen.wait_seconds)
    state = "in force" if done.changed else "unchanged"
    console.out.print(f"{done.case.name}: {done.rows} rows read, {done.new} new claims, {state}", markup=False)


@app.command("list")
def listing(ctx: typer.Context, as_json: AsJson = False) -> None:
    """List the cases in the ledger."""
    from detente.keep.ledger import Reader
    from detente.read import cases

    with Reader.open(console.settings(ctx).data) as ledger:
        loads = ledger.cases()
    if as_json:
        rows = [{"name": name, "rows": len(load.rows), "digest": load.digest} for name, load in loads.items()]
        console.out.print_json(json.dumps(rows))
        return
    table = Table("case", "dyad", "benchmarks", "rows")
    for name, load in loads.items():
        about = cases.about(load.about)
        table.add_row(name, "-".join(about.dyad), " ".join("-".join(pair) for pair in about.benchmarks), str(len(load.rows)))
    console.out.print(table)
