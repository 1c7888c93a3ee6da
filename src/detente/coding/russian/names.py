"""Names of persons brought to the nominative, by gender, case and ending: `Сергеем Лавровым` is Сергей Лавров.

The endings stand in data/russian/names.csv; a name that no ending fits is taken as one that does not change, as most foreign ones are.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from detente.coding.russian.parse import Word
from detente.coding.russian.tables import rows

_SHORTEST = 2


def nominative(words: Iterable[Word]) -> str:
    """The name as it would stand in the nominative; of several parts each by its own."""
    named = tuple(words)
    gender, case = (next((word.feat(name) for word in named if word.feat(name)), "") for name in ("Gender", "Case"))
    return " ".join(_word(word.text, word.feat("Gender") or gender, word.feat("Case") or case) for word in named)


def _word(text: str, gender: str, case: str) -> str:
    *before, last = text.split("-")
    changed = "-".join([*before, _part(last, gender, case) if last[:1].isupper() else last])
    return changed if len(changed) >= _SHORTEST else text


def common(word: Word) -> str:
    """A common noun in the singular brought to the nominative, as far as the endings of names tell."""
    return word.text if word.feat("Number") == "Plur" else _part(word.text, word.feat("Gender"), word.feat("Case"))


def _part(text: str, gender: str, case: str) -> str:
    if case in ("", "Nom"):
        return text
    for ending, instead in _endings(gender, case):
        if text.endswith(ending) and len(text) - len(ending) >= _SHORTEST - 1 and not _consonant_lacks(text, ending, instead):
            return text[: len(text) - len(ending)] + instead
    return text


def _consonant_lacks(text: str, ending: str, instead: str) -> bool:
    """A stem without an ending must close with a consonant: `Тамау` is no form of `Тама`."""
    return instead == "" and text[: len(text) - len(ending)][-1:].lower() in "аеёиоуыэюяьй"


@cache
def _endings(gender: str, case: str) -> tuple[tuple[str, str], ...]:
    return tuple((row["ending"], row["nominative"]) for row in rows("names") if row["gender"] == gender and row["case"] == case)
