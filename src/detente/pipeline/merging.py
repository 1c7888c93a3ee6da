"""Which claims speak of one act, whom its reports go back to, and a person's decision that they do or do not."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from detente.errors import InputError
from detente.keep import acts, decisions, reviews
from detente.keep.acts import Joined
from detente.keep.ledger import Reader, Writer
from detente.pipeline.keeping import Known
from detente.read import lineage
from detente.read.cases import ROW_MEDIA
from detente.records import Act, Merge


def grouped(data: Path, *, documents: Collection[str] | None = None) -> tuple[tuple[Act, ...], tuple[Joined, ...]]:
    """The acts that claims make, all or those told of in some documents, and why each claim that joined one did."""
    with Reader.open(data) as ledger:
        standing = reviews.standing(ledger)
        found, joined = acts.group(standing, citations=ledger.citations(), merges=ledger.merges())
    if documents is None:
        return found, joined
    told = {item.stored: item.claim.spans[0].document for item in standing}
    return tuple(act for act in found if {told[claim] for claim in act.claims} & set(documents)), joined


def origins(acts: Iterable[Act], *, data: Path) -> dict[str, str]:
    """The publication or agency that each document of these acts goes back to; only acts that several documents tell of are looked at."""
    wanted = {cited.document for act in acts if len(act.citations) > 1 for cited in act.citations}
    with Reader.open(data) as ledger:
        texts = [doc for key in sorted(wanted) if (doc := ledger.document(key)) is not None and doc.media_type != ROW_MEDIA]
    return lineage.origins(texts)


def traced(held: Known, dyad: tuple[str, str], *, data: Path) -> Known:
    """The same knowledge, each citation of a document that tells of the dyad with whom it goes back to."""
    found = origins((act for act in held.acts if set(dyad) <= act.claim.states), data=data)
    return replace(held, acts=tuple(_credited(act, found) for act in held.acts)) if found else held


def _credited(act: Act, found: Mapping[str, str]) -> Act:
    return replace(act, citations=tuple(replace(cited, origin=found.get(cited.document)) for cited in act.citations))


def merge(made: Merge, *, data: Path, now: str, wait_seconds: float = 5.0) -> None:
    """Keep the decision that a claim speaks of an act, or does not. Raises InputError when the ledger holds no such claim or act."""
    found, _ = grouped(data)
    if not any(made.claim in act.claims for act in found):
        raise InputError("the identity of a claim that stands", came=f"{made.claim} is none", do="see `detente claims`")
    if not any(act.id == made.act for act in found):
        raise InputError("the identity of an act", came=f"{made.act} is none", do="see `detente acts`")
    keep_merge(made, data=data, now=now, wait_seconds=wait_seconds)


def keep_merge(made: Merge, *, data: Path, now: str, wait_seconds: float = 5.0) -> None:
    """Keep a decision of which the caller knows that its claim stands and its act is there. Raises InputError for one taken back in its second."""
    with Writer.open(data, wait_seconds=wait_seconds, now=now) as writer, writer.transaction():
        new = writer.add_merge(made)
    if not new:
        with Reader.open(data) as ledger:
            held = decisions.in_force((each.claim, each) for each in ledger.merges()).get(made.claim)
        if held != made:
            raise InputError("a decision of another moment", came="the same was made and taken back within a second", do="make it once more")


def act_of(claim: str, *, data: Path) -> Act:
    """The act that a claim speaks of. Raises InputError when no such claim stands, or when it stands alone in its act."""
    found = next((act for act in grouped(data)[0] if claim in act.claims), None)
    if found is None:
        raise InputError("the identity of a claim that stands", came=f"{claim} is none", do="see `detente claims`")
    if len(found.claims) == 1:
        raise InputError("a claim that shares its act with another", came=f"{claim} is the only one of {found.id}", do="see `detente acts`")
    return found
