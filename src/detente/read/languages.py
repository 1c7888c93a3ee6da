"""In which language a text is written: by its alphabet, then by the frequent words of each language, which stand in data/read/languages.csv.

Of texts of fewer than twenty words the alphabet is judged, and whether words or letters speak for another language. A word that English
has too counts for English only. English and Russian are coded; a text in any other language is refused, never read as one of the two.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import cache

from detente.read import lists

SUPPORTED = ("en", "ru")
UNKNOWN = "und"
"""The code of ISO 639-2 for a language that could not be told."""
LEAST_SHARE = 0.08
"""Of English prose a tenth to a half are such words, also where a sentence is full of names."""

_WORD = re.compile(r"[^\W\d_]+")
_JUDGED_WORDS = 20
_FEWEST_SIGNS = 2
_SAMPLE_CHARACTERS = 50_000
_FOREIGN_SHARE = 0.03
_RUSSIAN = re.compile(r"[а-яё]", re.IGNORECASE)


def detect(text: str) -> str:
    """The ISO 639-1 code of the language, `und` where it is none of those known; a text without a letter counts as English.

    >>> detect("The two ministers met in Oslo."), detect("Министры встретились в Осло."), detect("Міністри зустрілися в Осло.")
    ('en', 'ru', 'uk')
    """
    sample = text[:_SAMPLE_CHARACTERS]
    script = _script(sample)
    if script == "CYRILLIC":
        return _cyrillic(sample)
    return _latin(sample) if script in (None, "LATIN") else UNKNOWN


def is_english(text: str) -> bool:
    """True when English words are frequent and no other language's are more so; of short texts, when nothing speaks against it."""
    return detect(text) == "en"


def shares(text: str) -> Mapping[str, float] | None:
    """The share of each language's frequent words among all words, 0-1; None where there are fewer than twenty words."""
    words = _WORD.findall(text[:_SAMPLE_CHARACTERS].lower())
    if len(words) < _JUDGED_WORDS:
        return None
    return {language: count / len(words) for language, count in _counts(words).items()}


def _script(sample: str) -> str | None:
    """The alphabet of more than half of the letters, None where there is no letter, "OTHER" where none has that many."""
    letters = [letter for letter in sample if letter.isalpha()]
    if not letters:
        return None
    (name, count), *_ = Counter(unicodedata.name(letter, "OTHER").split()[0] for letter in letters).most_common(1)
    return name if count * 2 >= len(letters) else "OTHER"


def _latin(sample: str) -> str:
    words = _WORD.findall(sample)
    if len(words) < _JUDGED_WORDS:
        return _short(words)
    found = shares(sample) or {}
    best = _best(found, "LATIN")
    if found["en"] >= LEAST_SHARE and found["en"] == found[best]:
        return "en"
    return best if found[best] > found["en"] else UNKNOWN


def _short(words: list[str]) -> str:
    """A short text in Latin letters is English unless two small words, by list or by accent, and more than are English speak against it."""
    small = [word for word in words if word.islower() and len(word) > 1]
    found = _counts(small)
    best = _best(found, "LATIN")
    accented = sum(not word.isascii() for word in small)
    against = accented + (found[best] if best != "en" else 0)
    if against < _FEWEST_SIGNS or against <= found["en"]:
        return "en"
    return best if best != "en" and found[best] > found["en"] else UNKNOWN


def _cyrillic(sample: str) -> str:
    """Russian, unless letters that it has not or words of another language are frequent."""
    letters = [letter for letter in sample if letter.isalpha() and unicodedata.name(letter, "").startswith("CYRILLIC")]
    foreign = sum(_RUSSIAN.match(letter) is None for letter in letters)
    found = _counts(_WORD.findall(sample.lower()))
    best = _best(found, "CYRILLIC")
    if foreign > _FOREIGN_SHARE * len(letters):
        others = {language: count for language, count in found.items() if language != "ru"}
        return _best(others, "CYRILLIC") if max(others.values()) > 0 else UNKNOWN
    return "ru" if found["ru"] == found[best] else best


def _counts(words: list[str]) -> dict[str, int]:
    return {language: sum(word in frequent for word in words) for language, frequent in _frequent().items()}


def _best(found: Mapping[str, float], script: str) -> str:
    """The language of the most frequent words among those of an alphabet; English and Russian before others that have as many."""
    scripts = _scripts()
    return max((language for language in found if scripts[language] == script), key=lambda language: (found[language], language in SUPPORTED))


@cache
def _scripts() -> Mapping[str, str]:
    return {row["language"]: row["script"] for row in lists.rows("languages")}


@cache
def _frequent() -> Mapping[str, frozenset[str]]:
    words = {row["language"]: frozenset(row["words"].split()) for row in lists.rows("languages")}
    return {language: own if language == "en" else own - words["en"] for language, own in words.items()}
