"""The one gate where dirty text is cleaned; behind it every text is clean, and every offset refers to the clean text.

Line ends become \\n, characters that cannot be seen or that turn the direction of reading are taken out, the rest is composed (NFC).
A text that is clean comes through unchanged. What was taken out is counted. Ignores words: page furniture is the formats' business.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from detente.read import lists

_HALF = re.compile("[\ud800-\udfff]")
_ALIKE = frozenset(("LATIN", "CYRILLIC", "GREEK"))
_LETTERS = re.compile(r"[^\W\d_]+")
_BECOMES = {"removed": "", "line": "\n", "paragraph": "\n\n", "replaced": "\ufffd"}


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A clean text, and how many characters of which kind were changed to make it so."""

    text: str
    changes: Mapping[str, int]

    @property
    def notes(self) -> tuple[str, ...]:
        """The changes in words, one a kind."""
        return tuple(f"{count} {name} cleaned" for name, count in self.changes.items())


def clean(text: str) -> Cleaned:
    r"""The text behind the gate; cleaning twice is cleaning once.

    >>> clean("Kim\u202e\u200b\r\nmet").text, dict(clean("a\u200bb").changes)
    ('Kim\nmet', {'zero-width characters': 1})
    """
    changes: Counter[str] = Counter()
    lined = text.replace("\r\n", "\n").replace("\r", "\n")
    if lined != text:
        changes["line ends"] = text.count("\r")
    seen = _pattern().sub(lambda found: _seen(found[0], changes), lined)
    composed = unicodedata.normalize("NFC", seen)
    if composed != seen:
        changes["decomposed letters"] = sum(1 for character in seen if unicodedata.combining(character))
    return Cleaned(composed, MappingProxyType(dict(changes)))


def whole(text: str) -> str:
    r"""The text with every half of a pair of surrogates replaced, so that it can be written; its length and offsets stay.

    >>> whole("a\ud800b")
    'a\ufffdb'
    """
    return _HALF.sub("\ufffd", text)


def hidden(text: str) -> bool:
    r"""True for a text with a letter that cannot be seen or that turns the direction of reading; line ends and tabs are none.

    >>> hidden("Kim\u202e"), hidden("Kim\r\n")
    (True, False)
    """
    return _pattern().search(text.replace("\r\n", "\n")) is not None


def mixed(text: str) -> str | None:
    r"""The first word that mixes letters of Latin with letters that look like them, Cyrillic or Greek; None when there is none.

    >>> mixed("Russ\u0456a and Cuba"), mixed("Cuba и Россия")
    ('Russ\u0456a', None)
    """
    return next((word for word in _LETTERS.findall(text) if len({_script(letter) for letter in word} & _ALIKE) > 1), None)


def spelled(word: str) -> str:
    r"""A word with each letter that is not of the plain Latin alphabet written out, so that one can see which they are.

    >>> spelled("Russ\u0456a")
    'Russ\\u0456a'
    """
    return word.encode("ascii", "backslashreplace").decode("ascii")


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]


def shown(name: str) -> str:
    r"""A name as it may be shown: what cannot be seen is written out, on one line.

    >>> shown("moc\u202etxt.exe")
    'moc\\u202etxt.exe'
    """
    visible = _pattern().sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), name)
    return visible.replace("\r", "\\r").replace("\n", "\\n").replace("\t", "\\t")


def _seen(character: str, changes: Counter[str]) -> str:
    name, fate = _fates()[ord(character)]
    changes[name] += 1
    return _BECOMES[fate]


@cache
def _fates() -> Mapping[int, tuple[str, str]]:
    ranges = ((range(int(row["first"], 16), int(row["last"], 16) + 1), row) for row in lists.rows("unseen"))
    return {point: (row["name"], row["fate"]) for points, row in ranges for point in points}


@cache
def _pattern() -> re.Pattern[str]:
    ranges = (f"\\U{int(row['first'], 16):08x}-\\U{int(row['last'], 16):08x}" for row in lists.rows("unseen"))
    return re.compile(f"[{''.join(ranges)}]")
