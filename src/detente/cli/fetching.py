"""Fetch on the command line: the files of a public dataset for some days into a folder, ready for `detente import`."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from detente.cli import console

if TYPE_CHECKING:
    from detente.pipeline.fetching import Fetched


def fetch(
    ctx: typer.Context,
    kind: Annotated[str, typer.Argument(help="gdelt2 (since February 2015) or gdelt (1.0, since 1979).", show_default=False)],
    first: Annotated[str, typer.Option("--from", help="First day, YYYY-MM-DD.", show_default=False)],
    last: Annotated[str, typer.Option("--to", help="Last day, itself included, YYYY-MM-DD.", show_default=False)],
    into: Annotated[Path | None, typer.Option("--into", help="Folder for the files; without it one beside the ledger.", show_default=False)] = None,
    address: Annotated[str | None, typer.Option("--address", help="Folder of a mirror with the same lists.", show_default=False)] = None,
    at_once: Annotated[int, typer.Option("--at-once", min=1, max=8, help="Files asked for at the same time.")] = 2,
    as_json: Annotated[bool, typer.Option("--json", help="Print what became of each file as data.")] = False,
) -> None:
    """Fetch the event files of some days: checked against the list's size and MD5; again fetches only what is missing."""
    from detente.pipeline import fetching
    from detente.read.datasets import downloads, mirrors
    from detente.read.outcomes import Limits

    where = mirrors.mirror(kind)
    folder = into if into is not None else console.settings(ctx).data / "downloads" / kind
    order = fetching.Order(kind, console.day(first), console.day(last) + timedelta(days=1), folder, address or where.address, at_once)
    named = None if address is None else downloads.origin(address)
    asking = downloads.Asking(limits=Limits(fetch_seconds=900.0), pace=downloads.Pace(), named=named)
    with console.err.status(f"fetching the list of {kind}") as status:
        found = fetching.fetch(order, asking=asking, told=lambda done, of: status.update(f"{done:,} of {of:,} files"))
    show(found, folder, as_json=as_json)
    if found.missed:
        raise typer.Exit(1)


def show(found: Fetched, folder: Path, *, as_json: bool) -> None:
    """Print what came; what did not come goes with its reason to the error stream."""
    if as_json:
        missed = [{"name": each.name, "why": each.why} for each in found.missed]
        typer.echo(json.dumps({"folder": str(folder), "came": found.came, "there": found.there, "missed": missed}, ensure_ascii=False))
    else:
        console.out.print(f"{len(found.came):,} came, {len(found.there):,} stood there, {len(found.missed):,} did not come: {folder}", soft_wrap=True)
    for each in found.missed:
        console.err.print(f"{each.name}: {each.why}", markup=False, soft_wrap=True)
    if found.missed:
        console.err.print("run the same command again: it fetches only what is missing")
