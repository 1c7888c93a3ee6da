"""When an action happened: the date that belongs to it, else the day that the document is about, else the day of publication.

A date belongs to an action when it hangs on it, or on what governs it, without another verb between. What is told in the pluperfect
without a date lies at an unknown time before publication.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from spacy.tokens import Span, Token

from detente import dates
from detente.coding.words import among
from detente.dates import Interval
from detente.dates.expressions import Expression

_COMMA = 2
_WEEK = timedelta(days=8)
_FRESH = timedelta(days=3)


def nearest(sent: Span, trigger: Token, found: Sequence[Expression]) -> Expression | None:
    """The expression that dates the trigger: one that hangs on it or on what governs it, with no other verb between; None without one."""
    when = _relative(trigger, found)
    if when is not None:
        return when
    near = [(steps, abs(one.start - trigger.idx), one) for one in found if (steps := _steps(sent, trigger, one)) is not None]
    return min(near, key=lambda item: item[:2])[2] if near else None


def _relative(trigger: Token, found: Sequence[Expression]) -> Expression | None:
    """The date right before the `when` that opens the clause of the trigger: `a year ago, when he ordered it`."""
    for verb in (trigger, *trigger.ancestors):
        opens = next((child for child in verb.children if child.lower_ == "when"), None)
        if opens is not None:
            return next((one for one in found if 0 <= opens.idx - one.stop <= _COMMA), None)
        if verb.dep_ in ("advcl", "relcl", "ROOT"):
            return None
    return None


def _steps(sent: Span, trigger: Token, expression: Expression) -> int | None:
    """Steps from the date up to the first word over the trigger, and from the trigger to it; None when another verb lies on the way."""
    word = next((token for token in sent if token.idx >= expression.start), trigger)
    above = {token.i: number for number, token in enumerate((trigger, *trigger.ancestors))}
    for steps, token in enumerate((word, *word.ancestors)):
        if token.i in above:
            return steps + 2 * above[token.i]
        if token.pos_ == "VERB" and token.i != word.i and token.dep_ != "prep" and not (_setting(token, trigger) or _plan(token, trigger)):
            return None
    return None


def _setting(verb: Token, trigger: Token) -> bool:
    """Whether a verb only sets the scene for the trigger: `speaking on Sunday, he`, `in an interview aired on Sunday he`."""
    if verb.dep_ == "advcl":
        return verb.tag_ == "VBG"
    if verb.dep_ == "acl" and among("assembled", verb.lemma_):
        return True
    if verb.dep_ != "acl" or verb.i > trigger.i:
        return False
    fronted = verb.head.dep_ == "pobj" and verb.head.head.head.pos_ in ("VERB", "AUX")
    return fronted or (verb.tag_ == "VBG" and verb.head.dep_ == "nsubj")


def _plan(verb: Token, trigger: Token) -> bool:
    """Whether the trigger only sets the day of the verb: `is scheduled to take place this month`."""
    return verb.dep_ == "xcomp" and verb.head.i == trigger.i and among("due", trigger.lemma_)


def pluperfect(trigger: Token) -> bool:
    """Whether the verb over the trigger stands in the past perfect."""
    verb = trigger if trigger.pos_ in ("VERB", "AUX") else trigger.head
    return any(child.dep_ == "aux" and child.lower_ in ("had", "’d", "'d") for child in verb.children) and verb.tag_ == "VBN"


def undated(trigger: Token, hint: str | None, main: Interval | None, published: date | None) -> Interval | None:
    """When an action without a date took place, by tense; in the narrative, on the day that the document is about."""
    if published is None:
        return main
    if hint in ("planned", "hypothetical"):
        return Interval(published, None, "open")
    if pluperfect(trigger):
        return Interval(None, published, "open")
    if main is not None and main.stop is not None and published - main.stop > _FRESH and _present(trigger):
        return dates.day(published)
    return main or dates.day(published)


def _present(trigger: Token) -> bool:
    """Whether the verb over the trigger is told as going on: `continues to`, `is pressing`."""
    verbs = (word for word in (trigger, *trigger.ancestors) if word.pos_ in ("VERB", "AUX"))
    for verb in verbs:
        tags = {verb.tag_, *(child.tag_ for child in verb.children if child.dep_ in ("aux", "auxpass"))}
        if tags & {"VBD", "MD"}:
            return False
        if tags & {"VBZ", "VBP"}:
            return not any(child.lower_ in ("has", "have") for child in verb.children if child.dep_ == "aux")
    return False


def recent(when: Interval | None, published: date | None) -> bool:
    """Whether an interval may be the day that a document is about: a day or two within the week before publication."""
    if when is None or published is None or when.stop is None or when.days is None or when.days > 2:
        return False
    return timedelta(0) <= published - when.stop + timedelta(days=1) <= _WEEK


def within(inner: Interval, outer: Interval) -> bool:
    """Whether an interval lies inside a longer one; open ends hold nothing."""
    if inner.start is None or inner.stop is None or outer.start is None or outer.stop is None:
        return False
    return outer.start <= inner.start and inner.stop <= outer.stop and inner != outer
