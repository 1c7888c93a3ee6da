"""The first sheet of a workbook as batches of text rows; what unpacks to more than a table would be is refused unread."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import openpyxl
import pyarrow as pa
from openpyxl.utils.exceptions import InvalidFileException

from detente.errors import SourceError
from detente.read.datasets import cells, layouts
from detente.read.datasets.cells import Batch, Broken
from detente.read.datasets.layouts import Layout
from detente.read.sheets import typed

MOST_BYTES = 1_000_000_000
ROWS = 20_000
FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    InvalidFileException,
    OSError,
    EOFError,
    SyntaxError,
    KeyError,
    IndexError,
    ValueError,
    TypeError,
    AttributeError,
    NotImplementedError,
)
"""What openpyxl raises about damaged workbooks."""


def header(path: Path) -> list[str]:
    """The cells of the first row."""
    return next(_rows(path), [])


def batches(path: Path, known: Layout, *, passed: int) -> Iterator[Batch]:
    """The rows of a sheet that begins with a header, after the first `passed`. Raises SourceError for what is no workbook."""
    rows = _rows(path)
    layout = layouts.of_header(next(rows, []), known)
    if layout is None:
        raise SourceError(f"the columns {', '.join(known.needed)}", came=f"{path.name} has others", do="check the first row of the sheet")
    for _ in islice(rows, passed):
        pass
    while part := list(islice(rows, ROWS)):
        first = passed + 2
        passed += len(part)
        yield _batch(part, layout, first, passed)


def _batch(part: list[list[str]], layout: Layout, first: int, passed: int) -> Batch:
    filled = [(number, row) for number, row in enumerate(part, first) if any(row)]
    good = [(number, row) for number, row in filled if len(row) == len(layout.columns)]
    broken: list[Broken] = [(number, cells.wrong_width(len(row), layout)) for number, row in filled if len(row) != len(layout.columns)]
    columns = {name: pa.array([row[layout.columns.index(name)] for _, row in good], pa.string()) for name in layout.used}
    table = pa.table({**columns, "line": pa.array([number for number, _ in good], pa.int64())})
    return Batch(table, broken, passed, first + len(part))


def _rows(path: Path) -> Iterator[list[str]]:
    try:
        with zipfile.ZipFile(path) as packed:
            size = sum(part.file_size for part in packed.infolist())
        if size > MOST_BYTES:
            raise SourceError("a sheet of events", came=f"{path.name} unpacks to {size} bytes", do="save it as CSV")
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        for row in book.worksheets[0].iter_rows(values_only=True):
            yield [typed(value) for value in row]
        book.close()
    except FAULTS as error:
        raise SourceError("an XLSX workbook", came=f"{path.name}: {error}", do="save it again, or as CSV") from error


def first(path: Path, number: int) -> list[list[str]]:
    """The first rows behind the header."""
    return list(islice(_rows(path), 1, number + 1))
