"""Copies of a ledger: one file that is whole and sound while others write, and a sound file put in the ledger's place.

A copy is made beside its place, verified there, and appears whole or not at all. A ledger that is replaced is kept beside the new one.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from detente.errors import InputError, LedgerBusy, LedgerError, LedgerUnsound, LedgerUnwritable, LedgerVersion
from detente.keep import heads, verify
from detente.keep.border import translated
from detente.keep.ledger import FILE, Reader, Writer

_PAGES = 4096
"""Pages copied between two looks at whether the user stopped the command."""
_LEFT = ".detente-copy-"
_DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class Copy:
    """What was copied: the head of the ledger, the rows of its tables, and where a ledger that it replaced is kept now."""

    head: str
    counts: dict[str, int]
    replaced: Path | None = None


def backup(folder: Path, file: Path) -> Copy:
    """Copy the ledger of a data folder to one new file, as it stood at one instant; writers need not stop. Raises LedgerError."""
    if file.exists():
        raise InputError("a file that is not there yet", came=f"{file} exists", do="choose another name; a backup is never overwritten")
    Reader.open(folder).close()
    with workshop(file.absolute().parent) as desk:
        _copied(folder / FILE, desk / FILE)
        done = checked(desk)
        _plain(desk / FILE)
        placed(desk / FILE, file)
    return done


def restore(file: Path, folder: Path, *, force: bool, now: str) -> Copy:
    """Put a backup in a data folder. Verified and brought to this version first; over a ledger only with `force`. Raises LedgerError."""
    if not file.is_file():
        raise InputError("a backup that `detente backup` wrote", came=f"{file} is no file", do="check the name")
    refuse_ledger(folder, force=force)
    with workshop(folder) as desk:
        with written(desk / FILE):
            shutil.copyfile(file, desk / FILE)
        if (desk / FILE).stat().st_size == 0:
            raise LedgerVersion("a backup that `detente backup` wrote", came=f"{file} is empty", do="restore another backup")
        return install(desk, folder, force=force, now=now)


def refuse_ledger(folder: Path, *, force: bool) -> None:
    """Raise LedgerError when the folder holds a ledger and `force` is not given."""
    if (folder / FILE).exists() and not force:
        do = "choose another with --data, or repeat with --force; what is replaced is kept beside it"
        raise LedgerError(f"a folder without a ledger at {folder}", came="it holds one", do=do)


def install(desk: Path, folder: Path, *, force: bool, now: str, head: str | None = None) -> Copy:
    """Verify the ledger that stands in `desk`, with `head` where given, and move it into the data folder, whole or not at all."""
    Writer.open(desk, now=now).close()
    done = checked(desk, head=head)
    _plain(desk / FILE)
    place = folder / FILE
    if not place.exists():
        placed(desk / FILE, place)
        return done
    refuse_ledger(folder, force=force)
    kept = _free(folder, now)
    if _readable(place):
        _copied(place, desk / "old.sqlite")
        _plain(desk / "old.sqlite")
        placed(desk / "old.sqlite", kept)
        _copied(desk / FILE, place)
    else:
        _moved_aside(place, kept)
        placed(desk / FILE, place)
    return Copy(done.head, done.counts, kept)


def _free(folder: Path, now: str) -> Path:
    """A name for what is replaced that nothing has yet."""
    stem = f"replaced-{now.replace(':', '')}"
    names = (folder / f"{stem}{'' if number == 1 else f'-{number}'}.sqlite" for number in itertools.count(1))
    return next(path for path in names if not path.exists())


def _moved_aside(place: Path, kept: Path) -> None:
    """A ledger that is damaged cannot be read; its file and its companions are kept as they are."""
    for ending in ("-wal", "-shm", ""):
        with contextlib.suppress(FileNotFoundError):
            place.with_name(place.name + ending).replace(kept.with_name(kept.name + ending))


def checked(desk: Path, *, head: str | None = None) -> Copy:
    """Head and counts of the ledger in a folder; raises LedgerUnsound with its first fault, or when its head is not the one given."""
    with Reader.open(desk) as ledger:
        try:
            fault = next(verify.problems(ledger), None)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:  # a record of a hostile file may be anything
            fault = f"a record cannot be read ({type(error).__name__}: {error})"
        done = Copy(heads.head(ledger), ledger.counts())
    if fault is None and head not in (None, done.head):
        fault = f"its head is {done.head} and not {head}"
    if fault is not None:
        raise LedgerUnsound("a ledger that verifies", came=fault, do="use another copy; nothing was written")
    return done


@contextmanager
def workshop(folder: Path) -> Iterator[Path]:
    """A folder on the same disk to make a copy in; it is gone afterwards. What a killed run left goes with the first run a day later."""
    with written(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for left in folder.glob(f"{_LEFT}*"):
            if left.stat().st_mtime < time.time() - _DAY:
                shutil.rmtree(left, ignore_errors=True)
        made = Path(tempfile.mkdtemp(prefix=_LEFT, dir=folder))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def placed(made: Path, place: Path) -> None:
    """Give a finished file or folder its name, on the disk, never over another; disks without hard links take a plain move."""
    with written(place):
        if made.is_dir():
            made.rename(place)
        else:
            try:
                os.link(made, place)
            except FileExistsError:
                raise
            except OSError:
                made.rename(place)
        flushed(place.parent)


def flushed(path: Path) -> None:
    """Have a file or folder on the disk before anything is said of it."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def written(path: Path) -> Iterator[None]:
    """Turn the system's errors of writing into ours."""
    try:
        yield
    except FileExistsError as error:
        raise LedgerError(f"nothing at {path}", came="something is there", do="choose another place") from error
    except OSError as error:
        do = "free some space or choose another place; nothing was changed"
        raise LedgerUnwritable(f"a place that can be written to at {path}", came=str(error), do=do) from error


def _copied(source: Path, target: Path) -> None:
    """One state of a ledger's file into another; the target stays as it was until the last page has come."""

    def stepped(status: int, _left: int, _all: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise LedgerBusy("the ledger to be free for writing", came=f"another process is writing to {target}", do="try again when it is done")

    with translated(source), contextlib.closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True, timeout=5)) as old:
        old.execute("BEGIN")
        old.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        with translated(target), contextlib.closing(sqlite3.connect(target, timeout=5)) as new:
            old.backup(new, pages=_PAGES, progress=stepped)


def _plain(path: Path) -> None:
    """One file without companions, so that it can be moved."""
    with translated(path), contextlib.closing(sqlite3.connect(path)) as con:
        con.execute("PRAGMA journal_mode = DELETE")
    flushed(path)


def _readable(path: Path) -> bool:
    try:
        with contextlib.closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=5)) as con:
            return bool(con.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok")
    except sqlite3.DatabaseError:
        return False
