"""Dates told from the day of the text or from what was last spoken of: "last July", "two weeks ago", "the following two months".

The codes are explained in data/dates/codes.csv.
"""

from __future__ import annotations

from dataclasses import replace

from detente.dates import spans
from detente.dates.grammar import Reading, Rule, rule, settle
from detente.dates.interval import Interval, between, day
from detente.dates.words import Partial, Value

_RELATIVE = r"Q?(?P<r>[LHXCcFN])(?P<u>U)"


def _of_relative_year(found: Reading) -> Value | None:
    """ "July last year", "27 July of the same year", "spring of next year"."""
    which = _calendar(found)
    if which is None or which.start is None or found.text("u") != "year":
        return None
    numbers = {field: found.number(name) for name, field in (("m", "month"), ("d", "day"), ("s", "season")) if name in found}
    return replace(Partial(**numbers), year=which.start.year)


def _calendar(found: Reading) -> Interval | None:
    """Last, this, next unit from the day of the text; same, previous, following unit from what was last spoken of."""
    unit, scene = found.text("u"), found.scene
    if unit in ("hour", "minute"):
        return None
    if found.code("r") in "LHXN":
        return spans.moved(scene.anchor, unit, {"L": -1, "H": 0}.get(found.code("r"), 1))
    if found.code("r") == "C":
        return _same(found, unit)
    return spans.moved(scene.spoken_of, unit, 1) if found.code("r") == "F" else spans.moved(scene.began, unit, -1)


def _same(found: Reading, unit: str) -> Interval | None:
    context = found.scene.context
    if context is None or context.start is None:
        return None
    return context if unit == "day" and context.days != 1 else spans.around(context.start, unit)


def _relative_unit(found: Reading) -> Value | None:
    """ "last year" is the calendar year; "the last year", "the past month" reach back from today."""
    unit, code = found.text("u"), found.code("r")
    if unit in ("hour", "minute") or (code in "LX" and found.after is not None and found.after.code == "z"):
        return None
    if code in "cFN" and found.named["u"].word.endswith("s"):
        return spans.soon(found.scene.anchor, unit) if code == "N" else None
    if code == "P" or ("q" in found and code == "L") or (unit == "decade" and code == "L"):
        return spans.rolling(found.scene.anchor, unit, -1)
    within = found.before is not None and found.before.word in ("within", "over", "during")
    if "q" in found and code == "X" and found.lean != "future" and not within:
        return spans.moved(found.scene.spoken_of, unit, 1)
    if code == "R":
        return spans.recent(found.scene.anchor, unit)
    return spans.rolling(found.scene.anchor, unit, 1) if code == "N" or ("q" in found and code == "X") else _calendar(found)


def _several_units(found: Reading) -> Value | None:
    """ "the last 30 years" ends today, "the following two months" begins after what was last spoken of."""
    unit, (_, count), scene = *_days_for_hours(found), found.scene
    if found.code("r") in "LX" and found.after is not None and found.after.code == "z":
        return None
    if found.code("r") in "LPR":
        return spans.rolling(scene.anchor, unit, -count)
    if found.code("r") in "XN":
        return spans.rolling(scene.anchor, unit, count)
    if scene.context is None or scene.context.start is None or scene.context.stop is None:
        return None
    if found.code("r") == "F":
        return Interval(scene.context.stop, spans.step(scene.context.stop, unit, count), "days")
    return Interval(spans.step(scene.context.start, unit, -count), scene.context.start, "days")


def _ago(found: Reading) -> Value | None:
    """As exact as the unit, but "a year ago" is told to the month."""
    unit, (low, high) = found.text("u"), found.range("n")
    if unit in ("hour", "minute"):
        return spans.ago(found.scene.anchor, "day", 0, (high + 23) // 24 if unit == "hour" and high > 24 else 0)
    if found.before is not None and found.before.code == "h":
        return None
    if unit == "year" and high == 1 and "about" not in found:
        return spans.moved(found.scene.anchor, "month", -12 if found.code("w") == "G" else 12)
    sign = -1 if found.code("w") == "+" else 1
    return spans.ago(found.scene.anchor, unit, sign * low, sign * high)


def _half_ago(found: Reading) -> Value | None:
    unit, count = {"century": ("year", 50), "decade": ("year", 5), "year": ("month", 6)}.get(found.text("u"), ("", 0))
    return spans.ago(found.scene.anchor, unit, count, count) if unit else None


def _and_a_half(found: Reading) -> Value | None:
    """ "two and a half years ago", "the past three and a half years": told in months."""
    months = found.number("n") * 12 + 6
    if found.text("u") != "year":
        return None
    return spans.ago(found.scene.anchor, "month", months, months) if "w" in found else spans.rolling(found.scene.anchor, "month", -months)


def _from_context(found: Reading) -> Value | None:
    """ "a year earlier", "two days later": counted from what was last spoken of."""
    unit, (low, high) = found.text("u"), found.range("n")
    if unit in ("hour", "minute"):
        return None
    back = found.code("w") in "eB"
    start = found.scene.began if back else found.scene.spoken_of
    return spans.ago(start, unit, low, high) if back else spans.ago(start, unit, -low, -high)


def _part_so_far(found: Reading) -> Value | None:
    """ "earlier this year" ends today, "later this year" begins today; "earlier last year" is its early part."""
    whole, anchor = _calendar(found), found.scene.anchor
    if whole is None or whole.start is None or whole.stop is None or found.code("r") == "C":
        return None
    if found.code("r") != "H":
        return spans.part(whole, "early" if found.code("w") == "e" else "late")
    return between(whole.start, anchor) if found.code("w") == "e" else Interval(anchor, whole.stop, "days")


def _in_units(found: Reading) -> Value | None:
    """ "for the first time in five years" looks back, "will open in two weeks" ahead; "within 15 days" always ahead."""
    unit, (low, high), anchor = *_days_for_hours(found), found.scene.anchor
    if found.before is not None and found.before.word == "time":
        return spans.rolling(anchor, unit, -high)
    ahead = found.lean == "future" or found.scene.sure
    if found.code("w") == "5":
        return spans.rolling(anchor, unit, high) if ahead else None
    return spans.ago(anchor, unit, -low, -high) if ahead and found.named["w"].word == "in" else None


def _days_for_hours(found: Reading) -> tuple[str, tuple[int, int]]:
    """Unit and count; hours and minutes are rounded up to days."""
    unit, (low, high) = found.text("u"), found.range("n")
    if unit in ("hour", "minute"):
        per_day = 24 if unit == "hour" else 1440
        return "day", (-(-low // per_day), -(-high // per_day))
    return unit, (low, high)


def _anchor_day(found: Reading) -> Value | None:
    return day(spans.step(found.scene.anchor, "day", found.number("t")))


def _this_part_of_day(found: Reading) -> Value | None:
    return day(spans.step(found.scene.anchor, "day", -1 if found.code("r") == "L" else 0))


def _weekday(found: Reading) -> Value | None:
    return Partial(weekday=found.number("w"))


def _told_weekday(found: Reading) -> Value | None:
    """ "last Tuesday" is before today, "next Tuesday" after it, "this Tuesday" in this week."""
    anchor, wanted = found.scene.anchor, found.number("w")
    if found.code("r") == "H":
        return day(spans.step(anchor, "day", wanted - anchor.weekday()))
    if found.code("r") == "C":
        return settle(Partial(weekday=wanted), found.scene.spoken_of, "past")
    if found.code("r") in "LPc":
        return day(spans.step(anchor, "day", -((anchor.weekday() - wanted - 1) % 7 + 1)))
    return day(spans.step(anchor, "day", (wanted - anchor.weekday() - 1) % 7 + 1))


def _weekday_of_week(found: Reading) -> Value | None:
    week = _calendar(found)
    if week is None or week.start is None or found.text("u") != "week":
        return None
    return day(spans.step(week.start, "day", found.number("w")))


def _told_month(found: Reading) -> Value | None:
    """ "last July" is the latest one that is over, "next July" the first that has not begun, "this July" the one of this year."""
    anchor, back = found.scene.anchor, found.code("r") in "LPc"
    known = Partial(month=found.number("m")) if "m" in found else Partial(season=found.number("s"))
    if "d" in found:
        known = replace(known, day=found.number("d"))
    offsets = {"H": (0,), "L": (0, -1, -2), "P": (0, -1, -2), "c": (0, -1, -2)}.get(found.code("r"), (0, 1))
    found_spans = (settle(replace(known, year=anchor.year + offset), anchor, None) for offset in offsets)
    right = (each for each in found_spans if each is not None and each.start is not None and each.stop is not None)
    if found.code("r") == "H":
        return next(right, None)
    return next((each for each in right if (each.over_by(anchor) if back else not each.begun_by(anchor))), None)


def _weekend(found: Reading) -> Value | None:
    anchor, code = found.scene.anchor, found.code("r")
    saturday = spans.step(anchor, "day", 5 - anchor.weekday())
    if code == "L" or (code not in ("X", "N", "H") and anchor.weekday() < 5 and found.lean != "future"):
        saturday = spans.step(saturday, "day", -7)
    elif code == "X":
        saturday = spans.step(saturday, "day", 7)
    return between(saturday, spans.step(saturday, "day", 1))


def _day_of_month(found: Reading) -> Value | None:
    """ "on the 15th": of the month last spoken of when the sentence looks nowhere else, else the nearest."""
    if not found.named["d"].word[0].isdigit() or (found.after is not None and found.after.code in "xUhq-$z"):
        return None
    return Partial(day=found.number("d"))


def _day_of_relative_month(found: Reading) -> Value | None:
    which = _calendar(found)
    if which is None or which.start is None or found.text("u") != "month":
        return None
    return day(which.start.replace(day=found.number("d")))


TOLD: tuple[Rule, ...] = (
    rule(rf"(?P<m>[MV])(?P<d>[do])?,?z?{_RELATIVE}", "I", _of_relative_year),
    rule(rf"(?P<d>[do])(?P<m>[MV]),?z?{_RELATIVE}", "I", _of_relative_year),
    rule(rf"Q?(?P<s>S),?z?{_RELATIVE}", "I", _of_relative_year),
    rule(rf"(?P<w>W)g?,?z?{_RELATIVE}", "I", _weekday_of_week),
    rule(rf"Q?(?P<d>o)z{_RELATIVE}", "I", _day_of_relative_month),
    rule(r"(?P<q>Q)?(?P<r>[LPXNRHcFC])(?P<u>U)", "I", _relative_unit),
    rule(r"C(?P<r>C)(?P<u>U)", "I", _relative_unit),
    rule(r"Q?(?P<r>[LPXNFcR])~?(?P<n>[dnv])(?P<u>U)", "I", _several_units),
    rule(r"(?P<about>~)?(?P<n>[dnav])(?P<u>U)(?P<w>[G+])", "I", _ago),
    rule(r"~?ha(?P<u>U)G", "I", _half_ago),
    rule(r"~?(?P<n>[dn])-?&-?a-?h-?(?P<u>U)(?P<w>G)", "I", _and_a_half),
    rule(r"Q?[LP]~?(?P<n>[dn])-?&-?a-?h-?(?P<u>U)", "I", _and_a_half),
    rule(r"~?(?P<n>[dnav])(?P<u>U)(?P<w>[el])", "I", _from_context),
    rule(r"(?P<w>[el])(?:iQ)?(?P<r>[LHX])(?P<u>U)", "I", _part_so_far),
    rule(r"(?P<w>[i5])~?(?P<n>[dnav])(?P<u>U)", "I", _in_units),
    rule(r"(?P<t>t)g?", "I", _anchor_day),
    rule(r"(?P<r>[LH])g", "I", _this_part_of_day),
    rule(r"(?P<w>W)g?", "I", _weekday),
    rule(r"(?P<r>[LPcHXNFC])(?P<w>W)g?", "I", _told_weekday),
    rule(r"(?P<r>[LPcHXNF])(?:(?P<m>[MV])(?P<d>[do])?|(?P<s>S))(?![do]?,?Y)", "I", _told_month),
    rule(r"(?:Q|(?P<r>[LHXN]))k", "I", _weekend),
    rule(r"OQ(?P<d>o)", "I", _day_of_month),
)
