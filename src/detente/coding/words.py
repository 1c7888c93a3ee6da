"""Word lists of the frames: named sets of lemmas, read once from data/ontology/frame_words.csv.

A set may contain others: `@talks` inside a set stands for the words of `talks`.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from detente.errors import TermError


@cache
def sets() -> Mapping[str, frozenset[str]]:
    """Every set by name; several rows of one name add up."""
    text = (files("detente") / "data" / "ontology" / "frame_words.csv").read_text(encoding="utf-8")
    raw: dict[str, list[str]] = {}
    for row in csv.DictReader(text.splitlines()):
        raw.setdefault(row["set"], []).extend(row["words"].split())
    return {name: frozenset(_expand(name, raw, ())) for name in raw}


def among(name: str, word: str) -> bool:
    """Whether a lemma belongs to a set."""
    return word in sets()[name]


def _expand(name: str, raw: Mapping[str, list[str]], path: tuple[str, ...]) -> list[str]:
    if name not in raw or name in path:
        raise TermError("a word set that is defined and does not contain itself", came=f"@{name} came", do="mend frame_words.csv")
    words: list[str] = []
    for word in raw[name]:
        words += _expand(word[1:], raw, (*path, name)) if word.startswith("@") else [word]
    return words
