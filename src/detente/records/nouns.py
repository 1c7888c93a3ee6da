"""What the ledger keeps: frozen values whose identity is a tagged hash of their canonical content.

Document -> Span -> Claim -> Act; Review and Merge are a person's or the program's decisions about claims.
Records know nothing of tables, files or the vocabulary; whoever makes one checks its codes.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal

from detente.dates import Interval
from detente.errors import InputError

Status = Literal["happened", "planned", "ongoing", "attributed", "hypothetical", "negated", "historical"]
Decision = Literal["accepted", "edited", "rejected", "disputed", "retracted"]
Details = tuple[tuple[str, str], ...]
"""Typed extras of a claim, sorted by name; the names a kind may carry stand in the vocabulary."""


def canonical(value: Any) -> Any:
    """The JSON form of a record that its identity is taken from: no ids, no fields marked as outside identity."""
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is tuple or kind is list:
        return [canonical(item) for item in value]
    names = _inside(kind)
    if names:
        return {name: canonical(getattr(value, name)) for name in names}
    if isinstance(value, date | Decimal):
        return str(value)
    return [canonical(item) for item in value] if isinstance(value, tuple | list) else value


_PLAIN = frozenset({str, int, bool, float, type(None)})


_INSIDE: dict[type, tuple[str, ...]] = {}


def _inside(kind: type) -> tuple[str, ...]:
    """The fields of a record that belong to its identity; none for what is no record."""
    if kind not in _INSIDE:
        _INSIDE[kind] = tuple(f.name for f in fields(kind) if f.metadata.get("identity", True)) if is_dataclass(kind) else ()
    return _INSIDE[kind]


def identity(tag: str, content: Any) -> str:
    """`tag:` and 24 hexadecimal digits of the SHA-256 of the canonical JSON of `content`."""
    return f"{tag}:{hashlib.sha256(packed(content).encode('utf-8', 'surrogatepass')).hexdigest()[:24]}"


def packed(value: Any) -> str:
    """The canonical JSON of a value: no blanks, names in order, every letter as it is."""
    return _ENCODER.encode(canonical(value))


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _outside() -> Any:
    return field(default=None, metadata={"identity": False})


def _id() -> Any:
    return field(init=False, repr=False, compare=False, metadata={"identity": False})


@lru_cache(maxsize=65_536)
def _together(named: tuple[str | None, ...]) -> frozenset[str]:
    """The states among these, one set for all claims that name the same."""
    return frozenset(state for state in named if state is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A text with its source and publication day. `published` None means nobody could tell; then nothing in it is dated by it.

    `source` is the publication's name, `media_type` what was read, `original` the SHA-256 of the bytes it was read from.
    """

    text: str
    source: str
    title: str | None = None
    address: str | None = None
    published: date | None = None
    published_assumed: bool = False
    language: str = "en"
    media_type: str = field(default="text/plain", metadata={"identity": False})
    original: str | None = _outside()
    retrieved_at: str | None = _outside()
    id: str = _id()

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", identity("doc", self))

    def span(self, start: int, stop: int) -> Span:
        """The span [start, stop) of this document with its verbatim quote."""
        if not 0 <= start < stop <= len(self.text):
            raise InputError(f"a span within 0 and {len(self.text)}", came=f"[{start}, {stop}) came", do="count code points, end excluded")
        return Span(document=self.id, start=start, stop=stop, quote=self.text[start:stop])


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """[start, stop) code points of a document, and the words that stand there."""

    document: str
    start: int
    stop: int
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Who acts or is acted upon: a state (ISO 3166-1 alpha-3), a body or firm, a person with an office and a rank 1-7.

    `state` None with a `body` is an actor that is no state (IGO, NGO, MNC and the like); all None is an unnamed actor.
    """

    state: str | None = None
    body: str | None = None
    person: str | None = None
    office: str | None = None
    rank: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a source says happened, holds, is promised or is expected.

    `valid` is when it happened (None: the text does not say), `known` the day it was published (`known_assumed`: the end of the event
    stands in). `source` acts towards `target`. `made_by` names the table, coder or person; `why` the rule or trigger.
    Outside identity: probability and why, so that a better calibrated coder proposes the same claim.
    """

    kind: str
    spans: tuple[Span, ...]
    source: tuple[Party, ...]
    target: tuple[Party, ...] = ()
    status: Status = "happened"
    valid: Interval | None = None
    known: date | None = None
    known_assumed: bool = False
    dimensions: tuple[str, ...] = ()
    event_class: str | None = None
    mode: str | None = None
    place: str | None = None
    speaker: Party | None = None
    hedge: str | None = None
    details: Details = ()
    made_by: str = "person"
    probability: float | None = _outside()
    why: str | None = _outside()
    states: frozenset[str] = _id()
    """Every state on either side."""
    _identity: str | None = _id()

    def __post_init__(self) -> None:
        if not self.spans:
            raise InputError("a claim with at least one span", came="none was given", do="quote the words that say it")
        object.__setattr__(self, "details", tuple(sorted(self.details)))
        object.__setattr__(self, "states", _together(tuple([party.state for party in (*self.source, *self.target)])))
        object.__setattr__(self, "_identity", None)

    @property
    def id(self) -> str:
        """The identity, taken when it is first asked for."""
        if self._identity is None:
            object.__setattr__(self, "_identity", identity("clm", self))
        return self._identity or ""

    def kept_as(self, key: str | None) -> Claim:
        """The claim as it was stored under an identity, which then is not derived again; None: as any other."""
        object.__setattr__(self, "_identity", key)
        return self

    @property
    def slot(self) -> str:
        """What a review holds on to: the same kind of claim at the same words, whatever a later coder makes of it."""
        main = self.spans[0]
        return identity("slot", [main.document, self.kind, main.start, main.stop])

    @property
    def quote(self) -> str:
        """The words of the first span."""
        return self.spans[0].quote

    def detail(self, name: str) -> str | None:
        """A typed extra by name, or None."""
        return next((value for known, value in self.details if known == name), None) if self.details else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A person's decision on a claim; `edits` are (field, new value) pairs; `at` is an ISO timestamp.

    `retracted` takes back the last decision of the same reviewer on the claim, so that what stood before it stands again.
    """

    claim: str
    decision: Decision
    reviewer: str
    at: str
    reason: str = ""
    edits: Details = ()
    id: str = _id()

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", identity("rev", self))


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """The decision that a claim speaks of an act (`joined`) or does not (`parted`), by whom and why; the latest holds unless it is `retracted`."""

    claim: str
    act: str
    decision: Literal["joined", "parted", "retracted"]
    by: str
    at: str
    reason: str
    id: str = _id()

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", identity("mrg", self))


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Where a reader finds it: publication, title, address and day, with reliability A-F and credibility 1-6 where rated.

    `title` None: the document has none, as rows of a case have not. `origin` is the other publication or agency that it goes back to,
    None where it stands for itself or nobody has looked.
    """

    document: str
    publication: str
    published: date | None
    published_assumed: bool = False
    address: str | None = None
    title: str | None = None
    reliability: str | None = None
    credibility: str | None = None
    origin: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """The one thing in the world that its claims speak of; `claim` is the one that speaks for it, `known` the first day any was known.

    `accepted` is True when a reviewed table or a person stands behind it; otherwise it is the coder's proposal.
    """

    id: str
    claim: Claim
    claims: tuple[str, ...]
    known: date | None
    accepted: bool
    citations: tuple[Citation, ...]

    def __hash__(self) -> int:
        return hash(self.id)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How well a dyad was read from `start` up to but not including `stop`: full, fair or thin."""

    a: str
    b: str
    start: date
    stop: date
    grade: str
    note: str
