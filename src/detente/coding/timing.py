"""When an action happened: the date expression that belongs to it, else what the document spoke of, else the day of publication.

A date belongs to the action in whose clause it stands, or else to the nearest before it. What is told in the pluperfect without a date
lies at an unknown time before publication.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from spacy.tokens import Span, Token

from detente import dates
from detente.dates import Interval
from detente.dates.expressions import Expression


def nearest(sent: Span, trigger: Token, found: Sequence[Expression]) -> Expression | None:
    """The expression that dates the trigger: in its phrase or clause, or in a clause above it; None when there is none."""
    if not found:
        return None
    return min(found, key=lambda expression: (_distance(sent, trigger, expression), abs(expression.start - trigger.idx)))


def _distance(sent: Span, trigger: Token, expression: Expression) -> int:
    """Steps up from the date to the first word that governs the trigger, and from the trigger to that word."""
    word = next((token for token in sent if token.idx >= expression.start), trigger)
    above = {token.i: number for number, token in enumerate((trigger, *trigger.ancestors))}
    for steps, token in enumerate((word, *word.ancestors)):
        if token.i in above:
            return steps + 2 * above[token.i]
    return 50


def pluperfect(trigger: Token) -> bool:
    """Whether the verb over the trigger stands in the past perfect."""
    verb = trigger if trigger.pos_ in ("VERB", "AUX") else trigger.head
    return any(child.dep_ == "aux" and child.lower_ in ("had", "’d", "'d") for child in verb.children) and verb.tag_ == "VBN"


def undated(trigger: Token, hint: str | None, last: Interval | None, published: date | None) -> Interval | None:
    """When an action without a date took place, by tense and by what was dated last."""
    if published is None:
        return last
    if hint in ("planned", "hypothetical"):
        return Interval(published, None, "open")
    if pluperfect(trigger):
        return Interval(None, published, "open")
    if last is not None and last.stop is not None and timedelta(0) <= published - last.stop <= timedelta(days=8):
        return last
    return dates.day(published)
