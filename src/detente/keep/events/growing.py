"""Parts under way: rows are written to staging year by year and group by group while others are still read, and counted by no one yet.

Rows wait for their group in memory, `HELD` of them at most; one thread of its own writes. `close` flushes every part to disk and tells what it
holds, so that a commit can name it; what is never closed stays in staging, and the next writer of the folder removes it.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as parquet

from detente.errors import LedgerUnwritable
from detente.keep.events import bounds
from detente.keep.events.parts import Folder, Part

GROUP = 122_880
"""Rows that stand together in a part and are read or passed over as one."""
HELD = 2 * GROUP
PENDING = 2
"""Groups that are handed to the writing thread and not written yet."""
UNLIKE = ("identifier", "line", "address")
"""Columns whose values are hardly ever repeated: a dictionary of them would be as long as they are."""


@dataclass(slots=True)
class Year:
    """The part of one year: what it will hold when it is whole, and the rows that wait for their group."""

    told: Part
    rows: list[Any] = field(default_factory=list)
    waiting: int = 0
    file: IO[bytes] | None = None
    writer: Any = None

    def write(self, place: Path, rows: Any) -> None:
        """Write a group of rows to its file, which the first of them opens."""
        if self.writer is None:
            few = [name for name in rows.column_names if name not in UNLIKE]
            self.file = place.open("wb", buffering=0)
            self.writer = parquet.ParquetWriter(self.file, rows.schema, use_dictionary=few, store_decimal_as_integer=True)
        self.writer.write_table(rows, GROUP)

    def close(self) -> None:
        """Finish the file and make sure that the disk has it; once, also where the disk refused."""
        file, self.file = self.file, None
        if file is not None:
            with file:
                if self.writer is not None:
                    self.writer.close()
                os.fsync(file.fileno())


@dataclass(slots=True)
class Growth:
    """The parts of one dataset of one table that the next commit will name."""

    folder: Folder
    table: str
    dataset: str
    thread: ThreadPoolExecutor
    years: dict[int, Year] = field(default_factory=dict)
    pending: deque[Future[None]] = field(default_factory=deque)

    def add(self, rows: Any) -> None:
        """Let rows wait for their group, and write the groups that are full. Raises LedgerUnwritable when the disk refuses."""
        for year, found in bounds.yearly(rows):
            self._year(year, found)
        while sum(each.waiting for each in self.years.values()) > HELD:
            self._flush(max(self.years.values(), key=lambda each: each.waiting))

    def close(self) -> list[Part]:
        """Write everything and flush it to disk; the parts, which lie in staging. Raises LedgerUnwritable when the disk refuses."""
        for each in self.years.values():
            self._flush(each)
            self._submit(each.close)
        self._done(0)
        years, self.years = self.years, {}
        return [each.told for each in years.values()]

    def abandon(self) -> None:
        """Close the files of parts that will never count, once nobody writes them any more."""
        self.thread.shutdown(cancel_futures=True)
        for each in self.years.values():
            with suppress(OSError):  # a disk that is full refuses this too
                each.close()

    def _year(self, year: int, found: Any) -> None:
        path = f"{self.table}/dataset={self.dataset}/year={year}/{self.folder.commits:06d}.parquet"
        told = bounds.of(found, path)
        if told is None:
            return
        known = self.years.get(year)
        if known is None:
            known = self.years[year] = Year(told)
        else:
            known.told = bounds.joined(known.told, told)
        known.rows.append(found)
        known.waiting += told.rows
        if known.waiting >= GROUP:
            self._flush(known)

    def _flush(self, each: Year) -> None:
        if each.waiting:
            rows = pa.concat_tables(each.rows)
            each.rows, each.waiting = [], 0
            self._submit(each.write, self.folder.staged(each.told), rows.add_column(0, "dataset", pa.repeat(self.dataset, rows.num_rows)))

    def _submit(self, *work: Any, **more: Any) -> None:
        self._done(PENDING - 1)
        self.pending.append(self.thread.submit(*work, **more))

    def _done(self, left: int) -> None:
        """Wait until only so many groups are not written yet."""
        while len(self.pending) > left:
            try:
                self.pending.popleft().result()
            except OSError as error:
                raise unwritable(error) from error


@contextmanager
def growing(folder: Folder, table: str, dataset: str) -> Iterator[Growth]:
    """Parts under way of one dataset of one table, and the thread that writes them."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        growth = Growth(folder, table, dataset, thread)
        try:
            yield growth
        finally:
            growth.abandon()


def unwritable(error: OSError) -> LedgerUnwritable:
    """What is said when the disk refuses."""
    return LedgerUnwritable("room to write", came=str(error), do="free some space, then import again; it goes on where it stopped")
