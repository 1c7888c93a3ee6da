"""`detente records`: the ledger as a sheet that a person corrects in any spreadsheet, and back into the ledger with who, when and why."""

from __future__ import annotations

import getpass
import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from detente import dates
from detente.cli import console
from detente.cli.arguments import By

if TYPE_CHECKING:
    from detente.read.corrections import Changes
    from detente.read.tables import Fault
    from detente.records.notation import Recorded

app = typer.Typer(help="Records as a sheet, CSV or XLSX: export, correct, import; who, when and why are kept.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Print data instead of sentences.")]


@app.command()
def export(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="Where to write it; .csv or .xlsx.", show_default=False)],
    states: Annotated[list[str] | None, typer.Argument(help="States that the records must all name.", show_default=False)] = None,
    kinds: Annotated[list[str] | None, typer.Option("--kind", help="Only records of this kind; may be given again.", show_default=False)] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", help="Only what was known by this day.", show_default=False)] = None,
    since: Annotated[str | None, typer.Option("--since", help="Only what lasted until this day or later.", show_default=False)] = None,
    until: Annotated[str | None, typer.Option("--until", help="Only what began by the end of this day, month or year.", show_default=False)] = None,
    withdrawn: Annotated[bool, typer.Option("--withdrawn", help="Also what a person withdrew.")] = False,
    as_json: AsJson = False,
) -> None:
    """Write records as a sheet, one a row: what stands of tables and persons, and what the coder proposes."""
    from detente import pipeline

    found = pipeline.records(console.settings(ctx).data, names=tuple(states or ()), kinds=tuple(kinds or ()), withdrawn=withdrawn)
    known_by = console.day(as_of)
    span = (None if since is None else dates.parse(since).start, None if until is None else dates.parse(until).last)
    chosen = [each for each in found if each.claim.known is not None and each.claim.known <= known_by and _lasts(each, *span)]
    pipeline.write_sheet(chosen, file)
    counts = Counter(each.cells["decision"] for each in chosen)
    if as_json:
        typer.echo(json.dumps({"file": str(file), "records": len(chosen), "decisions": counts}, ensure_ascii=False))
        return
    told = ", ".join(f"{number} {name}" for name, number in counts.most_common())
    console.out.print(Text(f"{file}: {len(chosen)} records" + (f" ({told})" if told else "")))


def _lasts(found: Recorded, since: object, until: object) -> bool:
    valid = found.claim.valid
    first, last = (None, None) if valid is None else (valid.first, valid.last)
    late = until is not None and first is not None and str(first) > str(until)
    return not late and not (since is not None and last is not None and str(last) < str(since))


@app.command("import")
def importing(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="The sheet, .csv or .xlsx.", show_default=False)],
    by: By = None,
    reason: Annotated[str, typer.Option("--reason", help="Why, for every row that gives no reason of its own.")] = "",
    check: Annotated[bool, typer.Option("--check", help="Say what would change, and change nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Put what changed in a sheet into the ledger, all of it or nothing.

    A row without an id is a new record. A changed cell is a correction. `withdraw`, `accept` or `dispute` in the column `decision` is a decision.
    A row that is missing changes nothing. Nothing is ever erased: each change is kept with who made it, when and why.
    """
    from detente import pipeline
    from detente.read.corrections import Decided

    chosen = console.settings(ctx)
    decided = Decided(by or getpass.getuser(), console.now(), reason)
    changes, faults = pipeline.correct(file, decided, data=chosen.data, wait_seconds=chosen.wait_seconds, keep=not check)
    if as_json:
        typer.echo(json.dumps(_packed(changes, faults, kept=not check), ensure_ascii=False))
    else:
        _show(changes, faults, kept=not check)
    if faults:
        raise typer.Exit(1)


def _packed(changes: Changes, faults: list[Fault], *, kept: bool) -> dict[str, object]:
    listed = [{"file": f.file, "row": f.row, "column": f.column, "message": f.message} for f in faults]
    return {**changes.counts(), "kept": kept and not faults, "faults": listed}


def _show(changes: Changes, faults: list[Fault], *, kept: bool) -> None:
    for fault in faults:
        console.out.print(Text(str(fault)))
    if faults:
        console.out.print(Text(f"{len(faults)} faults; nothing was changed"))
        return
    told = ", ".join(f"{number} {name}" for name, number in changes.counts().items() if number)
    console.out.print(Text((told or "an empty sheet") + ("" if kept else "; nothing was changed, since this was a check")))
