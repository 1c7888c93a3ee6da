"""Whether a text is in English, the one language that is coded so far: by the frequent words of English and of other languages.

Of texts of fewer than twenty words only the alphabet is judged. The words stand in data/read/languages.csv; a word that English
has too counts for English only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from detente.read import lists

LEAST_SHARE = 0.08
"""Of English prose a tenth to a half are such words, also where a sentence is full of names."""

_WORD = re.compile(r"[^\W\d_]+")
_JUDGED_WORDS = 20
_SAMPLE_CHARACTERS = 50_000


def shares(text: str) -> Mapping[str, float] | None:
    """The share of each language's frequent words among all words, 0-1; None where there are fewer than twenty words."""
    words = _WORD.findall(text[:_SAMPLE_CHARACTERS].lower())
    if len(words) < _JUDGED_WORDS:
        return None
    return {language: sum(word in frequent for word in words) / len(words) for language, frequent in _frequent().items()}


def is_english(text: str) -> bool:
    """True when English words are frequent and no other language's are more so; of short texts, when most letters are Latin."""
    found = shares(text)
    if found is None:
        return _is_latin(text)
    return found["en"] >= LEAST_SHARE and found["en"] == max(found.values())


def _is_latin(text: str) -> bool:
    letters = [letter for letter in text[:_SAMPLE_CHARACTERS] if letter.isalpha()]
    return sum(unicodedata.name(letter, "").startswith("LATIN") for letter in letters) * 2 >= len(letters)


@cache
def _frequent() -> Mapping[str, frozenset[str]]:
    words = {row["language"]: frozenset(row["words"].split()) for row in lists.rows("languages")}
    return {language: own if language == "en" else own - words["en"] for language, own in words.items()}
