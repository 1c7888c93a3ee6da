"""Which actions the coder lets pass: strong enough, of a class or kind, with the sides that such an action needs, and each only once.

Every rule here costs recall and buys precision; what is turned away becomes a silence with its reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from detente import ontology
from detente.coding.actions import Frame
from detente.coding.confidence import Draft
from detente.coding.parties import Sides
from detente.records import Claim

WEAKEST = 0.3
"""Below this strength of evidence the coder abstains."""
WISHED, LONE = 0.6, 0.35
"""Below these strengths a deed is passed over that is only wished, asked or possible, and one that names a single state."""

FULL = 0.75
"""From this strength on a second deed of one class and pair in a sentence is no repetition."""
SHARED = 0.5
"""Below this strength a project is told of and no act of the states that it concerns."""

_SPOKEN = frozenset({"ACCUSE", "REQUEST", "REJECT", "THREATEN"})
_FACE_TO_FACE = frozenset({"visit", "meeting", "reception"})
_WORDS = frozenset({"position", "signal", "request", "answer", "forecast", "expectation", "proclaimed_stage", "issue", "explanation"})


BETWEEN, ALONE, PLAIN = 0.2, 0.5, 0.3
"""Below these probabilities a claim with a class is held back: between two states, else, and else where the words are plain."""
CLEAR = 0.7
"""From this strength on the words of a deed are plain."""


def least(claim: Claim, strength: float) -> float:
    """The probability that a claim must reach; a claim of words alone is held to its strength."""
    if claim.event_class is None:
        return WEAKEST
    ours, theirs = ({party.state for party in side} - {None} for side in (claim.source, claim.target))
    if ours and theirs and ours != theirs:
        return BETWEEN
    return PLAIN if strength >= CLEAR else ALONE


def codable(frame: Frame) -> bool:
    """An action of no class must at least be of a kind of its own."""
    return frame.event_class in ontology.family("classes") or (frame.event_class is None and frame.kind != "event")


def spoken(frame: Frame) -> bool:
    """Whether the deed is the speaking itself."""
    return frame.event_class in _SPOKEN or (frame.event_class is None and frame.kind in _WORDS)


def admitted(frame: Frame, sides: Sides) -> bool:
    """Whether the sides suffice: a visit or meeting needs two states or bodies, words need somebody who speaks."""
    ours = {party.state or party.body for party in sides.source} - {None}
    theirs = {party.state or party.body for party in sides.target} - {None}
    if not ours | theirs:
        return False
    if frame.event_class == "CONSULT" or (frame.event_class == "AGREE" and frame.kind in _FACE_TO_FACE and len(ours) < 2):
        return bool(ours and theirs and ours != theirs)
    if spoken(frame):
        return bool(ours)
    return True


def doubtful(claim: Claim, strength: float) -> bool:
    """Whether a claim is too weakly told for what it is: a deed only wished or possible, or one that names a single state."""
    if claim.status == "hypothetical":
        return strength < WISHED
    return claim.event_class is not None and len(claim.states) < 2 and strength < LONE


def merged(drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts of one sentence, the strongest of those with the same class or kind, the same states and the same time."""
    best: dict[tuple[object, ...], Draft] = {}
    for draft in drafts:
        claim = draft.claim
        key: tuple[object, ...] = (claim.event_class or claim.kind, _own(claim), claim.states, claim.valid)
        if key in best and _apart(draft, best[key]):
            key = (*key, claim.spans[0].start)
        if key not in best or draft.strength > best[key].strength:
            best[key] = draft
    kept = {id(draft) for draft in best.values()}
    return [draft for draft in drafts if id(draft) in kept]


def _apart(draft: Draft, other: Draft) -> bool:
    """Whether two are told in full words of their own: `blamed the fleet, and the ministry summoned the ambassador`."""
    ours, theirs = draft.claim.spans[0], other.claim.spans[0]
    return min(draft.strength, other.strength) >= FULL and (ours.start >= theirs.stop or theirs.start >= ours.stop)


def _own(claim: Claim) -> object:
    """What keeps claims of one sentence apart beside class, states and time: a visit is no meeting, each guest, host and request counts."""
    if claim.kind in ("visit", "reception"):
        return claim.kind, tuple(party.person for party in (*claim.source, *claim.target))
    if claim.kind == "project_milestone":
        return claim.spans[0].start, claim.spans[0].stop
    return claim.detail("asked")


def shared_work(claim: Claim, strength: float) -> Claim:
    """A project that two states are surely told to build is cooperation, and one that they mean to build an agreement on it."""
    ours, theirs = ({party.state for party in side} - {None} for side in (claim.source, claim.target))
    if claim.kind != "project_milestone" or claim.event_class is not None or strength < SHARED or not ours or not theirs - ours:
        return claim
    return replace(claim, event_class="COOPERATE" if claim.status in ("happened", "ongoing", "historical") else "AGREE")
