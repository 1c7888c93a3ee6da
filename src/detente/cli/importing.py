"""Import on the command line: published event data into the event table, every row kept, there already, refused or failed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from detente.cli import console
from detente.errors import InputError

if TYPE_CHECKING:
    from detente.keep.events.parts import Progress
    from detente.pipeline.importing import Imported
    from detente.read.datasets.maps import Map

FATES = ("read", "kept", "already", "refused", "failed")


def import_(
    ctx: typer.Context,
    kind: Annotated[str, typer.Argument(help="gdelt, gdelt2, mentions, icews, polecat, acled, ucdp, or table for your own.", show_default=False)],
    files: Annotated[list[Path], typer.Argument(help="Files: plain, gzip, zip, Parquet; of your own also XLSX.", show_default=False)],
    map_: Annotated[Path | None, typer.Option("--map", help="YAML that says which column of your table holds what.", show_default=False)] = None,
    version: Annotated[str | None, typer.Option("--version", help="Version of the dataset, kept with each row.", show_default=False)] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the five numbers as data.")] = False,
) -> None:
    """Import event data: each row is kept, there already, refused with a reason, or failed; doing it again changes nothing."""
    from detente.pipeline import importing, measuring
    from detente.read.datasets import layouts

    table = layouts.kind(kind).name == "table"
    if table and map_ is None:
        propose(files[0])
        raise typer.Exit(1)
    if map_ is not None and not table:
        raise InputError("--map with `table` only", came=f"it came with {kind}", do="leave it out; this dataset's columns are known")
    order = importing.Order(kind, files, mapped(map_), version)
    with console.err.status(f"importing {kind}") as status:
        found = importing.import_events(measuring.folder(console.settings(ctx).data), order, told=lambda seen: status.update(line(seen)))
    show(found, as_json=as_json)
    if found.unread:
        raise typer.Exit(1)


def mapped(path: Path | None) -> Map | None:
    """The map, when one was named."""
    from detente.read.datasets import maps

    return None if path is None else maps.read(path)


def propose(path: Path) -> None:
    """Print a map guessed from a table, for the user to confirm."""
    from detente import ontology
    from detente.keep.events import codes
    from detente.read.datasets import maps

    known = {system: frozenset(states) for system, states in codes.states().items()}
    found = maps.guess(path, known_states=known, classes=frozenset(ontology.family("classes")))
    console.err.print("nothing was imported; this is a guess. Look through it, save it as map.yaml, then repeat with --map map.yaml:")
    typer.echo(maps.text(found), nl=False)


def line(seen: Progress) -> str:
    """How far an import is."""
    return f"{seen.name}: {seen.counts.read:,} rows, {seen.counts.kept:,} kept"


def show(found: Imported, *, as_json: bool) -> None:
    """Print the fates; reasons and files that could not be read go to the error stream."""
    numbers = {name: getattr(found.counts, name) for name in FATES}
    if as_json:
        typer.echo(json.dumps(numbers))
    else:
        console.out.print(", ".join(f"{number:,} {name}" for name, number in numbers.items()))
    for why, number in sorted(found.reasons.items(), key=lambda item: -item[1]):
        console.err.print(f"{number:,} rows: {why}", markup=False)
    for error in found.unread:
        console.complain(error)
