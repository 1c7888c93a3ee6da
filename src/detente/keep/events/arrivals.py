"""Batches of published rows become rows of the table, each once: kept, there already, or refused with a reason.

New rows go to the parts under way at once; `FLUSH` of them are one commit, together with how far their files were read.
What is there already is found by identifier and day; parts whose identifiers or days cannot meet those of the batch are not opened.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

import pyarrow as pa
import pyarrow.parquet as parquet

from detente.keep.events import bounds, growing
from detente.keep.events.codes import quoted
from detente.keep.events.growing import Growth
from detente.keep.events.parts import Counts, Folder, Part, Progress
from detente.keep.events.translation import Translation

FLUSH = 1_000_000
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
    """What the next commit will hold: the keys of new rows with their bounds, refused rows, and the progress of the files they came from."""

    keys: list[tuple[Any, Part]] = field(default_factory=list)
    number: int = 0
    refusals: list[Any] = field(default_factory=list)
    files: dict[tuple[str, str], Progress] = field(default_factory=dict)


@dataclass(slots=True)
class Arrivals:
    """One import under way into one dataset of one table, whose new rows go to `growth`."""

    folder: Folder
    growth: Growth
    translation: Translation
    flush: int = FLUSH
    waiting: Waiting = field(default_factory=Waiting)

    def take(self, batch: Batch, progress: Progress) -> Progress:
        """Keep what is new of a batch; returns the file's progress behind it. Commits when enough rows wait."""
        counts, reasons = self._sort(batch, progress.digest)
        progress = replace(progress, offset=batch.stop, line=batch.next, counts=progress.counts + counts, reasons=_added(progress.reasons, reasons))
        self.waiting.files[progress.digest, progress.name] = progress
        self.waiting.number += counts.read - counts.already
        if self.waiting.number >= self.flush:
            self.settle()
        return progress

    def end(self, progress: Progress) -> Progress:
        """Note that a file has been read to its end."""
        progress = replace(progress, is_done=True)
        self.waiting.files[progress.digest, progress.name] = progress
        return progress

    def settle(self) -> None:
        """Commit what waits with the progress of the files it came from."""
        waiting, self.waiting = self.waiting, Waiting()
        if waiting.files:
            self.folder.commit([*self.growth.close(), *self._refusals(waiting)], list(waiting.files.values()))

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
            self.growth.add(found)
            self.waiting.keys.append((found.select(TABLES[self.growth.table]), mine))
        return int(found.num_rows)

    def _fresh(self, good: Any, mine: Part) -> Any:
        """Of the rows those that are nowhere yet, each once; the first of several counts."""
        columns = TABLES[self.growth.table]
        known, keys = list(self._known(mine)), ", ".join(columns)
        if bounds.differ(good["identifier"]):
            if not known:
                return good
            query = "SELECT * FROM good"
        else:
            query = f"SELECT * FROM good QUALIFY row_number() OVER (PARTITION BY {keys} ORDER BY line) = 1"
        self.translation.con.register("good", good.select([*columns, "line"]).append_column("place", pa.array(range(good.num_rows))))
        for other in known:
            query = f"SELECT fresh.* FROM ({query}) AS fresh ANTI JOIN {other} AS known USING ({keys})"
        return good.take(self.translation.con.sql(f"SELECT place FROM ({query}) ORDER BY place").to_arrow_table()["place"])

    def _known(self, mine: Part) -> Iterator[str]:
        """Where rows of the batch can already be: among those that wait, and in parts that overlap."""
        keys = TABLES[self.growth.table]
        if met := [rows for rows, told in self.waiting.keys if bounds.meet(mine, told)]:
            self.translation.con.register("met", pa.concat_tables(met))
            yield "met"
        parts = [part for part in self.folder.of(self.growth.table, self.growth.dataset) if bounds.meet(mine, part)]
        if parts:
            paths = ", ".join(quoted(str(self.folder.path(part))) for part in parts)
            yield f"(SELECT {', '.join(keys)} FROM read_parquet([{paths}], hive_partitioning = false))"

    def _refusals(self, waiting: Waiting) -> Iterator[Part]:
        """The part of the rows that were refused or failed, lying in staging. Raises LedgerUnwritable when the disk refuses."""
        if not waiting.refusals:
            return
        rows = pa.concat_tables(waiting.refusals)
        part = Part(f"refusals/dataset={self.growth.dataset}/{self.folder.commits:06d}.parquet", rows.num_rows, "", "")
        try:
            with self.folder.staged(part).open("wb") as file:
                parquet.write_table(rows, file)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise growing.unwritable(error) from error
        yield part


def _added(a: Mapping[str, int], b: Mapping[str, int]) -> dict[str, int]:
    return {why: a.get(why, 0) + b.get(why, 0) for why in sorted({*a, *b})}
