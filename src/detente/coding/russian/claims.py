"""The Russian coder: a document becomes claims with parties, time, place, status and reason, and a silence for every other sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from detente import dates, ontology
from detente.coding.actors import Mention
from detente.coding.claims import Coding, Silence
from detente.coding.russian import frames, parse, places, sides, status
from detente.coding.russian.actors import Cast
from detente.coding.russian.frames import Deed
from detente.coding.russian.parse import Parsed, Word
from detente.coding.russian.sides import Sides
from detente.coding.russian.status import StatusReading
from detente.coding.russian.tables import among
from detente.coding.timing import recent
from detente.dates import Expression, Interval
from detente.records import Claim, Document, Party

MADE_BY = "coder"
_LINE = 160
_FAR = 8


def code(doc: Document) -> Coding:
    """The claims and silences of a Russian document."""
    reading = _Reading(doc, Cast(doc.published))
    claims: list[Claim] = []
    silences: list[Silence] = []
    for sent in parse.parse(doc.text):
        found, reason = reading.sentence(sent)
        claims += found
        if reason is not None:
            silences.append(Silence(sent.start, sent.stop, reason))
    return Coding(tuple(claims), tuple(silences))


@dataclass(slots=True)
class _Reading:
    """A document being read, sentence by sentence: who was named, and what was dated last."""

    doc: Document
    cast: Cast
    last: Interval | None = None
    main: Interval | None = None
    told: Interval | None = None
    told_in: int = -1
    between: Sides | None = None

    def sentence(self, sent: Parsed) -> tuple[list[Claim], str | None]:
        """The claims of the next sentence, and the reason for silence when there are none."""
        mentions = self.cast.read(sent)
        dated = self._dates(sent.text)
        deeds = frames.find(sent)
        claims = [claim for deed in deeds if (claim := self._claim(sent, deed, mentions, dated)) is not None]
        self._remember(sent, dated)
        if claims:
            return _strongest(claims), None
        return [], "nobody_named" if not mentions else "no_action" if not deeds else "nobody_acts"

    def _before(self, deed: Deed, mentions: Sequence[Mention]) -> Sides | None:
        """`Было подписано соглашение`: a sentence that names nobody goes on with the two sides of the one before."""
        return self.between if deed.frame.needs == "signed" and not mentions else None

    def _dates(self, text: str) -> tuple[Expression, ...]:
        if self.doc.published is None:
            return ()
        return dates.find(text, anchor=self.doc.published, context=self.last, language="ru")

    def _claim(self, sent: Parsed, deed: Deed, mentions: Sequence[Mention], dated: Sequence[Expression]) -> Claim | None:
        found = sides.read(sent, deed, mentions) or self._before(deed, mentions)
        if found is None:
            return None
        self.between = replace(found, mentions=())
        told = status.read(sent, deed)
        frame = deed.frame
        planned = told.status == "planned" and frame.event_class in ("CONSULT", "SUPPORT")
        start, stop = _extent(deed, found.mentions)
        general = ontology.term("kinds", frame.kind).more["dimension"] or ontology.term("classes", frame.event_class).more["dimension"]
        return Claim(
            kind=frame.kind,
            spans=(self.doc.span(sent.start + start, sent.start + stop),),
            source=found.source,
            target=found.target,
            status=told.status,
            valid=self._when(sent, deed, told, dated),
            known=self.doc.published,
            known_assumed=self.doc.published_assumed,
            dimensions=tuple(filter(None, (general,))),
            event_class="AGREE" if planned else frame.event_class,
            mode=None if planned else frame.mode,
            place=_place(sent, deed, mentions, found),
            speaker=_speaker(sent, deed, mentions),
            made_by=MADE_BY,
            probability=frame.strength,
            why=_why(deed, found, told),
        )

    def _when(self, sent: Parsed, deed: Deed, told: StatusReading, dated: Sequence[Expression]) -> Interval | None:
        """The date nearest in the tree of the sentence, else by status: ahead for plans, else when the text was about last."""
        best = min(dated, key=lambda one: (_steps(sent, deed, one), abs(one.start - deed.trigger.start)), default=None)
        if best is not None and _steps(sent, deed, best) < _FAR:
            return best.interval
        published = self.doc.published
        if published is None:
            return None
        if told.status in ("planned", "hypothetical"):
            return Interval(published, None, "open")
        near = self.told if self.told_in == sent.paragraph else None
        return near or self.main or dates.day(published)

    def _remember(self, sent: Parsed, dated: Sequence[Expression]) -> None:
        if not dated:
            return
        self.last = dated[-1].interval
        self.told, self.told_in = dated[0].interval, sent.paragraph
        if self.main is None and recent(dated[0].interval, self.doc.published):
            self.main = dated[0].interval


def _steps(sent: Parsed, deed: Deed, one: Expression) -> int:
    """Words between the date and the deed in the tree; a date in another clause is far."""
    inside = [word for word in sent.words if one.start <= word.start < one.stop]
    top = next((word for word in inside if word.head < 0 or not one.start <= sent.words[word.head].start < one.stop), None)
    if top is None:
        return _FAR
    mine = {word.i: at for at, word in enumerate((deed.trigger, *sent.above(deed.trigger)))}
    for step, word in enumerate((top, *sent.above(top))):
        if word.i in mine:
            return step + mine[word.i]
        if word.dep in ("acl:relcl", "ccomp", "parataxis") and word.i != deed.trigger.i:
            return _FAR
    return _FAR


def _place(sent: Parsed, deed: Deed, mentions: Sequence[Mention], found: Sides) -> str | None:
    """Where: for a visit the town or state that is visited, else what `в` leads in."""
    if deed.frame.needs == "travel":
        goals = [mention for mention in found.mentions if set(mention.parties) & set(found.target) and mention.form in ("capital", "place")]
        if goals:
            return places.named(sent, goals[0])
    inside = [mention for mention in mentions if mention not in found.mentions or mention.form in ("capital", "place")]
    return places.find(sent, inside, near=deed.trigger.start)


def _speaker(sent: Parsed, deed: Deed, mentions: Sequence[Mention]) -> Party | None:
    """Who says that it happened: the subject of the verb of speech over the clause."""
    verb = next((word for word in sent.above(deed.trigger) if among("speech", word.text)), None)
    if verb is None:
        return None
    named = [mention for word in _own_subjects(sent, verb) for mention in sides.of_word(sent, word, mentions)]
    return named[0].parties[0] if named else None


def _own_subjects(sent: Parsed, verb: Word) -> list[Word]:
    return [child for child in sent.children(verb) if child.dep == "nsubj"]


def _extent(deed: Deed, mentions: Sequence[Mention]) -> tuple[int, int]:
    pairs = [(deed.trigger.start, deed.trigger.stop), *((mention.start, mention.stop) for mention in mentions)]
    near = [pair for pair in pairs if abs(pair[0] - deed.trigger.start) <= _LINE]
    return min(pair[0] for pair in near), max(pair[1] for pair in near)


def _strongest(claims: Sequence[Claim]) -> list[Claim]:
    """One claim for each kind, pair of states, persons and time in a sentence: the surest."""
    best: dict[object, Claim] = {}
    for claim in claims:
        key = (claim.kind, claim.states, claim.valid)
        if key not in best or (claim.probability or 0) > (best[key].probability or 0):
            best[key] = claim
    return list(best.values())


def _why(deed: Deed, found: Sides, told: StatusReading) -> str:
    ours, theirs = ("+".join(sorted({party.state or party.body or "?" for party in side})) for side in (found.source, found.target))
    return f"rule ru-{deed.frame.id} at {deed.trigger.text!r}: {ours} -> {theirs}; {told.status}: {told.shown_by!r}"
