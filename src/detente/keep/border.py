"""The border to SQLite: its errors become ours, with what was expected, what came and what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from detente.errors import LedgerBusy, LedgerError, LedgerUnsound, LedgerUnwritable, LedgerVersion


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into ours at the one border where they arise."""
    try:
        yield
    except sqlite3.Error as error:
        raise _ours(error, path) from error


def _ours(error: sqlite3.Error, path: Path) -> LedgerError:
    code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return LedgerBusy(
            "the ledger to be free for writing", came=f"another process is writing to {path}", do="try again, or wait longer with --wait"
        )
    if code == sqlite3.SQLITE_FULL:
        return LedgerUnwritable("room on the disk", came=f"the disk of {path} is full", do="free some space and repeat; what was kept before is safe")
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_IOERR):
        return LedgerUnwritable(
            f"a folder that can be written to at {path.parent}", came=str(error), do="check its permissions or choose another with --data"
        )
    if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
        return LedgerVersion("a ledger of Detente", came=f"{path} is not one or is damaged ({error})", do="choose another folder with --data")
    return LedgerUnsound("the ledger to accept the rows", came=str(error), do="run `detente verify`")
