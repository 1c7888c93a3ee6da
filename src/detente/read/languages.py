"""Whether a text is in English, the one language that is coded so far: by the share of its most frequent words.

Texts of fewer than twenty words are let through: too little to judge. The words stand in data/read/languages.csv.
"""

from __future__ import annotations

import re
from functools import cache

from detente.read import lists

LEAST_SHARE = 0.10
"""English prose has a third to a half of its words among the frequent ones, other languages written in Latin letters below a twentieth."""

_WORD = re.compile(r"[^\W\d_]+")
_JUDGED_WORDS = 20
_SAMPLE_CHARACTERS = 50_000


def english_share(text: str) -> float | None:
    """The share of frequent English words among all words, 0-1; None where there are fewer than twenty words."""
    words = _WORD.findall(text[:_SAMPLE_CHARACTERS].lower())
    if len(words) < _JUDGED_WORDS:
        return None if all(word.isascii() for word in words) else _share(words)
    return _share(words)


def is_english(text: str) -> bool:
    """True when the text is in English or too short to tell."""
    share = english_share(text)
    return share is None or share >= LEAST_SHARE


def _share(words: list[str]) -> float:
    return sum(word in _frequent("en") for word in words) / len(words)


@cache
def _frequent(language: str) -> frozenset[str]:
    return frozenset(next(row["words"] for row in lists.rows("languages") if row["language"] == language).split())
