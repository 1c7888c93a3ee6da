"""Which columns the published datasets have, and which of them are used; the lists stand in data/events."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from detente.errors import SourceError, TermError

DELIMITERS: Mapping[str, str] = MappingProxyType({"tab": "\t", "comma": ",", "": ","})


@dataclass(frozen=True, slots=True)
class Kind:
    """One published dataset: the table its rows go to, its version where all files share one, and whether real files were seen."""

    name: str
    table: str
    version: str | None
    layouts: tuple[str, ...]
    delimiter: str
    has_header: bool
    proven: bool
    means: str


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a file in order; `needed` must be there, `optional` are taken when they are. Names are plain (`plain`)."""

    columns: tuple[str, ...]
    needed: tuple[str, ...]
    optional: tuple[str, ...] = ()

    @property
    def used(self) -> tuple[str, ...]:
        """The columns that are read."""
        return (*self.needed, *self.optional)


def plain(name: str) -> str:
    """A column's name in small letters and digits only, so that spellings of one name agree.

    >>> plain("Event ID"), plain("Actor1Geo_Lat")
    ('eventid', 'actor1geolat')
    """
    return "".join(letter for letter in name.casefold() if letter.isascii() and letter.isalnum())


@cache
def rows(name: str) -> list[dict[str, str]]:
    """The rows of a table in data/events."""
    text = (files("detente") / "data" / "events" / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def kinds() -> Mapping[str, Kind]:
    """The datasets that can be imported, by name."""
    return MappingProxyType({row["kind"]: _kind(row) for row in rows("kinds")})


def kind(name: str) -> Kind:
    """One dataset, or TermError naming those that can be imported."""
    if name not in kinds():
        raise TermError(f"one of {', '.join(kinds())}", came=f"{name!r} came", do="choose a dataset by its name")
    return kinds()[name]


def _kind(row: dict[str, str]) -> Kind:
    names, delimiter = tuple(row["layouts"].split()), DELIMITERS[row["delimiter"]]
    return Kind(row["kind"], row["table"], row["version"] or None, names, delimiter, row["header"] == "yes", row["proven"] == "yes", row["means"])


@cache
def published(name: str) -> tuple[str, ...]:
    """The columns of one layout as they are published, in order."""
    return tuple(row["column"] for row in rows("layouts") if row["layout"] == name)


@cache
def layout(name: str) -> Layout:
    """The published columns of one layout."""
    own = [row for row in rows("layouts") if row["layout"] == name]
    used = {use: tuple(plain(row["column"]) for row in own if row["use"] == use) for use in ("needed", "optional")}
    return Layout(tuple(plain(row["column"]) for row in own), used["needed"], used["optional"])


def of_header(cells: Sequence[str], known: Layout) -> Layout | None:
    """The layout that a first line gives when it is a header: at least half of its names are known. None when it is a row of data.

    Raises SourceError for a header that lacks a needed column or has one twice.
    """
    named = tuple(plain(cell) for cell in cells)
    if not any(named) or 2 * len(set(named) & set(known.columns)) < len(named):
        return None
    missing = [column for column in known.needed if named.count(column) != 1]
    if missing:
        came = f"the header lacks {', '.join(missing)}, or has it twice"
        raise SourceError(f"each of the columns {', '.join(known.needed)} once", came=came, do="check that this is the dataset you named")
    return Layout(named, known.needed, tuple(column for column in known.optional if named.count(column) == 1))


def of_widths(widths: Sequence[int], known: Sequence[Layout]) -> Layout:
    """The layout of a file without a header, whose first rows have so many cells: the one that most of them fit."""
    return max(known, key=lambda each: widths.count(len(each.columns)))
