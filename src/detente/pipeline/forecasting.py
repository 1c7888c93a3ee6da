"""The log of forecasts over the ledger, and how a person resolves one: a review that edits the outcome, kept like every other decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from detente.assess import forecasts as logged
from detente.errors import InputError
from detente.keep import decisions
from detente.keep.ledger import Reader, Writer
from detente.keep.reviews import standing
from detente.pipeline.examining import Look, material
from detente.records import Review, notation

KINDS = ("forecast", "expectation")


def forecasts(names: tuple[str, str], *, data: Path, as_of: date) -> tuple[logged.Forecast, ...]:
    """The log of two states as of a day."""
    return logged.log(material(Look(names=names, as_of=as_of), data=data))


@dataclass(frozen=True, slots=True)
class Resolution:
    """How a forecast ended, who says so and why."""

    claim: str
    outcome: str
    by: str
    reason: str


def resolve(ended: Resolution, *, data: Path, now: str, wait_seconds: float = 5.0) -> Review:
    """Keep how a forecast ended; earlier edits of its claim are carried over.

    Raises InputError for an outcome that is none of happened, slipped, dropped and void, and for a claim that is no forecast.
    """
    if ended.outcome not in logged.TOLD:
        raise InputError(f"one of {', '.join(logged.TOLD)}", came=f"{ended.outcome!r} came", do="choose one of these")
    with Reader.open(data) as ledger:
        held = next((item for item in standing(ledger) if item.stored == ended.claim), None)
        before = decisions.kept((review.claim, review) for _, review in ledger.reviews()).get(ended.claim, [])
    if held is None or not (held.claim.kind in KINDS or held.claim.status == "planned"):
        came = f"{ended.claim} is no claim that stands" if held is None else f"{ended.claim} is of kind {held.claim.kind}"
        raise InputError("a forecast or an announcement", came=came, do="see `detente forecasts` for the identities")
    details = notation.pairs(tuple({**dict(held.claim.details), "outcome": ended.outcome}.items()))
    earlier = [edit for edit in (before[-1].edits if before else ()) if edit[0] != "details"]
    edits = (*earlier, ("details", details))
    made = Review(claim=ended.claim, decision="edited", reviewer=ended.by, at=now, reason=ended.reason, edits=edits)
    with Writer.open(data, wait_seconds=wait_seconds, now=now) as writer, writer.transaction():
        writer.add_review(made)
    return made
