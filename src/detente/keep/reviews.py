"""Which claims stand, and as whose: rows of the tables in force, what persons decided, and what the coder proposes beside them.

A review holds for its slot: whatever a later coder makes of the same words, the person's decision stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
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

    def __init__(self, ledger: Reader) -> None:
        self.in_force = {claim for load in ledger.cases().values() for _, claim in load.rows}
        self.tabled, self.proposed = ledger.tabled(), ledger.proposed()
        self.decided = decisions.in_force(ledger.reviews())

    def of(self, claim: str, *, slot: str, made_by: str) -> Judged | None:
        """Where a claim stands; None for one that nobody holds up any more: left out by a later table or coding, or another one decided on."""
        review = self.decided.get(slot)
        if review is not None:
            return Judged(review.decision in ("accepted", "edited"), review) if review.claim == claim else None
        if claim in self.in_force or made_by == "person":
            return Judged(accepted=True)
        return Judged(accepted=False) if claim not in self.tabled and claim in self.proposed else None


def standing(ledger: Reader, *, as_of: date | None = None) -> list[Standing]:
    """The claims that stand, of those known by `as_of`, in the order of arrival."""
    held = Standings(ledger)
    found: list[Standing] = []
    for claim in ledger.claims(as_of=as_of):
        judged = held.of(claim.id, slot=claim.slot, made_by=claim.made_by)
        if judged is not None and not judged.rejected:
            found.append(stands(claim, judged))
    return found


def stands(claim: Claim, judged: Judged) -> Standing:
    """A claim as a person edited it, with where it stands."""
    return Standing(edited(claim, judged.review.edits if judged.review else ()), claim.id, accepted=judged.accepted, disputed=judged.disputed)


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
