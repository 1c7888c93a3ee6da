"""Dates in running text: "last July", "by 2020", "the following two months", each as an interval counted from the day of the text.

`find` lists them, longest first and left to right; `resolve` reads one. A date that could be two days ("03/02/2014") is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from detente.dates import grammar, russian
from detente.dates.distances import TOLD
from detente.dates.interval import Interval
from detente.dates.points import COUNTS, NAMED
from detente.dates.relations import BOUNDS, PARTS, RANGES
from detente.dates.words import Piece, may_hold_a_date, read

_LAYERS = (COUNTS, grammar.Layer(*NAMED, *TOLD), PARTS, RANGES, BOUNDS)


@dataclass(frozen=True, slots=True)
class Expression:
    """[start, stop) code points of the text, the words that stand there, and the days they mean."""

    start: int
    stop: int
    text: str
    interval: Interval


def find(text: str, *, anchor: date, context: Interval | None = None, language: str = "en") -> tuple[Expression, ...]:
    """Every date expression of a text, in order and without overlap; `language` is "en" or "ru".

    `anchor` is the day the text was published; `context` what the text before last spoke of, from which "the same day" or
    "two months later" are counted. Within the text each date becomes the context of what follows.

    >>> [(found.text, str(found.interval)) for found in find("They met last July and again in early May.", anchor=date(2014, 5, 8))]
    [('last July', '2013-07'), ('in early May', '2014-05-01/2014-05-10')]
    """
    if language == "ru":
        return _built(text, russian.read(text), anchor, context, sure=False)
    return _read(text, anchor, context, sure=False)


def resolve(expression_text: str, *, anchor: date, context: Interval | None = None) -> Interval | None:
    """What one expression means, or None when the text is no date, more than one, or a date that could be two.

    >>> str(resolve("by 2020", anchor=date(2014, 5, 8)))
    '../2020-12-31'
    """
    found = _read(expression_text, anchor, context, sure=True)
    if len(found) != 1:
        return None
    rest = expression_text[: found[0].start] + expression_text[found[0].stop :]
    return None if any(letter.isalnum() for letter in rest) else found[0].interval


def _read(text: str, anchor: date, context: Interval | None, *, sure: bool) -> tuple[Expression, ...]:
    if not may_hold_a_date(text):
        return ()
    return _built(text, read(text), anchor, context, sure=sure)


def _built(text: str, pieces: Sequence[Piece], anchor: date, context: Interval | None, *, sure: bool) -> tuple[Expression, ...]:
    scene = grammar.scene(pieces, anchor=anchor, context=context, sure=sure)
    for layer in _LAYERS:
        pieces = layer.apply(pieces, scene)
    return tuple(
        Expression(piece.start, piece.stop, text[piece.start : piece.stop], piece.value)
        for piece in pieces
        if piece.code == "!" and isinstance(piece.value, Interval)
    )
