"""Words that examinations read details from: occasions, seats of honour, make-up of delegations, what a ban names. They live in data/questions."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from detente.examine import needed


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of one table of data/questions, by its name without the ending."""
    text = (files("detente") / "data" / "questions" / f"{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def first(name: str, text: str) -> tuple[str, str] | None:
    """The words of the text that the first row of a table that hits it covers, and what that row means; None without a hit.

    >>> first("occasions", "at the 60th anniversary of the armistice")
    ('60th anniversary of the armistice', 'anniversary')
    """
    return next(((" ".join(found.group().split()), meaning) for meaning, found in _hits(name, text)), None)


def means(name: str, text: str) -> str:
    """What the first row of a table that hits the text means, in the order of the table; empty without a hit."""
    return next((meaning for meaning, _ in _hits(name, text)), "")


def every(name: str, text: str) -> tuple[str, ...]:
    """What all rows of a table that hit the text mean, each once, in the order of the table."""
    return tuple(dict.fromkeys(meaning for meaning, _ in _hits(name, text)))


def hits(name: str, text: str, *, wanted: tuple[str, ...] = ()) -> tuple[tuple[str, str], ...]:
    """What each row of a table that hits the text means, and the words that it hits, in the order of the table: of all rows or of those wanted."""
    return tuple((meaning, " ".join(found.group().split())) for meaning, found in _hits(name, text, wanted))


def near(name: str, text: str, *, wanted: tuple[str, ...] = ()) -> bool:
    """False when no row of a table, of all or of those wanted, can hit the text or any part of it."""
    folded = needed.folded(text)
    return any(row.may_hit(folded) for row in _rows(name, wanted))


@dataclass(frozen=True, slots=True)
class _Row:
    """What a pattern means, and strings without one of which it hits nothing; none where that cannot be told."""

    pattern: re.Pattern[str]
    means: str
    needs: tuple[str, ...]

    def may_hit(self, folded: str) -> bool:
        return not self.needs or any(map(folded.__contains__, self.needs))


def _hits(name: str, text: str, wanted: tuple[str, ...] = ()) -> Iterator[tuple[str, re.Match[str]]]:
    folded = needed.folded(text)
    for row in _rows(name, wanted):
        if row.may_hit(folded) and (found := row.pattern.search(text)):
            yield row.means, found


@cache
def _rows(name: str, wanted: tuple[str, ...] = ()) -> tuple[_Row, ...]:
    """The rows of a table, or those with a meaning that is wanted."""
    chosen = (row for row in rows(name) if not wanted or row["means"] in wanted)
    return tuple(_Row(re.compile(row["pattern"], re.IGNORECASE), row["means"], needed.by(row["pattern"])) for row in chosen)
