"""Batches of published rows become rows of the table, each once: kept, there already, or refused with a reason.

Rows wait in memory until there are `FLUSH` of them, then they go to the folder in one commit together with how far their files were read.
What is there already is found by identifier and day; parts whose identifiers or days cannot meet those of the batch are not opened.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

import pyarrow as pa
import pyarrow.parquet as parquet

from detente.errors import LedgerUnwritable
from detente.keep.events import bounds
from detente.keep.events.parts import Counts, Folder, Part, Progress
from detente.keep.events.translation import Translation

FLUSH = 1_000_000
GROUP = 122_880
"""Rows that stand together in a part and are read or passed over as one."""
UNLIKE = ("identifier", "line", "address")
"""Columns whose values are hardly ever repeated: a dictionary of them would be as long as they are."""
WRITERS = 2
TABLES: Mapping[str, tuple[str, ...]] = {
    "events": ("identifier", "day"),
    "mentions": ("identifier", "mentioned_at", "address", "sentence"),
}
"""The tables and the columns that make a row of them the same row."""
REFUSALS = pa.schema([("file", pa.string()), ("line", pa.int64()), ("why", pa.string())])


class Batch(Protocol):
    """What reading hands on: text columns with `line`, broken rows with their line and reason, and where the next batch begins."""

    @property
    def rows(self) -> Any:
        """Text columns and `line`."""

    @property
    def broken(self) -> Sequence[tuple[int, str]]:
        """Line and reason of each row that could not be read."""

    @property
    def stop(self) -> int:
        """The offset behind the batch."""

    @property
    def next(self) -> int:
        """The line behind the batch."""


@dataclass(slots=True)
class Waiting:
    """Rows that are not committed yet: new ones with their bounds, refused ones, and the progress of the files they came from."""

    rows: list[Any] = field(default_factory=list)
    number: int = 0
    bounds: list[Part] = field(default_factory=list)
    refusals: list[Any] = field(default_factory=list)
    files: dict[tuple[str, str], Progress] = field(default_factory=dict)


@dataclass(slots=True)
class Arrivals:
    """One import under way into one dataset of one table."""

    folder: Folder
    table: str
    dataset: str
    translation: Translation
    flush: int = FLUSH
    waiting: Waiting = field(default_factory=Waiting)

    def take(self, batch: Batch, progress: Progress) -> Progress:
        """Keep what is new of a batch; returns the file's progress behind it. Commits when enough rows wait."""
        counts, reasons = self._sort(batch, progress.digest)
        progress = replace(progress, offset=batch.stop, line=batch.next, counts=progress.counts + counts, reasons=_added(progress.reasons, reasons))
        self.waiting.files[progress.digest, progress.name] = progress
        if self.waiting.number >= self.flush:
            self.settle()
        return progress

    def end(self, progress: Progress) -> Progress:
        """Note that a file has been read to its end."""
        progress = replace(progress, is_done=True)
        self.waiting.files[progress.digest, progress.name] = progress
        return progress

    def settle(self) -> None:
        """Write what waits and commit it with the progress of the files it came from."""
        waiting, self.waiting = self.waiting, Waiting()
        if waiting.files:
            self.folder.commit([*self._years(waiting), *self._refusals(waiting)], list(waiting.files.values()))

    def _sort(self, batch: Batch, digest: str) -> tuple[Counts, dict[str, int]]:
        """Put new rows among those that wait; the fates of all, and why some were refused or failed."""
        number, failed = batch.rows.num_rows, len(batch.broken)
        reasons: dict[str, int] = {}
        refused = kept = 0
        if number:
            good, refusals = self.translation.translate(batch.rows, digest)
            refused = refusals.num_rows
            self._refuse(refusals, reasons)
            kept = self._enter(good)
        if failed:
            lines, whys = zip(*batch.broken, strict=True)
            self._refuse(pa.table([pa.repeat(digest[:16], failed), list(lines), list(whys)], REFUSALS), reasons)
        return Counts(kept, number - refused - kept, refused, failed), reasons

    def _refuse(self, rows: Any, reasons: dict[str, int]) -> None:
        if rows.num_rows:
            self.waiting.refusals.append(rows.cast(REFUSALS))
            for why in rows["why"].to_pylist():
                reasons[why] = reasons.get(why, 0) + 1

    def _enter(self, good: Any) -> int:
        """Let the rows wait that are nowhere yet; how many there were."""
        mine = bounds.of(good)
        if mine is None:
            return 0
        found = self._fresh(good, mine)
        if found.num_rows:
            self.waiting.rows.append(found)
            self.waiting.bounds.append(mine)
            self.waiting.number += found.num_rows
        return int(found.num_rows)

    def _fresh(self, good: Any, mine: Part) -> Any:
        """Of the rows those that are nowhere yet, each once; the first of several counts."""
        keys = ", ".join(TABLES[self.table])
        known = list(self._known(mine))
        if bounds.differ(good["identifier"]):
            if not known:
                return good
            query = "SELECT * FROM good"
        else:
            query = f"SELECT * FROM good QUALIFY row_number() OVER (PARTITION BY {keys} ORDER BY line) = 1"
        self.translation.con.register("good", good)
        for other in known:
            query = f"SELECT fresh.* FROM ({query}) AS fresh ANTI JOIN {other} AS known USING ({keys})"
        return self.translation.con.sql(query).to_arrow_table()

    def _known(self, mine: Part) -> Iterator[str]:
        """Where rows of the batch can already be: among those that wait, and in parts that overlap."""
        keys = TABLES[self.table]
        met = [rows.select(keys) for rows, told in zip(self.waiting.rows, self.waiting.bounds, strict=True) if _meet(mine, told)]
        if met:
            self.translation.con.register("met", pa.concat_tables(met))
            yield "met"
        parts = [part for part in self.folder.of(self.table, self.dataset) if _meet(mine, part)]
        if parts:
            paths = ", ".join(quoted(str(self.folder.path(part))) for part in parts)
            yield f"(SELECT {', '.join(keys)} FROM read_parquet([{paths}], hive_partitioning = false))"

    def _years(self, waiting: Waiting) -> list[Part]:
        """One part a year of the rows that waited, lying in staging and flushed to disk; `WRITERS` of them are written side by side."""
        if not waiting.rows:
            return []
        with ThreadPoolExecutor(max_workers=WRITERS) as writers:
            return list(writers.map(self._year, bounds.yearly(pa.concat_tables(waiting.rows))))

    def _year(self, found: tuple[int, Any]) -> Part:
        year, rows = found
        path = f"{self.table}/dataset={self.dataset}/year={year}/{self.folder.commits:06d}.parquet"
        return self._written(path, rows.add_column(0, "dataset", pa.repeat(self.dataset, rows.num_rows)), bounds.of(rows, path))

    def _refusals(self, waiting: Waiting) -> Iterator[Part]:
        if waiting.refusals:
            path = f"refusals/dataset={self.dataset}/{self.folder.commits:06d}.parquet"
            yield self._written(path, pa.concat_tables(waiting.refusals), None)

    def _written(self, path: str, rows: Any, told: Part | None) -> Part:
        """The part of these rows, lying in staging and flushed to disk. Raises LedgerUnwritable when the disk refuses."""
        part = told or Part(path, rows.num_rows, "", "")
        try:
            with self.folder.staged(part).open("wb") as file:
                few = [name for name in rows.column_names if name not in UNLIKE]
                parquet.write_table(rows, file, row_group_size=GROUP, compression="snappy", use_dictionary=few, store_decimal_as_integer=True)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise LedgerUnwritable("room to write", came=str(error), do="free some space, then import again; it goes on where it stopped") from error
        return part


def _meet(a: Part, b: Part) -> bool:
    """Whether two sets of rows can share one: their days overlap, and their identifiers too where both are numbers."""
    if a.last_day < b.first_day or b.last_day < a.first_day:
        return False
    if a.low is None or b.low is None or a.high is None or b.high is None:
        return True
    return a.low <= b.high and b.low <= a.high


def _added(a: Mapping[str, int], b: Mapping[str, int]) -> dict[str, int]:
    return {why: a.get(why, 0) + b.get(why, 0) for why in sorted({*a, *b})}


def quoted(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"
