"""Which claims stand, and as whose: rows of the tables in force, what persons decided, and what the coder proposes beside them.

A review holds for its slot: whatever a later coder makes of the same words, the person's decision stays.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache

from detente.keep import decisions, derived, selection
from detente.keep.edits import edited
from detente.keep.ledger import Numbers, Reader
from detente.keep.selection import Selection
from detente.records import Claim, Review


@dataclass(frozen=True, slots=True)
class Standing:
    """A claim that stands: the claim as edited, the identity it was stored under, and whether a table or a person vouches for it."""

    claim: Claim
    stored: str
    accepted: bool
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """Where a claim stands: whether somebody or a table vouches for it, and the decision in force on it (None: nobody decided)."""

    accepted: bool
    review: Review | None = None

    @property
    def rejected(self) -> bool:
        """Whether a person took the claim away."""
        return self.review is not None and self.review.decision == "rejected"

    @property
    def disputed(self) -> bool:
        """Whether a person doubts the claim."""
        return self.review is not None and self.review.decision == "disputed"


class Standings:
    """What decides where a claim stands: rows of the tables in force, the latest coding of each document, and persons above both."""

    def __init__(self, ledger: Reader, *, numbers: Numbers = None) -> None:
        """For all claims of a ledger, or for those of some numbers."""
        self.in_force = {claim for load in ledger.cases().values() for _, claim in load.rows}
        self.tabled, self.proposed = ledger.tabled(), ledger.proposed(numbers=numbers)
        self.decided = decisions.in_force(ledger.reviews(numbers=numbers))

    def of(self, claim: str, *, slot: str, made_by: str) -> Judged | None:
        """Where a claim stands; None for one that nobody holds up any more: left out by a later table or coding, or another one decided on."""
        review = self.decided.get(slot)
        if review is not None:
            return Judged(review.decision in ("accepted", "edited"), review) if review.claim == claim else None
        if claim in self.in_force or made_by == "person":
            return Judged(accepted=True)
        return Judged(accepted=False) if claim not in self.tabled and claim in self.proposed else None


def standing(ledger: Reader, *, as_of: date | None = None, selected: Selection | None = None) -> list[Standing]:
    """The claims that stand, of those known by `as_of` and selected, in the order of arrival."""
    numbers = None if selected is None else selection.numbers(ledger, selected)
    held = Standings(ledger, numbers=numbers)
    slotted = ledger.slotted(as_of=as_of, numbers=numbers)
    judged = ((claim, held.of(claim.id, slot=slot, made_by=claim.made_by)) for slot, claim in slotted)
    found = [stands(claim, each) for claim, each in judged if each is not None and not each.rejected]
    if selected is None:
        return found
    covers = cache(selected.covers)
    return [item for item in found if _chosen(item.claim, selected, covers)]


def _chosen(claim: Claim, selected: Selection, covers: Callable[[tuple[str, str]], bool]) -> bool:
    """True when a claim, as it stands after a person's edits, is selected."""
    late = selected.since is not None and claim.valid is not None and claim.valid.start is not None and claim.valid.start >= selected.since
    return late or claim.spans[0].document in selected.documents or covers((derived.key(claim.states), claim.kind))


def stands(claim: Claim, judged: Judged) -> Standing:
    """A claim as a person edited it, with where it stands."""
    return Standing(edited(claim, judged.review.edits if judged.review else ()), claim.id, accepted=judged.accepted, disputed=judged.disputed)
