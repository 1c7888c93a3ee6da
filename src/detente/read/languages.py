"""Whether a text is in English, the one language that is coded so far: by the share of its most frequent words.

Of texts of fewer than twenty words only the alphabet is judged. The words stand in data/read/languages.csv.
"""

from __future__ import annotations

import re
import unicodedata
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
    return None if len(words) < _JUDGED_WORDS else sum(word in _frequent("en") for word in words) / len(words)


def is_english(text: str) -> bool:
    """True when the text is in English; of a text too short to tell, that most of its letters are Latin."""
    share = english_share(text)
    return _is_latin(text) if share is None else share >= LEAST_SHARE


def _is_latin(text: str) -> bool:
    letters = [letter for letter in text[:_SAMPLE_CHARACTERS] if letter.isalpha()]
    return sum(unicodedata.name(letter, "").startswith("LATIN") for letter in letters) * 2 >= len(letters)


@cache
def _frequent(language: str) -> frozenset[str]:
    return frozenset(next(row["words"] for row in lists.rows("languages") if row["language"] == language).split())
