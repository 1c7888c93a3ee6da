"""Which claims stand, and as whose: rows of the tables in force, what persons decided, and what the coder proposes beside them.

A review holds for its slot: whatever a later coder makes of the same words, the person's decision stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from detente.keep import decisions, selection
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
    """A claim as it stands or would stand, the decision in force on it (None: nobody decided), and whether that takes it away."""

    held: Standing
    review: Review | None = None

    @property
    def rejected(self) -> bool:
        """Whether a person took the claim away."""
        return self.review is not None and self.review.decision == "rejected"


def standing(ledger: Reader, *, as_of: date | None = None, selected: Selection | None = None) -> list[Standing]:
    """The claims that stand, of those known by `as_of` and selected, in the order of arrival."""
    return [each.held for each in judged(ledger, as_of=as_of, selected=selected) if not each.rejected]


def judged(ledger: Reader, *, as_of: date | None = None, selected: Selection | None = None) -> Iterator[Judged]:
    """The claims that stand and those that a person rejected, of those known by `as_of` and selected, in the order of arrival."""
    found = _judged(ledger, as_of, None if selected is None else selection.numbers(ledger, selected))
    return found if selected is None else (each for each in found if selected.holds(each.held.claim))


def _judged(ledger: Reader, as_of: date | None, numbers: Numbers) -> Iterator[Judged]:
    in_force = {claim for load in ledger.cases().values() for _, claim in load.rows}
    tabled, proposed = ledger.tabled(), ledger.proposed(numbers=numbers)
    decided = decisions.in_force(ledger.reviews(numbers=numbers))
    for claim in ledger.claims(as_of=as_of, numbers=numbers):
        review = decided.get(claim.slot)
        if review is not None:
            if review.claim == claim.id:
                yield _reviewed(claim, review)
        elif claim.id in in_force or claim.made_by == "person":
            yield Judged(Standing(claim, claim.id, accepted=True))
        elif claim.id not in tabled and claim.id in proposed:
            yield Judged(Standing(claim, claim.id, accepted=False))


def _reviewed(claim: Claim, review: Review) -> Judged:
    accepted, disputed = review.decision in ("accepted", "edited"), review.decision == "disputed"
    return Judged(Standing(edited(claim, review.edits), claim.id, accepted=accepted, disputed=disputed), review)
