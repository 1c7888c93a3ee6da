"""Targets: what is to be raised, cut or reached, from which level, to which, and by when - read from one sentence.

"increase bilateral trade from the current 112 million dollars to 1 billion by 2020" gives measure, baseline, goal, unit and deadline.
Ignores reports of what was reached: without a deadline ahead or a word of intent there is no target.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from detente import dates
from detente.coding import figures, quantities
from detente.coding.figures import alternation
from detente.coding.quantities import Quantity
from detente.dates import Interval
from detente.dates.expressions import Expression

Place = tuple[int, int]

_INTENT = re.compile(
    r"\b(?:goal|target|aim|objective|plan|plans|planned|pledge|pledged|ambition|vow|vowed|intend|intends|agreed|set|hopes?|seeks?|want|wants|will|would|should)\b"
)
_CURRENT = re.compile(r"\b(?:current|present|today['’]s|existing|now)\b")
_LEAD = re.compile(r"\b(?:to|by|at|of|reach|reaching|hit|exceed|exceeding|attain|attaining|total|totalling)\s+(?:\w+\s+){0,2}$")
_MEASURE = re.compile(
    r"\s*(?P<measure>(?!(?:from|to|by|at)\b)(?:[^\W\d_][\w’'-]*[\s-]+?){1,8}?)(?=\s*(?:(?:from|to|by|at|in|over|within|until)\b|[.,;]|$))"
)
_AFTER = re.compile(r"\s(?:in|for)\s(?P<measure>(?:[^\W\d_][\w’'-]*\s){1,4}?)(?=by|until|before|in|within|over)\b")
_ARTICLE = re.compile(r"^(?:the|its|their|our|his|her|volume of|level of)\s+", re.IGNORECASE)
_SUBJECT = re.compile(r"(?P<measure>(?:[^\W\d_][\w’'-]*\s){1,6}?)(?:is|are|will|would|should|must|shall)\s(?:\w+\s){0,3}$")


@dataclass(frozen=True, slots=True)
class Goal:
    """[start, stop) of a target; `measure` is the span of what is measured, `deadline` the interval that ends with the last day.

    `baseline_when` is when the baseline held: the day of the text for "the current", a date that stands by it, else None.
    """

    start: int
    stop: int
    goal: Quantity
    unit: str
    baseline: Quantity | None = None
    baseline_when: Interval | None = None
    measure: Place | None = None
    deadline: Interval | None = None


def find(text: str, *, anchor: date, context: Interval | None = None) -> tuple[Goal, ...]:
    """The targets of a sentence, in order.

    >>> [(str(found.goal.low), found.unit) for found in find("They agreed to raise trade from $5bn to $9bn by 2020.", anchor=date(2014, 5, 8))]
    [('9000000000', 'USD')]
    """
    told = dates.find(text, anchor=anchor, context=context)
    amounts = (*quantities.find(text, apart=[(each.start, each.stop) for each in told]), *_multiples(text))
    found: list[Goal] = []
    for amount in sorted(amounts, key=lambda each: each.start):
        goal = _goal(text, amount, amounts, told, anchor)
        if goal is None:
            continue
        again = any(goal.start < each.stop for each in found)
        found.append(replace(goal, start=amount.start) if again else goal)
    return tuple(found)


def _goal(text: str, amount: Quantity, amounts: Sequence[Quantity], told: Sequence[Expression], anchor: date) -> Goal | None:
    verb = _verb(text, amount)
    if amount.kind in ("duration", "ordinal") or verb is None:
        return None
    deadline = _deadline(amount, told, anchor)
    if deadline is None and not _INTENT.search(text[: amount.start].lower()):
        return None
    if deadline is None and quantities.changes().get(text[verb[0] : verb[1]].lower()) != "reach":
        return None
    baseline = _baseline(text, verb, amount, amounts)
    goal = Goal(verb[0], max(amount.stop, deadline.stop if deadline is not None else 0), amount, amount.unit, baseline)
    if baseline is not None:
        goal = replace(goal, baseline_when=_when(text, baseline, amount, told, anchor))
    return replace(goal, measure=_measure(text, verb, amount), deadline=None if deadline is None else deadline.interval)


@cache
def _verbs() -> re.Pattern[str]:
    words = [word for word, direction in quantities.changes().items() if direction in ("up", "down", "reach") and len(word) > 2]
    return re.compile(rf"\b(?i:{alternation(words)})\b")


def _verb(text: str, amount: Quantity) -> Place | None:
    """The word of change or reaching before the amount that leads to it by "to", "by", "of"; a multiple is its own."""
    if amount.kind == "share" and amount.unit == "times" and amount.noun == "multiple":
        return amount.start, amount.stop
    opened = max(text.rfind(mark, 0, amount.start) for mark in (". ", "; ")) + 1
    lead = _LEAD.search(text[opened : amount.start].lower())
    found = list(_verbs().finditer(text, opened, amount.start))
    if not found or lead is None:
        return None
    return found[0].span() if len(found) == 1 else next((each.span() for each in found if _changes(each.group())), found[-1].span())


def _changes(word: str) -> bool:
    return quantities.changes()[word.lower()] in ("up", "down")


def _deadline(amount: Quantity, told: Sequence[Expression], anchor: date) -> Expression | None:
    """The date that ends after the day of the text and stands nearest to the amount; "by 2020" before a plain "in 2015"."""
    ahead = [each for each in told if each.interval.stop is not None and each.interval.stop > anchor and not each.interval.begun_by(anchor)]
    ahead += [each for each in told if each.interval.start is None and each.interval.stop is not None and each not in ahead]
    rolling = [each for each in told if each.interval.start == anchor and each.interval.days not in (None, 1) and each not in ahead]
    bound = [each for each in ahead if each.interval.start is None]
    return min(bound or ahead or rolling, key=lambda each: abs(each.start - amount.stop), default=None)


def _baseline(text: str, verb: Place, amount: Quantity, amounts: Sequence[Quantity]) -> Quantity | None:
    """The amount after "from", in the goal's unit; a bare figure takes the unit of the goal."""
    found = re.search(r"\bfrom\b", text[verb[1] : amount.start])
    if found is None:
        return None
    opened = verb[1] + found.end()
    known = [each for each in amounts if opened <= each.start < amount.start]
    if known:
        return known[0] if known[0].unit == amount.unit else None
    bare = next(iter(figures.find(text[opened : amount.start])), None)
    if bare is None:
        return None
    start, stop = opened + bare.start, opened + bare.stop
    return replace(
        amount, start=start, stop=stop, text=text[start:stop], low=figures.plain(bare.low), high=figures.plain(bare.high), approximation=None
    )


def _when(text: str, baseline: Quantity, amount: Quantity, told: Sequence[Expression], anchor: date) -> Interval | None:
    dated = next((each.interval for each in told if baseline.start - 30 <= each.start < amount.start), None)
    if dated is not None:
        return dated
    return dates.day(anchor) if _CURRENT.search(text[max(0, baseline.start - 25) : baseline.start].lower()) else None


def _measure(text: str, verb: Place, amount: Quantity) -> Place | None:
    """What is measured: the object of the word of change, its subject ("will reach"), or what follows "a target of ... in"."""
    own = amount.noun == "multiple"
    if own or _changes_here(text, verb):
        found = _MEASURE.match(text, verb[1], len(text) if own else amount.start)
        if found is not None:
            return _trimmed(text, *found.span("measure"))
    before = _SUBJECT.search(text[: verb[0]])
    found = before if before is not None else _AFTER.match(text, amount.stop)
    return None if found is None else _trimmed(text, *found.span("measure"))


def _changes_here(text: str, verb: Place) -> bool:
    word = text[verb[0] : verb[1]].lower()
    return quantities.changes().get(word) in ("up", "down") or word in figures.values("multiples")


def _trimmed(text: str, start: int, stop: int) -> Place | None:
    article = _ARTICLE.match(text[start:stop])
    start += article.end() if article is not None else 0
    stop = start + len(text[start:stop].rstrip(" -\n\t"))
    return (start, stop) if start < stop else None


def _multiples(text: str) -> tuple[Quantity, ...]:
    """ "double", "triple", "halve" as goals of their own."""
    factors = figures.values("multiples")
    pattern = re.compile(rf"\b(?i:{alternation(list(factors))})\b")
    return tuple(
        Quantity(each.start(), each.end(), each.group(), "share", factors[each.group().lower()], factors[each.group().lower()], "times", "multiple")
        for each in pattern.finditer(text)
    )
