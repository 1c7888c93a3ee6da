"""Expectations: what was announced for a later day, and whether it happened, slipped, was dropped, or is still due.

An outcome counts only once it is known: an act of the ledger that the row names, words of the row after its day has passed, or, for what the
coder proposes, an act of the same states and occasion near the day. Nothing found is `overdue`, which is no proof that nothing happened.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from detente import dates, ontology
from detente.dates import Interval
from detente.errors import DateError
from detente.examine import lexicon
from detente.examine.material import TOLD, How, Material, Proof, first_day, how, shifted, source, states, target
from detente.records import Act

GRACE = timedelta(days=120)
"""How long after its day an act is still taken for what was announced."""
EARLY = timedelta(days=15)
DEEDS = ("visit", "meeting", "agreement", "project_milestone", "military", "border", "non_event")
_WORD = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What was to come. `days_late` counts from the last day it was due to the first day it happened; `matched` says how the outcome was found."""

    act: str
    source: str
    target: str
    what: str
    occasion: str
    announced: date | None
    due: Interval | None
    state: str
    happened_on: date | None
    days_late: int | None
    matched: str
    between: bool
    how: How
    proofs: tuple[Proof, ...]


def find(material: Material) -> tuple[Expectation, ...]:
    """What was announced of either of the two, by the day it was due."""
    chosen = [act for act in material.beside() if act.claim.kind == "expectation" or (act.claim.status == "planned" and act.claim.kind in DEEDS)]
    found = [_expectation(act, material) for act in chosen]
    return tuple(sorted(found, key=lambda e: ((e.due.start or e.due.last) if e.due else date.max, e.act)))


def state_of(due: Interval | None, *, came_on: date | None, as_of: date) -> tuple[str, int | None]:
    """State and days late of something due, given the day it came, if it did.

    >>> state_of(dates.parse("2014-05"), came_on=date(2014, 7, 15), as_of=date(2015, 1, 1))
    ('slipped', 45)
    """
    last = None if due is None else due.last
    if came_on is not None:
        late = None if last is None else max(0, (came_on - last).days)
        return ("slipped" if late else "happened"), late
    if last is None:
        return "open", None
    return ("due" if as_of <= last else "overdue"), None


def _expectation(act: Act, material: Material) -> Expectation:
    due = _due(act)
    outcome, matched = _outcome(act, due, material)
    told = _told(act, due, material.as_of) if outcome is None else None
    dropped = outcome is not None and outcome.claim.kind == "non_event"
    came_on = None if outcome is None or dropped else first_day(outcome)
    state, late = state_of(due, came_on=came_on, as_of=material.as_of)
    proof = material.proof(act)
    return Expectation(
        act=act.id, source=source(act), target=target(act), what=proof.quote, occasion=_occasion(act, proof.quote), announced=act.known, due=due,
        state="dropped" if dropped else told or state, happened_on=came_on, days_late=late, matched="named by the row" if told else matched,
        between=set(material.dyad) <= states(act), how=how(act), proofs=(proof, *material.proofs([outcome] if outcome else [])),
    )  # fmt: skip


def _due(act: Act) -> Interval | None:
    """When it is due; None for a day that was over when it was announced, since then the text tells none."""
    text, told = act.claim.detail("due"), act.claim.valid
    if text is not None:
        try:
            return dates.parse(text)
        except DateError:
            return told
    over = told is not None and told.last is not None and act.known is not None and told.last <= act.known
    return None if over else told


def _told(act: Act, due: Interval | None, as_of: date) -> str | None:
    """The outcome in the row's own words, once the day has passed; before it nobody could know."""
    word = act.claim.detail("outcome")
    past = due is not None and due.last is not None and due.last < as_of
    return word if past and word in ("slipped", "dropped", "happened") else None


def _outcome(act: Act, due: Interval | None, material: Material) -> tuple[Act | None, str]:
    named = material.by_key(act.claim.detail("outcome"))
    if named is not None and named.known is not None and named.known <= material.as_of:
        return named, "named by the row"
    if act.claim.detail("outcome") is not None or due is None:
        return None, ""
    begins, last = due.start or act.known, due.last
    if begins is None or last is None:
        return None, ""
    near = material.timeline(*DEEDS).within(max(shifted(begins, -EARLY.days), act.known or date.min), shifted(last, GRACE.days + 1))
    wanted = _words(material.sentence(act)[2]) - _common(act)
    first = next((other for other in near if _fits(act, other, wanted)), None)
    return first, "" if first is None else "same states, days and words"


def _fits(act: Act, other: Act, wanted: frozenset[str]) -> bool:
    if other.id == act.id or other.claim.status not in TOLD or not states(act) <= states(other):
        return False
    return len(wanted & _words(other.claim.quote)) >= 3


def _words(text: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _WORD.findall(text))


def _common(act: Act) -> frozenset[str]:
    """Words that say nothing of the occasion: the names of the states, and words that any announcement has."""
    names = " ".join(ontology.state_name(state) for state in states(act))
    return _plain() | _words(names)


@cache
def _plain() -> frozenset[str]:
    return frozenset(row["word"] for row in lexicon.rows("common"))


def _occasion(act: Act, words: str) -> str:
    found = lexicon.first("occasions", words)
    return act.claim.detail("occasion") or ("" if found is None else found[0])
