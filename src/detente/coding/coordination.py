"""One verb, several acts: two visitors make two visits, two hosts two receptions, three things asked for three requests.

Each part keeps the frame and has its own words; a verb with one of each has one part, the frame as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from detente.coding.actions import Frame
from detente.coding.arguments import Pair
from detente.coding.parties import Scene

_DEEDS = ("xcomp", "ccomp")
_OBJECTS = ("dobj", *_DEEDS)


@dataclass(frozen=True, slots=True)
class Part:
    """A frame narrowed to one of its coordinated sides or objects; `focus` is where the further ones stand, None for the first."""

    frame: Frame
    focus: Pair | None = None
    asked: str | None = None


def parts(frame: Frame, scene: Scene) -> tuple[Part, ...]:
    """The acts that a frame tells of, in the order of the text; always at least one."""
    if frame.kind == "visit":
        return _by_person(frame, scene, frame.source, "source")
    if frame.kind == "reception":
        return _by_person(frame, scene, frame.target, "target")
    if frame.event_class == "REQUEST" or frame.kind == "project_milestone":
        return _by_object(frame, scene)
    return (Part(frame),)


def _by_person(frame: Frame, scene: Scene, spans: Sequence[Pair], side: str) -> tuple[Part, ...]:
    """One part for each person named, as long as every span names one."""
    named: dict[tuple[str, ...], Pair] = {}
    for span in spans:
        people = tuple(party.person for party in scene.parties(span) if party.person is not None)
        if not people:
            return (Part(frame),)
        named.setdefault(people, span)
    if len(named) < 2:
        return (Part(frame),)
    first, *rest = named.values()
    return Part(_narrowed(frame, side, first)), *(Part(_narrowed(frame, side, span), focus=span) for span in rest)


def _narrowed(frame: Frame, side: str, span: Pair) -> Frame:
    return replace(frame, source=(span,)) if side == "source" else replace(frame, target=(span,))


def _by_object(frame: Frame, scene: Scene) -> tuple[Part, ...]:
    trigger = scene.trigger(frame)
    objects = [] if trigger is None else _asked_for(trigger)
    wanted = [word for token in objects for word in (token, *_listed(token), *conjuncts(token))]
    if len(wanted) < 2 or len({token.pos_ for token in wanted}) > 1:
        return (Part(frame, asked=_text(scene, _place(wanted[0])) if wanted else None),)
    first, *rest = (_place(token) for token in wanted)
    return Part(frame, asked=_text(scene, first)), *(Part(frame, span, _text(scene, span)) for span in rest)


def _asked_for(trigger: Token) -> list[Token]:
    """What stands behind the verb: the deed where somebody is asked to do one, else the thing."""
    behind = [child for child in trigger.rights if child.dep_ in _OBJECTS]
    deeds = [child for child in behind if child.dep_ in _DEEDS]
    return deeds or behind


def conjuncts(token: Token) -> list[Token]:
    """What is coordinated with a word to its right, and with that."""
    return [word for child in token.children if child.dep_ == "conj" for word in (child, *conjuncts(child))]


def _listed(token: Token) -> list[Token]:
    """What the parse takes for an apposition in `A, B, and C`: it has a conjunct of its own."""
    return [word for child in token.children if child.dep_ == "appos" and conjuncts(child) for word in (child, *conjuncts(child))]


def _place(word: Token) -> Pair:
    """A noun or verb with what hangs on it, without what is coordinated to it."""
    inside = [token for token in word.subtree if not _elsewhere(token, word) and not token.is_punct]
    start = min((token for token in inside if token.dep_ != "cc"), key=lambda token: token.i)
    stop = max(inside, key=lambda token: token.i)
    return start.idx, stop.idx + len(stop)


def _elsewhere(token: Token, word: Token) -> bool:
    """Whether a word of the subtree belongs to a further conjunct."""
    climbed = token
    while climbed.i != word.i:
        if climbed.head.i == word.i:
            return climbed.dep_ in ("conj", "cc") or climbed in _listed(word)
        climbed = climbed.head
    return False


def _text(scene: Scene, span: Pair) -> str:
    return scene.text[span[0] : span[1]]
