"""What an examination looks at: the acts that a ledger knew on a day, around two states, within a span of time, and the texts they stand in.

Every record that an examination finds carries proofs: the words it rests on, where they stand, and whether the coder, a table or a person made it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property, lru_cache
from operator import attrgetter
from typing import Any, Literal, TypeVar

from detente.coding import formers, sentences
from detente.records import Act, Claim, Coverage, Document, Party

How = Literal["coded", "table", "person", "none"]
K = TypeVar("K", bound=Hashable)
T = TypeVar("T")
TOLD = ("happened", "ongoing", "historical", "attributed")
"""Statuses of what a source tells as having taken place."""
_start, _stop = attrgetter("start"), attrgetter("stop")


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
        object.__setattr__(self, "_found", _Found(self.acts, frozenset(self.dyad)))

    def of(self, *kinds: str) -> tuple[Act, ...]:
        """Acts of these kinds, or of all, known by the day of the question, of whatever states, by day."""
        return self._found.chosen("any", kinds)

    def around(self, *kinds: str) -> tuple[Act, ...]:
        """Acts of these kinds that name at least one of the two, within the span asked, by day."""
        return self._within(self._found.chosen("either", kinds))

    def ever(self, *kinds: str) -> tuple[Act, ...]:
        """Acts of these kinds that name both states, whenever they were, by day; a former state counts as its successor."""
        return self._found.chosen("both", kinds)

    def between(self, *kinds: str) -> tuple[Act, ...]:
        """Acts of these kinds that name both states, within the span asked, by day."""
        return self._within(self.ever(*kinds))

    def beside(self, *kinds: str) -> tuple[Act, ...]:
        """Acts of these kinds around the two, and what the texts that tell of them tell of others: a third state's rule, a precedent elsewhere."""
        return self._found.once(("beside", kinds), lambda: (*self.around(*kinds), *self._near(*kinds)))

    @property
    def told(self) -> frozenset[str]:
        """The texts that tell of one of the two within the span asked; rows of tables are none."""
        return self._found.once("told", lambda: frozenset(a.claim.spans[0].document for a in self.around() if a.claim.made_by != "table"))

    def _near(self, *kinds: str) -> Iterable[Act]:
        told, pair = self.told, frozenset(self.dyad)
        return (act for act in self._within(self.of(*kinds)) if act.claim.spans[0].document in told and pair.isdisjoint(states(act)))

    def _within(self, acts: tuple[Act, ...]) -> tuple[Act, ...]:
        return acts if self.since is None and self.until is None else tuple(act for act in acts if self.asked(act))

    def asked(self, act: Act) -> bool:
        """True when an act shares a day with the span asked; one without a day is placed by when it became known."""
        start, last = first_day(act), last_day(act)
        late = self.until is not None and start is not None and start > self.until
        early = self.since is not None and last is not None and last < self.since
        return not late and not early

    def by_key(self, key: str | None) -> Act | None:
        """The act that a table's row or the ledger names so."""
        return None if key is None else self._found.keys.get(key)

    def timeline(self, *kinds: str) -> Timeline:
        """Acts of these kinds, of whatever states."""
        return self._found.once(("days", kinds), lambda: Timeline.of(self.of(*kinds)))

    def saying(self, detail: str, *kinds: str) -> Mapping[str, Timeline]:
        """Acts of these kinds by what they say of a detail; those that say nothing of it are left out."""
        return self._found.once((detail, kinds), lambda: timelines(self.of(*kinds), lambda act: act.claim.detail(detail)))

    def of_sides(self, *kinds: str) -> Mapping[frozenset[str], Timeline]:
        """Acts of these kinds by source and target in either order."""
        return self._found.once(("sides", kinds), lambda: timelines(self.of(*kinds), lambda act: frozenset((source(act), target(act)))))

    def of_texts(self, *kinds: str) -> Mapping[str, Timeline]:
        """Acts of these kinds by the text that tells of them."""
        return self._found.once(("texts", kinds), lambda: timelines(self.of(*kinds), lambda act: act.claim.spans[0].document))

    def split(self, doc: Document) -> tuple[sentences.Sentence, ...]:
        """The sentences of a text."""
        held = self._found.splits
        if doc.id not in held:
            held[doc.id] = sentences.split(doc.text)
        return held[doc.id]

    def sentence(self, act: Act) -> tuple[int, int, str]:
        """[start, stop) and words of the sentence around what an act quotes; the quote itself where the text is not at hand."""
        span = act.claim.spans[0]
        doc = self.documents.get(span.document)
        if doc is None:
            return span.start, span.stop, span.quote
        split = self.split(doc)
        low, high = bisect_right(split, span.start, key=_stop), bisect_left(split, span.stop, key=_start)
        start, stop = (min(span.start, split[low].start), max(span.stop, split[high - 1].stop)) if low < high else (span.start, span.stop)
        return start, stop, doc.text[start:stop]

    def proof(self, act: Act) -> Proof:
        """The words that an act rests on."""
        start, stop, quote = self.sentence(act)
        publication = act.citations[0].publication if act.citations else ""
        return Proof(act.id, act.claim.spans[0].document, quote, start, stop, publication, act.known, how(act))

    def proofs(self, acts: Iterable[Act]) -> tuple[Proof, ...]:
        """The words of several acts, each act once, and of every other claim that vouches for one of them."""
        return tuple(self.proof(each) for act in {act.id: act for act in acts}.values() for each in (act, *self.retold(act)))

    def retold(self, act: Act) -> tuple[Act, ...]:
        """The act as its other claims of the same making tell it; a proposal beside a table's row vouches for nothing."""
        held = ((key, self.reports.get(key)) for key in act.claims)
        others = [(key, claim) for key, claim in held if claim is not None and claim is not act.claim and claim != act.claim]
        told = [replace(act, id=key, claim=claim, claims=(key,), known=claim.known) for key, claim in others]
        return tuple(other for other in told if how(other) == how(act) and other.known is not None and other.known <= self.as_of)


@dataclass(frozen=True, slots=True)
class Timeline:
    """Acts in the order of their days, and their first days; acts without one stand last."""

    acts: tuple[Act, ...]
    days: tuple[date, ...]

    @classmethod
    def of(cls, acts: Sequence[Act]) -> Timeline:
        """The timeline of acts that are in the order of their days."""
        return cls(tuple(acts), tuple(first_day(act) or date.max for act in acts))

    def span(self, start: date, stop: date) -> range:
        """The places of the acts that begin on the days [start, stop)."""
        return range(bisect_left(self.days, start), bisect_left(self.days, stop))

    def within(self, start: date, stop: date) -> tuple[Act, ...]:
        """The acts that begin on the days [start, stop)."""
        held = self.span(start, stop)
        return self.acts[held.start : held.stop]


def timelines(acts: Iterable[Act], key: Callable[[Act], K | None]) -> Mapping[K, Timeline]:
    """Acts that are in the order of their days by what they share; those whose key is None are left out."""
    found: dict[K, list[Act]] = {}
    for act in acts:
        if (name := key(act)) is not None:
            found.setdefault(name, []).append(act)
    return {name: Timeline.of(held) for name, held in found.items()}


class _Found:
    """Acts by what they are looked for by; each index is made when it is first asked."""

    def __init__(self, acts: tuple[Act, ...], pair: frozenset[str]) -> None:
        self._acts, self._pair = acts, pair
        self._once: dict[Hashable, Any] = {}
        self.splits: dict[str, tuple[sentences.Sentence, ...]] = {}

    def once(self, name: Hashable, make: Callable[[], T]) -> T:
        """What is kept under a name, made when it is first asked."""
        if name not in self._once:
            self._once[name] = make()
        found: T = self._once[name]
        return found

    def chosen(self, naming: Literal["any", "either", "both"], kinds: tuple[str, ...]) -> tuple[Act, ...]:
        """Acts of these kinds, or of all, by how many of the two they name."""
        held = self._acts if naming == "any" else self._either if naming == "either" else self._both
        return self.once((naming, kinds), lambda: tuple(act for act in held if act.claim.kind in kinds)) if kinds else held

    @cached_property
    def _either(self) -> tuple[Act, ...]:
        return tuple(act for act in self._acts if not self._pair.isdisjoint(states(act)))

    @cached_property
    def _both(self) -> tuple[Act, ...]:
        return tuple(act for act in self._either if self._pair <= states(act))

    @cached_property
    def keys(self) -> Mapping[str, Act]:
        """The first act of each name: its identity, the key of its row, the identities of its claims."""
        named = ((key, act) for act in reversed(self._acts) for key in (act.id, act.claim.detail("key"), *act.claims))
        return {key: act for key, act in named if key is not None}


def how(act: Act) -> How:
    """Who made the record: a person, a reviewed table, or the coder."""
    made_by = act.claim.made_by
    return "table" if made_by == "table" else "coded" if made_by.startswith("coder") else "person"


@cache
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
    return _present(act.claim.states)


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


def shifted(day: date, days: int) -> date:
    """The day so many days after another, or before it, and none beyond the first and the last of all."""
    return date.fromordinal(min(max(1, day.toordinal() + days), date.max.toordinal()))


def _side(parties: tuple[Party, ...]) -> str:
    for party in parties:
        if name := today(party.state) or party.body:
            return name
    return ""


@lru_cache(maxsize=1 << 16)
def _present(named: frozenset[str]) -> frozenset[str]:
    return frozenset(found for state in named if (found := today(state)))
