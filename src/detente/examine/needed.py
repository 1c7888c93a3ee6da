"""What a text must hold for a pattern to hit it: strings of plain letters, so that most sentences are passed over without a search.

Read from the pattern as the standard library parses it. Ignores case as patterns do that are searched with re.IGNORECASE.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from re import _constants, _parser
from typing import Any

Needs = frozenset[str] | None
"""Strings one of which stands in all that is hit; None where there are none."""


def folded(text: str) -> str:
    """A text as `by` wants it: every letter that a pattern takes for a plain one is that one, the Turkish ones too."""
    return text.replace("İ", "i").replace("ı", "i").casefold()


def by(pattern: str) -> tuple[str, ...]:
    """Strings one of which stands in the folded form of all that a pattern hits; () where that cannot be told.

    >>> by(r"\\bseem(?:s|ed)?\\b|\\b(?:good|bad)\\s+news\\b")
    ('news', 'seem')
    """
    return tuple(sorted(_row(_parser.parse(pattern)) or ()))


def _row(parts: Iterable[tuple[Any, Any]]) -> Needs:
    """Of the parts of a row, each of which must stand, the strings of the one that tells most."""
    told, run = [], ""
    for kind, part in parts:
        if kind is _constants.LITERAL and chr(part).isascii():
            run += chr(part).casefold()
            continue
        told += [frozenset((run,)), _part(kind, part)]
        run = ""
    return max((each for each in (*told, frozenset((run,))) if each and "" not in each), key=_telling, default=None)


def _part(kind: Any, part: Any) -> Needs:
    if kind is _constants.SUBPATTERN:
        return _row(part[-1])
    if kind is _constants.BRANCH:
        return _any([_row(way) for way in part[1]])
    if kind in (_constants.MAX_REPEAT, _constants.MIN_REPEAT) and part[0] > 0:
        return _row(part[2])
    return None


def _any(ways: Sequence[Needs]) -> Needs:
    return None if None in ways else frozenset().union(*(way for way in ways if way))


def _telling(strings: frozenset[str]) -> tuple[int, int]:
    """Long strings are rare, and few are soon looked for."""
    return min(map(len, strings)), -len(strings)
