"""A sheet of records, CSV or XLSX, as rows: the same columns, the same cells, and every fault by row and column.

CSV may part its cells with commas, semicolons or tabs, as spreadsheets of different countries write it. Of a workbook the first sheet is read.
A formula is refused even where the workbook holds its result: what it says would change with other cells.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from detente.errors import CaseError, InputError
from detente.read import tables
from detente.read.tables import Fault, Row

ENDINGS = (".csv", ".xlsx")
DELIMITERS = (",", ";", "\t")
MOST_ROWS = 200_000
MOST_BYTES = 400_000_000
"""A workbook is a packed archive; what unpacks to more than this is refused unread."""
Cells = dict[str, str | None]


def read(path: Path, columns: Sequence[str], faults: list[Fault]) -> list[Row]:
    """The rows of a sheet that are not empty, without the apostrophes before what only looks like a formula.

    Raises InputError for a file that is not there or has another ending, CaseError for one that is no table with these columns.
    """
    ending(path)
    if not path.is_file():
        raise InputError("a file that can be read", came=f"there is none at {path}", do="check the name")
    numbered = _commas(path, columns) if path.suffix.lower() == ".csv" else _workbook(path, columns, faults)
    found = [tables.row(path.name, number, cells, faults) for number, cells in numbered if any(cells.values())]
    for row in found:
        row.cells = {column: tables.unguarded(value) for column, value in row.cells.items()}
    return found


def ending(path: Path) -> None:
    """Raise InputError for a file that is neither CSV nor XLSX by its name."""
    if path.suffix.lower() not in ENDINGS:
        raise InputError("a file that ends in .csv or .xlsx", came=f"{path.name} came", do="choose one of these endings")


def _commas(path: Path, columns: Sequence[str]) -> list[tuple[int, Cells]]:
    with path.open("rb") as file:
        head = file.readline(10_000).decode("utf-8-sig", errors="replace")
    return tables.commas(path, columns, max(DELIMITERS, key=head.count))


def _workbook(path: Path, columns: Sequence[str], faults: list[Fault]) -> list[tuple[int, Cells]]:
    wrong = {"do": "save it as an XLSX workbook, or as UTF-8 CSV"}
    try:
        with zipfile.ZipFile(path) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_BYTES:
                raise CaseError(f"a workbook that unpacks to at most {MOST_BYTES:,} bytes", came=f"{path.name} is larger", do="split it")
        book = openpyxl.load_workbook(path, read_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as error:
        raise CaseError(f"{path.name} to be an XLSX workbook", came=str(error) or type(error).__name__, **wrong) from error
    try:
        return _first_sheet(path, book.worksheets[0].iter_rows(max_row=MOST_ROWS), columns, faults)
    except (IndexError, ValueError, KeyError, SyntaxError) as error:
        raise CaseError(f"{path.name} to hold a sheet of cells", came=str(error) or type(error).__name__, **wrong) from error
    finally:
        book.close()


def _first_sheet(path: Path, rows: Iterable[Sequence[openpyxl.cell.Cell]], columns: Sequence[str], faults: list[Fault]) -> list[tuple[int, Cells]]:
    found: list[tuple[int, Cells]] = []
    header: list[str] = []
    for number, cells in enumerate(rows, 1):
        if number == 1:
            header = [typed(cell.value).strip() for cell in cells]
            tables.lacking(path, header, columns)
            continue
        named = dict(zip(header, cells, strict=False))
        formulas = [name for name, cell in named.items() if cell.data_type == "f"]
        faults += [Fault(path.name, number, name, "expected text, but a formula came; write its value") for name in formulas]
        found.append((number, {name: "" if name in formulas else typed(cell.value) for name, cell in named.items()}))
    if not header:
        tables.lacking(path, header, columns)
    return found


def typed(value: object) -> str:
    """A cell's value as a person would have typed it: days without a time, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, datetime) and (value.hour, value.minute, value.second) == (0, 0, 0):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
