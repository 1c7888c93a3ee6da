"""Which claims stand, and as whose: rows of the tables in force, what persons decided, and what the coder proposes beside them.

A review holds for its slot: whatever a later coder makes of the same words, the person's decision stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from detente import dates, ontology
from detente.errors import InputError
from detente.keep import decisions
from detente.keep.ledger import Reader
from detente.records import Claim, Party, Review, notation


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


def standing(ledger: Reader, *, as_of: date | None = None) -> list[Standing]:
    """The claims that stand, of those known by `as_of`, in the order of arrival."""
    return [each.held for each in judged(ledger, as_of=as_of) if not each.rejected]


def judged(ledger: Reader, *, as_of: date | None = None) -> Iterator[Judged]:
    """The claims that stand and those that a person rejected, of those known by `as_of`, in the order of arrival."""
    in_force = {claim for load in ledger.cases().values() for _, claim in load.rows}
    tabled, proposed = ledger.tabled(), ledger.proposed()
    decided = decisions.in_force(ledger.reviews())
    for claim in ledger.claims(as_of=as_of):
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


def edited(claim: Claim, edits: Iterable[tuple[str, str]]) -> Claim:
    """The claim with a person's edits; raises InputError for a field that cannot be edited or a value that is none of its kind."""
    changes: dict[str, Any] = {}
    for name, value in edits:
        if name not in _EDITABLE:
            raise InputError(f"one of the fields {', '.join(_EDITABLE)}", came=f"{name!r} came", do="edit one of these")
        changes[name] = _EDITABLE[name](value)
    return replace(claim, **changes) if changes else claim


def _coded(family: str) -> Callable[[str], str]:
    return lambda code: ontology.term(family, code).code


def _optional(read: Callable[[str], Any]) -> Callable[[str], Any]:
    """An empty value takes the field away."""
    return lambda value: read(value) if value else None


def _speaker(value: str) -> Party | None:
    return next(iter(notation.parties(value)), None)


_EDITABLE: dict[str, Callable[[str], Any]] = {
    "kind": _coded("kinds"),
    "status": _coded("statuses"),
    "event_class": _optional(_coded("classes")),
    "mode": _optional(_coded("modes")),
    "valid": _optional(dates.parse),
    "known": dates.parse_day,
    "place": _optional(str),
    "source": notation.parties,
    "target": notation.parties,
    "speaker": _speaker,
    "hedge": _optional(str),
    "dimensions": lambda value: tuple(ontology.term("dimensions", code).code for code in value.split()),
    "details": notation.details,
}
