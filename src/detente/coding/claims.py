"""The coder: a document becomes claims, each with its words, parties, time, status and reason, and a silence for every sentence without one.

sentences -> cast -> parse -> actions -> parties, time, place, status -> claims. It abstains where an action names nobody.
Nothing here depends on chance or on what was read before: the same document gives the same claims.
"""

from __future__ import annotations

import gc
import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from detente import __version__
from detente.coding import actors, admission, drafts, gazetteer, parser, sentences
from detente.coding.actors import Cast
from detente.coding.confidence import Draft, Judge
from detente.coding.drafts import Reading
from detente.coding.gazetteer import Gazetteer
from detente.coding.parser import SHIPPED, Parts
from detente.coding.references import Memory
from detente.coding.sentences import Sentence
from detente.records import Claim, Document

_NOTE = re.compile(r"\[\d{1,3}\]")


@dataclass(frozen=True, slots=True)
class Silence:
    """A sentence [start, stop) without a claim, and why: a code of data/coding/silences.csv."""

    start: int
    stop: int
    reason: str


@dataclass(frozen=True, slots=True)
class Coding:
    """What the coder makes of a document: claims and silences in the order of the text."""

    claims: tuple[Claim, ...]
    silences: tuple[Silence, ...]


class Coder:
    """Codes documents with one loaded parser and one table of actors."""

    def __init__(self, nlp: Language, table: Gazetteer, judge: Judge, made_from: Parts = SHIPPED) -> None:
        self._nlp, self._table, self.judge, self.made_from = nlp, table, judge, made_from

    @property
    def mark(self) -> str:
        """The version of the program, the parser and a user's own table: what the codings of equal texts depend on."""
        own = self.made_from.own_actors
        digest = "" if own is None else hashlib.sha256(own.read_bytes()).hexdigest()
        return "|".join((__version__, str(self._nlp.meta.get("name")), str(self._nlp.meta.get("version")), digest))

    def code(self, doc: Document) -> Coding:
        """The claims and silences of one document."""
        if doc.language == "ru":
            from detente.coding.russian import claims as russian  # its models cost a second, so only a Russian text loads them

            return russian.code(doc)
        if doc.language != "en":
            return Coding((), (Silence(0, len(doc.text), "unsupported_language"),))
        drafts, silences = self.draft(doc)
        rated = zip(drafts, self.judge.rate(drafts), strict=True)
        kept = ((draft.claim, sure) for draft, sure in rated if sure >= admission.least(draft.claim, draft.strength))
        claims = tuple(replace(claim, probability=round(sure, 3)) for claim, sure in kept)
        return Coding(claims, _with_doubted(silences, drafts, claims))

    def draft(self, doc: Document) -> tuple[list[Draft], list[Silence]]:
        """Everything that the rules propose, unrated, and the sentences that fall silent before any rating."""
        spans = sentences.split(doc.text)
        cast = actors.read(spans, self._table, day=doc.published)
        parses = self._parses(spans, cast)
        return _drafted(doc, spans, cast, parses)

    def code_many(self, docs: Iterable[Document], *, processes: int = 1) -> Iterator[Coding]:
        """The codings of many documents in their order; memory stays flat, more processes each load a parser of their own."""
        if processes > 1:
            yield from parser.spread(docs, self.made_from, processes=processes)
            return
        for number, doc in enumerate(docs):
            yield self.code(doc)
            if number % 200 == 199:
                gc.collect()

    def _parses(self, spans: Sequence[Sentence], cast: Cast) -> dict[int, Doc]:
        wanted = [number for number, span in enumerate(spans) if _silent(span, cast.mentions[number]) is None]
        parsed = self._nlp.pipe([_without_notes(spans[number].text) for number in wanted], batch_size=32)
        return dict(zip(wanted, parsed, strict=True))


def load(*, own_actors: Path | None = None, model: Path | None = None) -> Coder:
    """The coder with the shipped tables and, where given, a user's own table of actors and another spaCy model of English."""
    table = gazetteer.shipped() if own_actors is None else gazetteer.with_own(own_actors)
    return Coder(parser.load(model), table, Judge.load(), Parts(own_actors, model))


def _without_notes(text: str) -> str:
    """The sentence with its footnote marks blanked, which the parser takes for words; offsets stay."""
    return _NOTE.sub(lambda mark: " " * len(mark.group()), text)


def _drafted(doc: Document, spans: Sequence[Sentence], cast: Cast, parses: dict[int, Doc]) -> tuple[list[Draft], list[Silence]]:
    memory = Memory(cast)
    reading = Reading(doc, memory)
    drafts: list[Draft] = []
    silences: list[Silence] = []
    for number, span in enumerate(spans):
        reason = _silent(span, cast.mentions[number])
        if reason is None:
            found, reason = reading.sentence(span, parses[number][:], cast.mentions[number])
            drafts += found
        elif span.dateline:
            memory.set_scene(cast.mentions[number])
        if reason is not None:
            silences.append(Silence(span.start, span.stop, reason))
    return drafts, silences


def _with_doubted(silences: Sequence[Silence], drafts: Sequence[Draft], claims: Sequence[Claim]) -> tuple[Silence, ...]:
    """The silences with those sentences whose every draft was rated too low."""
    doubted = {Silence(draft.start, draft.stop, "too_doubtful") for draft in drafts}
    silent = (one for one in doubted if not any(one.start <= claim.spans[0].start < one.stop for claim in claims))
    return tuple(sorted((*silences, *silent), key=lambda one: one.start))


def _silent(span: Sentence, mentions: Sequence[actors.Mention]) -> str | None:
    """Why a sentence is not even parsed, or None."""
    if span.role in ("furniture", "noise"):
        return span.role
    if not mentions and not drafts.may_refer(span.text):
        return "nobody_named"
    return None
