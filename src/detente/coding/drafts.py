"""One sentence read: its frames become claims with parties, time, place, status, hedge and reason, or the sentence falls silent.

Holds what a document carries from sentence to sentence: who was spoken of, what was dated last, who speaks in a quotation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Span as Words
from spacy.tokens import Token

from detente import dates, ontology
from detente.coding import actions, admission, attendance, details, locations, private, status, timing, utterances, voice
from detente.coding.actions import Frame
from detente.coding.actors import Mention, chosen
from detente.coding.confidence import Draft
from detente.coding.coordination import Part, parts
from detente.coding.goals import Goal
from detente.coding.moods import is_speech
from detente.coding.parties import Scene, Sides, parted
from detente.coding.references import Memory, meanings
from detente.coding.sentences import Sentence
from detente.coding.status import StatusReading
from detente.dates import Interval
from detente.dates.expressions import Expression
from detente.dates.expressions import find as find_dates
from detente.records import Claim, Document, Status

MADE_BY = "coder"
SURE_TARGET = 0.8
"""Strength of a number to be reached that was read with its unit."""
_HINTS: dict[str, Status] = {"planned": "planned", "negated": "negated", "hypothetical": "hypothetical"}

_LINE = 160
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
        self._told: Interval | None = None
        self._told_in = -1
        self._seat: str | None = None
        self._visits: list[Claim] = []
        self._known: dict[Interval, Interval] = {}

    def sentence(self, span: Sentence, words: Words, mentions: Sequence[Mention]) -> tuple[list[Draft], str | None]:
        """The drafts of a sentence, and the reason for silence when there are none."""
        scene = Scene(span.text, words, mentions, self._memory)
        self._hear(span, words, scene)
        named = [token.i for token in words if any(mention.start <= token.idx < mention.stop for mention in mentions)]
        frames = [frame for frame in actions.find(words, mentions=named) if admission.codable(frame)]
        dated = self._dates(span.text)
        strong = [frame for frame in frames if frame.strength >= admission.WEAKEST]
        told = [part for frame in strong for part in parts(frame, scene)]
        drafted = [draft for part in told if (draft := self._draft(span, scene, part, dated)) is not None]
        drafted = [*self._with_targets(span, scene, drafted), *self._attendance(span, scene)]
        self._remember(span, words, dated, mentions)
        if drafted:
            return admission.merged(drafted), None
        return [], "no_action" if not frames else "too_weak" if not strong else "nobody_acts"

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

    def _draft(self, span: Sentence, scene: Scene, part: Part, dated: Sequence[Expression]) -> Draft | None:
        sides = scene.sides(part.frame)
        frame = utterances.told(part.frame, sides, scene)
        part = replace(part, frame=frame)
        if not admission.codable(frame) or not admission.admitted(frame, sides) or private.private(frame, sides, scene):
            return None
        claim = admission.shared_work(self._again(self._claim(span, scene, part, sides, dated)), frame.strength)
        if admission.doubtful(claim, frame.strength):
            return None
        source, target = (scene.name(spans) for spans in (frame.source, frame.target))
        return Draft(claim, span.start, span.stop, span.text, source, target, frame.strength)

    def _again(self, claim: Claim) -> Claim:
        """A visit told again in looser words keeps the days that it was first told with, and so does what is told of it."""
        if claim.kind != "visit" or claim.valid is None:
            return claim
        for earlier in self._visits:
            if earlier.states == claim.states and earlier.valid is not None and timing.within(earlier.valid, claim.valid):
                self._known[claim.valid] = earlier.valid
                return replace(claim, valid=earlier.valid)
        self._visits.append(claim)
        return claim

    def _with_targets(self, span: Sentence, scene: Scene, drafted: list[Draft]) -> list[Draft]:
        """The drafts, with one for each number to be reached by a day; it takes the place of a frame of that kind at the same words."""
        for goal in details.targets(span.text, anchor=self._doc.published, context=self._last):
            drafted = [draft for draft in drafted if draft.claim.kind != "target"]
            claim = self._target(span, scene, goal)
            if claim is not None:
                drafted.append(Draft(claim, span.start, span.stop, span.text, "", "", SURE_TARGET))
        return drafted

    def _attendance(self, span: Sentence, scene: Scene) -> Iterator[Draft]:
        present = attendance.read(span.text, scene.mentions, seat=self._seat)
        if present is None:
            return
        sides, (start, stop) = present
        claim = Claim(
            kind="meeting",
            spans=(self._doc.span(span.start + start, span.start + stop),),
            source=sides.source,
            target=sides.target,
            valid=self._about(span) or (None if self._doc.published is None else dates.day(self._doc.published)),
            known=self._doc.published,
            known_assumed=self._doc.published_assumed,
            dimensions=("contact",),
            event_class="CONSULT",
            made_by=MADE_BY,
            why="rule attendance: persons of two states are listed as present",
        )
        yield Draft(claim, span.start, span.stop, span.text, "", "", attendance.STRENGTH)

    def _target(self, span: Sentence, scene: Scene, goal: Goal) -> Claim | None:
        before = [mention for mention in scene.mentions if mention.stop <= goal.start and mention.form != "place"]
        parties = tuple(dict.fromkeys(party for mention in before for party in mention.parties)) or self._memory.resolve("both sides", ())
        source, target = parted(parties) if len({party.state for party in parties}) > 1 else (parties, ())
        if not source:
            return None
        return Claim(
            kind="target",
            spans=(self._doc.span(span.start + goal.start, span.start + goal.stop),),
            source=source,
            target=target,
            status="planned",
            valid=timing.undated(scene.words.root, None, self._about(span), self._doc.published),
            known=self._doc.published,
            known_assumed=self._doc.published_assumed,
            dimensions=("economic_declared",),
            event_class="AGREE" if target else None,
            details=details.of_goal(span.text, goal),
            made_by=MADE_BY,
            why=f"a number to be reached: {goal.goal.text!r}",
        )

    def _about(self, span: Sentence) -> Interval | None:
        """The time that an undated action shares: what its paragraph was dated last, else the day that the document is about.

        A text that is about no one day goes on from paragraph to paragraph.
        """
        reach = 0 if self._main is not None else 1
        near = self._told_in >= 0 and span.paragraph - self._told_in <= reach
        return self._told if near else self._main

    def _claim(self, span: Sentence, scene: Scene, part: Part, sides: Sides, dated: Sequence[Expression]) -> Claim:
        frame = part.frame
        trigger = next(token for token in scene.words if token.idx >= frame.trigger[0])
        when = self._when(span, scene.words, trigger, frame, dated)
        told = status.read(scene.words, trigger, anchor=self._doc.published, when=when, spoken=admission.spoken(frame))
        place = locations.find(span.text, scene.mentions, near=frame.trigger[0])
        self._seat = self._seat if place is None else place.state
        start, stop = part.focus or _extent(frame, scene)
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
            details=details.of_kind(frame.kind, span.text, span.text[start:stop]) or details.asked(part.asked),
            made_by=MADE_BY,
            why=_why(frame, trigger, sides, told),
        )

    def _when(self, span: Sentence, words: Words, trigger: Token, frame: Frame, dated: Sequence[Expression]) -> Interval | None:
        nearest = timing.nearest(words, trigger, dated)
        if nearest is not None:
            return self._known.get(nearest.interval, nearest.interval)
        return timing.undated(trigger, frame.hint, self._about(span), self._doc.published)

    def _remember(self, span: Sentence, words: Words, dated: Sequence[Expression], mentions: Sequence[Mention]) -> None:
        self._memory.note(span.text, mentions)
        of_root = timing.nearest(words, words.root, dated) or (dated[0] if dated and span.role == "heading" else None)
        if dated:
            self._last = (of_root or dated[-1]).interval
        if self._told_in == span.paragraph - 1 and span.text.endswith("?"):
            self._told_in = span.paragraph
        if of_root is None:
            return
        self._told, self._told_in = self._known.get(of_root.interval, of_root.interval), span.paragraph
        if self._main is None and timing.recent(of_root.interval, self._doc.published):
            self._main = of_root.interval


def _settled(frame: Frame, told: StatusReading) -> Status:
    """The grammar of the frame decides over plans, refusals and conditions that it turned into its class; else the reading of status."""
    if told.status in ("happened", "attributed") and frame.hint in _HINTS and not admission.spoken(frame):
        return _HINTS[frame.hint]
    return told.status


def _dimensions(frame: Frame) -> tuple[str, ...]:
    own = ontology.term("kinds", frame.kind).more["dimension"]
    general = ontology.term("classes", frame.event_class).more["dimension"] if frame.event_class else ""
    return tuple(filter(None, (own or general,)))


def _extent(frame: Frame, scene: Scene) -> tuple[int, int]:
    """From the first to the last word of the trigger and of the names that its sides hold, no farther than a line or two."""
    pairs = [frame.trigger]
    for side in (*frame.source, *frame.target):
        named = chosen(scene.text, scene.mentions, *side)
        pairs += [(max(mention.start, side[0]), min(mention.stop, side[1])) for mention in named] or [side]
    near = [pair for pair in pairs if abs(pair[0] - frame.trigger[0]) <= _LINE]
    return min(pair[0] for pair in near), max(pair[1] for pair in near)


def _why(frame: Frame, trigger: Token, sides: Sides, told: StatusReading) -> str:
    ours = "+".join(sorted({party.state or party.body or "?" for party in sides.source})) or "nobody"
    theirs = "+".join(sorted({party.state or party.body or "?" for party in sides.target})) or "nobody"
    return f"rule {frame.why} at {trigger.text!r}: {ours} -> {theirs}; {told.why}"
