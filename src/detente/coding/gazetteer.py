"""Names of states, peoples, capitals, seats of power, bodies, firms and places, found in running text by the longest match.

The tables lie in data/actors; a user's own table (columns name, state, form and optionally code) is added without code.
Letters count as written, so that `us` is no state; words of four letters and more may stand in capitals.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

from detente.errors import SourceError

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+")
_BETWEEN = re.compile(r"(?:[.,'’]?\s|['’\-–+/]|\.)?")
_LONG = 4
Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One name: a state's (`state`; several joined by `+`), a body's (`code`), a place's, or, with form `none`, a name to be passed over.

    A `short` name such as `the North` holds only in a document that names one of the states of `code`, and none behind `!`.
    """

    name: str
    form: str
    state: str | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry found at [start, stop) of a text."""

    start: int
    stop: int
    entry: Entry


class Gazetteer:
    """Entries by their first word; `find` takes the longest from left to right."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._index: dict[str, dict[Words, Entry]] = {}
        for entry in entries:
            words = tuple(_folded(word) for word in _WORD.findall(entry.name))
            if words:
                self._index.setdefault(words[0], {})[words] = entry
        self._lengths = {first: sorted({len(words) for words in group}, reverse=True) for first, group in self._index.items()}

    def find(self, text: str) -> tuple[Hit, ...]:
        """Every name in the text, left to right, none overlapping; names of form `none` are left out but use up their words."""
        found: list[Hit] = []
        words = list(_WORD.finditer(text))
        at = 0
        while at < len(words):
            hit, used = self._longest(text, words, at)
            if hit is not None and hit.entry.form == "short" and used > 1:
                hit, used = self._proper(text, words, at, (hit, used))
            if hit is not None and hit.entry.form != "none":
                found.append(hit)
            at += used
        return tuple(found)

    def _proper(self, text: str, words: list[re.Match[str]], at: int, short: tuple[Hit, int]) -> tuple[Hit | None, int]:
        """`the North Koreans`: a full name that begins after the article goes before the short one."""
        later, used = self._longest(text, words, at + 1)
        return (later, used + 1) if later is not None and later.stop > short[0].stop else short

    def _longest(self, text: str, words: list[re.Match[str]], at: int) -> tuple[Hit | None, int]:
        first = _folded(words[at].group())
        for length in (length for length in self._lengths.get(first, ()) if length <= len(words) - at):
            run = words[at : at + length]
            entry = self._index[first].get(tuple(_folded(word.group()) for word in run))
            if entry is not None and _joined(text, run) and not (length == 1 and len(entry.name) > 1 and _odd(entry.name, words[at].group())):
                return Hit(run[0].start(), run[-1].end(), entry), length
        return None, 1


def _folded(word: str) -> str:
    return word.capitalize() if len(word) >= _LONG and word.isupper() else word


def _odd(name: str, word: str) -> bool:
    """True for a short acronym met in another case, such as `Who` or `Car`."""
    return len(word) < _LONG and name.isupper() != word.isupper()


def _joined(text: str, run: list[re.Match[str]]) -> bool:
    return all(_BETWEEN.fullmatch(text, left.end(), right.start()) for left, right in pairwise(run))


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one table of data/actors."""
    text = (files("detente") / "data" / "actors" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def shipped() -> Gazetteer:
    """The gazetteer of the shipped tables."""
    return Gazetteer(_shipped_entries())


def with_own(path: Path) -> Gazetteer:
    """The shipped tables and a user's own, whose rows win; raises SourceError when it cannot be read or lacks a column."""
    try:
        own = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError("a readable UTF-8 table of actors", came=f"{path} could not be read", do="check the path and save it as UTF-8") from error
    if not own or not {"name", "state", "form"} <= set(own[0]):
        raise SourceError(
            "a table with the columns name, state, form", came=f"{path} came", do="give each row a name, an ISO code or nothing, a form"
        )
    return Gazetteer([*_shipped_entries(), *(_entry(row) for row in own)])


def _shipped_entries() -> list[Entry]:
    places = [Entry(row["name"], "place", row["state"]) for row in rows("places.csv") if row["kind"] != "capital"]
    bodies = [Entry(row["name"], row["form"], row["home"] or None, row["code"] or None) for row in rows("bodies.csv")]
    shorts = [Entry(row["name"], "short", row["state"], row["among"]) for row in rows("shorts.csv")]
    return [*places, *(_entry(row) for row in rows("states.csv")), *bodies, *shorts]


def _entry(row: Mapping[str, str]) -> Entry:
    return Entry(row["name"], row["form"] or "name", row["state"] or None, row.get("code") or None)
