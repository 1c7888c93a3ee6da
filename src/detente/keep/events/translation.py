"""Published columns of text turned into the columns of the table, with the reason where a row is refused: the SQL of a dataset at work."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as compute

from detente.keep.events import codes

WHY = """CASE
    WHEN why IS NOT NULL THEN why
    WHEN day IS NULL THEN 'no day that can be read'
    WHEN day NOT BETWEEN DATE '1800-01-01' AND DATE '2199-12-31' THEN 'a day out of range'
END"""


@cache
def sql(kind: str) -> str:
    """The SQL that turns the published columns of a dataset into columns of the table; it stands in a file of its own."""
    name = {"gdelt2": "gdelt"}.get(kind, kind)
    return (files("detente.keep.events") / f"{name}.sql").read_text(encoding="utf-8")


@dataclass(slots=True)
class Translation:
    """The SQL of one dataset with the values of its parameters; it reads `raw` and the tables of codes, and leaves `incoming`."""

    kind: str
    settings: Mapping[str, str | None] = field(default_factory=dict)
    con: duckdb.DuckDBPyConnection = field(default_factory=duckdb.connect)

    def __post_init__(self) -> None:
        codes.lend(self.con)

    @property
    def columns(self) -> tuple[str, ...]:
        """The published columns that the SQL reads."""
        return named(sql(self.kind))

    def translate(self, rows: Any, digest: str) -> tuple[Any, Any]:
        """A batch as the table's columns and `file`, and of the rows that are refused file, line and reason, both as Arrow tables.

        Columns that the batch lacks are empty. Rows keep their order: what lies in one piece, DuckDB does not part among threads.
        """
        for name in self.columns:
            if name not in rows.column_names:
                rows = rows.append_column(name, pa.repeat("", rows.num_rows))
        self.con.register("raw", rows.combine_chunks())
        query = f"SELECT * EXCLUDE (why), '{digest[:16]}' AS file, {WHY} AS why FROM ({sql(self.kind)})"
        given = {name: value for name, value in {**self.settings, "file": digest[:16]}.items() if f"${name}" in query}
        found = self.con.sql(query, params=given).to_arrow_table()
        self.con.unregister("raw")
        is_good = compute.is_null(found["why"])
        refused = found.filter(compute.invert(is_good)).select(["file", "line", "why"])
        return (found.filter(is_good) if refused.num_rows else found).drop_columns(["why"]), refused


@cache
def named(select: str) -> tuple[str, ...]:
    """The published columns that a SQL reads: what follows `raw.` or `named.` in it, but for those it makes itself.

    >>> named("SELECT raw.line, raw.eventdate FROM raw")
    ('eventdate',)
    """
    return tuple(sorted(set(re.findall(r"\b(?:raw|named)\.(\w+)", select)) - {"line", "first_name", "second_name"}))
