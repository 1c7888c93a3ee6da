"""The upper layers of the grammar: parts of dates ("early June"), ranges ("from March to May 2013") and open ends ("since 1985", "by 2020")."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from detente.dates import spans
from detente.dates.grammar import Layer, Reading, rule, settle
from detente.dates.interval import Interval, between, day
from detente.dates.words import Partial, Value, counted, lean_of

_WHICH = {"E": "early", "K": "mid", "Z": "late", "1": "early", "2": "mid", "3": "late"}
_WHOLE = r"Q?(?:(?P<i>[Ij])|(?P<u>U))"


def _whole(found: Reading) -> Interval | None:
    """The span a part belongs to: a date, or "the year" that was last spoken of or is running."""
    if "i" in found:
        return found.settled("i")
    if found.text("u") in ("hour", "minute", "day"):
        return None
    return spans.around(found.scene.anchor, found.text("u"))


def _part(found: Reading) -> Value | None:
    whole = _whole(found)
    return None if whole is None else spans.part(whole, _WHICH[found.code("p")])


def _so_far(found: Reading) -> Value | None:
    """ "earlier in the year": from its first day to today."""
    anchor = found.scene.anchor
    whole = day(anchor) if found.text("u") == "day" else _whole(found)
    return None if whole is None or whole.start is None else between(whole.start, anchor)


def _slice(found: Reading) -> Value | None:
    whole, number = _whole(found), found.number("o")
    count = 2 if found.code("h") == "h" else 4
    return None if whole is None else spans.slices(whole, count, count if number == -1 else number)


def _bare_slice(found: Reading) -> Value | None:
    if found.after is not None and found.after.code in "zx-":
        return None
    count, number = 2 if found.code("h") == "h" else 4, found.number("o")
    return spans.slices(spans.around(found.scene.anchor, "year"), count, count if number == -1 else number)


def _nth(found: Reading) -> Value | None:
    """ "the first two months of 2014", "the last week of May", "the second day of the week"."""
    whole, unit = _whole(found), found.text("v")
    if whole is None or unit in ("hour", "minute"):
        return None
    count = found.range("n")[1] if "n" in found else 1
    return spans.nth(whole, unit, found.number("o"), count)


def _apart(found: Reading) -> Value | None:
    """ "two days before July 27", "a year after the 1990s"."""
    base, unit, (low, high) = found.settled("i"), found.text("u"), found.range("n") if "n" in found else (1, 1)
    if base is None or unit in ("hour", "minute"):
        return None
    ends = (base.first, -1) if found.code("w") == "B" else (base.last, 1)
    if ends[0] is None:
        return None
    return spans.ago(ends[0], unit, -ends[1] * low, -ends[1] * high)


def _unit_of(found: Reading) -> Value | None:
    """ "the week of May 5", "the month of June": the unit in which the date lies."""
    base, unit = found.settled("i"), found.text("u")
    counted_units = found.before is not None and found.before.code in "dnvoLPXFc"
    if base is None or base.start is None or unit not in ("week", "month", "year") or counted_units:
        return None
    return spans.around(base.start, unit)


def _beside(found: Reading) -> Value | None:
    """ "the day before", "the year after": next to what was last spoken of, unless a clause says next to what."""
    ends_here = found.after is None or found.after.code in ".,)(;"
    unit, scene = found.text("u"), found.scene
    if unit in ("hour", "minute") or not ends_here:
        return None
    return spans.moved(scene.began, unit, -1) if found.code("w") == "B" else spans.moved(scene.spoken_of, unit, 1)


def _eve(found: Reading) -> Value | None:
    base = found.settled("i")
    return None if base is None or base.start is None else day(base.start - timedelta(days=1))


def _range(found: Reading) -> Value | None:
    """From the first day of the one to the last of the other; what one of them leaves open is taken from the other."""
    low, high = _filled(found, "a", "b"), _filled(found, "b", "a")
    if low is None or high is None:
        return None
    start, stop = settle(low, found.scene.anchor, found.lean), settle(high, found.scene.anchor, found.lean)
    if start is None or stop is None or start.start is None or stop.stop is None:
        return None
    if start.start >= stop.stop and isinstance(high, Partial) and isinstance(low, Partial) and low.year != high.year:
        return None
    if start.start >= stop.stop:
        start = settle(_earlier(low, stop), stop.start or found.scene.anchor, "past") or start
    years = start.precision == stop.precision == "year"
    return Interval(start.start or stop.stop, stop.stop, "years" if years else "days") if start.days and stop.days else None


def _earlier(low: Value, stop: Interval) -> Value:
    if isinstance(low, Partial) and low.month is not None and low.year is not None and stop.start is not None:
        return replace(low, year=stop.start.year - 1)
    return low


def _filled(found: Reading, name: str, other: str) -> Value | None:
    value, model = found.named[name].value, found.named[other].value
    if not isinstance(value, Partial) or not isinstance(model, Partial) or value.weekday is not None:
        return value
    if value.year is not None or value.month is None:
        return value
    return replace(value, year=model.year)


def _neighbours(found: Reading) -> Value | None:
    """ "March and April 2013": one span when the two touch."""
    first = settle(_filled(found, "a", "b") or "", found.scene.anchor, found.lean)
    second = found.settled("b")
    if first is None or second is None or first.start is None or second.stop is None or first.stop != second.start:
        return None
    return Interval(first.start, second.stop, "days")


def _since(found: Reading) -> Value | None:
    base = found.settled("i")
    return None if _a_name(found) or base is None or base.start is None else Interval(base.start, None, "open")


def _up_to(found: Reading) -> Value | None:
    """ "by Friday" is the coming one, unless it opens the sentence: "By Friday they had left"."""
    opens = not found.scene.sure and (found.before is None or found.before.code == ".")
    base = settle(found.named["i"].value, found.scene.anchor, found.lean if opens or ("u" in found and found.lean) else "future")
    return None if _a_name(found) or base is None or base.stop is None else Interval(None, base.stop, "open")


def _before(found: Reading) -> Value | None:
    base = found.settled("i")
    return None if _a_name(found) or base is None or base.start is None else Interval(None, base.start, "open")


def _after(found: Reading) -> Value | None:
    base = found.settled("i")
    return None if _a_name(found) or base is None or base.stop is None else Interval(base.stop, None, "open")


def _plain(found: Reading) -> Value | None:
    return None if _a_name(found) else found.settled("i")


def _a_name(found: Reading) -> bool:
    """ "signed by May", "a letter from May": after these words alone it is as often a person as the month."""
    value = found.named["i"].value
    alone = found.code("i") == "j" and isinstance(value, Partial) and value.year is None and not found.scene.sure
    after_deed = found.code("w") == "b" and found.before is not None and lean_of(found.before) == "past"
    return alone and (after_deed or found.code("w") in ("f", "A", "B", "T"))


def _in_apposition(found: Reading) -> Value | None:
    """A year without a preposition: in brackets, after "of", or "the 2001 declaration" - never before things that are counted."""
    value = found.named["i"].value
    if found.scene.sure:
        return found.settled("i")
    if not isinstance(value, Partial) or value.year is None or value.month is not None or found.before is None:
        return found.settled("i") if isinstance(value, Interval) else None
    if found.before.code in "(z,":
        return found.settled("i") if found.before.code != "," or found.after is None or found.after.code in ",.)" else None
    return found.settled("i") if _names_a_thing(found, value.year) else None


def _names_a_thing(found: Reading, number: int) -> bool:
    """ "the 2001 declaration", "their 2017 report", but not "the 2000 workers" nor "some 2014 people"."""
    before, after = found.before, found.after
    if before is None or after is None or after.code != "x" or after.word in counted() or number % 100 == 0:
        return False
    one_thing = after.word == after.value and not after.word.endswith("s")
    return before.code == "Q" or (before.code in "apx" and one_thing)


PARTS = Layer(
    rule(r"Q?(?P<p>[EKZ])-?O?Q?(?P<i>[Ij])", "I", _part),
    rule(r"Q?(?P<p>[EKZ])iQ(?P<u>U)", "I", _part),
    rule(rf"Q?(?P<p>[123])z{_WHOLE}", "I", _part),
    rule(r"Q?(?P<p>3)-(?P<i>[Ij])", "I", _part),
    rule(r"eiQ(?P<u>U)", "I", _so_far),
    rule(rf"Q?(?P<o>[oL])(?P<h>[hq])(?:z|i)?{_WHOLE}", "I", _slice),
    rule(r"iQ(?P<o>[oL])(?P<h>[hq])", "I", _bare_slice),
    rule(rf"Q?(?P<o>[oL])(?P<v>U)(?:z|i){_WHOLE}", "I", _nth),
    rule(rf"Q?(?P<o>[oL])(?P<n>[dnv])(?P<v>U)(?:z|i){_WHOLE}", "I", _nth),
    rule(r"Q?(?P<u>U)z(?P<i>[Ij])", "I", _unit_of),
    rule(r"~?(?P<n>[dnav])(?P<u>U)(?P<w>[AB])(?P<i>[Ij])", "I", _apart),
    rule(r"Q(?P<u>U)(?P<w>[AB])(?P<i>I)", "I", _apart),
    rule(r"Q(?P<u>U)(?P<w>[AB])", "I", _beside),
    rule(r"a(?P<u>U)(?P<w>B)", "I", _beside),
    rule(r"\^Q?(?P<i>I)", "I", _eve),
)

RANGES = Layer(
    rule(r"[fr]Q?(?P<a>[Ij])[Tu&-]Q?(?P<b>[Ij])", "I", _range),
    rule(r"(?P<a>[Ij])[Tu/-]Q?(?P<b>[Ij])", "I", _range),
    rule(r"(?P<a>[Ij])&(?P<b>[Ij])", "I", _neighbours),
)

BOUNDS = Layer(
    rule(r"sQ?(?P<i>[Ij])", "!", _since),
    rule(r"(?P<w>f)Q?(?P<i>I)O?", "!", _since),
    rule(r"(?P<w>f)(?P<i>j)O?", "!", _since),
    rule(r"(?P<w>b)Q?(?P<i>[Ij])", "!", _up_to),
    rule(r"(?P<u>u)Q?(?P<i>[Ij])", "!", _up_to),
    rule(r"(?P<w>B)Q?(?P<i>[Ij])", "!", _before),
    rule(r"(?P<w>A)Q?(?P<i>[Ij])", "!", _after),
    rule(r"[iO@T45]~?Q?(?P<i>I)", "!", _plain),
    rule(r"(?:(?P<w>T)|4|i~?Q?)(?P<i>j)", "!", _plain),
    rule(r"(?P<i>I)", "!", _plain),
    rule(r"(?P<i>j)", "!", _in_apposition),
)
