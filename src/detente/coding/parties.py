"""Who stands on either side of an action: the spans of a frame become parties, by name, by reference, or by what the sentence leaves open.

The rules for what the grammar leaves open are few: a speech without addressee is aimed at the other state that it speaks of; an action
without agent stays without one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Span as Words
from spacy.tokens import Token

from detente.coding import actors
from detente.coding.actions import Frame
from detente.coding.actors import Mention
from detente.coding.arguments import Pair
from detente.coding.moods import is_speech
from detente.coding.references import Memory, meanings
from detente.records import Party

_ADDRESSED = frozenset({"ACCUSE", "REQUEST", "REJECT", "THREATEN", "SUPPORT", "AGREE", "CONCEDE"})
_DONE_TO = frozenset({"AID", "ASSAULT", "COERCE", "SANCTION", "RETREAT", "COOPERATE", "PROTEST"})
_CLOSE = 80
_SHARED = frozenset({"agreement", "visit", "meeting", "reception"})
_KINDS = frozenset({"position", "signal", "answer", "request", "expectation", "forecast"})


@dataclass(frozen=True, slots=True)
class Sides:
    """Source and target of an action; both kinds of party may be empty."""

    source: tuple[Party, ...]
    target: tuple[Party, ...]

    @property
    def states(self) -> frozenset[str]:
        """Every state on either side."""
        return frozenset(party.state for party in (*self.source, *self.target) if party.state is not None)


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence with its mentions and what came before it."""

    text: str
    words: Words
    mentions: Sequence[Mention]
    memory: Memory

    def trigger(self, frame: Frame) -> Token | None:
        """The word that a frame was found at."""
        return next((token for token in self.words if token.idx == frame.trigger[0]), None)

    def within(self, spans: Sequence[Pair]) -> list[Token]:
        """The words that begin inside some spans."""
        return [token for token in self.words if any(start <= token.idx < stop for start, stop in spans)]

    def parties(self, span: Pair) -> tuple[Party, ...]:
        """Whom a phrase stands for: those it names, else those it refers to."""
        named = actors.chosen(self.text, self.mentions, *span) or self._below(span)
        if named:
            return tuple(dict.fromkeys(party for mention in named for party in mention.parties))
        before = [mention for mention in self.mentions if mention.stop <= span[0]]
        return self.memory.resolve(self.text[span[0] : span[1]], before)

    def name(self, spans: Sequence[Pair]) -> str:
        """The words of the first name in a side, or of the side itself; "" for an empty one."""
        if not spans:
            return ""
        named = actors.chosen(self.text, self.mentions, *spans[0])
        start, stop = (max(named[0].start, spans[0][0]), min(named[0].stop, spans[0][1])) if named else spans[0]
        return self.text[start:stop]

    def _below(self, span: Pair) -> tuple[Mention, ...]:
        """What a phrase without a name is led, made or sent by: `a delegation headed by X`, `asylum for Y`."""
        head = next((token for token in self.words if span[0] <= token.idx < span[1] and not span[0] <= token.head.idx < span[1]), None)
        if head is None or head.pos_ != "NOUN":
            return ()
        for child in head.rights:
            if child.dep_ in ("prep", "acl", "appos", "dative") and child.idx >= span[1]:
                last = child.right_edge
                found = actors.chosen(self.text, self.mentions, child.left_edge.idx, last.idx + len(last))
                if found:
                    return found
        return ()

    def sides(self, frame: Frame) -> Sides:
        """The parties of a frame, nobody on both sides."""
        source = self._all(frame.source)
        target = tuple(party for party in self._all(frame.target) if party not in source)
        if not source and not frame.source and self._spoken(frame):
            source = self._speaker()
        if len(_states(source)) > 1 and _states(target) <= _states(source) and not any(party.body for party in target):
            return Sides(*parted(source))
        return self._opposed(frame, source, target)

    def _opposed(self, frame: Frame, source: tuple[Party, ...], target: tuple[Party, ...]) -> Sides:
        """Sides that do not hold the same state twice, where something better can be found."""
        ours, theirs = _states(source), _states(target)
        if ours & theirs and theirs - ours:
            target = tuple(party for party in target if party.state not in ours)
        elif ours and ours == theirs and frame.event_class == "CONSULT" and self._pronoun(frame.source):
            source = self.memory.another(next(iter(theirs)))
        elif (ours and ours == theirs and self._spoken(frame)) or (not target and self._spoken(frame)):
            target = self._addressee(frame, source)
        elif ours and theirs <= ours and frame.event_class in _DONE_TO:
            target = self._near(frame, ours) or target
        if frame.kind == "visit" and not source:
            source = self._traveller(frame)
        if frame.kind in _SHARED:
            source, target = source or self._other(target), target or self._other(source)
        return Sides(source, target)

    def _traveller(self, frame: Frame) -> tuple[Party, ...]:
        """Who made a visit of which only the noun is told: the person named last before it, `X spoke after a visit to the troops`."""
        people = [mention for mention in self.mentions if mention.form == "person" and mention.stop <= frame.trigger[0]]
        return people[-1].parties if people else ()

    def _other(self, parties: tuple[Party, ...]) -> tuple[Party, ...]:
        """The one with whom an agreement or a meeting is shared when the sentence names one side: the other of the two last named together."""
        states = _states(parties)
        return self.memory.counterpart(next(iter(states))) if len(states) == 1 else ()

    def _near(self, frame: Frame, ours: set[str]) -> tuple[Party, ...]:
        """The next other state named close behind a deed, as long as it is not the one who reports it."""
        for mention in self.mentions:
            if frame.trigger[1] <= mention.start <= frame.trigger[1] + _CLOSE and mention.states and not ours & set(mention.states):
                return () if self._reports(mention) else mention.parties
        return ()

    def _reports(self, mention: Mention) -> bool:
        word = next(token for token in self.words if token.idx + len(token) > mention.start)
        return any(token.dep_ == "nsubj" and is_speech(token.head) for token in (word, *word.ancestors))

    def _pronoun(self, spans: Sequence[Pair]) -> bool:
        return bool(spans) and all(meanings().get(self.text[start:stop].lower()) == "person" for start, stop in spans)

    def _all(self, spans: Sequence[Pair]) -> tuple[Party, ...]:
        return tuple(dict.fromkeys(party for span in spans for party in self.parties(span)))

    @staticmethod
    def _spoken(frame: Frame) -> bool:
        return frame.event_class in _ADDRESSED or frame.kind in _KINDS

    def _speaker(self) -> tuple[Party, ...]:
        return () if self.memory.speaker is None else (self.memory.speaker,)

    def _addressee(self, frame: Frame, source: Sequence[Party]) -> tuple[Party, ...]:
        """The other state that the sentence names after the action or at all; else the other of the document's pair."""
        ours = {party.state for party in source}
        others = [mention for mention in self.mentions if mention.form != "place" and mention.states and not ours & set(mention.states)]
        later = [mention for mention in others if mention.start >= frame.trigger[0]]
        for mention in (*later, *reversed(others)):
            return mention.parties
        state = next((party.state for party in source if party.state is not None), None)
        return self.memory.counterpart(state)


def _states(parties: Sequence[Party]) -> set[str]:
    return {party.state for party in parties if party.state is not None}


def parted(parties: tuple[Party, ...]) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """A mutual act as two sides: the first state and its people against the rest."""
    first = parties[0].state
    ours = tuple(party for party in parties if party.state == first)
    theirs = tuple(party for party in parties if party.state != first)
    return ours, theirs
