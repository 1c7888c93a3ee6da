"""Which claims stand, and as whose: rows of the tables in force, what persons decided, and what the coder proposes beside them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache

from detente.keep import derived, selection
from detente.keep.clauses import Numbers
from detente.keep.edits import edited
from detente.keep.ledger import Reader
from detente.keep.selection import Selection
from detente.keep.standings import Judged, Standings
from detente.records import Claim


@dataclass(frozen=True, slots=True)
class Standing:
    """A claim that stands: the claim as edited, the identity it was stored under, and whether a table or a person vouches for it."""

    claim: Claim
    stored: str
    accepted: bool
    disputed: bool = False


def standing(ledger: Reader, *, as_of: date | None = None, selected: Selection | None = None, numbers: Numbers = None) -> list[Standing]:
    """The claims that stand, of those known by `as_of` and selected, or of some numbers, in the order of arrival."""
    numbers = numbers if selected is None else selection.numbers(ledger, selected)
    held = Standings(ledger.run, numbers=numbers)
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
