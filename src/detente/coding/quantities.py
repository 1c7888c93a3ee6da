"""How much: money, people, shares, growth, weights, lengths, durations, counts and ordinals, in normal units with their words kept.

A quantity keeps what was written and its place; its value is a low and a high decimal, equal when the text is exact.
Ignores dates, which a caller passes as spans to leave apart.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import takewhile
from typing import Literal

from detente.coding import figures
from detente.coding.figures import Figure, alternation, table

Kind = Literal["money", "people", "share", "growth", "mass", "length", "area", "volume", "power", "energy", "duration", "count", "ordinal"]
Place = tuple[int, int]

_WORDS_NEAR = 60
_YEARS = (Decimal(1000), Decimal(2200))


@dataclass(frozen=True, slots=True)
class Quantity:
    """[start, stop) of the text, its words, and `low` to `high` of a unit; `approximation` keeps "about", "more than" word for word.

    Units: currency codes, person, percent, percentage point, tonne, kg, km, m, ha, km2, day, month, year and so on; for counts and
    ordinals the noun that is counted. `noun` keeps who or what was counted.
    """

    start: int
    stop: int
    text: str
    kind: Kind
    low: Decimal
    high: Decimal
    unit: str
    noun: str | None = None
    approximation: str | None = None

    @property
    def value(self) -> Decimal | None:
        """The one value, or None for a range."""
        return self.low if self.low == self.high else None


@dataclass(frozen=True, slots=True)
class _Unit:
    stop: int
    kind: Kind
    unit: str
    factor: Decimal
    noun: str | None = None


def find(text: str, *, apart: Sequence[Place] = ()) -> tuple[Quantity, ...]:
    """Every quantity of a text, in order and without overlap; figures within the spans `apart` (dates) are left out.

    >>> [(found.text, str(found.low), found.unit) for found in find("Trade grew by 37.3 percent to 112 USD million.")]
    [('37.3 percent', '37.3', 'percent'), ('112 USD million', '112000000', 'USD')]
    """
    dated = sorted(apart)
    numbers: list[Quantity] = []
    for figure in figures.find(text):
        each = _quantity(text, figure) if _free(figure.start, figure.stop, dated) else None
        if each is not None and _free(each.start, each.stop, dated) and (not numbers or numbers[-1].stop <= each.start):
            numbers.append(each)
    taken = sorted((*dated, *((each.start, each.stop) for each in numbers)))
    ordinals = [each for each in _ordinals(text) if _free(each.start, each.stop, taken)]
    return tuple(sorted((*numbers, *ordinals), key=lambda each: each.start))


def _free(start: int, stop: int, taken: Sequence[Place]) -> bool:
    """Whether a span meets none of the sorted spans, which do not overlap each other."""
    before = bisect_left(taken, (stop, 0))
    return before == 0 or taken[before - 1][1] <= start


def _quantity(text: str, figure: Figure) -> Quantity | None:
    start, code = _currency_before(text, figure)
    unit = _unit_after(text, figure) if code is None else _Unit(figure.stop, "money", code, Decimal(1))
    if unit is None:
        return None
    low, high = figures.plain(figure.low * unit.factor), figures.plain(figure.high * unit.factor)
    kind, low, high = _changed(text, figure, unit, low, high)
    return Quantity(start, unit.stop, text[start : unit.stop], kind, low, high, unit.unit, unit.noun, _approximation(text, start))


@cache
def _currencies() -> dict[str, str]:
    return {row["form"]: row["code"] for row in table("currencies")}


@cache
def _before() -> re.Pattern[str]:
    forms = [row["form"] for row in table("currencies") if row["place"] != "after"]
    return re.compile(rf"(?<![A-Za-z])(?:{alternation(forms)})\s?$")


@cache
def _after() -> re.Pattern[str]:
    money = alternation([row["form"] for row in table("currencies") if row["place"] != "before"])
    units = alternation([row["form"] for row in table("units")])
    people = alternation([row["word"] for row in table("people")])
    return re.compile(
        rf"(?P<money>\s?(?i:{money})\b)|(?P<unit>(?:[\s-]?|\sof\sa\s)(?i:{units})(?!\w))"
        rf"|\s(?:of\s(?:the|its|their|his|her|our|these|those)\s)?(?P<people>(?:(?!(?:{_stops()})\b)[^\W\d_][\w’'-]*\s){{0,3}}?(?i:{people}))\b"
        rf"|\s(?P<count>(?:(?!(?i:{_stops()})\b)[^\W\d_][\w’'-]*\s){{0,2}}?(?!(?i:{_stops()})\b)(?-i:[a-z][a-z-]+[^sui\W]s)\b)"
    )


def _stops() -> str:
    return "|".join(row["word"] for row in table("stops"))


def _currency_before(text: str, figure: Figure) -> tuple[int, str | None]:
    if figure.currency is not None:
        return figure.start, _currencies()[figure.currency]
    near = text[max(0, figure.start - 5) : figure.start]
    found = _before().search(near)
    if found is None:
        return figure.start, None
    return figure.start - len(near) + found.start(), _currencies()[found.group().strip()]


def _unit_after(text: str, figure: Figure) -> _Unit | None:
    found = _after().match(text, figure.stop)
    if found is None:
        return _share(figure)
    words = re.sub(r"\s+", " ", found.group().strip(" -\n").lower())
    if found["money"] is not None:
        return _Unit(found.end(), "money", _currencies().get(words) or _currencies()[words.upper()], Decimal(1))
    if found["unit"] is not None:
        row = next(row for row in table("units") if row["form"] == words.removeprefix("of a "))
        return _Unit(found.end(), _KINDS[row["kind"]], row["unit"], Decimal(row["factor"]))
    if found["people"] is not None:
        return _Unit(found.end(), "people", "person", Decimal(1), found["people"])
    looks_like_a_year = figure.digits and not figure.scaled and _YEARS[0] <= figure.low <= _YEARS[1] and "," not in text[figure.start : figure.stop]
    one_of_them = figure.low == figure.high == 1
    return None if looks_like_a_year or one_of_them else _Unit(found.end(), "count", found["count"].split()[-1], Decimal(1), found["count"])


_KINDS: dict[str, Kind] = {
    "share": "share",
    "mass": "mass",
    "length": "length",
    "area": "area",
    "volume": "volume",
    "power": "power",
    "energy": "energy",
    "duration": "duration",
}


def _share(figure: Figure) -> _Unit | None:
    """ "a third of" is a share of one."""
    whole = Decimal(0) < figure.low < 1 and not figure.digits
    return _Unit(figure.stop, "share", "percent", Decimal(100)) if whole else None


@cache
def _approximations() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?i:{alternation([row['phrase'] for row in table('approximations')])})\s?$")


def _approximation(text: str, start: int) -> str | None:
    found = _approximations().search(text[max(0, start - 20) : start])
    return None if found is None else found.group().strip()


@cache
def changes() -> dict[str, str]:
    """Whether a word tells of more, of less, or of a level reached."""
    return {row["word"]: row["direction"] for row in table("changes")}


def _changed(text: str, figure: Figure, unit: _Unit, low: Decimal, high: Decimal) -> tuple[Kind, Decimal, Decimal]:
    """A share that something rose or fell by is growth; a fall is negative. "Rose to 12 percent" is a level."""
    direction = _direction(text, figure.start, unit.stop) if unit.kind == "share" and unit.unit != "times" else None
    if direction is None:
        return unit.kind, low, high
    return ("growth", -high, -low) if direction == "down" else ("growth", low, high)


def _direction(text: str, start: int, stop: int) -> str | None:
    before = re.findall(r"[^\W\d_]+", re.split(r"[.;,:]\s", text[max(0, start - _WORDS_NEAR) : start])[-1].lower())[-7:]
    after = re.findall(r"[^\W\d_]+", text[stop : stop + 30].lower())[:2]
    told = [changes()[word] for word in before if changes().get(word) in ("up", "down")]
    if told and "to" not in before[-2:] and "of" not in after[:1]:
        return told[-1]
    follows = [changes()[word] for word in after[:2] if changes().get(word) in ("up", "down")]
    return follows[0] if follows and before[-1:] != ["to"] else None


@cache
def _ordinal() -> re.Pattern[str]:
    words = alternation(list(figures.values("ordinals")))
    return re.compile(rf"\b(?:(?P<digits>\d{{1,4}})(?:st|nd|rd|th)|(?P<word>(?i:{words})))\b(?P<noun>(?:[\s-][^\W\d_][\w’'-]*){{0,3}})")


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(row["word"] for row in table("stops"))


def _ordinals(text: str) -> tuple[Quantity, ...]:
    """Ordinals with the noun they count: "third nuclear test" is the 3rd test, "60th anniversary" the 60th anniversary."""
    found = []
    for match in _ordinal().finditer(text):
        words = list(takewhile(lambda word: word.group().lower() not in _stop_words(), re.finditer(r"[^\s-]+", match["noun"])))
        if words and not words[-1].group().endswith(("ed", "ly")):
            value = Decimal(match["digits"]) if match["digits"] else figures.values("ordinals")[match["word"].lower()]
            stop = match.start("noun") + words[-1].end()
            noun = text[match.start("noun") + words[0].start() : stop]
            found.append(Quantity(match.start(), stop, text[match.start() : stop], "ordinal", value, value, words[-1].group().lower(), noun))
    return tuple(found)
