"""Russian dates in running text as the same row of pieces that the English ones are read from, so that one grammar reads both.

What Russian says by case or order is put in as the piece that English would have: `летом` as "in summer", `через две недели` as
"two weeks from now", `неделю назад` as "a week ago". The words with all their forms stand in data/dates/words_ru.csv.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from types import MappingProxyType

from detente.dates import words
from detente.dates.spans import table
from detente.dates.words import Partial, Piece, Value

_YEAR_FORM = r"(?:год(?:а|у|ом|е|ы|ов|ам|ами|ах)?|гг?\.)"
_YEAR_AHEAD = re.compile(rf"\s*(?:(?:-|–|—|и|или|по|до)\s*\d{{4}}\s*)?{_YEAR_FORM}(?!\w)")
_YEAR_WORD = re.compile(rf"\s*{_YEAR_FORM}(?!\w)")
_BREAK = r"(?P<break>\n[^\S\n]*\n\s*|(?<![.!?])[.!?]++(?=[\"”»’')\]]*(?:\s|$)))"
_ORDINAL = r"(?P<ordinal>\b\d{1,2}-(?:го|е|му|м|й|я|ю)\b)|(?P<decade>\b\d{3}0-(?:е|х|м|ми)(?:\s+год\w*)?)"
_FIGURES = r"(?P<slashed>\b\d{1,2}\.\d{1,2}\.\d{4}\b)|(?P<iso>\b\d{4}-\d\d-\d\d\b(?![-\w]))|(?P<year>\b\d{4}\b)|(?P<number>\d+(?:[.,]\d+)*)"
_INSTRUMENTAL = re.compile(r"(?:весной|весною|летом|осенью|зимой|зимою)")


def read(text: str) -> list[Piece]:
    """The pieces of a Russian text, in order; codes as in data/dates/codes.csv."""
    pieces: list[Piece] = []
    at = 0
    for found in _token().finditer(text):
        if found.start() < at:
            continue
        piece, at = _piece(found, text, pieces)
        pieces += _led(piece)
    return _ordered(pieces)


@cache
def lexicon() -> Mapping[str, tuple[str, str]]:
    """Code and value by word or phrase, in lower case and without the dots of ё."""
    return MappingProxyType({row["word"].replace("ё", "е"): (row["code"], row["value"]) for row in table("words_ru")})


@cache
def _token() -> re.Pattern[str]:
    phrases = sorted((word for word in lexicon() if " " in word), key=len, reverse=True)
    joined = "|".join(re.escape(phrase).replace(r"\ ", r"\s{1,3}").replace("е", "[её]") for phrase in phrases)
    return re.compile(rf"{_BREAK}|(?P<phrase>\b(?i:{joined})\b)|{_ORDINAL}|{_FIGURES}|(?P<word>[^\W\d_]+)|(?P<mark>[^\s\w]|_)")


def _piece(found: re.Match[str], text: str, before: list[Piece]) -> tuple[Piece, int]:
    """The piece and where reading goes on: a year takes its word `год` with it; a name says nothing of past or future."""
    kind, (start, stop) = found.lastgroup or "mark", found.span()
    code, value = _value(kind, found.group(), text[stop:])
    if code == "Y":
        word = _YEAR_WORD.match(text, stop)
        stop = stop if word is None else word.end()
        if word is not None and (not before or before[-1].code not in "MSq"):
            code, value = "I", Partial(year=int(str(value)))
    inside = bool(before) and before[-1].code != "."
    name = kind == "word" and code == "x" and inside and found.group()[0].isupper()
    return Piece(start, stop, code, value, "" if name else found.group().lower().replace("ё", "е")), stop


def _value(kind: str, written: str, after: str) -> tuple[str, Value]:
    if kind == "break":
        return ".", written
    if kind in ("word", "phrase"):
        known = lexicon().get(re.sub(r"\s+", " ", written.lower().replace("ё", "е")))
        named = known is not None and known[0] in "MW" and not written.islower()
        return ("x", written) if known is None or named else known
    if kind == "year":
        is_year = 1500 <= int(written) <= 2199 and _YEAR_AHEAD.match(after) is not None
        return ("Y", written) if is_year else ("x", written)
    if kind == "ordinal":
        return _day("o", written.partition("-")[0])
    if kind == "decade":
        return "D", written[:4]
    return _figure(kind, written)


def _figure(kind: str, written: str) -> tuple[str, Value]:
    if kind == "number":
        return _day("d", written) if written.isdecimal() and len(written) < 4 else ("x", written)
    return words.valued(kind, written)


def _day(code: str, digits: str) -> tuple[str, Value]:
    number = int(digits)
    return (code, str(number)) if 1 <= number <= 31 else ("n", str(number))


def _led(piece: Piece) -> list[Piece]:
    """`летом` is "in summer"."""
    if piece.code == "S" and _INSTRUMENTAL.fullmatch(piece.word):
        return [Piece(piece.start, piece.start, "i", "", ""), piece]
    return [piece]


def _ordered(pieces: list[Piece]) -> list[Piece]:
    """The row in the order of English: counts before `назад` and `через`, parts of a running year, days of genitives."""
    row: list[Piece] = []
    for number, piece in enumerate(pieces):
        code = pieces[number + 1].code if number + 1 < len(pieces) else ""
        if piece.code == "+":
            continue
        if piece.code == "U" and _through(pieces, number) is not None:
            row += _counted(row, piece)
            row.append(replace(piece, start=piece.stop, code="+", value="", word=""))
            continue
        if piece.code == "U" and code in "Gle" and code:
            row += _counted(row, piece)
            continue
        row += _part(piece, code)
    return row


def _through(pieces: list[Piece], number: int) -> Piece | None:
    """The `через` before a count and a unit, or None."""
    for back in (1, 2, 3):
        if number < back or pieces[number - back].code not in "dnv~+":
            return None
        if pieces[number - back].code == "+":
            return pieces[number - back]
    return None


def _counted(row: list[Piece], unit: Piece) -> list[Piece]:
    """A unit behind its count; without one it is a single unit."""
    if row and row[-1].code in "dnv":
        return [unit]
    return [Piece(unit.start, unit.start, "a", "1", ""), unit]


def _part(piece: Piece, following: str) -> list[Piece]:
    """`в начале года` is "at the beginning of year"; before a date `в начале` is "early"."""
    if piece.code in "EKZ" and following == "U":
        return [replace(piece, code=str(piece.value)), Piece(piece.stop, piece.stop, "z", "", "")]
    return [piece]
