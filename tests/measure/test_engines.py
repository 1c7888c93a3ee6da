"""The measures on real engines: the same SQL, the same rows to the last digit on DuckDB, ClickHouse and a Spark session."""

from __future__ import annotations

import shutil
import warnings
from collections.abc import Iterator
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as parquet
import pytest

from detente.errors import EngineError, TermError
from detente.measure import engines, queries
from detente.measure.engines import Events

STATES = ("FIN", "ISL", "SWE", "NOR", "DNK")
SNAPSHOTS = Path(__file__).parent / "snapshots"


def written(path: Path, dataset: str, seed: int, rows: int) -> str:
    """A part of the event table with made-up events, unknown states, classes and scores among them."""
    states = "[" + ", ".join(f"'{state}'" for state in STATES) + ", NULL]"
    with duckdb.connect() as con:
        con.execute(f"SELECT setseed({seed / 10})")
        con.execute(
            f"""COPY (
                SELECT
                    '{dataset}' AS dataset, i AS line, CAST(i AS VARCHAR) AS identifier,
                    DATE '2019-12-15' + CAST(floor(random() * 120) AS INTEGER) AS day,
                    {states}[1 + CAST(floor(random() * 6) AS INTEGER)] AS source, {states}[1 + CAST(floor(random() * 6) AS INTEGER)] AS target,
                    ['CONSULT', 'ASSAULT', NULL][1 + CAST(floor(random() * 3) AS INTEGER)] AS class,
                    ['contact', NULL][1 + CAST(floor(random() * 2) AS INTEGER)] AS dimension,
                    CAST(1 + floor(random() * 4) AS TINYINT) AS quad,
                    CAST(round(random() * 20 - 10, 1) AS DECIMAL(4, 1)) AS score,
                    CAST(floor(random() * 9) AS INTEGER) AS mentions, CAST(NULL AS VARCHAR) AS place
                FROM range({rows}) AS numbers(i)
            ) TO '{str(path).replace(chr(39), chr(39) * 2)}' (FORMAT parquet)"""
        )
    return str(path)


@pytest.fixture(scope="module")
def events(tmp_path_factory: pytest.TempPathFactory) -> Events:
    folder = tmp_path_factory.mktemp("events=1")
    paths = (written(folder / "a.parquet", "icews", 3, 4000), written(folder / "b's.parquet", "gdelt2", 5, 6000))
    return Events(paths, ("icews", "gdelt2"))


@pytest.fixture(scope="module")
def spark() -> Iterator[str]:
    if find_spec("pyspark") is None:
        pytest.skip("pyspark is not installed: pip install 'detente[spark]'")
    if shutil.which("java") is None:
        pytest.skip("no java on the path, which Spark runs on")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        session: Any = engines.session("local[2]")
        yield "local[2]"
        session.stop()


@pytest.mark.parametrize("name", queries.NAMES)
def test_clickhouse_agrees_with_duckdb_to_the_last_digit(name: str, events: Events) -> None:
    pytest.importorskip("chdb", reason="chdb is not installed: pip install 'detente[clickhouse]'")
    ours, theirs = engines.run(name, "duckdb", events), engines.run(name, "clickhouse", events)
    assert ours.num_rows > 0
    assert theirs.equals(ours)


@pytest.mark.parametrize("name", queries.NAMES)
@pytest.mark.filterwarnings("ignore")
def test_spark_agrees_with_duckdb_to_the_last_digit(name: str, events: Events, spark: str) -> None:
    assert engines.run(name, spark, events).equals(engines.run(name, "duckdb", events))


def test_what_two_datasets_tell_of_one_cell_is_counted_once(events: Events) -> None:
    both, one = (sum(engines.run("monthly_panel", "duckdb", each)["acts"].to_pylist()) for each in (events, Events(events.paths, ("icews",))))
    assert one <= both < one + sum(engines.run("monthly_panel", "duckdb", Events(events.paths, ("gdelt2",)))["acts"].to_pylist())


def test_days_limit_what_is_measured(events: Events) -> None:
    limited = Events(events.paths, events.datasets, date(2020, 1, 1), date(2020, 2, 1))
    assert set(engines.run("directed_panel", "duckdb", limited)["month"].to_pylist()) == {date(2020, 1, 1)}


@pytest.mark.parametrize("name", queries.NAMES)
def test_a_measure_streams_into_a_file_row_for_row_in_its_order(name: str, events: Events, tmp_path: Path) -> None:
    path = tmp_path / "panel.parquet"
    usual = engines.run(name, "duckdb", events)
    assert engines.copy(name, events, path) == usual.num_rows
    assert engines.plain(parquet.read_table(path)).equals(usual)


def test_only_rows_that_name_all_the_states_are_streamed(events: Events, tmp_path: Path) -> None:
    path = tmp_path / "some.parquet"
    assert engines.copy("monthly_panel", events, path, states=["SWE", "FIN"]) > 1
    assert set(zip(*(parquet.read_table(path)[column].to_pylist() for column in "ab"), strict=True)) == {("FIN", "SWE")}


def test_a_state_that_no_event_names_has_no_rows(events: Events, tmp_path: Path) -> None:
    assert engines.copy("monthly_panel", events, tmp_path / "none.parquet", states=["FIN", "PER"]) == 0


def test_events_that_name_no_state_make_an_empty_panel(events: Events, tmp_path: Path) -> None:
    path = tmp_path / "unknown.parquet"
    with duckdb.connect() as con:
        unknown = "CAST(NULL AS VARCHAR) AS source, CAST(NULL AS VARCHAR) AS target"
        con.execute(f"COPY (SELECT * REPLACE ({unknown}) FROM '{events.paths[0]}') TO '{path}'").fetchall()
    assert engines.copy("monthly_panel", Events((str(path),), ("icews",)), tmp_path / "panel.parquet") == 0


@pytest.mark.parametrize("engine", sorted(engines.TEXT_ONLY))
@pytest.mark.parametrize("name", queries.NAMES)
def test_the_text_for_a_warehouse_is_as_it_was(name: str, engine: str) -> None:
    *views, text = engines.script(name, engine, Events((), ("icews", "gdelt2"), date(2014, 1, 1))).split(";\n\n")
    assert ";\n\n".join(views) + ";\n" == (SNAPSHOTS / f"views.{engine}.sql").read_text(encoding="utf-8")
    assert text == (SNAPSHOTS / f"{name}.{engine}.sql").read_text(encoding="utf-8")


@pytest.mark.parametrize("engine", sorted(engines.TEXT_ONLY))
def test_an_engine_that_takes_only_text_says_how_to_get_it(engine: str, events: Events) -> None:
    with pytest.raises(EngineError, match="--show-sql"):
        engines.run("read_days", engine, events)


@pytest.mark.parametrize(("engine", "found"), [("spark://host:7077", "spark"), ("local[2]", "spark"), ("duckdb", "duckdb"), ("trino", "trino")])
def test_an_address_names_its_dialect(engine: str, found: str) -> None:
    assert engines.dialect(engine) == found


def test_an_unknown_engine_is_refused() -> None:
    with pytest.raises(TermError, match="oracle"):
        engines.dialect("oracle")
