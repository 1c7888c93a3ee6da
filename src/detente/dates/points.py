"""Dates that name a day, month, season, year, decade or century of the calendar, whatever the day of the text.

The codes are explained in data/dates/codes.csv; `I` is a date, `j` a date that needs a preposition.
"""

from __future__ import annotations

from datetime import date

from detente.dates import spans
from detente.dates.grammar import Layer, Reading, Rule, rule, settle
from detente.dates.interval import Interval, between, year
from detente.dates.words import Partial, Piece, Value, counted

_TENS = range(20, 100, 10)


def _compound(found: Reading) -> Value | None:
    tens, ones = found.number("a"), found.number("b")
    return str(tens + ones) if tens in _TENS and 0 < ones < 10 and found.named["a"].word.isalpha() else None


def _month_day(found: Reading) -> Value | None:
    if _counts_things(found) and "y" not in found:
        return None
    return Partial(found.number("y") if "y" in found else None, found.number("m"), found.number("d"))


def _month_year(found: Reading) -> Value | None:
    return Partial(found.number("y"), found.number("m"))


def _month(found: Reading) -> Value | None:
    return Partial(month=found.number("m"))


def _march(found: Reading) -> Value | None:
    """ "March" among small words is the month, "the Long March" and "a march" are none."""
    small_before = found.before is not None and (found.before.code in "aQp" or _small(found.before))
    small_after = found.after is not None and _small(found.after)
    return Partial(month=3) if found.text("m") == "3" and small_before and small_after else None


def _small(piece: Piece) -> bool:
    return piece.code == "x" and piece.word == piece.value


def _days(found: Reading) -> Value | None:
    low, high = found.number("a"), found.number("b")
    known = Partial(found.number("y") if "y" in found else None, found.number("m"), low)
    first = settle(known, found.scene.anchor, found.lean)
    if first is None or first.start is None or (high <= low) or (found.code("j") == "&" and _counts_things(found)):
        return None
    return between(first.start, first.start.replace(day=high))


def _year(found: Reading) -> Value | None:
    return None if _counts_things(found) else Partial(year=found.number("y"))


def _the_year(found: Reading) -> Value | None:
    return _year(found) if found.text("u") == "year" else None


def _counts_things(found: Reading) -> bool:
    """True before "workers" or "tonnes" and after a sign of money."""
    money = found.before is not None and found.before.code == "$"
    return money or (found.after is not None and found.after.word in counted())


def _years(found: Reading) -> Value | None:
    first, ending = found.number("y"), found.number("b")
    last = first - first % 100 + ending
    return Interval(date(first, 1, 1), date(last + 1, 1, 1), "years") if last > first else None


def _season(found: Reading) -> Value | None:
    return Partial(found.number("y") if "y" in found else None, season=found.number("s"))


def _season_of_years(found: Reading) -> Value | None:
    years = found.settled("i")
    return None if years is None or years.start is None or years.precision != "years" else Partial(years.start.year, season=found.number("s"))


def _bare_season(found: Reading) -> Value | None:
    autumn_by_other_name = found.after is not None and found.after.code == "z"
    return None if autumn_by_other_name else Partial(season=found.number("s"))


def _decade(found: Reading) -> Value | None:
    """ "the 60s" is a decade, "in his 60s" an age."""
    if found.named["d"].word[:1].isdigit() and len(found.text("d")) > len(found.named["d"].word) and "q" not in found:
        return None
    return Interval(date(found.number("d"), 1, 1), date(found.number("d") + 10, 1, 1), "years")


def _century(found: Reading) -> Value | None:
    return spans.century(found.number("o")) if found.text("u") == "century" and found.number("o") > 2 else None


def _quarter(found: Reading) -> Value | None:
    return spans.slices(year(found.number("y")), 4, int(found.text("q"))) if found.text("q") else None


def _juche(found: Reading) -> Value | None:
    return year(found.number("n") + 1911)


def _holiday(found: Reading) -> Value | None:
    number, _, of_month = found.text("h").partition("-")
    return Partial(found.number("y") if "y" in found else None, int(number), int(of_month))


COUNTS = Layer(rule(r"(?P<a>[nd])-(?P<b>[nd])", "n", _compound))
"""Numerals of two words."""

NAMED: tuple[Rule, ...] = (
    rule(r"(?:[Ww],?)?Q?(?P<d>[do])z?(?P<m>[MV])(?:,?z?(?P<y>Y))?", "I", _month_day),
    rule(r"W\((?:(?P<d>[do])(?P<m>[MV]))(?:,?(?P<y>Y))?\)", "I", _month_day),
    rule(r"W\((?:(?P<m>[MV])(?P<d>[do]))(?:,?(?P<y>Y))?\)", "I", _month_day),
    rule(r"(?:[Ww],?)?(?P<m>[MV])Q?(?P<d>[do])(?:,?(?P<y>Y))?(?:\([Ww]\))?", "I", _month_day),
    rule(r"(?:f|r)?(?P<m>[MV])(?P<a>[do])(?P<j>[-Tu&])(?P<b>[do])(?:,?(?P<y>Y))?", "I", _days),
    rule(r"(?:fQ?|rQ?)?(?P<a>[do])(?P<j>[-Tu&])Q?(?P<b>[do])z?(?P<m>[MV])(?:,?(?P<y>Y))?", "I", _days),
    rule(r"(?P<m>[MV]),?z?(?P<y>Y)", "I", _month_year),
    rule(r"(?P<m>M)", "I", _month),
    rule(r"(?P<m>V)", "I", _march),
    rule(r"(?P<m>V)", "j", _month),
    rule(r"Q?(?P<s>S),?z?(?P<y>Y)(?:[-/][Ydn])?", "I", _season),
    rule(r"Q?(?P<s>S),?z?(?P<i>I)", "I", _season_of_years),
    rule(r"(?P<s>S)", "j", _bare_season),
    rule(r"(?P<y>Y)", "j", _year),
    rule(r"(?P<y>Y)[-/](?P<b>[dn])", "j", _years),
    rule(r"(?P<q>Q)?(?P<d>D)", "I", _decade),
    rule(r"Q?(?P<o>o)-?(?P<u>U)", "I", _century),
    rule(r"(?P<q>q),?z?(?P<y>Y)", "I", _quarter),
    rule(r"J(?P<n>[dn])(?:\(Y\))?", "I", _juche),
    rule(r"yU?-?(?P<y>Y)", "I", _year),
    rule(r"yU?-?(?P<i>I)", "I", lambda found: found.settled("i")),
    rule(r"Q?(?P<u>U)(?P<y>Y)", "I", _the_year),
    rule(r"yU?-?(?P<y>Y)[-/](?P<b>[dn])", "I", _years),
    rule(r"(?P<h>#)(?:,?(?P<y>Y))?", "I", _holiday),
)
