"""A folder of Parquet parts with a journal: `TABLE/dataset=NAME/year=YYYY/*.parquet`, each part written once and whole.

A commit is one line of the journal, written and flushed after its parts lie in `staging` and before they are moved into place. A kill before
that line leaves parts nobody counts, which the next writer removes; a kill after it is made good by moving them. Readers need no lock.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import IO, Any

from detente.errors import LedgerBusy, LedgerUnsound, LedgerUnwritable

JOURNAL = "journal.jsonl"
STAGING = "staging"


@dataclass(frozen=True, slots=True)
class Part:
    """One Parquet file, by its path in the folder. `low` and `high` bound its identifiers when all are whole numbers; days are ISO."""

    path: str
    rows: int
    first_day: str
    last_day: str
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """The fates of rows; `read` is the sum of the other four."""

    kept: int = 0
    already: int = 0
    refused: int = 0
    failed: int = 0

    @property
    def read(self) -> int:
        """All rows that were seen."""
        return self.kept + self.already + self.refused + self.failed

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(getattr(self, name) + getattr(other, name) for name in ("kept", "already", "refused", "failed")))

    def again(self) -> Counts:
        """The same rows met once more: what was kept is there already."""
        return Counts(0, self.kept + self.already, self.refused, self.failed)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one file has been imported: bytes and lines behind, the fates so far, and why rows were refused or failed."""

    digest: str
    name: str
    dataset: str
    offset: int = 0
    line: int = 1
    counts: Counts = field(default_factory=Counts)
    reasons: Mapping[str, int] = field(default_factory=dict)
    is_done: bool = False


@dataclass(slots=True)
class Folder:
    """The event tables of one data folder and what their journal says."""

    root: Path
    parts: list[Part] = field(default_factory=list)
    files: dict[tuple[str, str, str], Progress] = field(default_factory=dict)
    commits: int = 0

    def of(self, table: str, dataset: str | None = None) -> list[Part]:
        """The parts of a table, of one dataset or of all."""
        start = f"{table}/" if dataset is None else f"{table}/dataset={dataset}/"
        return [part for part in self.parts if part.path.startswith(start)]

    def datasets(self, table: str) -> list[str]:
        """The datasets that a table holds, in the order of their arrival."""
        return list(dict.fromkeys(part.path.split("/")[1].removeprefix("dataset=") for part in self.of(table)))

    def path(self, part: Part) -> Path:
        """Where a part lies: in its place, or still in staging for the instant between its commit and its move."""
        place = self.root / part.path
        return place if place.exists() else self.staged(part)

    def staged(self, part: Part) -> Path:
        """Where a part lies until it is committed."""
        return self.root / STAGING / part.path.replace("/", "~")

    def commit(self, parts: list[Part], files: list[Progress]) -> None:
        """Make parts and progress count, all or nothing. Raises LedgerUnwritable when the disk refuses."""
        line = json.dumps({"parts": [asdict(part) for part in parts], "files": [asdict(each) for each in files]}, ensure_ascii=False)
        try:
            with (self.root / JOURNAL).open("a", encoding="utf-8") as journal:
                journal.write(line + "\n")
                journal.flush()
                os.fsync(journal.fileno())
            self._enter(json.loads(line))
            self._move(parts)
        except OSError as error:
            raise LedgerUnwritable("room to write", came=str(error), do="free some space, then import again; it goes on where it stopped") from error

    def _enter(self, entry: Mapping[str, Any]) -> None:
        self.commits += 1
        self.parts += [Part(**part) for part in entry["parts"]]
        for each in entry["files"]:
            progress = Progress(**{**each, "counts": Counts(**each["counts"])})
            self.files[progress.dataset, progress.digest, progress.name] = progress

    def _move(self, parts: list[Part]) -> None:
        for part in parts:
            staged, place = self.staged(part), self.root / part.path
            if staged.exists():
                place.parent.mkdir(parents=True, exist_ok=True)
                staged.replace(place)


def load(root: Path) -> Folder:
    """The folder as its journal tells it, for reading. A last line that a kill cut off does not count. Raises LedgerUnsound for any other fault."""
    folder = Folder(root)
    journal = root / JOURNAL
    if not journal.is_file():
        return folder
    text = journal.read_bytes().decode("utf-8", errors="replace")
    for number, line in enumerate(text.splitlines(keepends=True), start=1):
        try:
            folder._enter(json.loads(line))
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            if line.endswith("\n"):
                raise LedgerUnsound(f"a commit on each line of {journal}", came=f"line {number} is none", do="restore the folder") from error
    return folder


@contextmanager
def writing(root: Path) -> Iterator[Folder]:
    """The folder for one writer; what a kill left behind is put right first.

    Raises LedgerBusy while another process writes, LedgerUnwritable where this one may not or the disk is full.
    """
    with _locked(root) as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise LedgerBusy("the event table to be free", came="another import is writing it", do="wait for it to end") from error
        folder = load(root)
        try:
            _put_right(folder)
        except OSError as error:
            raise _unwritable(root, error) from error
        yield folder


def _locked(root: Path) -> IO[str]:
    try:
        (root / STAGING).mkdir(parents=True, exist_ok=True)
        return (root / "lock").open("w")
    except OSError as error:
        raise _unwritable(root, error) from error


def _unwritable(root: Path, error: OSError) -> LedgerUnwritable:
    do = "free some space or check its permissions, then import again"
    return LedgerUnwritable(f"an event table that can be written to at {root}", came=str(error), do=do)


def _put_right(folder: Folder) -> None:
    """Drop a torn last line of the journal, finish the moves of committed parts, remove what was never committed."""
    journal = folder.root / JOURNAL
    if journal.is_file() and (data := journal.read_bytes()) and not data.endswith(b"\n"):
        with journal.open("r+b") as file:
            file.truncate(data.rfind(b"\n") + 1)
            os.fsync(file.fileno())
    folder._move(folder.parts)
    for left in (folder.root / STAGING).iterdir():
        left.unlink()


def met_again(progress: Progress) -> Progress:
    """A file's progress as the next import sees it."""
    return replace(progress, counts=progress.counts.again())
