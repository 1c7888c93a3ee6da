"""Words that examinations read details from: occasions, seats of honour, make-up of delegations, what a ban names. They live in data/questions."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files


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
    found = hits(name, text)
    return (found[0][1], found[0][0]) if found else None


def means(name: str, text: str) -> str:
    """What the first row of a table that hits the text means, in the order of the table; empty without a hit."""
    return next((meaning for pattern, meaning in _patterns(name) if pattern.search(text)), "")


def every(name: str, text: str) -> tuple[str, ...]:
    """What all rows of a table that hit the text mean, each once, in the order of the table."""
    return tuple(dict.fromkeys(meaning for pattern, meaning in _patterns(name) if pattern.search(text)))


def hits(name: str, text: str) -> tuple[tuple[str, str], ...]:
    """What each row of a table that hits the text means, and the words that it hits, in the order of the table."""
    return tuple((meaning, " ".join(found.group().split())) for pattern, meaning in _patterns(name) if (found := pattern.search(text)))


@cache
def _patterns(name: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(row["pattern"], re.IGNORECASE), row["means"]) for row in rows(name))
