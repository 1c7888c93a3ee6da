"""A file of events as batches of rows, whatever its form: text packed or plain, Parquet, or a workbook.

Each batch says where the next begins, so that reading can go on there after a kill. A stream that breaks off gives a last batch whose
only broken row is the break.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as parquet

from detente.errors import SourceError
from detente.read.datasets import books, cells, layouts, lines, quoted, streams
from detente.read.datasets.cells import Batch
from detente.read.datasets.layouts import Layout
from detente.read.datasets.streams import Guarded, Member

PARQUET_ROWS = 65_536
HEAD = 1 << 16
DELIMITERS = ("\t", ",", ";")
BREAK = "the file breaks off here"
UNWHOLE = (pa.ArrowException, OSError, UnicodeDecodeError)
"""What reading a damaged Parquet file raises; its names need not be letters."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: layouts that the file may have, and how its cells are parted."""

    layouts: tuple[Layout, ...]
    delimiter: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where reading begins: bytes (or rows, of Parquet and workbooks) to pass over, and the number of the next line."""

    offset: int = 0
    line: int = 1


def names(path: Path) -> list[str]:
    """What a file holds, by name: one for a file, several for an archive."""
    if streams.form(path) in ("parquet", "xlsx"):
        return [path.name]
    return [member.name for member in streams.members(path)]


def read(path: Path, name: str, wanted: Wanted, *, start: Place) -> Iterator[Batch]:
    """The batches of one of a file's `names`. Raises SourceError when nothing of it can be read or its header lacks a column."""
    at = start
    try:
        for batch in _found(path, name, wanted, start):
            at = Place(batch.stop, batch.next)
            yield batch
    except SourceError as error:
        if at.offset == 0:
            raise
        yield Batch(cells.nothing(wanted.layouts[0]), [(at.line, f"{BREAK}: {error.came}")], at.offset, at.line)


def _found(path: Path, name: str, wanted: Wanted, start: Place) -> Iterator[Batch]:
    packed = streams.form(path)
    if packed == "parquet":
        yield from _parquet(path, wanted.layouts[0], start)
    elif packed == "xlsx":
        yield from books.batches(path, wanted.layouts[0], passed=start.offset)
    else:
        member = next(member for member in streams.members(path) if member.name == name)
        with streams.opened(member) as stream:
            yield from _text(stream, member, wanted, start)


def _text(stream: Guarded, member: Member, wanted: Wanted, start: Place) -> Iterator[Batch]:
    layout, delimiter, header = _shape(member, wanted)
    lines.skip(stream, start.offset)
    for batch in _batches(stream, layout, delimiter, start):
        yield _without_header(batch) if header and start.line == 1 and batch.next > 1 else batch
        header = header and batch.next <= 1


def _batches(stream: Guarded, layout: Layout, delimiter: str, start: Place) -> Iterator[Batch]:
    pieces = lines.pieces(stream, first=start.line, offset=start.offset)
    if delimiter == "\t":
        return (cells.of_piece(piece, layout, delimiter) for piece in pieces)
    return (cells.of_records(found, layout, delimiter) for found in quoted.joined(pieces, offset=start.offset))


def _shape(member: Member, wanted: Wanted) -> tuple[Layout, str, bool]:
    """The layout, delimiter and whether there is a header. Without a header the delimiter is the published one, whatever the first line holds."""
    with streams.opened(member) as stream:
        found = stream.read(HEAD).decode("utf-8-sig", errors="replace").split("\n")
    for delimiter in (wanted.delimiter, *DELIMITERS):
        for known in wanted.layouts:
            headed = layouts.of_header(_parted(found[0].rstrip("\r"), delimiter), known)
            if headed is not None:
                return headed, delimiter, True
    return layouts.of_widths([line.count(wanted.delimiter) + 1 for line in found], wanted.layouts), wanted.delimiter, False


def _parted(line: str, delimiter: str) -> list[str]:
    if delimiter == "\t":
        return line.split("\t")
    try:
        return next(csv.reader([line.replace("\0", "")], delimiter=delimiter), [])
    except csv.Error:
        return line.split(delimiter)


def _without_header(batch: Batch) -> Batch:
    """The first batch without its first row, or without the fault of it."""
    is_row = batch.rows.num_rows and batch.rows["line"][0].as_py() == 1
    return Batch(batch.rows.slice(1) if is_row else batch.rows, [each for each in batch.broken if each[0] != 1], batch.stop, batch.next)


def _parquet(path: Path, known: Layout, start: Place) -> Iterator[Batch]:
    try:
        with parquet.ParquetFile(path) as file:
            layout = layouts.of_header(file.schema_arrow.names, known)
            if layout is None:
                raise SourceError(f"the columns {', '.join(known.needed)}", came=f"{path.name} has others", do="use `table` with a map")
            own = {layouts.plain(name): name for name in file.schema_arrow.names}
            passed = 0
            for found in file.iter_batches(PARQUET_ROWS, columns=[own[name] for name in layout.used]):
                passed += found.num_rows
                if passed > start.offset:
                    yield _typed(found, layout, own, passed)
    except UNWHOLE as error:
        raise SourceError("a whole Parquet file", came=f"{path.name}: {error}", do="write it again") from error


def _typed(found: pa.RecordBatch, layout: Layout, own: dict[str, str], passed: int) -> Batch:
    """Every column as text, empty where it is null; rows are numbered from 1."""
    columns: dict[str, Any] = {name: found.column(own[name]).cast(pa.string()).fill_null("") for name in layout.used}
    columns["line"] = pa.array(range(passed - found.num_rows + 1, passed + 1), pa.int64())
    return Batch(pa.table(columns), [], passed, passed + 1)
