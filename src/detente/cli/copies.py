"""`detente backup`, `restore`, `export`, `rebuild`: the ledger kept safe, moved to another machine, and opened to other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from detente.cli import accounts, console
from detente.cli.arguments import AsOf

if TYPE_CHECKING:
    from detente.keep.copies import Copy

Data = Annotated[Path | None, typer.Option("--data", help="Folder to put the ledger in; the one given before the command when left out.")]
Force = Annotated[bool, typer.Option("--force", help="Also over a ledger that is there; the replaced one is kept beside it.")]


def add(app: typer.Typer) -> None:
    """Add the commands of this family."""
    for command in (backup, restore, export, rebuild):
        app.command(command.__name__)(command)


def backup(ctx: typer.Context, file: Annotated[Path, typer.Argument(help="File to write; it must not be there yet.", show_default=False)]) -> None:
    """Copy the ledger to one file, while others write if they must, and verify the copy."""
    from detente import pipeline

    with console.err.status("copying and verifying"):
        done = pipeline.backup(file, data=console.settings(ctx).data)
    _tell(f"wrote {file}", done)


def restore(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="What `detente backup` wrote.", show_default=False)],
    data: Data = None,
    force: Force = False,
) -> None:
    """Verify a backup and put it in place, whole or not at all. A backup of an older version is brought to this one."""
    from detente import pipeline

    folder = data or console.settings(ctx).data
    with console.err.status("verifying and restoring"):
        done = pipeline.restore(file, data=folder, force=force, now=console.now())
    _tell(f"restored {folder}", done)


def export(
    ctx: typer.Context,
    form: Annotated[
        str | None,
        typer.Argument(metavar="[FORMAT]", help="csv, xlsx, parquet, jsonl, geojson, graphml, ftm or plover.", show_default=False),
    ] = None,
    states: Annotated[list[str] | None, typer.Argument(help="States that the acts must all name; none: every act.", show_default=False)] = None,
    into: Annotated[
        Path | None,
        typer.Option("--all", metavar="DIR", help="Instead: a new folder for all tables as JSON Lines, with a manifest.", show_default=False),
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write.", show_default=False)] = None,
    as_of: AsOf = None,
    proposed: Annotated[bool, typer.Option("--proposed", help="Also what the coder proposes and nobody has decided on.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the account as data.")] = False,
) -> None:
    """Write acts in a format of other programs, with an account of what it cannot carry; or with --all the whole ledger.

    From what `--all` wrote, `detente rebuild` makes the same ledger with the same identities. No other format can carry all of it.
    """
    from detente.errors import InputError

    if into is not None and form is None and output is None:
        _whole(into, console.settings(ctx).data)
    elif into is None and form is not None and output is not None:
        accounts.taken(form, tuple(states or ()), output, wanted=(console.day(as_of), proposed, as_json), data=console.settings(ctx).data)
    else:
        came = "neither came whole" if into is None else "both came"
        raise InputError("a format with -o FILE, or --all DIR", came=came, do="write for example `detente export csv RUS PRK -o acts.csv`")


def _whole(into: Path, data: Path) -> None:
    from detente import pipeline

    with console.err.status("writing open files"):
        done = pipeline.export(into, data=data)
    _tell(f"wrote {into}", done)


def rebuild(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(help="Folder that `detente export --all` wrote.", show_default=False)],
    data: Data = None,
    force: Force = False,
) -> None:
    """Make a ledger from open files: hashes are checked, every identity is derived again, and the head must be the same."""
    from detente import pipeline
    from detente.errors import InputError

    if not folder.is_dir():
        raise InputError("a folder that `detente export --all` wrote", came=f"{folder} is none", do="a file goes to `detente restore`")
    place = data or console.settings(ctx).data
    with console.err.status("rebuilding and verifying"):
        done = pipeline.restore(folder, data=place, force=force, now=console.now())
    _tell(f"rebuilt {place}", done)


def _tell(what: str, done: Copy) -> None:
    counts = ", ".join(f"{done.counts[table]} {table}" for table in ("documents", "claims", "reviews", "merges"))
    console.out.print(f"{what}: {counts}; head {done.head}", markup=False, soft_wrap=True)
    if done.replaced is not None:
        console.out.print(f"the replaced ledger is kept as {done.replaced}", markup=False, soft_wrap=True)
