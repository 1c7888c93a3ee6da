"""One sentence read: its frames become claims with parties, time, place, status, hedge and reason, or the sentence falls silent.

Holds what a document carries from sentence to sentence: who was spoken of, what was dated last, who speaks in a quotation.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Span as Words
from spacy.tokens import Token

from detente import ontology
from detente.coding import actions, locations, status, timing, voice
from detente.coding.actions import Frame
from detente.coding.actors import Mention
from detente.coding.moods import is_speech
from detente.coding.parties import Scene, Sides
from detente.coding.references import Memory, meanings
from detente.coding.sentences import Sentence
from detente.coding.status import StatusReading
from detente.dates import Interval
from detente.dates.expressions import Expression
from detente.dates.expressions import find as find_dates
from detente.records import Claim, Document, Status

MADE_BY = "coder"
WEAKEST = 0.3
"""Below this strength of evidence the coder abstains."""
WISHED = 0.6
"""Below this strength a deed that is only wished, asked or possible is passed over."""

_SPOKEN = frozenset({"ACCUSE", "REQUEST", "REJECT", "THREATEN"})
_WORDS = frozenset({"position", "signal", "request", "answer", "forecast", "expectation", "proclaimed_stage", "issue", "explanation"})
_HINTS: dict[str, Status] = {"planned": "planned", "negated": "negated", "hypothetical": "hypothetical"}

_WORD = re.compile(r"\w+")


def may_refer(text: str) -> bool:
    """Whether a sentence without a name holds a word that can refer to somebody named before."""
    return any(word.lower() in meanings() for word in _WORD.findall(text))


class Reading:
    """A document being read, sentence by sentence."""

    def __init__(self, doc: Document, memory: Memory) -> None:
        self._doc, self._memory = doc, memory
        self._last: Interval | None = None
        self._main: Interval | None = None

    def sentence(self, span: Sentence, words: Words, mentions: Sequence[Mention]) -> tuple[list[Claim], str | None]:
        """The claims of a sentence, and the reason for silence when there are none."""
        scene = Scene(span.text, mentions, self._memory)
        self._hear(span, words, scene)
        named = [token.i for token in words if any(mention.start <= token.idx < mention.stop for mention in mentions)]
        frames = [frame for frame in actions.find(words, mentions=named) if _codable(frame)]
        dated = self._dates(span.text)
        drafted = [(frame, self._claim(span, words, scene, frame, dated)) for frame in frames if frame.strength >= WEAKEST]
        claims = _merged([claim for _, claim in drafted if claim is not None])
        self._remember(span, words, dated, mentions)
        if claims:
            return claims, None
        return [], "no_action" if not frames else "too_weak" if not drafted else "nobody_acts"

    def _hear(self, span: Sentence, words: Words, scene: Scene) -> None:
        """Who speaks in this sentence: the subject of its verb of speech; a quotation that goes on keeps its speaker."""
        for token in words:
            subject = next((child for child in token.children if child.dep_ == "nsubj"), None)
            if subject is None or not is_speech(token):
                continue
            told = scene.parties(voice.place(subject))
            if told:
                self._memory.speaker = told[0]
                return
        if not span.quoted:
            self._memory.speaker = None

    def _dates(self, text: str) -> tuple[Expression, ...]:
        if self._doc.published is None:
            return ()
        return find_dates(text, anchor=self._doc.published, context=self._last)

    def _claim(self, span: Sentence, words: Words, scene: Scene, frame: Frame, dated: Sequence[Expression]) -> Claim | None:
        sides = scene.sides(frame)
        if not _admitted(frame, sides):
            return None
        trigger = next(token for token in words if token.idx >= frame.trigger[0])
        when = self._when(words, trigger, frame, dated)
        told = status.read(words, trigger, anchor=self._doc.published, when=when, spoken=_spoken(frame))
        place = locations.find(span.text, scene.mentions, near=frame.trigger[0])
        start, stop = _extent(frame, span.text)
        speaker = () if told.speaker is None else scene.parties(told.speaker)
        return Claim(
            kind=frame.kind,
            spans=(self._doc.span(span.start + start, span.start + stop),),
            source=sides.source,
            target=sides.target,
            status=_settled(frame, told),
            valid=when,
            known=self._doc.published,
            known_assumed=self._doc.published_assumed,
            dimensions=_dimensions(frame),
            event_class=frame.event_class,
            mode=frame.mode,
            place=None if place is None else place.name,
            speaker=speaker[0] if speaker else None,
            hedge=told.hedge,
            made_by=MADE_BY,
            probability=round(frame.strength, 3),
            why=_why(frame, trigger, sides, told),
        )

    def _when(self, words: Words, trigger: Token, frame: Frame, dated: Sequence[Expression]) -> Interval | None:
        nearest = timing.nearest(words, trigger, dated)
        if nearest is not None:
            return nearest.interval
        return timing.undated(trigger, frame.hint, self._main, self._doc.published)

    def _remember(self, span: Sentence, words: Words, dated: Sequence[Expression], mentions: Sequence[Mention]) -> None:
        self._memory.note(mentions)
        if dated:
            self._last = dated[-1].interval
        if self._main is None and dated:
            of_root = timing.nearest(words, words.root, dated) or (dated[0] if span.role == "heading" else None)
            if of_root is not None and timing.recent(of_root.interval, self._doc.published):
                self._main = of_root.interval


def _codable(frame: Frame) -> bool:
    """An action of no class must at least be of a kind of its own."""
    return frame.event_class in ontology.family("classes") or (frame.event_class is None and frame.kind != "event")


def _spoken(frame: Frame) -> bool:
    """Whether the deed is the speaking itself."""
    return frame.event_class in _SPOKEN or (frame.event_class is None and frame.kind in _WORDS)


def _settled(frame: Frame, told: StatusReading) -> Status:
    """The grammar of the frame decides over plans, refusals and conditions that it turned into its class; else the reading of status."""
    if told.status in ("happened", "attributed") and frame.hint in ("planned", "negated", "hypothetical"):
        return _HINTS[frame.hint]
    return told.status


def _admitted(frame: Frame, sides: Sides) -> bool:
    """Whether the sides suffice: a visit or meeting needs two states or bodies, words need somebody who speaks."""
    ours = {party.state or party.body for party in sides.source} - {None}
    theirs = {party.state or party.body for party in sides.target} - {None}
    if not ours | theirs:
        return False
    if frame.event_class == "CONSULT":
        return bool(ours and theirs and ours != theirs)
    if frame.hint == "hypothetical" and frame.strength < WISHED:
        return False
    if _spoken(frame):
        return bool(ours)
    return True


def _merged(claims: Sequence[Claim]) -> list[Claim]:
    """Claims of one sentence, the strongest of those with the same class or kind and the same sides."""
    best: dict[tuple[object, ...], Claim] = {}
    for claim in claims:
        key = (claim.event_class or claim.kind, frozenset(claim.states), claim.valid)
        known = best.get(key)
        if known is None or (claim.probability or 0) > (known.probability or 0):
            best[key] = claim
    kept = {id(claim) for claim in best.values()}
    return [claim for claim in claims if id(claim) in kept]


def _dimensions(frame: Frame) -> tuple[str, ...]:
    own = ontology.term("kinds", frame.kind).more["dimension"]
    general = ontology.term("classes", frame.event_class).more["dimension"] if frame.event_class else ""
    return tuple(filter(None, (own or general,)))


def _extent(frame: Frame, text: str) -> tuple[int, int]:
    """From the first to the last word of trigger, source and target, no longer than a line or two."""
    near = [pair for pair in (*frame.source, *frame.target) if abs(pair[0] - frame.trigger[0]) <= 160]
    start = min(pair[0] for pair in (frame.trigger, *near))
    stop = max(pair[1] for pair in (frame.trigger, *near))
    return start, min(stop, len(text))


def _why(frame: Frame, trigger: Token, sides: Sides, told: StatusReading) -> str:
    ours = "+".join(sorted({party.state or party.body or "?" for party in sides.source})) or "nobody"
    theirs = "+".join(sorted({party.state or party.body or "?" for party in sides.target})) or "nobody"
    return f"rule {frame.why} at {trigger.text!r}: {ours} -> {theirs}; {told.why}"
