"""Tables that people write, CSV or XLSX: read with row numbers, every fault named by file, row and column, nothing guessed.

Cells that a spreadsheet would run as a formula are refused; a text that only looks like one carries an apostrophe before it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from detente.errors import CaseError, InputError
from detente.read import clean

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one cell; `row` counts as a spreadsheet does, the header being row 1."""

    file: str
    row: int
    column: str
    message: str

    def __str__(self) -> str:
        return f"{self.file} row {self.row}, {self.column}: {self.message}"


@dataclass(slots=True)
class Row:
    """One row of a table; `take` reads a cell through a parser and collects what is wrong instead of raising."""

    file: str
    number: int
    cells: dict[str, str]
    faults: list[Fault]

    def text(self, column: str) -> str:
        """The cell without outer blanks, empty when absent."""
        return self.cells.get(column, "").strip()

    def fault(self, column: str, message: str) -> None:
        """Note what is wrong with a cell."""
        self.faults.append(Fault(self.file, self.number, column, message))

    def take(self, column: str, parse: Callable[[str], T]) -> T | None:
        """The parsed cell, or None when it is empty or wrong; what is wrong is noted."""
        value = self.text(column)
        if not value:
            return None
        try:
            return parse(value)
        except InputError as error:
            self.fault(column, str(error))
            return None

    def need(self, column: str, parse: Callable[[str], T]) -> T | None:
        """As `take`, but an empty cell is a fault."""
        if not self.text(column):
            self.fault(column, "expected a value, but the cell is empty; fill it in")
        return self.take(column, parse)


def load(path: Path, columns: Sequence[str], faults: list[Fault]) -> list[Row]:
    """The rows of a table; a missing file gives none. Raises CaseError when it is no UTF-8 CSV with these columns."""
    if not path.is_file():
        return []
    found = [row(path.name, number, cells, faults) for number, cells in commas(path, columns, ",")]
    for each in found:
        _alike(each)
    return found


def _alike(found: Row) -> None:
    """Note words that mix alphabets as faults: a name that looks like another must not pass for it."""
    for column, value in found.cells.items():
        if (word := clean.mixed(value)) is not None:
            do = "type the word again in one alphabet"
            found.fault(column, f"expected words of one alphabet each, but '{clean.spelled(word)}' mixes letters that look alike; {do}")


def commas(path: Path, columns: Sequence[str], delimiter: str) -> list[tuple[int, dict[str, str | None]]]:
    """The rows of a CSV table with their numbers; raises CaseError when it is none in UTF-8 with these columns."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CaseError(f"{path.name} in UTF-8", came=f"byte {error.start} is not", do="save the table as UTF-8 CSV") from error
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True, delimiter=delimiter)
    try:
        lacking(path, reader.fieldnames or (), columns)
        return list(enumerate(reader, 2))
    except csv.Error as error:
        raise CaseError(f"{path.name} to be a CSV table", came=str(error), do=f"look at line {reader.line_num}") from error


def lacking(path: Path, header: Sequence[str], columns: Sequence[str]) -> None:
    """Raise CaseError when a header lacks columns or has one of them twice."""
    missing = [column for column in columns if column not in header]
    if missing:
        raise CaseError(f"the columns {', '.join(columns)} in {path.name}", came=f"{', '.join(missing)} is missing", do="add the header")
    twice = [column for column in columns if list(header).count(column) > 1]
    if twice:
        raise CaseError(f"each column of {path.name} once", came=f"{', '.join(twice)} stands twice", do="take one of them out")


def row(file: str, number: int, cells: Mapping[str, str | None], faults: list[Fault]) -> Row:
    """One row from its cells by column; cells that would run as a formula are noted as faults."""
    made = Row(file, number, {name: value or "" for name, value in cells.items() if isinstance(name, str) and not isinstance(value, list)}, faults)
    if None in cells:
        made.fault("(end)", "expected as many cells as the header has, but there are more; quote cells that hold a comma")
    for column, value in made.cells.items():
        if clean.hidden(value):
            made.fault(column, f"expected letters that can be seen, but {clean.shown(value)[:40]!r} came; take out what cannot be seen")
        if runs(value):
            made.fault(column, f"expected text, but {value[:20]!r} would run as a formula in a spreadsheet; begin with a letter")
    return made


def runs(value: str) -> bool:
    """True for a cell that a spreadsheet would run as a formula; a number with a sign is none.

    >>> runs("=1+1"), runs("-1.5"), runs("-cmd")
    (True, False, True)
    """
    return value[:1] in ("=", "@", "\t", "\r") or (value[:1] in ("+", "-") and not _number(value))


def guarded(value: str) -> str:
    """A text that can be written into any cell: an apostrophe before what would run, and before an apostrophe at the beginning.

    >>> guarded("=1+1"), guarded("'tis")
    ("'=1+1", "''tis")
    """
    return f"'{value}" if runs(value) or value[:1] == "'" else value


def unguarded(value: str) -> str:
    """A cell without the apostrophe that `guarded` put before it."""
    return value[1:] if value[:1] == "'" and guarded(value[1:]) == value else value


def _number(value: str) -> bool:
    try:
        float(value)
    except ValueError:
        return False
    return True
