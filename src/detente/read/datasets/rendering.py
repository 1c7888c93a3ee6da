"""Synthetic facts as the text of a dataset: its header, its cells, and lines that are damaged on purpose.

data/events/made_cells.csv says what stands in each column: a series of words and the text around them, or the same text in every row. A
column that it does not name is empty.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow_csv
from numpy.typing import NDArray

from detente import ontology
from detente.read.datasets import layouts
from detente.read.datasets.layouts import rows

if TYPE_CHECKING:
    from detente.read.datasets.synthetic import Facts

Series = tuple[Sequence[str], NDArray[np.int64]]
"""Words, and which of them each row has; -1 is an empty cell."""
PLACES, ADDRESSES, TONES = 10, 1000, 50


def codes(kind: str) -> list[dict[str, str]]:
    """The codes that occur, with the narrow type, quad class and score that go with each."""
    return [row for row in rows("made_codes") if row["kind"] == kind]


@cache
def _system(name: str) -> Mapping[str, str]:
    """The first code of each state in a system of codes."""
    found: dict[str, str] = {}
    for row in rows("states"):
        if row["system"] == name:
            found.setdefault(row["state"], row["code"])
    return found


def states(kind: str) -> tuple[str, ...]:
    """The states that a dataset can name, by ISO code: UCDP numbers not all, and ACLED puts names into brackets."""
    named = ontology.states()
    if kind == "ucdp":
        return tuple(sorted(set(named) & set(_system("gw"))))
    return tuple(sorted(code for code, name in named.items() if kind != "acled" or "(" not in name))


def header(kind: str) -> bytes:
    """The first line, with the published names."""
    return (layouts.kind(kind).delimiter.join(layouts.published(kind)) + "\n").encode()


def text(kind: str, known: Sequence[str], found: Facts) -> bytes:
    """The lines of a batch; those whose fate is to fail are damaged."""
    delimiter = layouts.kind(kind).delimiter
    style = "none" if delimiter == "\t" else "needed"
    held = io.BytesIO()
    arrow_csv.write_csv(table(kind, known, found), held, arrow_csv.WriteOptions(include_header=False, delimiter=delimiter, quoting_style=style))
    if not (found.fates >= 5).any():
        return held.getvalue()
    lines = held.getvalue().split(b"\n")
    for place in np.flatnonzero(found.fates >= 5).tolist():
        lines[place] = _damaged(lines[place], int(found.fates[place]), delimiter.encode())
    return b"\n".join(lines)


def _damaged(line: bytes, fate: int, delimiter: bytes) -> bytes:
    if fate == 5:
        return line[: line.index(delimiter)]
    return line + 2 * delimiter if fate == 6 else b"\0" + line


def table(kind: str, known: Sequence[str], found: Facts) -> pa.Table:
    """A batch as the dataset's columns of text."""
    size = len(found.days)
    made = {name: pa.repeat("", size) for name in layouts.published(kind)}
    told = series(kind, known, found)
    for row in rows("made_cells"):
        if row["kind"] == kind:
            made[row["column"]] = _cells(told[row["series"]](), row["text"]) if row["series"] else pa.repeat(row["text"], size)
    return pa.table(made)


def _cells(told: Series, around: str) -> pa.Array:
    words, places = told
    return pa.array(["", *(around.format(word) if word else "" for word in words)], pa.string()).take(pa.array(places + 1))


def series(kind: str, known: Sequence[str], found: Facts) -> dict[str, Callable[[], Series]]:
    """What can stand in a cell, each made when it is asked for."""
    listed = codes(kind)
    code = np.where(found.fates == 4, -1, found.codes)
    place = found.identifiers % PLACES
    places = (*known[: PLACES - 1], "")
    return {
        "identifier": lambda: _counting(np.where(found.fates == 2, -1, found.identifiers)),
        "day": lambda: _calendar(found, "D", "-"),
        "calendar": lambda: _calendar(found, "D", ""),
        "year": lambda: _calendar(found, "Y", ""),
        "mentions": lambda: _counting(found.mentions),
        "tone": lambda: ([str(round(-3.17 + each / 7, 13)) for each in range(TONES)], found.identifiers % TONES),
        "address": lambda: ([str(each) for each in range(ADDRESSES)], found.identifiers % ADDRESSES),
        "root": lambda: ([row["code"][:2] for row in listed], code),
        **{name: _column([row[name] for row in listed], code) for name in ("code", "narrow", "quad", "score")},
        **_sides("source", known, found.sources),
        **_sides("target", known, found.targets),
        **_sides("place", places, place),
    }


def _column(words: Sequence[str], places: NDArray[np.int64]) -> Callable[[], Series]:
    return lambda: (words, places)


def _sides(name: str, known: Sequence[str], places: NDArray[np.int64]) -> dict[str, Callable[[], Series]]:
    """A state by its ISO code, English name, number of Gleditsch and Ward, and FIPS code."""
    names = ontology.states()
    return {
        name: _column(known, places),
        f"{name}_name": _column([names.get(state, "") for state in known], places),
        **{f"{name}_{system}": _column([_system(system).get(state, "") for state in known], places) for system in ("gw", "fips")},
    }


def _counting(numbers: NDArray[np.int64]) -> Series:
    """Numbers as words; below 0 is an empty cell."""
    known, places = np.unique(numbers, return_inverse=True)
    return ["" if number < 0 else str(number) for number in known.tolist()], places


def _calendar(found: Facts, unit: str, between: str) -> Series:
    """Days or years as words, none where the fate is to be refused for the day."""
    known, places = np.unique(found.days, return_inverse=True)
    words = [str(day).replace("-", between) for day in known.astype("datetime64[D]").astype(f"datetime64[{unit}]")]
    return words, np.where(found.fates == 3, -1, places)
