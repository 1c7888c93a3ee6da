"""Numbers in running text: digits and words, scales ("million", "bn"), vague amounts ("dozens of") and ranges, as decimals.

Ignores what is counted (see quantities). Names with numbers in them ("S-400", "G20") are no figures.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

_SHORT = ("m", "b", "k")
_JOINS = re.compile(r"\s?(?:[-–—]|\bto\b|\bor\b)\s?")
_FROM = re.compile(r"\bfrom\s+(?:\S+\s+){0,3}$", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s(?:[$€£¥]\s?)?$", re.IGNORECASE)
_NAMED = re.compile(r"(?:[^\W\d_]-?|\d[.,/:]|\b[Nn]o\.\s?|#|§)$")
_LONGEST = 24


@dataclass(frozen=True, slots=True)
class Figure:
    """[start, stop) of a number, its low and high value, and the currency code that stood inside it ("112 USD million")."""

    start: int
    stop: int
    low: Decimal
    high: Decimal
    currency: str | None
    digits: bool
    scaled: bool


def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of data/quantities/`name`.csv."""
    text = (files("detente") / "data" / "quantities" / f"{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@cache
def values(name: str) -> dict[str, Decimal]:
    """A table of words and decimals."""
    rows = table(name)
    word, value = list(rows[0])[:2]
    return {row[word]: Decimal(row[value]) for row in rows}


def alternation(words: list[str]) -> str:
    """A pattern for any of the words, the longest first, with any short blank between their parts."""
    return "|".join(re.escape(word).replace(r"\ ", r"\s{1,2}") for word in sorted(words, key=len, reverse=True))


@cache
def _pattern() -> re.Pattern[str]:
    scales, numerals = alternation(list(values("scales"))), alternation(list(values("numerals")))
    long_scales = alternation([word for word in values("scales") if word.isalpha() and len(word) > 3])
    codes = "|".join(row["form"] for row in table("currencies") if row["place"] == "either")
    vague = alternation([row["phrase"] for row in table("vague")])
    fractions = alternation(list(values("fractions")))
    return re.compile(
        rf"(?P<vague>\b(?i:{vague})(?!\w))"
        rf"|(?P<fraction>\b(?i:{fractions})\b(?=\s+of\b))"
        rf"|(?P<digits>(?:\d{{1,3}}(?:,\d{{3}})+(?!\d)|\d+)(?:\.\d+)?)(?:\s(?P<inner>{codes})\b)?(?:(?P<gap>[\s-]?)(?P<scale>(?i:{scales}))\b)?"
        rf"|(?P<words>\b(?i:(?:half\s)?an?(?=\s(?:{long_scales})\b)|{numerals})\b"
        rf"(?i:\sand\sa\shalf\b)?(?:[\s-](?i:and\s)?(?i:{numerals}|{long_scales})\b)*)"
    )


def find(text: str) -> tuple[Figure, ...]:
    """Every figure of a text, in order; a range is one figure."""
    found: list[Figure] = []
    for each in _single(text):
        joined = _joined(text, found[-1], each) if found else None
        if joined is None:
            found.append(each)
        else:
            found[-1] = joined
    return tuple(found)


def _single(text: str) -> Iterator[Figure]:
    for match in _pattern().finditer(text):
        if match["digits"] is not None:
            if _NAMED.search(text[max(0, match.start() - 5) : match.start()]) is None and len(match["digits"]) <= _LONGEST:
                yield _of_digits(match)
        elif match["words"] is not None:
            yield _of_words(match)
        else:
            yield _of_phrase(match)


def _of_digits(match: re.Match[str]) -> Figure:
    number = Decimal(match["digits"].replace(",", ""))
    scale = (match["scale"] or "").lower()
    if scale in _SHORT and match["gap"]:
        scale = ""
    stop = match.end() if scale or not match["scale"] else match.end("inner") if match["inner"] else match.end("digits")
    factor = values("scales")[scale] if scale else Decimal(1)
    return Figure(match.start(), stop, number * factor, number * factor, match["inner"], digits=True, scaled=bool(scale))


def _of_words(match: re.Match[str]) -> Figure:
    total, current, scaled = Decimal(0), Decimal(0), False
    for word in re.findall(r"[a-z]+", match["words"].lower()):
        if word in values("scales"):
            factor, scaled = values("scales")[word], True
            total, current = (total, (current or Decimal(1)) * factor) if factor <= 100 else (total + (current or Decimal(1)) * factor, Decimal(0))
        elif word in values("numerals"):
            current += values("numerals")[word]
        elif word == "half":
            current += Decimal("0.5")
    number = total + current
    return Figure(match.start(), match.end(), number, number, None, digits=False, scaled=scaled)


def _of_phrase(match: re.Match[str]) -> Figure:
    phrase = re.sub(r"\s+", " ", match.group().lower())
    if match["fraction"] is not None:
        value = values("fractions")[phrase]
        return Figure(match.start(), match.end(), value, value, None, digits=False, scaled=True)
    row = next(row for row in table("vague") if row["phrase"] == phrase)
    return Figure(match.start(), match.end(), Decimal(row["low"]), Decimal(row["high"]), None, digits=False, scaled=True)


def _joined(text: str, low: Figure, high: Figure) -> Figure | None:
    """ "10 to 15 million" and "2-3" are ranges; "from 112 million to 1 billion" is a change."""
    between, before = text[low.stop : high.start], text[max(0, low.start - 40) : low.start]
    joined = len(between) <= 5 and (_JOINS.fullmatch(between) or (between.strip() == "and" and _BETWEEN.search(before)))
    single = low.low == low.high < high.low == high.high and low.digits == high.digits
    if not joined or not single or low.scaled or low.currency or _FROM.search(before):
        return None
    factor = high.high / _plain(text[high.start : high.stop], high) if high.scaled else Decimal(1)
    return Figure(low.start, high.stop, low.low * factor, high.high, high.currency, digits=low.digits, scaled=high.scaled)


def plain(number: Decimal) -> Decimal:
    """The number without needless zeros and without an exponent."""
    return number.quantize(Decimal(1)) if number == number.to_integral_value() and number < Decimal("1e25") else number.normalize()


def _plain(words: str, figure: Figure) -> Decimal:
    """The number before its scale."""
    if figure.digits:
        digits = re.match(r"[\d,.]*\d", words)
        return Decimal(digits.group().replace(",", "")) if digits else figure.high
    first = re.findall(r"[a-z]+", words.lower())[0]
    return values("numerals").get(first, Decimal(1)) or Decimal(1)
