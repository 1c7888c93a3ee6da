from datetime import date
from typing import Any

import pytest

from detente.errors import TermError
from detente.measure import queries

duckdb: Any = pytest.importorskip("duckdb", reason="DuckDB, which runs the measures, is not installed")

EVENTS = [
    (date(2020, 1, 5), "FIN", "ISL", 4.0),
    (date(2020, 1, 5), "ISL", "FIN", -2.0),
    (date(2020, 1, 9), "SWE", "NOR", 6.0),
    (date(2020, 2, 1), "FIN", "ISL", 1.0),
    (date(2020, 2, 2), "FIN", "FIN", 9.0),
    (date(2020, 2, 3), "SWE", "NOR", -5.0),
]


def run(name: str, events: list[tuple[date, str, str, float]]) -> list[tuple[Any, ...]]:
    with duckdb.connect() as con:
        con.execute("CREATE TABLE events (day DATE, source VARCHAR, target VARCHAR, score DOUBLE)")
        more = "'made' AS dataset, NULL AS class, NULL AS dimension, 1 AS mentions"
        con.execute(f"CREATE VIEW all_events AS SELECT *, {more} FROM events")
        if events:
            con.executemany("INSERT INTO events VALUES (?, ?, ?, ?)", events)
        text = queries.text(name).replace("FROM events", "FROM all_events")
        rows: list[tuple[Any, ...]] = con.execute(text).fetchall()
    return rows


def test_the_monthly_panel_joins_both_directions_and_evens_out_volume() -> None:
    rows = run("monthly_panel", EVENTS)
    assert [row[:6] for row in rows] == [
        ("FIN", "ISL", date(2020, 1, 1), 2, 4.0, 2.0),
        ("FIN", "ISL", date(2020, 2, 1), 1, 1.0, 0.0),
        ("NOR", "SWE", date(2020, 1, 1), 1, 6.0, 0.0),
        ("NOR", "SWE", date(2020, 2, 1), 1, 0.0, 5.0),
    ]
    assert rows[0][6] == pytest.approx(4.0 * 9.0 / 12.0)
    assert rows[1][6] == pytest.approx(1.0 * 9.0 / 6.0)


def test_evened_volumes_are_the_same_every_month() -> None:
    months: dict[date, float] = {}
    for row in run("monthly_panel", EVENTS):
        months[row[2]] = months.get(row[2], 0.0) + row[6] + row[7]
    assert list(months.values()) == pytest.approx([9.0, 9.0])


def test_the_weekly_panel_begins_weeks_on_monday_and_says_how_much_of_them_was_read() -> None:
    rows = run("weekly_panel", EVENTS)
    assert [(*row[:6], row[9]) for row in rows] == [
        ("FIN", "ISL", date(2019, 12, 30), 2, 4.0, 2.0, 1),
        ("FIN", "ISL", date(2020, 1, 27), 1, 1.0, 0.0, 1),
        ("NOR", "SWE", date(2020, 1, 6), 1, 6.0, 0.0, 1),
        ("NOR", "SWE", date(2020, 2, 3), 1, 0.0, 5.0, 1),
    ]
    assert rows[0][6] + rows[0][7] == pytest.approx(rows[2][6])


def test_months_and_weeks_add_up_to_the_same() -> None:
    months, weeks = (run(name, EVENTS) for name in ("monthly_panel", "weekly_panel"))
    for column in (3, 4, 5):
        assert sum(row[column] for row in months) == pytest.approx(sum(row[column] for row in weeks))


def test_volume_of_states_counts_both_ends() -> None:
    assert run("actor_volume", EVENTS)[0] == ("FIN", date(2020, 1, 1), 2, 1)


def test_days_read_are_days_with_any_event() -> None:
    assert run("read_days", EVENTS) == [(date(2020, 1, 1), 2, 3), (date(2020, 2, 1), 3, 3)]


@pytest.mark.parametrize("name", queries.NAMES)
def test_every_measure_runs_on_nothing_and_says_what_it_answers(name: str) -> None:
    assert run(name, []) == []
    assert queries.answers(name).startswith("For every")


def test_an_unknown_measure_is_refused() -> None:
    with pytest.raises(TermError):
        queries.text("moods")
