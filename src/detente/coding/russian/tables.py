"""The word lists of data/russian: each a CSV file, read once."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of data/russian/`name`.csv."""
    text = (files("detente") / "data" / "russian" / f"{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def plain(word: str) -> str:
    """A word in small letters without the dots of ё, which Russian may leave out.

    >>> plain("Королёв")
    'королев'
    """
    return word.lower().replace("ё", "е")


@cache
def stems(use: str) -> re.Pattern[str]:
    """A pattern that a plain word fits which belongs to a use of words.csv: `stem*` takes any ending, a word without a star only itself."""
    found = [row["word"] for row in rows("words") if row["use"] == use]
    return re.compile("|".join(re.escape(plain(word)).replace(r"\*", r"\w*") for word in found))


def among(use: str, word: str) -> bool:
    """Whether a word belongs to a use of words.csv."""
    return stems(use).fullmatch(plain(word)) is not None
