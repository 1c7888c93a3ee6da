"""What an examination looks at: the acts that a ledger knew on a day, around two states, within a span of time, and the texts they stand in.

Every record that an examination finds carries proofs: the words it rests on, where they stand, and whether the coder, a table or a person made it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache, cached_property
from heapq import merge
from typing import Literal, TypeVar

from detente.coding import formers, sentences
from detente.records import Act, Claim, Coverage, Document

How = Literal["coded", "table", "person", "none"]
K = TypeVar("K", bound=Hashable)
TOLD = ("happened", "ongoing", "historical", "attributed")
"""Statuses of what a source tells as having taken place."""


@dataclass(frozen=True, slots=True)
class Proof:
    """[start, end) of a document with the words that stand there: the row or sentence that an act was told in."""

    id: str
    document: str
    quote: str
    start: int
    end: int
    publication: str
    known: date | None
    how: How


@dataclass(frozen=True, slots=True)
class Material:
    """Acts known by `as_of`, the two states in the order asked, their coverage, and texts by identity; `since` and `until` bound the question."""

    dyad: tuple[str, str]
    as_of: date
    acts: tuple[Act, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    documents: Mapping[str, Document] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    reports: Mapping[str, Claim] = field(default_factory=dict)
    """Claims by the identity they were stored under, so that an act can show every one that tells of it."""
    _found: _Found = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Keep the acts that were known by the day, in the order of their days, so that no examination sees others or depends on how they came."""
        known = (act for act in self.acts if act.known is not None and act.known <= self.as_of)
        object.__setattr__(self, "acts", tuple(sorted(known, key=by_day)))
        object.__setattr__(self, "_found", _Found(self.acts))

    def between(self, *kinds: str) -> tuple[Act, ...]:
        """Acts of these kinds that name both states, within the span asked; a former state counts as its successor."""
        return tuple(act for act in self.ever(*kinds) if self.asked(act))

    def around(self, *kinds: str) -> tuple[Act, ...]:
        """Acts of these kinds that name at least one of the two, within the span asked."""
        return tuple(act for act in self.of(*kinds) if states(act) & set(self.dyad) and self.asked(act))

    def beside(self, *kinds: str) -> tuple[Act, ...]:
        """Acts of these kinds around the two, and what the texts that tell of them tell of others: a third state's rule, a precedent elsewhere."""
        texts = {act.claim.spans[0].document for act in self.around() if act.claim.made_by != "table"}
        near = [act for act in self.of(*kinds) if act.claim.spans[0].document in texts and self.asked(act)]
        return tuple(dict.fromkeys((*self.around(*kinds), *near)))

    def ever(self, *kinds: str) -> tuple[Act, ...]:
        """Acts of these kinds that name both states, whenever they were."""
        return tuple(act for act in self.of(*kinds) if set(self.dyad) <= states(act))

    def asked(self, act: Act) -> bool:
        """True when an act shares a day with the span asked; one without a day is placed by when it became known."""
        start, last = first_day(act), last_day(act)
        late = self.until is not None and start is not None and start > self.until
        early = self.since is not None and last is not None and last < self.since
        return not late and not early

    def by_key(self, key: str | None) -> Act | None:
        """The act that a table's row or the ledger names so."""
        return None if key is None else self._found.keys.get(key)

    def of_sides(self, sides: Collection[str], *, first: date, last: date) -> list[Act]:
        """Acts whose source and target are these two, that begin within two days, by day."""
        held = self._found.sides.get(frozenset(sides), [])
        low, high = (bisect_left(held, day, key=lambda act: first_day(act) or date.max) for day in (first, last + timedelta(days=1)))
        return held[low:high]

    def sentence(self, act: Act) -> tuple[int, int, str]:
        """[start, stop) and words of the sentence around what an act quotes; the quote itself where the text is not at hand."""
        span = act.claim.spans[0]
        doc = self.documents.get(span.document)
        if doc is None:
            return span.start, span.stop, span.quote
        held = [s for s in _split(doc.text) if s.start < span.stop and span.start < s.stop]
        start, stop = min((span.start, *(s.start for s in held))), max((span.stop, *(s.stop for s in held)))
        return start, stop, doc.text[start:stop]

    def proof(self, act: Act) -> Proof:
        """The words that an act rests on."""
        start, stop, quote = self.sentence(act)
        publication = act.citations[0].publication if act.citations else ""
        return Proof(act.id, act.claim.spans[0].document, quote, start, stop, publication, act.known, how(act))

    def proofs(self, acts: Iterable[Act]) -> tuple[Proof, ...]:
        """The words of several acts, each act once, and of every other claim that vouches for one of them."""
        return tuple(self.proof(each) for act in dict.fromkeys(acts) for each in (act, *self.retold(act)))

    def retold(self, act: Act) -> tuple[Act, ...]:
        """The act as its other claims of the same making tell it; a proposal beside a table's row vouches for nothing."""
        others = [(key, self.reports[key]) for key in act.claims if key in self.reports and self.reports[key] != act.claim]
        told = [replace(act, id=key, claim=claim, claims=(key,), known=claim.known) for key, claim in others]
        return tuple(other for other in told if how(other) == how(act) and other.known is not None and other.known <= self.as_of)

    def of(self, *kinds: str) -> list[Act]:
        """Acts of these kinds, or of all, known by the day of the question, of whatever states, by day."""
        held = [self._found.kinds.get(kind, []) for kind in dict.fromkeys(kinds)]
        return list(self.acts) if not kinds else list(held[0]) if len(held) == 1 else list(merge(*held, key=by_day))


class _Found:
    """Acts by what they are looked for by; each index is made when it is first asked."""

    def __init__(self, acts: Sequence[Act]) -> None:
        self._acts = acts

    @cached_property
    def kinds(self) -> Mapping[str, list[Act]]:
        """Acts by kind, each list by day."""
        return _by(self._acts, lambda act: (act.claim.kind,))

    @cached_property
    def sides(self) -> Mapping[frozenset[str], list[Act]]:
        """Acts by source and target in either order, each list by day."""
        return _by(self._acts, lambda act: (frozenset((source(act), target(act))),))

    @cached_property
    def keys(self) -> Mapping[str, Act]:
        """The first act of each name: its identity, the key of its row, the identities of its claims."""
        named = ((key, act) for act in reversed(self._acts) for key in (act.id, act.claim.detail("key"), *act.claims))
        return {key: act for key, act in named if key is not None}


def _by(acts: Iterable[Act], keys: Callable[[Act], Iterable[K]]) -> Mapping[K, list[Act]]:
    found: dict[K, list[Act]] = {}
    for act in acts:
        for key in keys(act):
            found.setdefault(key, []).append(act)
    return found


def how(act: Act) -> How:
    """Who made the record: a person, a reviewed table, or the coder."""
    made_by = act.claim.made_by
    return "table" if made_by == "table" else "coded" if made_by.startswith("coder") else "person"


def today(state: str | None) -> str | None:
    """The state that stands for a former one today, or the code itself.

    >>> today("SUN"), today("FIN")
    ('RUS', 'FIN')
    """
    if state is None:
        return None
    ended = formers.ends().get(state)
    return state if ended is None else ended[1]


def states(act: Act) -> frozenset[str]:
    """Every state on either side, former ones as their successors."""
    return frozenset(found for state in act.claim.states if (found := today(state)))


def source(act: Act) -> str:
    """Who acts: the first state of the source, or its body; empty for an unnamed one."""
    return _side(act.claim.source)


def target(act: Act) -> str:
    """Towards whom: the first state of the target, or its body; empty where nobody is named."""
    return _side(act.claim.target)


def speaker(act: Act) -> str:
    """Who speaks or acts, with his office; empty where no person is named."""
    found = next((p for p in (act.claim.speaker, *act.claim.source) if p is not None and p.person), None)
    return "" if found is None else ", ".join(filter(None, (found.person, found.office)))


def by_day(act: Act) -> tuple[date, str]:
    """The key that puts acts in the order of their days, those without one last."""
    return first_day(act) or date.max, act.id


def first_day(act: Act) -> date | None:
    """The first day of an act, or the day it became known where no day is told."""
    valid = act.claim.valid
    return act.known if valid is None else valid.start or valid.last


def last_day(act: Act) -> date | None:
    """The last day of an act, or None while its end is open."""
    valid = act.claim.valid
    return act.known if valid is None else valid.last


def _side(parties: tuple[object, ...]) -> str:
    named = [today(getattr(party, "state", None)) or getattr(party, "body", None) for party in parties]
    return next((name for name in named if name), "")


@cache
def _split(text: str) -> tuple[sentences.Sentence, ...]:
    return sentences.split(text)
