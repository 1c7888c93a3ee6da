"""Records as a sheet that people can correct and give back: CSV or XLSX, every cell text, nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from detente.read import tables

WIDTHS = {"text": 80, "details": 40, "source": 36, "target": 36, "reason": 30}
WIDTH = 16


def commas(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    """The rows as CSV in UTF-8 with the mark by which spreadsheets know it."""
    out = io.BytesIO()
    write_commas(columns, rows, out)
    return out.getvalue()


def write_commas(columns: Sequence[str], rows: Iterable[Mapping[str, str]], out: BinaryIO) -> None:
    """The same into an open file, row by row."""
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([tables.guarded(row[column]) for column in columns] for row in rows)
    text.flush()
    text.detach()


def workbook(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    """The rows as an XLSX workbook of one sheet with its header frozen; every cell is text, so that no day or number is changed by opening it."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("records")
    sheet.freeze_panes = "A2"
    for number, column in enumerate(columns):
        sheet.column_dimensions[_letters(number)].width = WIDTHS.get(column, WIDTH)
    sheet.append([_filled(_cell(sheet, Font(bold=True)), column) for column in columns])
    cells = [_cell(sheet, None) for _ in columns]  # a row is written at once, and its cells serve again: to dress one takes longer than to fill it
    for row in rows:
        sheet.append([_filled(cell, tables.guarded(row[column])) for cell, column in zip(cells, columns, strict=True)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: object, font: Font | None) -> WriteOnlyCell:
    made = WriteOnlyCell(sheet)
    made.number_format = "@"
    made.alignment = Alignment(vertical="top", wrap_text=True)
    if font is not None:
        made.font = font
    return made


def _filled(cell: WriteOnlyCell, value: str) -> WriteOnlyCell:
    cell.value = value
    cell.data_type = "s"
    return cell


def _letters(number: int) -> str:
    return chr(ord("A") + number) if number < 26 else "A" + chr(ord("A") + number - 26)
