"""The measures on an engine: DuckDB runs them as they stand, Spark and ClickHouse in their own dialects, BigQuery and Trino get the text only.

Every engine reads the same Parquet parts of the event table and gives the same columns of the same types: days, whole numbers, decimals, text.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as parquet
import sqlglot

from detente.errors import EngineError, TermError
from detente.keep.events import counted
from detente.keep.events.codes import quoted
from detente.measure import queries

DIALECTS = ("duckdb", "spark", "clickhouse", "bigquery", "trino")
TEXT_ONLY = frozenset({"bigquery", "trino"})
COLUMNS = "dataset, day, source, target, class, dimension, quad, score, mentions, place"
DECIMAL = pa.decimal128(38, 1)
STATES = ("a", "b", "source", "target", "state", "partner")
"""Columns of measures that hold a state."""


@dataclass(frozen=True, slots=True)
class Events:
    """Which rows are measured: Parquet files, the datasets that are asked, and days [`since`, `until`)."""

    paths: tuple[str, ...]
    datasets: tuple[str, ...]
    since: date | None = None
    until: date | None = None

    def views(self, table: str) -> dict[str, str]:
        """The SQL of the views `all_events` and `events`, of which `table` is what holds the rows; in DuckDB's dialect."""
        limits = [f"day >= DATE '{self.since}'"] * (self.since is not None) + [f"day < DATE '{self.until}'"] * (self.until is not None)
        named = ", ".join(quoted(name) for name in self.datasets)
        chosen = " AND ".join([f"dataset IN ({named})", *limits])
        return {"all_events": f"SELECT {COLUMNS} FROM {table} WHERE {chosen}", "events": counted.sql(self.datasets)}


def dialect(engine: str) -> str:
    """The dialect of an engine's name or address: `spark://host:7077` and `local[2]` are Spark. Raises TermError for one that is unknown."""
    found = "spark" if engine.startswith(("spark://", "local[", "yarn", "k8s://")) or engine == "local" else engine
    if found not in DIALECTS:
        raise TermError(f"one of {', '.join(DIALECTS)}, or an address such as spark://host:7077", came=f"{engine!r} came", do="choose an engine")
    return found


def translated(sql: str, engine: str) -> str:
    """A text of SQL in the dialect of an engine, without its comments at the head. MATERIALIZED, which not all know, is for DuckDB alone."""
    found = dialect(engine)
    tree = sqlglot.parse_one(sql, read="duckdb")
    if found != "duckdb":
        for named in tree.find_all(sqlglot.exp.CTE):
            named.set("materialized", None)
    return tree.sql(found, pretty=True, comments=False)


def script(name: str, engine: str, events: Events) -> str:
    """What would run on an engine: the views, then the measure. `event_table` stands for the table that holds the parts."""
    views = events.views("event_table")
    made = [translated(f"CREATE OR REPLACE VIEW {view} AS {text}", engine) for view, text in views.items()]
    return ";\n\n".join([*made, translated(queries.text(name), engine)]) + ";\n"


def run(name: str, engine: str, events: Events) -> pa.Table:
    """A measure's rows, in its order. Raises EngineError when the engine is not installed, cannot start, or only takes text."""
    found = dialect(engine)
    if found in TEXT_ONLY:
        do = f"print the SQL with --show-sql --engine {found} and run it where your tables are"
        raise EngineError("an engine that runs here: duckdb, spark or clickhouse", came=f"{engine} was asked for", do=do)
    runs = {"duckdb": _duckdb, "spark": _spark, "clickhouse": _clickhouse}
    return plain(runs[found](name, engine, events))


def copy(name: str, events: Events, path: Path, *, states: Collection[str] = ()) -> int:
    """Write a measure's rows, or only those that name all the states, to a Parquet file with DuckDB, streamed; how many there are.

    Raises EngineError when the disk refuses.
    """
    with _viewed(events) as con:
        found = con.sql(queries.text(name))
        for state in states:
            found = found.filter(" OR ".join(f"CAST({column} AS VARCHAR) = {quoted(state)}" for column in naming(found.columns)))
        try:
            found.write_parquet(str(path))
        except duckdb.IOException as error:
            do = "check that there is room and that the event table is whole"
            raise EngineError("a disk that is read and written", came=str(error).splitlines()[0], do=do) from error
    return int(parquet.read_metadata(path).num_rows)


def naming(columns: Sequence[str]) -> list[str]:
    """Those columns of a measure that hold a state. Raises TermError when none does."""
    found = [column for column in STATES if column in columns]
    if not found:
        raise TermError(
            "a measure whose rows name states", came=f"one of {', '.join(columns)} came", do="leave --state out, or choose another measure"
        )
    return found


def plain(found: pa.Table) -> pa.Table:
    """The rows in the types that all engines share."""
    fields = [pa.field(field.name, _plain(field.type)) for field in found.schema]
    return found.cast(pa.schema(fields))


def _plain(kind: pa.DataType) -> pa.DataType:
    if pa.types.is_integer(kind):
        return pa.int64()
    if pa.types.is_decimal(kind):
        return pa.decimal128(38, 0) if kind.scale == 0 else DECIMAL
    if pa.types.is_floating(kind):
        return pa.float64()
    return pa.date32() if pa.types.is_date(kind) or pa.types.is_timestamp(kind) else pa.string()


@contextmanager
def _viewed(events: Events) -> Iterator[duckdb.DuckDBPyConnection]:
    """DuckDB with the views. States of `events` are numbers in the order of their codes, which are grouped and sorted faster than text."""
    listed = ", ".join(quoted(path) for path in events.paths)
    parts = f"read_parquet([{listed}], hive_partitioning = false)"
    states = f"SELECT DISTINCT source AS state FROM {parts} UNION SELECT DISTINCT target FROM {parts}"
    views = events.views(parts)
    with duckdb.connect() as con:
        con.execute("SET preserve_insertion_order = false")
        con.execute(f"CREATE TYPE state AS ENUM (SELECT state FROM ({states}) WHERE state IS NOT NULL ORDER BY state)")
        con.execute(f"CREATE VIEW all_events AS {views['all_events']}")
        numbered = "CAST(source AS state) AS source, CAST(target AS state) AS target"
        con.execute(f"CREATE VIEW events AS SELECT * REPLACE ({numbered}) FROM ({views['events']})")
        yield con


def _duckdb(name: str, _engine: str, events: Events) -> pa.Table:
    with _viewed(events) as con:
        return con.sql(queries.text(name)).to_arrow_table()


def session(engine: str) -> Any:
    """A Spark session on an address, or on all cores of this machine. Raises EngineError when there is no Spark or no Java."""
    try:
        sql, faults, bridge = (importlib.import_module(name) for name in ("pyspark.sql", "pyspark.errors", "py4j.protocol"))
    except ImportError as error:
        raise EngineError("Spark", came="pyspark is not installed", do="pip install 'detente[spark]'") from error
    settings = {
        "spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.sql.session.timeZone": "UTC",
        "spark.driver.host": "localhost", "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.execution.arrow.pyspark.enabled": "true", "spark.log.level": "ERROR",
    }  # fmt: skip
    builder = sql.SparkSession.builder.master("local[*]" if engine == "spark" else engine).appName("detente")
    for key, value in settings.items():
        builder = builder.config(key, value)
    try:
        found = builder.getOrCreate()
    except (faults.PySparkException, bridge.Py4JError) as error:
        came = f"it does not start: {str(error).splitlines()[0]}"
        raise EngineError("Spark", came=came, do="check that Java 17 is installed and that the address answers") from error
    if found.sparkContext.pythonExec == "python3":  # nobody set PYSPARK_PYTHON: workers of this machine take this Python
        found.sparkContext.pythonExec = sys.executable
    return found


def _spark(name: str, engine: str, events: Events) -> pa.Table:
    spark = session(engine)
    spark.read.parquet(*events.paths).createOrReplaceTempView("event_table")
    for view, sql in events.views("event_table").items():
        spark.sql(translated(sql, "spark")).createOrReplaceTempView(view)
    return spark.sql(translated(queries.text(name), "spark")).toArrow()


def _clickhouse(name: str, _engine: str, events: Events) -> pa.Table:
    try:
        chdb = importlib.import_module("chdb.session")
    except ImportError as error:
        raise EngineError("ClickHouse", came="chdb is not installed", do="pip install 'detente[clickhouse]'") from error
    held = chdb.Session()
    try:
        held.query("CREATE DATABASE IF NOT EXISTS detente ENGINE = Atomic")
        held.query("USE detente")
        files = " UNION ALL ".join(f"SELECT {COLUMNS} FROM file({quoted(path)}, Parquet)" for path in events.paths)
        for view, sql in events.views("event_table").items():
            text = translated(sql, "clickhouse").replace("event_table", f"({files})")
            held.query(f"CREATE OR REPLACE VIEW {view} AS {text}")
        answer = held.query(translated(queries.text(name), "clickhouse") + " SETTINGS join_use_nulls = 1", "ArrowStream")
        return pa.ipc.open_stream(answer.bytes()).read_all()
    finally:
        held.close()
