"""`detente backup`, `restore`, `export`, `rebuild`: the ledger kept safe, moved to another machine, and opened to other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from detente.cli import console

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
    into: Annotated[Path, typer.Option("--all", metavar="DIR", help="New folder for all tables as JSON Lines, with a manifest.", show_default=False)],
) -> None:
    """Write all of the ledger to open files, from which `detente rebuild` makes the same ledger with the same identities."""
    from detente import pipeline

    with console.err.status("writing open files"):
        done = pipeline.export(into, data=console.settings(ctx).data)
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
