"""Measures of the event table: which rows, on which engine, and where the answer goes."""

from __future__ import annotations

import csv
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING

from detente.errors import InputError, SourceError
from detente.keep.events import parts
from detente.pipeline.keeping import whole

if TYPE_CHECKING:
    import pyarrow as pa

    from detente.measure.engines import Events
    from detente.measure.panel import Panel


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which events are asked for: datasets (none: all), and days [`since`, `until`)."""

    datasets: Sequence[str] = ()
    since: date | None = None
    until: date | None = None


def folder(data: Path) -> Path:
    """Where the event table of a data folder lies."""
    return data / "events"


def events(data: Path, chosen: Chosen) -> Events:
    """The parts of the event table that are asked for. Raises SourceError when there are none, InputError for a dataset that is not there."""
    from detente.measure.engines import Events

    held = parts.load(folder(data))
    there = held.datasets("events")
    if not there:
        do = "type `detente import KIND FILE...`; docs/events.md says how"
        raise SourceError("an event table", came=f"nothing was imported into {folder(data)}", do=do)
    strange = [name for name in chosen.datasets if name not in there]
    if strange:
        raise InputError(f"datasets that were imported: {', '.join(there)}", came=f"{', '.join(strange)} came", do="choose among these")
    names = tuple(chosen.datasets) or tuple(there)
    paths = tuple(str(held.path(part)) for name in names for part in held.of("events", name))
    return Events(paths, names, chosen.since, chosen.until)


def measured(name: str, engine: str, found: Events, *, states: Collection[str] = ()) -> pa.Table:
    """The rows of a measure, or only those that name all the states; imported only here, since an engine takes a second to load."""
    import pyarrow.compute as compute

    from detente.measure import engines

    rows = engines.run(name, engine, found)
    for state in states:
        marks = [compute.equal(rows[column], state) for column in engines.naming(rows.column_names)]
        rows = rows.filter(reduce(compute.or_kleene, marks))
    return rows


def write(rows: pa.Table, path: Path) -> None:
    """Write rows to a .parquet or .csv file, whole or not at all. Raises InputError for another ending."""
    import pyarrow.parquet as parquet

    with whole(_named(path)) as part:
        if path.suffix == ".parquet":
            parquet.write_table(rows, part)
            return
        with part.open("w", encoding="utf-8", newline="") as file:
            out = csv.writer(file, lineterminator="\n")
            out.writerow(rows.column_names)
            for batch in rows.to_batches():
                out.writerows(zip(*(column.to_pylist() for column in batch.columns), strict=True))


def copied(name: str, found: Events, path: Path, *, states: Collection[str] = ()) -> int:
    """Write a measure's rows to a .parquet file on this machine's engine, streamed, whole or not at all; how many there are."""
    from detente.measure import engines

    with whole(path) as part:
        return engines.copy(name, found, part, states=states)


def _named(path: Path) -> Path:
    if path.suffix not in (".parquet", ".csv"):
        raise InputError("a name that ends in .parquet or .csv", came=f"{path.name} came", do="choose one of these")
    return path


def panel(data: Path, chosen: Chosen) -> Panel:
    """Every pair's cooperation and conflict by month, held against the world's volume, from the first month of the event table to its last."""
    from detente.measure import panel as series

    rows = measured("monthly_panel", "duckdb", events(data, chosen))
    return series.even({name: rows[name].to_numpy() for name in ("a", "b", "month", "cooperation_even", "conflict_even")})


def kept(data: Path, dataset: str | None = None) -> Panel:
    """The series that lie beside the ledger, else those of the imported events. Raises InputError when there are neither."""
    from detente.measure import panel as series

    path = data / "series.csv"
    if dataset is None and path.is_file():
        return series.read(path)
    if dataset is None and not folder(data).is_dir():
        do = "name a file, or bring events in with `detente import`; docs/events.md says how"
        raise InputError("monthly series of pairs", came=f"no file was named; neither {path} nor an event table is there", do=do)
    return panel(data, Chosen(() if dataset is None else (dataset,)))
