"""The monthly series of all pairs from the table of daily net scores, made by the program's own measure on DuckDB."""

from __future__ import annotations

from pathlib import Path

import duckdb

from detente.measure import queries
from detente.measure.panel import Panel, even

TABLE = "gdelt2_dyad_day_net_2018_2024.parquet"


def panel(table: Path) -> Panel:
    """Cooperation and conflict of every pair and month, evened out by the world's volume; nothing reported is 0."""
    with duckdb.connect() as con:
        con.execute("SET threads TO 1")
        con.execute(f"CREATE VIEW events AS SELECT date AS day, a AS source, b AS target, score FROM read_parquet('{table}')")
        found = con.execute(queries.text("monthly_panel")).fetchnumpy()
    return even(found)
