"""Work on a data folder that is disturbed on purpose: what it does, what it acknowledges, what of it stands afterwards.

Each work can be done again after any fault and then ends as if undisturbed; `faults.py` injects the faults and counts.
"""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow.parquet as parquet

import held
from detente import pipeline
from detente.coding import claims
from detente.keep import heads, openfiles, schema
from detente.keep.events import parts
from detente.keep.ledger import FILE, Reader, Writer
from detente.pipeline import importing, measuring
from detente.read.datasets import rendering, synthetic
from detente.read.datasets.lines import pieces
from detente.read.outcomes import Limits
from detente.records import Merge, Review

NOW = "2026-01-01T00:00:00Z"
CASE = held.CASES / "russia-dprk"
ROWS, FILES = 3_000, 4
Tell = Callable[[str], object]
State = tuple[object, dict[str, int]]


def nothing(_: Path) -> None:
    """Nothing stands before the work."""


def of_ledger(folder: Path) -> State:
    """What a ledger holds, without the log of runs: head and rows of each table."""
    if not (folder / FILE).exists():
        return None, {}
    with Reader.open(folder) as ledger:
        return heads.head(ledger), {table: rows for table, rows in ledger.counts().items() if table != "runs"}


@dataclass(frozen=True, slots=True)
class Work:
    """Work that is disturbed: `run` does it on a folder and tells what was acknowledged, `kept` is what of it stands.

    `before` makes what it begins with, `state` is what the folder holds: an identity and the rows of each table.
    """

    name: str
    run: Callable[[Path, Tell], None]
    kept: Callable[[Path], set[str]]
    before: Callable[[Path], object] = nothing
    state: Callable[[Path], State] = of_ledger


def loaded(folder: Path) -> None:
    """A ledger with a case."""
    pipeline.load_case(CASE, data=folder, now=NOW)


def review(folder: Path, tell: Tell) -> None:
    for item in pipeline.claims(folder)[:40]:
        pipeline.review(Review(claim=item.stored, decision="accepted", reviewer="A", at=NOW), data=folder, now=NOW)
        tell(item.stored)


def merge(folder: Path, tell: Tell) -> None:
    for act in pipeline.grouped(folder)[0][:4]:
        pipeline.merge(Merge(claim=act.claims[0], act=act.id, decision="joined", by="A", at=NOW, reason="seen"), data=folder, now=NOW)
        tell(act.claims[0])


def case(folder: Path, tell: Tell) -> None:
    tell(f"{pipeline.load_case(CASE, data=folder, now=NOW).case.name}")


def older(folder: Path) -> None:
    """Twenty ledgers of the version before the newest, where there was one."""
    for number in range(20 if len(schema.MIGRATIONS) > 1 else 0):
        (folder / str(number)).mkdir()
        with closing(sqlite3.connect(folder / str(number) / FILE)) as con, con:
            schema.migrate(con, now=NOW, upto=len(schema.MIGRATIONS) - 1)


def migrate(folder: Path, tell: Tell) -> None:
    for number in range(40):
        Writer.open(folder / str(number), now=NOW).close()
        tell(str(number))


def migrated(folder: Path) -> set[str]:
    """Ledgers of the newest version; an unsound one raises."""
    found = set()
    for path in folder.glob(f"*/{FILE}"):
        with closing(sqlite3.connect(path)) as con:
            if schema.version_of(con) < len(schema.MIGRATIONS):
                continue
        assert list(pipeline.verify(path.parent)) == []
        found.add(path.parent.name)
    return found


def texts(folder: Path) -> None:
    """Twelve reports to read, and the parser in memory, so that what is disturbed is the reading."""
    claims.load()
    made = folder / "texts"
    made.mkdir(parents=True)
    for number in range(12):
        words = f"Russia and North Korea signed agreement number {number} in Pyongyang on Monday. " * 3
        (made / f"{number:02}.txt").write_text(
            f"{words}The minister of Russia visited Pyongyang and met the leader of North Korea.", encoding="utf-8"
        )


def read(folder: Path, tell: Tell) -> None:
    wanted = pipeline.Wanted((str(folder / "texts"),), date(2014, 5, 8), "Wire", Limits(offline=True))
    for reading in pipeline.read(wanted, data=folder, now=NOW):
        if reading.document is not None:
            tell(reading.document)


def feed(folder: Path) -> None:
    """Four files of made-up events, some rows repeated, refused or unreadable, and how many each fate has."""
    world = synthetic.World(1, FILES * ROWS, rendering.states("gdelt2"), shares=synthetic.Shares(0.1, 0.1, 0.1))
    truth: dict[str, int] = {}
    for (fate, *_), rows in synthetic.write(folder / "whole.csv", world).items():
        truth[fate] = truth.get(fate, 0) + rows
    (folder / "truth.json").write_text(json.dumps(truth), encoding="utf-8")
    lines = (folder / "whole.csv").read_bytes().splitlines(keepends=True)
    for number in range(FILES):
        (folder / f"{number}.csv").write_bytes(b"".join(lines[number * ROWS : (number + 1) * ROWS]))


def load(folder: Path, tell: Tell) -> None:
    """Import one file after the other, a commit every thousand rows; in the end the fates are the truth."""
    setattr(pieces, "__kwdefaults__", {"first": 1, "offset": 0, "size": 1 << 17})  # noqa: B010 - small pieces, so that a file has several
    for number in range(FILES):
        importing.import_events(measuring.folder(folder), importing.Order("gdelt2", [folder / f"{number}.csv"]), flush=1000)
        tell(f"{number}.csv")
    truth: dict[str, int] = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    held = of_events(folder)[1]
    assert held == {
        "rows": truth["kept"],
        "different": truth["kept"],
        "refusals": truth["refused"] + truth["failed"],
        "files": FILES,
        "staged": 0,
    }, held


def of_events(folder: Path) -> State:
    """What the event table holds, counted in its parts and not in its journal: rows, different identifiers, refusals, files read to the end."""
    table = parts.load(measuring.folder(folder))
    events = [parquet.ParquetFile(table.path(part)).read(["identifier"], use_threads=False)["identifier"] for part in table.of("events")]
    refusals = sum(parquet.read_metadata(table.path(part)).num_rows for part in table.of("refusals"))
    names = [name for column in events for name in column.to_pylist()]
    staged = len(list((table.root / parts.STAGING).iterdir())) if table.root.exists() else 0
    files = sum(progress.is_done for progress in table.files.values())
    return None, {"rows": len(names), "different": len(set(names)), "refusals": refusals, "files": files, "staged": staged}


def imported(folder: Path) -> set[str]:
    """Files that were read to their end; a row that is there twice raises."""
    held = of_events(folder)[1]
    assert held["rows"] == held["different"], held
    return {progress.name for progress in parts.load(measuring.folder(folder)).files.values() if progress.is_done}


def backup(folder: Path, tell: Tell) -> None:
    for number in range(3):
        if not (folder / f"{number}.copy").exists():
            pipeline.backup(folder / f"{number}.copy", data=folder)
        tell(f"{number}.copy")


def export(folder: Path, tell: Tell) -> None:
    for number in range(3):
        if not (folder / f"{number}.open").exists():
            pipeline.export(folder / f"{number}.open", data=folder)
        tell(f"{number}.open")


def copied(folder: Path) -> None:
    """A ledger with a case, and its backup."""
    loaded(folder)
    pipeline.backup(folder / "a.copy", data=folder)


def restore(folder: Path, tell: Tell) -> None:
    """Replace the ledger by its backup; the one or the other stands at every instant, and here they are equal."""
    for number in range(3):
        pipeline.restore(folder / "a.copy", data=folder, force=True, now=f"2026-01-01T00:00:0{number}Z")


def whole_copies(folder: Path) -> set[str]:
    """Copies that make the ledger again; one that does not raises."""
    for path in (*folder.glob("*.copy"), *folder.glob("*.open")):
        with tempfile.TemporaryDirectory() as scratch:
            if path.is_dir():
                openfiles.rebuild(path, Path(scratch), force=False, now=NOW)
            else:
                pipeline.restore(path, data=Path(scratch), force=False, now=NOW)
    return {path.name for path in (*folder.glob("*.copy"), *folder.glob("*.open"))}


def rows_of(sql: str) -> Callable[[Path], set[str]]:
    """What a query finds in the ledger, which need not be there."""

    def found(folder: Path) -> set[str]:
        if not (folder / FILE).exists():
            return set()
        with Reader.open(folder) as ledger:
            return {key for (key,) in ledger.run(sql)}

    return found


READ = Work("read", read, rows_of("SELECT id FROM documents"), texts)
WORKS = (
    READ,
    Work("import", load, imported, feed, of_events),
    Work("review", review, rows_of("SELECT claim FROM reviews"), loaded),
    Work("merge", merge, rows_of("SELECT claim FROM merges"), loaded),
    Work("case load", case, rows_of("SELECT name FROM case_loads")),
    Work("migrate", migrate, migrated, older),
    Work("backup", backup, whole_copies, loaded),
    Work("restore", restore, whole_copies, copied),
    Work("export", export, whole_copies, loaded),
)
