"""Monthly series of pairs of states, read from a table `a, b, month, cooperation, conflict`.

A month that the table lacks for one pair, or an empty cell, means that nobody looked; a written 0 means that nothing was seen.
Rows may come in any order; a month that is given twice, a negative, an infinite or an unreadable value is refused with its line.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.errors import SourceError

MEASURES = ("cooperation", "conflict")
COLUMNS = ("a", "b", "month", *MEASURES)
LONGEST_MONTHS = 2400
EPOCH = 1970 * 12
"""Months before 1970."""


@dataclass(frozen=True, slots=True)
class Panel:
    """`months` are YYYY-MM without gaps; `values` of each pair is (months, measures), NaN where nobody looked.

    A pair is named as in its first row; its two states may stand in either order in later rows.
    """

    months: tuple[str, ...]
    values: dict[tuple[str, str], NDArray[np.float64]]


def read(path: Path) -> Panel:
    """The panel in a CSV file. Raises SourceError when the file cannot be read, lacks a column, or holds an impossible value."""
    try:
        with path.open(newline="", encoding="utf-8-sig") as lines:
            return panel(csv.reader(lines), name=path.name)
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError("a readable CSV file in UTF-8", came=f"{path.name}: {error}", do="check the path and the encoding") from error


def panel(rows: Iterable[list[str]], *, name: str) -> Panel:
    """The panel of a header and rows; `name` stands in messages."""
    cells = iter(rows)
    places = _places(next(cells, []), name)
    found: dict[tuple[str, str], dict[int, tuple[float, ...]]] = {}
    for line, row in enumerate(cells, start=2):
        if row:
            pair, month, values = _cells(row, places, f"{name}, line {line}")
            pair = pair if pair in found or pair[::-1] not in found else pair[::-1]
            held = found.setdefault(pair, {})
            if month in held:
                raise SourceError("one row for a pair and month", came=f"{name}, line {line} repeats {pair}", do="keep one of the rows")
            held[month] = values
    return _filled(found)


def _places(header: list[str], name: str) -> tuple[int, ...]:
    named = [cell.strip().lower() for cell in header]
    missing = [column for column in COLUMNS if column not in named]
    if missing:
        came = f"{name} lacks {', '.join(missing)}" if named else f"{name} is empty"
        raise SourceError(f"the columns {', '.join(COLUMNS)}", came=came, do="write them as the first line")
    return tuple(named.index(column) for column in COLUMNS)


def _cells(row: list[str], places: tuple[int, ...], where: str) -> tuple[tuple[str, str], int, tuple[float, ...]]:
    if len(row) <= max(places):
        raise SourceError(f"{len(COLUMNS)} cells", came=f"{where} has {len(row)}", do="fill the row or leave it out")
    a, b, month, *values = (row[place].strip() for place in places)
    if not a or not b or a == b:
        raise SourceError("two different states", came=f"{where} has {a!r} and {b!r}", do="name both")
    return (a, b), month_number(month, where), tuple(_value(value, where) for value in values)


def _value(text: str, where: str) -> float:
    if text == "" or text.lower() == "nan":
        return math.nan
    try:
        value = float(text)
    except ValueError as error:
        raise SourceError("a number", came=f"{where} has {text!r}", do="leave the cell empty where nobody looked") from error
    if not 0.0 <= value < math.inf:
        raise SourceError("a value that is finite and not negative", came=f"{where} has {text}", do="give conflict as a positive amount")
    return value


def month_number(text: str, where: str) -> int:
    """Months since year 0 of YYYY-MM. Raises SourceError, naming `where`, for anything else."""
    year, dash, month = text.partition("-")
    if not (dash and len(year) == 4 and year.isdecimal() and len(month) == 2 and month.isdecimal() and 1 <= int(month) <= 12):
        raise SourceError("a month as YYYY-MM", came=f"{where} has {text!r}", do="write 2014-05 for May 2014")
    return int(year) * 12 + int(month) - 1


def month_name(number: int) -> str:
    """YYYY-MM of a number of months since year 0."""
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def _filled(found: dict[tuple[str, str], dict[int, tuple[float, ...]]]) -> Panel:
    """Every pair over all months from the first to the last of the whole table."""
    known = [month for held in found.values() for month in held]
    if not known:
        return Panel((), {})
    first, last = min(known), max(known)
    if last - first >= LONGEST_MONTHS:
        came = f"{month_name(first)} to {month_name(last)} came"
        raise SourceError(f"at most {LONGEST_MONTHS} months", came=came, do="look for a mistyped year")
    values = {}
    for pair, held in found.items():
        table = np.full((last - first + 1, len(MEASURES)), np.nan)
        table[[month - first for month in held]] = list(held.values())
        values[pair] = table
    return Panel(tuple(month_name(number) for number in range(first, last + 1)), values)


def even(rows: Mapping[str, NDArray[Any]]) -> Panel:
    """The panel of `monthly_panel.sql`: columns a, b, month (days), cooperation_even and conflict_even, a row a pair and month.

    A month in which anything of the world was reported is 0 for a pair without a row; a month of which nothing was, nobody read.
    """
    if not len(rows["month"]):
        return Panel((), {})
    told = rows["month"].astype("datetime64[M]").astype(np.int64)
    first, length = int(told.min()), int(told.max() - told.min()) + 1
    blank = np.full((length, len(MEASURES)), np.nan)
    blank[np.unique(told) - first] = 0.0
    cells = np.stack([rows["cooperation_even"], rows["conflict_even"]], axis=1).astype(np.float64)
    values: dict[tuple[str, str], NDArray[np.float64]] = {}
    for a, b, place, cell in zip(rows["a"], rows["b"], told - first, cells, strict=True):
        pair = (str(a), str(b))
        if pair not in values:
            values[pair] = blank.copy()
        values[pair][place] = cell
    return Panel(tuple(month_name(number) for number in range(first + EPOCH, first + EPOCH + length)), values)


def pairs(found: Panel) -> Iterator[tuple[tuple[str, str], NDArray[np.float64]]]:
    """The pairs of which both measures were looked at in at least one month, in the order of the table."""
    for pair, values in found.values.items():
        if np.isfinite(values).any(axis=0).all():
            yield pair, values
