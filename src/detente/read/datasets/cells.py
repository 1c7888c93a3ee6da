"""Rows of text parted into cells: a piece of a file as an Arrow table of text columns, and the rows that could not be read.

The whole piece is read at once; only when that fails are its rows looked at one by one, and only those that are at fault are broken.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as compute
import pyarrow.csv as arrow_csv

from detente.read.datasets.layouts import Layout
from detente.read.datasets.lines import Piece
from detente.read.datasets.quoted import Records

BLOCK = 2 << 20
LONG = "longer than a row can be"
NUL = "holds a NUL byte"
NOT_UTF8 = "is not UTF-8"
WRONG_QUOTE = "wrong quotation marks"
Broken = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Batch:
    """`rows` has the used columns as text and `line`; `stop` and `next` are the offset and line behind it."""

    rows: pa.Table
    broken: list[Broken]
    stop: int
    next: int


def together(batches: Sequence[Batch]) -> Batch:
    """Batches that follow each other as one."""
    return Batch(
        pa.concat_tables([each.rows for each in batches]), [row for each in batches for row in each.broken], batches[-1].stop, batches[-1].next
    )


def of_piece(piece: Piece, layout: Layout, delimiter: str) -> Batch:
    """A piece without quotation: each line is a row."""
    following = piece.first + piece.number
    if piece.long:
        return Batch(nothing(layout), [(piece.first, LONG)], piece.stop, following)
    bytes_ = np.frombuffer(piece.data, np.uint8)
    table = _parsed(piece.data, layout, delimiter, quoted=False) if bytes_.min() else None
    if table is not None and table.num_rows == piece.number and not _has_blank(piece.data, table[layout.used[0]]):
        return Batch(_numbered(table, layout, range(piece.first, following)), [], piece.stop, following)
    good, firsts, broken = _sorted_out(piece, layout, delimiter)
    table = _parsed(b"".join(good), layout, delimiter, quoted=False) if good else None
    if table is None or table.num_rows != len(good):
        table, firsts, worse = _singly(good, firsts, layout, delimiter)
        broken = sorted([*broken, *worse])
    return Batch(_numbered(table, layout, firsts), broken, piece.stop, following)


def _has_blank(data: memoryview, cells: pa.ChunkedArray) -> bool:
    """Whether a line is blank, which reads as a row of empty cells; `cells` are those of one column, and only if one is empty is `data` searched."""
    if compute.min(compute.binary_length(cells)).as_py():
        return False
    return any(not line.rstrip(b"\r") for line in bytes(data).removesuffix(b"\n").split(b"\n"))


def of_records(found: Records, layout: Layout, delimiter: str) -> Batch:
    """Records with quotation."""
    long = [(line, LONG) for line in found.long]
    texts, firsts = found.texts, found.firsts
    if any(not text.strip() for text in texts):
        kept = [i for i, text in enumerate(texts) if text.strip()]
        texts, firsts = [texts[i] for i in kept], [firsts[i] for i in kept]
    whole = b"".join(texts)
    is_plain = texts and b"\0" not in whole and not any(_is_doubtful(text, layout, delimiter) for text in texts) and _is_strict(texts, delimiter)
    table = _parsed(whole, layout, delimiter, quoted=True) if is_plain else None
    if table is not None and table.num_rows == len(texts):
        return Batch(_numbered(table, layout, firsts), long, found.stop, found.next)
    table, firsts, broken = _singly(texts, firsts, layout, delimiter, quoted=True)
    return Batch(_numbered(table, layout, firsts), sorted([*long, *broken]), found.stop, found.next)


def _is_strict(texts: Sequence[bytes], delimiter: str) -> bool:
    """Whether quotation marks stand where they may in every record: `"a"b` is none, though Arrow reads it as `ab`."""
    marked = b"".join(text for text in texts if b'"' in text).decode(errors="surrogateescape")
    try:
        return sum(1 for _ in csv.reader(io.StringIO(marked, newline=""), delimiter=delimiter, strict=True)) == sum(b'"' in text for text in texts)
    except csv.Error:
        return False


def _parsed(data: bytes | memoryview, layout: Layout, delimiter: str, *, quoted: bool) -> pa.Table | None:
    """The used columns of all rows, or None when any row is at fault."""
    read = arrow_csv.ReadOptions(column_names=list(layout.columns), block_size=BLOCK, use_threads=False)
    quote = '"' if quoted else False
    part = arrow_csv.ParseOptions(delimiter=delimiter, quote_char=quote, double_quote=quoted, newlines_in_values=quoted, ignore_empty_lines=False)
    text = dict.fromkeys(layout.used, pa.string())
    convert = arrow_csv.ConvertOptions(
        column_types=text, include_columns=list(layout.used), strings_can_be_null=False, quoted_strings_can_be_null=False
    )
    try:
        return arrow_csv.read_csv(pa.BufferReader(data), read_options=read, parse_options=part, convert_options=convert)
    except pa.ArrowInvalid:
        return None


def nothing(layout: Layout) -> pa.Table:
    """A table without rows."""
    return _numbered(pa.table({name: pa.array([], pa.string()) for name in layout.used}), layout, [])


def _numbered(table: pa.Table, layout: Layout, firsts: Sequence[int]) -> pa.Table:
    lines = np.arange(firsts.start, firsts.stop) if isinstance(firsts, range) else firsts
    return table.select(list(layout.used)).append_column("line", pa.array(lines, pa.int64()))


def _sorted_out(piece: Piece, layout: Layout, delimiter: str) -> tuple[list[bytes], list[int], list[Broken]]:
    """The lines that have the right number of cells and letters that can be read, and the broken ones; blank lines are no rows."""
    good, firsts, broken = [], [], []
    for number, raw in enumerate(bytes(piece.data).split(b"\n"), piece.first):
        line = raw.removesuffix(b"\r")
        if not line:
            continue
        fault = _fault(line, layout, delimiter.encode())
        if fault is None:
            good.append(line.replace(b"\r", b" ") + b"\n")
            firsts.append(number)
        else:
            broken.append((number, fault))
    return good, firsts, broken


def _fault(line: bytes, layout: Layout, delimiter: bytes) -> str | None:
    width = line.count(delimiter) + 1
    if b"\0" in line:
        return NUL
    if width != len(layout.columns):
        return wrong_width(width, layout)
    if not line.isascii():
        cells = line.split(delimiter)
        return None if all(_utf8(cells[layout.columns.index(name)]) for name in layout.used) else NOT_UTF8
    return None


def wrong_width(width: int, layout: Layout) -> str:
    """The reason for a row with too few or too many cells."""
    return f"{'fewer' if width < len(layout.columns) else 'more'} than {len(layout.columns)} cells"


def _utf8(cell: bytes) -> bool:
    try:
        cell.decode()
    except UnicodeDecodeError:
        return False
    return True


def _singly(
    texts: Sequence[bytes], firsts: Sequence[int], layout: Layout, delimiter: str, *, quoted: bool = False
) -> tuple[pa.Table, list[int], list[Broken]]:
    """Records read one by one; one that runs over several lines and cannot be read is tried line by line."""
    rows: list[list[str]] = []
    numbers: list[int] = []
    broken: list[Broken] = []
    for number, text in _single_lines(texts, firsts, layout, delimiter, quoted=quoted):
        found = _row(text, layout, delimiter, quoted=quoted)
        if isinstance(found, str):
            broken.append((number, found))
        else:
            rows.append(found)
            numbers.append(number)
    places = [layout.columns.index(name) for name in layout.used]
    columns = {name: pa.array([row[place] for row in rows], pa.string()) for name, place in zip(layout.used, places, strict=True)}
    return pa.table(columns), numbers, broken


def _single_lines(texts: Sequence[bytes], firsts: Sequence[int], layout: Layout, delimiter: str, *, quoted: bool) -> Iterator[tuple[int, bytes]]:
    for first, text in zip(firsts, texts, strict=True):
        if quoted and _is_doubtful(text, layout, delimiter):
            yield from ((first + place, line) for place, line in enumerate(text.split(b"\n")) if line.strip())
        else:
            yield first, text


def _is_doubtful(text: bytes, layout: Layout, delimiter: str) -> bool:
    """Whether a record runs over several lines that slips with quotation marks may have joined: it is no row, or a later line looks like one.

    A line does when it has as many cells as a row, and numbers in at least half of the cells where the record has them.
    """
    if text.find(b"\n", 0, -1) < 0:
        return False
    whole = text.decode(errors="replace")
    found = _cells(whole, delimiter)
    if found is None or len(found) != len(layout.columns):
        return True
    numeric = [place for place, cell in enumerate(found) if _is_number(cell)]
    rows = [_cells(line.replace('"', ""), delimiter) or [] for line in whole.split("\n")[1:]]
    return any(len(row) == len(found) and 2 * sum(_is_number(row[place]) for place in numeric) >= len(numeric) for row in rows)


def _is_number(cell: str) -> bool:
    """Whether a cell is a number or a day: digits, and no letters."""
    return any(map(str.isdigit, cell)) and not any(map(str.isalpha, cell))


def _row(text: bytes, layout: Layout, delimiter: str, *, quoted: bool) -> list[str] | str:
    """The cells of one record, or why it has none."""
    if b"\0" in text:
        return NUL
    whole = text.decode(errors="surrogateescape").removesuffix("\n").removesuffix("\r")
    found = _cells(whole, delimiter) if quoted else whole.split(delimiter)
    if found is None:
        return WRONG_QUOTE
    if len(found) != len(layout.columns):
        return wrong_width(len(found), layout)
    is_read = text.isascii() or all(_utf8(found[layout.columns.index(name)].encode(errors="surrogateescape")) for name in layout.used)
    return found if is_read else NOT_UTF8


def _cells(record: str, delimiter: str) -> list[str] | None:
    """The cells of one record with quotation, None when its marks are wrong."""
    try:
        rows = list(csv.reader(io.StringIO(record, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else None
