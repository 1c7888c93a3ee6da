"""What a format cannot carry, counted: fields that acts have and the file has no room for, acts left out and why, what was written otherwise.

Which fields a format loses stands in data/formats/losses.csv; a test writes an act with every field filled and looks for each in the file.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from detente.publish.formats.plain import Row, present

EXAMPLES = 3
GROUPS = ("others.", "speaker.")
"""Leaves that stand together under one name: a format has room for all of them or for none."""


@dataclass(frozen=True, slots=True)
class Lost:
    """A field that the format has no room for, in how many of the acts written it told something, and why there is no room."""

    field: str
    acts: int
    why: str


@dataclass(frozen=True, slots=True)
class Left:
    """Acts that are not in the file at all: the reason, their number, and the first of them by identity."""

    why: str
    acts: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What became of `acts` in a format: `written` of them stand in it. `notes` count what was written otherwise than the ledger has it.

    `beside` counts what the ledger holds about these acts that no format of acts has room for, by table.
    """

    format: str
    acts: int
    written: int
    lost: tuple[Lost, ...]
    left: tuple[Left, ...]
    notes: tuple[tuple[str, int], ...]
    beside: tuple[tuple[str, int], ...] = ()


@dataclass(slots=True)
class Tally:
    """Counts made while acts pass on their way into a format."""

    format: str
    acts: int = 0
    written: int = 0
    seen: Counter[str] = field(default_factory=Counter)
    left: dict[str, list[str]] = field(default_factory=dict)
    numbers: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)

    def keep(self, known: Iterable[str], notes: Iterable[str]) -> None:
        """Count an act that is written: the leaves that it tells, and what is written otherwise."""
        self.acts, self.written = self.acts + 1, self.written + 1
        self.seen.update(path for path in known if path in losses(self.format))
        self.notes.update(notes)

    def leave(self, found: Row, why: str) -> None:
        """Count an act that is left out."""
        self.acts += 1
        self.numbers[why] += 1
        named = self.left.setdefault(why, [])
        if len(named) < EXAMPLES:
            named.append(found["id"])

    def report(self) -> Report:
        """The counts as they stand, in the order of the table of losses."""
        lost = tuple(Lost(path, self.seen[path], why) for path, why in losses(self.format).items() if self.seen[path])
        left = tuple(Left(why, number, tuple(self.left[why])) for why, number in self.numbers.most_common())
        return Report(self.format, self.acts, self.written, lost, left, tuple(self.notes.most_common()))


@cache
def losses(name: str) -> Mapping[str, str]:
    """Leaves that a format loses, each with the reason."""
    return {row["field"]: row["why"] for row in read("losses") if row["format"] == name}


def told(found: Row) -> frozenset[str]:
    """Leaves that an act tells; those of a group under its name."""
    return frozenset(path.partition(".")[0] if path.startswith(GROUPS) else path for path in present(found))


def read(name: str) -> Iterator[dict[str, str]]:
    """The rows of a table of data/formats."""
    text = (files("detente") / "data" / "formats" / f"{name}.csv").read_text(encoding="utf-8")
    return csv.DictReader(text.splitlines())
