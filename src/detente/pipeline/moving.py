"""A ledger copied, put back, and turned into open files and back again. `now` is the caller's clock."""

from __future__ import annotations

from pathlib import Path

from detente.keep import copies, openfiles
from detente.keep.copies import Copy


def backup(file: Path, *, data: Path) -> Copy:
    """Copy the ledger to one new file, verified; others may write meanwhile."""
    return copies.backup(data, file)


def restore(source: Path, *, data: Path, force: bool, now: str) -> Copy:
    """Put back what `backup` or `export` wrote: a file, or a folder of open files."""
    if source.is_dir():
        return openfiles.rebuild(source, data, force=force, now=now)
    return copies.restore(source, data, force=force, now=now)


def export(into: Path, *, data: Path) -> Copy:
    """Write all of the ledger to a new folder of open files."""
    return openfiles.export(data, into)
