"""Which claims stand, and as whose: rows of the tables in force, what persons decided, and what the coder proposes beside them.

A review holds for its slot: whatever a later coder makes of the same words, the person's decision stays.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from detente.keep import selection
from detente.keep.edits import edited
from detente.keep.ledger import Reader
from detente.keep.selection import Selection
from detente.records import Claim, Review


@dataclass(frozen=True, slots=True)
class Standing:
    """A claim that stands: the claim as edited, the identity it was stored under, and whether a table or a person vouches for it."""

    claim: Claim
    stored: str
    accepted: bool
    disputed: bool = False


def standing(ledger: Reader, *, as_of: date | None = None, selected: Selection | None = None) -> list[Standing]:
    """The claims that stand, of those known by `as_of` and selected, in the order of arrival."""
    numbers = None if selected is None else selection.numbers(ledger, selected)
    in_force = {claim for load in ledger.cases().values() for _, claim in load.rows}
    tabled, proposed = ledger.tabled(), ledger.proposed(numbers=numbers)
    decided = dict(ledger.reviews(numbers=numbers))
    found: list[Standing] = []
    for claim in ledger.claims(as_of=as_of, numbers=numbers):
        review = decided.get(claim.slot)
        if review is not None:
            found.extend(_reviewed(claim, review))
        elif claim.id in in_force or claim.made_by == "person":
            found.append(Standing(claim, claim.id, accepted=True))
        elif claim.id not in tabled and claim.id in proposed:
            found.append(Standing(claim, claim.id, accepted=False))
    return found if selected is None else [item for item in found if selected.holds(item.claim)]


def _reviewed(claim: Claim, review: Review) -> Iterable[Standing]:
    if review.claim != claim.id or review.decision == "rejected":
        return
    yield Standing(edited(claim, review.edits), claim.id, accepted=review.decision in ("accepted", "edited"), disputed=review.decision == "disputed")
