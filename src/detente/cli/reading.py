"""`detente read`: files, folders, feeds and addresses into the ledger, with the claims that the coder proposes."""

from __future__ import annotations

import json
import sys
from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from detente import dates
from detente.cli import console

if TYPE_CHECKING:
    from detente.pipeline import Reading

COLOURS = {"coded": "green", "refused": "yellow", "failed": "red", "left_out": "dim"}


def read(
    ctx: typer.Context,
    targets: Annotated[list[str], typer.Argument(help="Files, folders, http(s) addresses, or - for standard input.", show_default=False)],
    published: Annotated[
        str | None,
        typer.Option("--published", help="Publication day of all of them, YYYY-MM-DD; otherwise it must stand in each.", show_default=False),
    ] = None,
    source: Annotated[
        str | None, typer.Option("--source", help="Name of the publication; otherwise what the document says.", show_default=False)
    ] = None,
    offline: Annotated[bool, typer.Option("--offline", help="Refuse every address; nothing leaves the machine.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print a line of data for each, and the counts.")] = False,
) -> None:
    """Read sources into the ledger. Each ends coded, refused with a reason, or failed; the three add up to what was read."""
    from detente import pipeline
    from detente.read.outcomes import Limits

    chosen = console.settings(ctx)
    given = None if published is None else dates.parse_day(published)
    stdin = sys.stdin.buffer.read(Limits().bytes + 1) if "-" in targets else None
    wanted = pipeline.Wanted(tuple(targets), given, source, Limits(offline=offline or chosen.offline), stdin)
    fates: Counter[str] = Counter()
    claims, documents = 0, set[str]()
    with Progress(SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), console=console.err, transient=True) as progress:
        task = progress.add_task("reading")
        for reading in pipeline.read(wanted, data=chosen.data, now=console.now(), wait_seconds=chosen.wait_seconds):
            fates[reading.fate] += 1
            claims += reading.claims
            if reading.document is not None:
                documents.add(reading.document)
            _tell(reading, as_json)
            progress.update(task, description=f"read {sum(fates.values())}: {reading.origin[-60:]}")
    made = len(pipeline.grouped(chosen.data, documents=documents)[0]) if claims else 0
    _sum(fates, claims, made, as_json)
    if fates["refused"] or fates["failed"]:
        raise typer.Exit(1)


def _tell(reading: Reading, as_json: bool) -> None:
    if as_json:
        row = {"fate": reading.fate, "origin": reading.origin, "claims": reading.claims, "document": reading.document, "reason": reading.reason}
        typer.echo(json.dumps({**row, "message": reading.message}, ensure_ascii=False))
        return
    told = f"{reading.claims} claims proposed; {reading.message}" if reading.fate == "coded" else f"{reading.reason or ''} {reading.message}".strip()
    console.out.print(f"{reading.fate}: {reading.origin}: {told}", style=COLOURS[reading.fate], markup=False)


def _sum(fates: Counter[str], claims: int, acts: int, as_json: bool) -> None:
    total = fates["coded"] + fates["refused"] + fates["failed"]
    counts = {"read": total, "coded": fates["coded"], "refused": fates["refused"], "failed": fates["failed"], "claims": claims, "acts": acts}
    if as_json:
        typer.echo(json.dumps(counts))
    else:
        sentence = f"read {total} = {counts['coded']} coded + {counts['refused']} refused + {counts['failed']} failed; {claims} claims proposed"
        sentence += f" of {acts} acts" if claims else ""
        console.out.print(sentence, style="bold")
