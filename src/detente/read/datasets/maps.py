"""A user's own table of events: which column holds what, written in a YAML map, or guessed from names and first rows to be confirmed.

A map never says more than the table does: a field without a column stays unknown. `identity` is what makes two rows the same row: a
`column`, the whole `content`, or nothing (`row`: each row is an event of its own).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as compute
import pyarrow.parquet as parquet
import yaml

from detente.errors import CaseError, InputError, SourceError
from detente.read.datasets import batches, books, layouts, streams
from detente.read.datasets.batches import Place, Wanted
from detente.read.datasets.cells import Batch
from detente.read.datasets.layouts import Layout

FIELDS = ("identifier", "day", "known", "source", "target", "source_actor", "target_actor", "code", "score", "mentions", "deaths", "place")
CHOICES: Mapping[str, tuple[str, ...]] = {
    "states": ("iso3", "cameo", "fips", "gw", "name"),
    "codes": ("cameo", "plover", "none"),
    "identity": ("column", "content", "row"),
}
NEEDED = ("day", "source", "target")
DAY_FORMAT = re.compile(r"(?:[^%]|%[YmdybBjHMS])+")


@dataclass(frozen=True, slots=True)
class Map:
    """`columns` gives each field its column; the rest says how states, codes and days are written, and what the dataset is called."""

    dataset: str
    columns: Mapping[str, str]
    states: str = "iso3"
    codes: str = "none"
    identity: str = "content"
    day_format: str = "%Y-%m-%d"
    version: str | None = None

    @property
    def settings(self) -> dict[str, str]:
        """What the SQL for tables needs to know beside the columns."""
        return {name: getattr(self, name) for name in ("states", "codes", "identity", "day_format")}


@dataclass(frozen=True, slots=True)
class Header:
    """The first rows of a table, as text."""

    names: tuple[str, ...]
    rows: list[list[str]] = field(default_factory=list)


def read(path: Path) -> Map:
    """A map from its YAML file. Raises CaseError when it is none, names an unknown field or choice, or lacks a day, source or target."""
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise CaseError("a map in YAML", came=f"{path.name}: {error}", do="let `detente import table FILE` write one to confirm") from error
    if not isinstance(found, dict) or not isinstance(found.get("columns"), dict):
        raise CaseError("a map with `columns`", came=f"{path.name} has none", do="let `detente import table FILE` write one to confirm")
    return _checked({**found, "columns": {str(key): str(value) for key, value in found["columns"].items()}}, path.name)


def _checked(found: dict[str, Any], name: str) -> Map:
    unknown = sorted((set(found) - set(Map.__dataclass_fields__)) | (set(found["columns"]) - set(FIELDS)))
    if unknown:
        raise CaseError(f"the fields {', '.join(FIELDS)}", came=f"{name} has {', '.join(unknown)}", do="take it out, or correct its name")
    for key, choices in CHOICES.items():
        if found.get(key, choices[0]) not in choices:
            raise CaseError(f"{key}: one of {', '.join(choices)}", came=f"{name} has {found[key]!r}", do="choose one of these")
    missing = [each for each in NEEDED if each not in found["columns"]]
    if missing:
        raise CaseError(f"columns for {', '.join(NEEDED)}", came=f"{name} lacks {', '.join(missing)}", do="name the columns of your table")
    texts: dict[str, Any] = {key: value if key == "columns" or value is None else str(value) for key, value in found.items()}
    made = Map(**{"dataset": "", **texts})
    if not DAY_FORMAT.fullmatch(made.day_format):
        raise CaseError("day_format of %Y %m %d %y %b %B %j %H %M %S", came=f"{name} has {made.day_format!r}", do="write it like %d.%m.%Y")
    if not made.dataset.replace("_", "").isalnum() or not made.dataset.isascii():
        raise CaseError("a dataset's name of letters, digits and _", came=f"{name} has {made.dataset!r}", do="give it a plain name")
    if (made.identity == "column") != ("identifier" in made.columns):
        raise CaseError("an identifier where identity is `column`, and only there", came=f"{name} differs", do="correct one of the two")
    return made


def text(found: Map) -> str:
    """A map as YAML."""
    made: str = yaml.safe_dump({key: value for key, value in asdict(found).items() if value is not None}, sort_keys=False, allow_unicode=True)
    return made


def guess(path: Path, *, known_states: Mapping[str, frozenset[str]], classes: frozenset[str]) -> Map:
    """A map guessed from a table's names and first rows, to be confirmed. Raises InputError when day, source or target are not to be found."""
    header = _header(path)
    by_name = {layouts.plain(name): name for name in header.names}
    columns: dict[str, str] = {}
    for each, name in _known_names():
        if name in by_name and each not in columns and by_name[name] not in columns.values():
            columns[each] = by_name[name]
    missing = [each for each in NEEDED if each not in columns]
    if missing:
        came = f"nothing in {', '.join(header.names)} reads like {', '.join(missing)}"
        raise InputError("columns for day, source and target", came=came, do="write a map.yaml; docs/events.md shows one")
    values = {each: _values(header, name) for each, name in columns.items()}
    states = {value for value in (*values["source"], *values["target"]) if value}
    system = max(known_states, key=lambda name: sum((value.casefold() if name == "name" else value) in known_states[name] for value in states))
    codes = [value for value in values.get("code", []) if value]
    scheme = "cameo" if codes and all(c[:2].isdigit() for c in codes) else "plover" if codes and {c.upper() for c in codes} <= classes else "none"
    identity = "column" if "identifier" in columns else "content"
    name = "".join(letter if letter.isalnum() else "_" for letter in path.name.split(".")[0].casefold())
    return Map(name, columns, system, scheme, identity, _day_format(values["day"]))


def _day_format(days: list[str]) -> str:
    compact = bool(days) and all(day.isdigit() and len(day) == 8 for day in days)
    return "%Y%m%d" if compact else "%Y-%m-%d"


def _known_names() -> list[tuple[str, str]]:
    return [(row["field"], row["name"]) for row in layouts.rows("guesses")]


def _values(header: Header, name: str) -> list[str]:
    place = header.names.index(name)
    return [row[place] for row in header.rows if len(row) > place]


def _header(path: Path) -> Header:
    packed = streams.form(path)
    if packed == "xlsx":
        return Header(tuple(books.header(path)), books.first(path, 200))
    if packed == "parquet":
        return _of_parquet(path)
    with streams.opened(next(streams.members(path))) as stream:
        first = stream.read(batches.HEAD).decode("utf-8-sig", errors="replace").splitlines()[:201]
    delimiter = max((",", *batches.DELIMITERS), key=(first or [""])[0].count)
    try:
        rows = list(csv.reader((line.replace("\0", "") for line in first), delimiter=delimiter))
    except csv.Error as error:
        raise SourceError("a table of text", came=f"{path.name}: {error}", do="write it again as CSV") from error
    return Header(tuple(rows[0]), rows[1:-1] or rows[1:]) if rows else Header(())


def _of_parquet(path: Path) -> Header:
    try:
        with parquet.ParquetFile(path) as file:
            some = next(file.iter_batches(200), None)
            names = tuple(file.schema_arrow.names)
    except batches.UNWHOLE as error:
        raise SourceError("a whole Parquet file", came=f"{path.name}: {error}", do="write it again") from error
    return Header(names, [] if some is None else [[str(value) for value in row.values()] for row in some.to_pylist()])


def mapped(path: Path, name: str, found: Map, *, start: Place) -> Iterator[Batch]:
    """The batches of a user's table with its columns under the fields' names, and the whole row as `content`."""
    columns = tuple(layouts.plain(column) for column in _header(path).names)
    lacking = [column for column in found.columns.values() if columns.count(layouts.plain(column)) != 1]
    if lacking:
        raise CaseError("each mapped column once", came=f"{path.name} has not just one {', '.join(lacking)}", do="correct the map")
    known = Layout(columns, columns)
    for batch in batches.read(path, name, Wanted((known,), ","), start=start):
        yield Batch(_renamed(batch.rows, columns, found), batch.broken, batch.stop, batch.next)


def _renamed(rows: pa.Table, columns: tuple[str, ...], found: Map) -> pa.Table:
    made = {each: rows[layouts.plain(column)] for each, column in found.columns.items()}
    made["content"] = compute.binary_join_element_wise(*(rows[name].fill_null("") for name in columns), "\x1f")
    return pa.table({**made, "line": rows["line"]})
