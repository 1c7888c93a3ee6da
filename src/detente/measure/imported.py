"""The monthly series of all pairs from the imported event table, by the measure `monthly_panel` on DuckDB, for the scan of the world.

A month in which the table has any event was read: pairs without a row in it have 0. A month without a single event was not: NaN.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np
from numpy.typing import NDArray

from detente.errors import InputError
from detente.keep.events import counted, parts
from detente.measure import queries
from detente.measure.panel import MEASURES, Panel, month_name

COLUMNS = (
    "a, b, CAST(year(month) * 12 + month(month) - 1 AS BIGINT) AS at, CAST(cooperation_even AS DOUBLE) AS warm, CAST(conflict_even AS DOUBLE) AS cold"
)


def is_there(root: Path) -> bool:
    """Whether the folder `root` holds an event table with rows."""
    return bool(parts.load(root).of("events"))


def panel(root: Path, *, dataset: str | None = None) -> Panel:
    """Cooperation and conflict of every pair and month, evened out by the world's volume, of the rows that count (of one dataset alone when named).

    Raises InputError when there are no such rows.
    """
    folder = parts.load(root)
    with duckdb.connect() as con:
        if not counted.view(con, folder, dataset=dataset):
            there = ", ".join(folder.datasets("events")) or "nothing"
            came = f"{root} holds {there}" + (f", not {dataset}" if dataset else "")
            raise InputError("imported events", came=came, do="bring them in with `detente import`; docs/events.md says how")
        return _panel(con.execute(f"SELECT {COLUMNS} FROM ({queries.text('monthly_panel')})").fetchnumpy())


def _panel(found: dict[str, NDArray[np.generic]]) -> Panel:
    at = found["at"].astype(np.int64)
    if not len(at):
        return Panel((), {})
    first, number = int(at.min()), int(at.max() - at.min()) + 1
    unread = np.ones(number, dtype=bool)
    unread[at - first] = False
    cells = np.stack([found["warm"], found["cold"]], axis=1).astype(np.float64)
    values: dict[tuple[str, str], NDArray[np.float64]] = {}
    for a, b, place, cell in zip(found["a"], found["b"], at - first, cells, strict=True):
        pair = (str(a), str(b))
        if pair not in values:
            values[pair] = np.zeros((number, len(MEASURES)))
            values[pair][unread] = np.nan
        values[pair][place] = cell
    return Panel(tuple(month_name(first + i) for i in range(number)), values)
