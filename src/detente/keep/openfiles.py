"""The ledger as open files: a folder with JSON Lines for each table and a manifest, from which the same ledger is made again.

A line is one row in the order of arrival, with the columns by name; bytes stand as {"base64": "..."}. The manifest names the version of the
tables, the head of the ledger, and rows and SHA-256 of each file. A folder from elsewhere is hostile until names and hashes are checked.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from detente.errors import BundleError, InputError, LedgerUnsound
from detente.keep import copies, heads, schema
from detente.keep.border import translated
from detente.keep.copies import Copy
from detente.keep.ledger import FILE, Reader

FORMAT = 1
MANIFEST = "manifest.json"
_MANIFEST = {"format": int, "program": str, "tables": int, "head": str, "files": dict}


def export(folder: Path, into: Path) -> Copy:
    """Write all of a ledger to a new folder of open files, as it stood at one instant. Raises LedgerError, InputError when `into` is there."""
    if into.exists():
        raise InputError("a folder that is not there yet", came=f"{into} exists", do="choose another name; an export is never overwritten")
    with Reader.open(folder) as ledger, copies.workshop(into.absolute().parent) as desk, copies.written(into):
        made = desk / "made"
        made.mkdir()
        ledger.run("BEGIN")
        tables = int(ledger.run("PRAGMA user_version").fetchone()[0])
        files = {f"{table}.jsonl": _written_table(ledger, table, made) for table in schema.GROWING}
        done = Copy(heads.head(ledger), ledger.counts())
        stated = {"format": FORMAT, "program": "detente", "tables": tables, "head": done.head, "files": files}
        (made / MANIFEST).write_text(json.dumps(stated, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        copies.flushed(made / MANIFEST)
        copies.placed(made, into)
    return done


def rebuild(source: Path, folder: Path, *, force: bool, now: str) -> Copy:
    """Make the ledger again in a data folder, with the same rows and identities; over a ledger only with `force`. Raises BundleError, LedgerError."""
    stated = _manifest(source)
    copies.refuse_ledger(folder, force=force)
    with copies.workshop(folder) as desk:
        path = desk / FILE
        with translated(path), contextlib.closing(sqlite3.connect(path, isolation_level=None)) as con:
            con.execute("BEGIN")
            con.execute("PRAGMA defer_foreign_keys = ON")
            schema.migrate(con, now=now, upto=stated["tables"])
            for table in schema.GROWING:
                if f"{table}.jsonl" in stated["files"]:
                    _read_table(con, source / f"{table}.jsonl", table=table, stated=stated["files"][f"{table}.jsonl"])
            for step in schema.MIGRATIONS[: stated["tables"]]:
                _derive(con, source, step)
            con.execute("COMMIT")
        return copies.install(desk, folder, force=force, now=now, head=stated["head"])


def _derive(con: sqlite3.Connection, source: Path, step: schema.Migration) -> None:
    """Fill what a step of the tables derives from the rows."""
    try:
        if step.then is not None:
            step.then(con)
    except LedgerUnsound as error:
        raise _damaged(source, error.came) from error


def _written_table(ledger: Reader, table: str, made: Path) -> dict[str, Any]:
    """Rows and SHA-256 of the file of a table."""
    found = ledger.run(f"SELECT * FROM {table} ORDER BY rowid")
    names = [column[0] for column in found.description]
    number, digest = 0, hashlib.sha256()
    path = made / f"{table}.jsonl"
    with path.open("wb") as file:
        for number, row in enumerate(found, start=1):  # noqa: B007 - the last number is the count
            line = json.dumps(dict(zip(names, map(_open, row), strict=True)), ensure_ascii=False).encode() + b"\n"
            digest.update(line)
            file.write(line)
    copies.flushed(path)
    return {"rows": number, "sha256": digest.hexdigest()}


def _open(value: object) -> object:
    return {"base64": base64.b64encode(value).decode()} if isinstance(value, bytes) else value


def _read_table(con: sqlite3.Connection, path: Path, *, table: str, stated: Mapping[str, Any]) -> None:
    """Append the rows of a file in their order; its hash and its number of rows must be the stated ones."""
    known = {name for _, name, *_ in con.execute(f"PRAGMA table_info({table})")}
    rows, digest = 0, hashlib.sha256()
    try:
        with path.open("rb") as file:
            for line in file:
                digest.update(line)
                _append(con, table, _row(line, known))
                rows += 1
    except (OSError, ValueError, RecursionError, OverflowError) as error:
        raise _damaged(path, str(error)) from error
    if (rows, digest.hexdigest()) != (stated.get("rows"), stated.get("sha256")):
        raise _damaged(path, f"its {rows} rows are not the ones that the manifest states")


def _append(con: sqlite3.Connection, table: str, row: Mapping[str, Any]) -> None:
    con.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", tuple(row.values()))


def _row(line: bytes, known: set[str]) -> dict[str, Any]:
    """The values of a line by column; only columns of the table pass, so that no name can be SQL."""
    row = json.loads(line)
    if not isinstance(row, dict) or set(row) != known:
        raise ValueError(f"a row has not the columns {', '.join(sorted(known))}")
    return {name: _closed(value) for name, value in row.items()}


def _closed(value: Any) -> Any:
    if isinstance(value, dict) and set(value) == {"base64"}:
        return base64.b64decode(value["base64"], validate=True)
    if value is None or isinstance(value, (str, int, float)):
        return value
    raise ValueError("a value is neither text, number nor bytes")


def _manifest(source: Path) -> dict[str, Any]:
    path = source / MANIFEST
    try:
        stated = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise _damaged(path, str(error)) from error
    if not isinstance(stated, dict) or any(type(stated.get(name)) is not kind for name, kind in _MANIFEST.items()):
        raise _damaged(path, f"it does not state {', '.join(_MANIFEST)}")
    schema.refuse_newer(stated["tables"])
    if stated["format"] != FORMAT:
        raise BundleError(f"an export of format {FORMAT}", came=f"format {stated['format']} came", do="install a newer Detente")
    odd = set(stated["files"]) - {f"{table}.jsonl" for table in schema.GROWING}
    if odd or not all(isinstance(entry, dict) for entry in stated["files"].values()):
        raise _damaged(path, f"it names {', '.join(sorted(odd)) or 'files without hashes'}")
    return stated


def _damaged(path: Path, came: str) -> BundleError:
    return BundleError(f"{path.name} as `detente export --all` wrote it", came=came, do="use another export; nothing was written")
