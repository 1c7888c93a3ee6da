"""What became of acts in another format, shown: fields that it has no room for, acts left out, and what was written otherwise."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from rich import box
from rich.table import Table
from rich.text import Text

from detente.cli import console

if TYPE_CHECKING:
    from detente.publish.formats import Report


def taken(form: str, states: tuple[str, ...], output: Path, *, wanted: tuple[date, bool, bool], data: Path) -> None:
    """Write acts in a format and print the account; `wanted` are the day, whether proposals come too, and whether data is printed."""
    from detente.pipeline import taking

    as_of, proposed, as_json = wanted
    asked = taking.taking(states, as_of=as_of, proposed=proposed)
    with console.err.status(f"writing {output.name}"):
        made = taking.take(form, asked, data=data, output=output)
    if as_json:
        typer.echo(json.dumps({"file": str(output), **asdict(made)}, ensure_ascii=False, indent=1))
        return
    console.out.print(Text(f"wrote {output}: {made.written:,} of {made.acts:,} acts known by {as_of}"), soft_wrap=True)
    if any(_rows(made)):
        console.out.print(table(made))
    else:
        console.out.print("nothing is lost")


def table(made: Report) -> Table:
    """The account as a table: what, of how many acts, and why."""
    shown = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name, side in (("not carried", "left"), ("acts", "right"), ("why", "left")):
        shown.add_column(name, justify=side)  # type: ignore[arg-type]
    for what, number, why in _rows(made):
        shown.add_row(Text(what), f"{number:,}", Text(why))
    return shown


def _rows(made: Report) -> Iterator[tuple[str, int, str]]:
    yield from (("the whole act", each.acts, f"{each.why}; for example {each.examples[0]}") for each in made.left)
    yield from ((each.field, each.acts, each.why) for each in made.lost)
    yield from (("written otherwise", number, what) for what, number in made.notes)
    yield from ((name, number, "stays in the ledger; `detente export --all` has it") for name, number in made.beside)
