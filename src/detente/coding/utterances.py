"""What is only said and not done: appeals to one's own people, forces that are only announced, what befell a speaker by his own account.

PLOVER has no class for statements and appeals (CAMEO 01 and 02). They stay claims of their kind, without a class, or fall silent.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from detente.coding import voice
from detente.coding.actions import Frame
from detente.coding.moods import is_speech
from detente.coding.parties import Scene, Sides
from detente.coding.words import among

_SUFFERED = frozenset({"ASSAULT", "COERCE", "SANCTION", "RETREAT"})


def told(frame: Frame, sides: Sides, scene: Scene) -> Frame:
    """The frame as it stands, or without a class where it tells of mere words."""
    if _appeal(frame, sides, scene) or _own_forces(frame, scene) or _own_account(frame, scene):
        return replace(frame, event_class=None, mode=None)
    if _announced(frame, sides, scene):
        return replace(frame, event_class=None, mode=None, kind="signal")
    return frame


def _appeal(frame: Frame, sides: Sides, scene: Scene) -> bool:
    """Asked of the public, of members or followers, and of no state and nobody in power: CAMEO 02."""
    trigger = scene.trigger(frame)
    if frame.event_class != "REQUEST" or not frame.target or sides.target or trigger is None or not among("appealing", trigger.lemma_.lower()):
        return False
    return not any(among("authority", token.lemma_.lower()) for token in scene.within(frame.target))


def _own_forces(frame: Frame, scene: Scene) -> bool:
    """A trip to a base with troops in the sentence: who visits his own forces abroad consults nobody."""
    if frame.event_class != "CONSULT" or frame.kind != "visit":
        return False
    based = any(among("base", token.lemma_.lower()) for token in scene.within(frame.target))
    return based and any(among("soldiers", token.lemma_.lower()) for token in scene.words)


def _own_account(frame: Frame, scene: Scene) -> bool:
    """What a speaker says was done to him without saying by whom."""
    trigger = scene.trigger(frame)
    if frame.event_class not in _SUFFERED or trigger is None or any(child.dep_ == "agent" for child in trigger.children):
        return False
    if not any(child.dep_ == "auxpass" for child in trigger.children):
        return False
    speech = _speech(trigger)
    teller = None if speech is None else voice.teller_of(speech)
    return teller is not None and any(start <= teller.idx < stop for start, stop in (*frame.source, *frame.target))


def _announced(frame: Frame, sides: Sides, scene: Scene) -> bool:
    """Forces that a state says it will move: it has shown none yet."""
    if frame.event_class != "MOBILIZE" or not frame.planned:
        return False
    trigger = scene.trigger(frame)
    speech = None if trigger is None else _speech(trigger)
    teller = None if speech is None else voice.teller_of(speech)
    if teller is None:
        return False
    states = {party.state for party in scene.parties(voice.place(teller))} - {None}
    return bool(states) and states <= {party.state for party in sides.source}


def _speech(trigger: Token) -> Token | None:
    """The verb of speech whose clause the trigger is."""
    return next((token for token in trigger.ancestors if is_speech(token)), None)
