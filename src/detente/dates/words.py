"""Running text as a row of pieces: each word or number gets a one-letter code of what it can be in a date expression.

The grammar then reads the row of letters. The words and their codes stand in data/dates/words.csv.
Ignores words it does not know: they all get the code `x`; the end of a sentence gets `.` and stops every expression.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType

from detente.dates.interval import Interval, day, month
from detente.dates.spans import table

Lean = str | None
"""Which way the words around an expression look: "past", "future" or not at all."""

_ABBREVIATED = {
    "Mon",
    "Tue",
    "Tues",
    "Wed",
    "Thu",
    "Thurs",
    "Fri",
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Sept",
    "Oct",
    "Nov",
    "Dec",
}
_MONEY = frozenset("$€£¥₩₽₹#№%")


@dataclass(frozen=True, slots=True)
class Partial:
    """A date that leaves open what the text leaves open: the year of "July 27", the month of "the 15th"."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    season: int | None = None


Value = Partial | Interval | str
"""What a piece means: a date, an interval, or the plain value of its word in the table ("3:7", "week", "0")."""


@dataclass(frozen=True, slots=True)
class Piece:
    """[start, stop) of the text, its code and value; `word` is its lower-case text."""

    start: int
    stop: int
    code: str
    value: Value
    word: str


@cache
def lexicon() -> Mapping[str, tuple[str, str]]:
    """Code and value by word or phrase, in lower case; names of months that are also words keep their capital."""
    return MappingProxyType({row["word"]: (row["code"], row["value"]) for row in table("words")})


@cache
def cues() -> Mapping[str, str]:
    """Words that show whether a sentence looks back or ahead."""
    return MappingProxyType({row["word"]: row["lean"] for row in table("cues")})


@cache
def counted() -> frozenset[str]:
    """Nouns that people count: a number before one of them is no year and no day."""
    return frozenset(row["word"] for row in table("counted"))


@cache
def _token() -> re.Pattern[str]:
    phrases = sorted((word for word in lexicon() if " " in word or "-" in word), key=len, reverse=True)
    joined = "|".join(re.escape(phrase).replace(r"\ ", r"\s{1,3}").replace("'", "['’]") for phrase in phrases)
    return re.compile(
        rf"(?P<break>\n[^\S\n]*\n\s*|(?<![.!?])[.!?]++(?=[\"”’')\]]*(?:\s|$)))"
        rf"|(?P<phrase>\b(?i:{joined})\b)"
        r"|(?P<iso>\b\d{4}-\d\d(?:-\d\d)?\b(?![-\w]))|(?P<slashed>\b\d{1,2}[/.]\d{1,2}[/.]\d{4}\b)"
        r"|(?P<decade>(?:\b\d{3}|['’‘]\d|\b\d)0['’]?s\b)"
        r"|(?P<ordinal>\b\d{1,2}(?:st|nd|rd|th)\b)|(?P<quarter>\b[Qq][1-4]\b)"
        r"|(?P<number>\d{1,3}(?:,\d{3})+(?!\d)|\d+(?:\.\d+)?)"
        r"|(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)*)|(?P<mark>[^\s\w]|_)"
    )


_LETTERS = re.compile(r"[^\W\d_]+")
_DIGITS = re.compile(r"\d{4}|\d(?:st|nd|rd|th)\b|\d0['’]?s")


@cache
def _cores() -> frozenset[str]:
    """Words without one of which, or a year or an ordinal, no text holds a date."""
    return frozenset(part for word, (code, _) in lexicon().items() if code in "MVWwSUqhktgDJ#" for part in _LETTERS.findall(word.lower()))


def may_hold_a_date(text: str) -> bool:
    """False when no rule can find anything: most sentences are spared the reading."""
    return _DIGITS.search(text) is not None or not _cores().isdisjoint(_LETTERS.findall(text.lower()))


def read(text: str) -> list[Piece]:
    """The pieces of a text, in order."""
    pieces: list[Piece] = []
    for found in _token().finditer(text):
        start, stop = found.span()
        kind = found.lastgroup or "mark"
        code, value = _READERS[kind](found.group(), text[stop : stop + 1])
        if kind == "break" and _after_abbreviation(pieces, text, start):
            continue
        pieces.append(Piece(start, stop, code, value, found.group().lower()))
    return pieces


def lean_of(piece: Piece) -> Lean:
    """Whether the word looks back or ahead; forms with an ending of the past look back."""
    known = None if piece.code in "MV" else cues().get(piece.word)
    if known is not None or piece.code != "x":
        return known
    return "past" if len(piece.word) > 4 and piece.word.endswith(_past()) else None


@cache
def _past() -> tuple[str, ...]:
    """Endings of verbs that look back."""
    return tuple(ending.removeprefix("-") for ending in cues() if ending.startswith("-"))


def _after_abbreviation(pieces: list[Piece], text: str, start: int) -> bool:
    return bool(pieces) and pieces[-1].stop == start and text[pieces[-1].start : start] in _ABBREVIATED


def _phrase(text: str, _: str) -> tuple[str, Value]:
    return lexicon()[re.sub(r"\s+", " ", text.lower().replace("’", "'"))]


def _word(text: str, _: str) -> tuple[str, Value]:
    if text.endswith(("'s", "’s")):
        text = text[:-2]
    plain = text.title() if text.isupper() and len(text) > 2 else text
    known = lexicon().get(plain) or lexicon().get(plain.lower())
    return known if known is not None else ("x", text)


def _number(text: str, after: str) -> tuple[str, Value]:
    if not text.isdecimal() or not text.isascii() or after == "%":
        return "x", text
    number = int(text) if len(text) <= 4 else 0
    if len(text) == 4 and 1500 <= number <= 2199:
        return "Y", text
    if 1 <= number <= 31 and len(text) <= 2:
        return "d", str(number)
    return ("n", str(number)) if len(text) <= 3 and number else ("x", text)


def _iso(text: str, _: str) -> tuple[str, Value]:
    numbers = [int(part) for part in text.split("-")]
    if len(numbers) == 2 and (numbers[1] > 12 or numbers[1] == numbers[0] % 100 + 1):
        return _years(*numbers)
    try:
        return "I", day(date(*numbers)) if len(numbers) == 3 else month(*numbers)
    except (ValueError, OverflowError):
        return "x", text


def _years(first: int, ending: int) -> tuple[str, Value]:
    last = first - first % 100 + ending
    if not (1500 <= first < last <= 2199):
        return "x", f"{first}-{ending}"
    return "I", Interval(date(first, 1, 1), date(last + 1, 1, 1), "years")


def _slashed(text: str, _: str) -> tuple[str, Value]:
    first, second, year = (int(part) for part in re.split(r"[/.]", text))
    by_dots = "." in text
    orders = {(first, second)} if by_dots else {(day_of, month_of) for day_of, month_of in ((first, second), (second, first)) if month_of <= 12}
    if len(orders) != 1:
        return "x", text
    day_of, month_of = orders.pop()
    try:
        return "I", day(date(year, month_of, day_of))
    except (ValueError, OverflowError):
        return "x", text


def _decade(text: str, _: str) -> tuple[str, Value]:
    digits = "".join(letter for letter in text if letter.isdigit())
    if len(digits) == 4:
        return "D", digits
    return ("D", f"19{digits}") if len(digits) == 2 and int(digits) >= 20 else ("x", text)


def _mark(text: str, _: str) -> tuple[str, Value]:
    if text in "-–—‐‑":
        return "-", text
    if text in _MONEY:
        return "$", text
    return (text, text) if text in ",()/'" else ("x" if text not in ".;!?" else ".", text)


def valued(kind: str, written: str) -> tuple[str, Value]:
    """Code and value of a date in figures: `iso` or `slashed`."""
    return _READERS[kind](written, "")


_READERS = {
    "break": lambda text, _: (".", text),
    "phrase": _phrase,
    "iso": _iso,
    "slashed": _slashed,
    "decade": _decade,
    "ordinal": lambda text, _: ("o", str(int(text[:-2]))) if 1 <= int(text[:-2]) <= 31 else ("n", text[:-2]),
    "quarter": lambda text, _: ("q", text[1]),
    "number": _number,
    "word": _word,
    "mark": _mark,
}
