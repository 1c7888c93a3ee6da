"""The monthly series of all pairs from the table of daily net scores, made by the program's own measure on DuckDB."""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np

from detente.measure import queries
from detente.measure.panel import Panel

TABLE = "gdelt2_dyad_day_net_2018_2024.parquet"


def panel(table: Path) -> Panel:
    """Cooperation and conflict of every pair and month, evened out by the world's volume; nothing reported is 0."""
    with duckdb.connect() as con:
        con.execute("SET threads TO 1")
        con.execute(f"CREATE VIEW events AS SELECT date AS day, a AS source, b AS target, score FROM read_parquet('{table}')")
        found = con.execute(queries.text("monthly_panel")).fetchnumpy()
    months = np.unique(found["month"].astype("datetime64[M]"))
    values: dict[tuple[str, str], np.ndarray] = {}
    places = np.searchsorted(months, found["month"].astype("datetime64[M]"))
    cells = np.stack([found["cooperation_even"], found["conflict_even"]], axis=1).astype(np.float64)
    for a, b, place, cell in zip(found["a"], found["b"], places, cells, strict=True):
        values.setdefault((str(a), str(b)), np.zeros((len(months), 2)))[place] = cell
    return Panel(tuple(str(month) for month in months), values)
