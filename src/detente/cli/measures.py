"""`detente measure`: what the event table says of pairs, states and months, on this machine's engine or on one that exists already."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich import box
from rich.table import Table

from detente.cli import console

if TYPE_CHECKING:
    import pyarrow as pa

    from detente.measure.engines import Events

SHOWN = 20
ENGINE = "duckdb, clickhouse, spark or its address (local[2], spark://host:7077); bigquery and trino with --show-sql."


def measure(
    ctx: typer.Context,
    name: Annotated[str | None, typer.Argument(help="Name of the measure; when left out, all are listed.", show_default=False)] = None,
    engine: Annotated[str, typer.Option("--engine", help=ENGINE)] = "duckdb",
    show_sql: Annotated[bool, typer.Option("--show-sql", help="Print the SQL that would run, and run nothing.")] = False,
    states: Annotated[list[str] | None, typer.Option("--state", help="Only rows that name this state; may be repeated.", show_default=False)] = None,
    datasets: Annotated[list[str] | None, typer.Option("--dataset", help="Only this dataset; may be repeated.", show_default=False)] = None,
    since: Annotated[str | None, typer.Option("--since", help="First day, YYYY-MM-DD.", show_default=False)] = None,
    until: Annotated[str | None, typer.Option("--until", help="The day after the last, YYYY-MM-DD.", show_default=False)] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="A .parquet or .csv file to write.", show_default=False)] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print all rows as JSON lines.")] = False,
) -> None:
    """Measure the imported events: panels of pairs by month or week, volumes, top partners, coverage. Each measure is one SQL text."""
    from detente.assess import question
    from detente.measure import queries
    from detente.pipeline import measuring

    if name is None:
        listed()
        return
    queries.text(name)
    chosen = measuring.Chosen(datasets or (), None if since is None else console.day(since), None if until is None else console.day(until))
    if show_sql:
        typer.echo(scripted(ctx, name, engine, chosen), nl=False)
        return
    found = measuring.events(console.settings(ctx).data, chosen)
    told = [question.state(each) for each in states or ()]
    with console.err.status(f"{name} on {engine}"):
        if output is not None:
            written(name, engine, found, told, output)
            return
        rows = measuring.measured(name, engine, found, states=told)
    if as_json:
        for row in rows.to_pylist():
            typer.echo(json.dumps(row, default=str))
    else:
        console.out.print(table(rows, queries.answers(name)))


def written(name: str, engine: str, found: Events, states: list[str], output: Path) -> None:
    """Write a measure to a file; to Parquet on this machine's engine it streams, however many rows there are."""
    from detente.pipeline import measuring

    if output.suffix == ".parquet" and engine == "duckdb":
        number = measuring.copied(name, found, output, states=states)
    else:
        rows = measuring.measured(name, engine, found, states=states)
        measuring.write(rows, output)
        number = rows.num_rows
    console.out.print(f"{number:,} rows in {output}", markup=False)


def scripted(ctx: typer.Context, name: str, engine: str, chosen: Any) -> str:
    """The SQL of a measure on an engine; without imported events, for a table of any one dataset."""
    from detente.errors import SourceError
    from detente.measure import engines
    from detente.pipeline import measuring

    try:
        found = measuring.events(console.settings(ctx).data, chosen)
    except SourceError:
        found = engines.Events((), tuple(chosen.datasets) or ("gdelt2",), chosen.since, chosen.until)
    return engines.script(name, engine, found)


def listed() -> None:
    """Print what can be measured."""
    from detente.measure import queries

    found = Table("measure", "what it answers", box=box.SIMPLE_HEAD, pad_edge=False)
    for name in queries.NAMES:
        found.add_row(name, queries.answers(name))
    console.out.print(found)


def table(rows: pa.Table, answers: str) -> Table:
    """The last rows of a measure as a table."""
    cut = rows.slice(max(0, rows.num_rows - SHOWN))
    more = f"the last {cut.num_rows} of {rows.num_rows:,} rows; -o FILE writes all" if rows.num_rows > SHOWN else None
    found = Table(*rows.column_names, title=answers, caption=more, box=box.SIMPLE_HEAD, pad_edge=False)
    for row in cut.to_pylist():
        found.add_row(*("" if value is None else f"{value:,.1f}" if isinstance(value, float) else str(value) for value in row.values()))
    return found
