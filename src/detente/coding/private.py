"""What is news and no politics: crimes among private people, contracts and quarrels of sport and show.

A deed of one state alone counts only when somebody stands in it who acts for a state, a movement or a cause, or is hurt for it.
"""

from __future__ import annotations

from detente.coding.actions import Frame
from detente.coding.moods import is_speech
from detente.coding.parties import Scene, Sides
from detente.coding.words import among


def private(frame: Frame, sides: Sides, scene: Scene) -> bool:
    """Whether a deed within one state is a matter of private people."""
    if frame.event_class is None or len(sides.states) > 1:
        return False
    return _of_sport(frame, scene) or (frame.event_class == "ASSAULT" and _crime(frame, scene))


def _of_sport(frame: Frame, scene: Scene) -> bool:
    return any(among("pastime", token.lemma_.lower()) for token in scene.within((*frame.source, *frame.target)))


def _crime(frame: Frame, scene: Scene) -> bool:
    """A shooting, stabbing or killing in whose sentence, who reports it apart, nobody bears arms, holds office or speaks for a cause."""
    trigger = scene.trigger(frame)
    if trigger is None or not among("crime", trigger.lemma_.lower()):
        return False
    tellers = {word.i for token in scene.words if token.dep_ == "nsubj" and is_speech(token.head) for word in token.subtree}
    return not any(among("political", token.lemma_.lower()) for token in scene.words if token.i not in tellers and token.i != trigger.i)
