"""Superlatives: "first since", "highest", "record" turned into a query over the ledger.

The claim is held against acts of the same kind, direction and rank (or against recorded values) after the day or year it reaches back to; what
lies in that year itself is what the claim refers to. A single such act contradicts it. Where none is found it stands only if those years were
read well; under thin coverage the ledger cannot tell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from detente import dates
from detente.errors import DateError
from detente.examine import lexicon, precedents
from detente.examine.coverage import Graded, graded
from detente.examine.material import How, Material, Proof, how, states
from detente.examine.precedents import Query
from detente.records import Act

LEAST_SHARE = 0.9
"""So much of the years asked about must have been read at least fairly before silence means anything."""
_SINCE = re.compile(r"\bsince\s+(?:\w+\s+){0,3}?(\d{4})\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Superlative:
    """A claim of a first or a record, and the ledger's answer: contradicted, stands, or cannot_tell with why."""

    act: str
    words: str
    scope: str
    since: date | None
    said_on: date | None
    asks: str
    answer: str
    why: str
    counter: tuple[str, ...]
    higher: int
    coverage: Graded
    how: How
    proofs: tuple[Proof, ...]


def find(material: Material) -> tuple[Superlative, ...]:
    """The superlatives about either of the two, by day."""
    return tuple(_superlative(act, material) for act in material.around("superlative"))


def decide(*, counter: int, read: Graded, comparable: bool) -> tuple[str, str]:
    """The answer and its reason; one counter-example decides, silence counts only for what was read.

    >>> decide(counter=0, read=Graded(full=1.0, fair=0.0, thin=0.0, none=0.0), comparable=True)
    ('stands', 'no counter-example, and those years were read')
    """
    if counter:
        return "contradicted", "the ledger holds counter-examples"
    if not comparable:
        return "cannot_tell", "the ledger keeps nothing that it could be held against"
    if read.full + read.fair >= LEAST_SHARE:
        return "stands", "no counter-example, and those years were read"
    return "cannot_tell", "the ledger cannot tell, coverage of those years is thin"


def _superlative(act: Act, material: Material) -> Superlative:
    words = material.sentence(act)[2]
    since, after = _since(act, words)
    sort = lexicon.means("superlatives", f"{act.claim.detail('scope') or ''} {words}") or "first"
    query = precedents.look(act, sort, after, material)
    start, stop = after or date.min, query.until or material.as_of
    read = graded(material.coverage, _pair(act, material), start=start, stop=stop)
    answer, why = decide(counter=len(query.counter), read=read, comparable=query.comparable)
    return Superlative(
        act=act.id, words=words, scope=act.claim.detail("scope") or "", since=since, said_on=act.known, asks=query.asks, answer=answer, why=why,
        counter=tuple(f"{other.claim.valid or other.known}: {other.claim.quote}" for other in query.counter), higher=query.higher, coverage=read,
        how=how(act), proofs=material.proofs(_tied(act, query)),
    )  # fmt: skip


def _tied(act: Act, query: Query) -> list[Act]:
    return [act, *([query.meant] if query.meant is not None else []), *query.counter]


def _pair(act: Act, material: Material) -> tuple[str, str]:
    named = sorted(states(act))
    return (named[0], named[1]) if len(named) == 2 else material.dyad


def _since(act: Act, words: str) -> tuple[date | None, date | None]:
    """The first day of what a claim reaches back to, and the first day after it, from which on an act speaks against it.

    The row's own, the year after "since" in the words, or the beginning of a long interval.
    """
    told = act.claim.detail("since")
    found = _SINCE.search(words)
    if told is None and found is not None:
        told = found.group(1)
    try:
        span = dates.parse(told) if told else None
    except DateError:
        span = None
    valid = act.claim.valid
    if span is None and valid is not None and valid.days is not None and valid.days > 366:
        return valid.start, valid.start
    return (None, None) if span is None else (span.start, span.stop or span.start)
