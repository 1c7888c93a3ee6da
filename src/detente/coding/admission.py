"""Which actions the coder lets pass: strong enough, of a class or kind, with the sides that such an action needs, and each only once.

Every rule here costs recall and buys precision; what is turned away becomes a silence with its reason.
"""

from __future__ import annotations

from collections.abc import Sequence

from detente import ontology
from detente.coding.actions import Frame
from detente.coding.confidence import Draft
from detente.coding.parties import Sides
from detente.records import Claim

WEAKEST = 0.3
"""Below this strength of evidence the coder abstains."""
WISHED, LONE = 0.6, 0.35
"""Below these strengths a deed is passed over that is only wished, asked or possible, and one that names a single state."""

_SPOKEN = frozenset({"ACCUSE", "REQUEST", "REJECT", "THREATEN"})
_WORDS = frozenset({"position", "signal", "request", "answer", "forecast", "expectation", "proclaimed_stage", "issue", "explanation"})


BETWEEN, ALONE = 0.2, 0.5
"""Below these probabilities a claim with a class is held back: between two states, and else."""


def least(claim: Claim) -> float:
    """The probability that a claim must reach; a claim of words alone is held to its strength."""
    if claim.event_class is None:
        return WEAKEST
    ours, theirs = ({party.state for party in side} - {None} for side in (claim.source, claim.target))
    return BETWEEN if ours and theirs and ours != theirs else ALONE


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
    if frame.event_class == "CONSULT":
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
        key = (claim.event_class or claim.kind, _own(claim), claim.states, claim.valid)
        if key not in best or draft.strength > best[key].strength:
            best[key] = draft
    kept = {id(draft) for draft in best.values()}
    return [draft for draft in drafts if id(draft) in kept]


def _own(claim: Claim) -> object:
    """What keeps claims of one sentence apart beside class, states and time: a visit is no meeting, each guest, host and request counts."""
    if claim.kind in ("visit", "reception"):
        return claim.kind, tuple(party.person for party in (*claim.source, *claim.target))
    return claim.detail("asked")
