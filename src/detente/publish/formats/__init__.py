"""Acts in the formats of other programs, each with an account of what it cannot carry: one module a family of formats.

plain     an act as nested data, which all are made from
report    what is lost, left out and written otherwise, counted
tabular   CSV, XLSX, Parquet
jsons     JSON Lines, GeoJSON
graphs    GraphML
entities  FollowTheMoney
events    PLOVER
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import BinaryIO

from detente.errors import InputError
from detente.publish.formats import entities, events, graphs, jsons, tabular
from detente.publish.formats.plain import Row, row
from detente.publish.formats.report import Left, Lost, Report, Tally, losses, told

__all__ = ["FORMATS", "Form", "Left", "Lost", "Report", "losses", "named", "reports", "row", "write"]


def _fits(_: Row) -> str | None:
    return None


def _same(_: Row) -> Iterator[str]:
    return iter(())


@dataclass(frozen=True, slots=True)
class Form:
    """A format: its name, the ending and media type of its files, what it is, how acts are written, which do not fit, what is written otherwise."""

    name: str
    ending: str
    media_type: str
    means: str
    write: Callable[[Iterable[Row], BinaryIO], None]
    unfit: Callable[[Row], str | None] = _fits
    notes: Callable[[Row], Iterator[str]] = _same


_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMS = (
    Form("csv", ".csv", "text/csv; charset=utf-8", "a table, one act a row", tabular.commas, notes=tabular.guards),
    Form("xlsx", ".xlsx", _SHEET, "a workbook, one act a row, every cell a text", tabular.workbook, notes=tabular.cuts),
    Form("parquet", ".parquet", "application/vnd.apache.parquet", "typed and nested columns for DuckDB, Spark, pandas", tabular.parquet),
    Form("jsonl", ".jsonl", "application/jsonl", "JSON Lines, one act a line with all its reports", jsons.lines),
    Form("geojson", ".geojson", "application/geo+json", "a map (RFC 7946), one feature an act", jsons.features, notes=jsons.unplaced),
    Form("graphml", ".graphml", "application/xml", "a directed graph of acts, states, bodies and persons", graphs.graph),
    Form(
        "ftm", ".ftm.jsonl", "application/jsonl", "FollowTheMoney entities, one a line", entities.entities,
        unfit=entities.unfit, notes=entities.notes,
    ),
    Form(
        "plover", ".plover.json", "application/json", "PLOVER event records, one array", events.records,
        unfit=events.unfit, notes=events.notes,
    ),
)  # fmt: skip
FORMATS: Mapping[str, Form] = MappingProxyType({form.name: form for form in _FORMS})


def named(name: str) -> Form:
    """A format by its name, in whatever case; raises InputError for one that is none."""
    form = FORMATS.get(name.lower())
    if form is None:
        raise InputError(f"one of the formats {', '.join(FORMATS)}", came=f"{name[:40]!r} came", do="choose one of these")
    return form


def write(form: Form, rows: Iterable[Row], out: BinaryIO) -> Report:
    """Write acts that fit into a format, one after the other, and say what became of them all."""
    tally = Tally(form.name)
    form.write(_passing(form, rows, tally), out)
    return tally.report()


def reports(rows: Iterable[Row]) -> tuple[Report, ...]:
    """What would become of acts in every format, without writing any."""
    tallies = {name: Tally(name) for name in FORMATS}
    for found in rows:
        known = told(found)
        for name, form in FORMATS.items():
            _counted(form, found, tallies[name], known)
    return tuple(tally.report() for tally in tallies.values())


def _passing(form: Form, rows: Iterable[Row], tally: Tally) -> Iterator[Row]:
    return (found for found in rows if _counted(form, found, tally, told(found) if losses(form.name) else frozenset()))


def _counted(form: Form, found: Row, tally: Tally, known: frozenset[str]) -> bool:
    """Count an act; True when it fits the format."""
    why = form.unfit(found)
    if why is not None:
        tally.leave(found, why)
        return False
    tally.keep(known, form.notes(found))
    return True
