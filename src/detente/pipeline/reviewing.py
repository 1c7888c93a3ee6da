"""What persons review and how: the queue, the acts that a claim may speak of, taking a decision back, and how far reviewers agree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from detente.errors import InputError
from detente.keep import acts, decisions, queues, reviewers
from detente.keep.ledger import Reader, Writer
from detente.keep.queues import Entry, Sought
from detente.keep.reviewers import Agreement
from detente.read.corrections import Decided
from detente.records import Act, Merge, Review, identity

NEAR_DAYS = 45
"""How far around a claim others are read: acts within a week, and reports that date them to a month."""


def queue(data: Path) -> tuple[Entry, ...]:
    """All that there is to review in a ledger, decided or not, in the order of arrival."""
    with Reader.open(data) as ledger:
        return tuple(queues.entries(ledger))


def sought(found: Iterable[Entry], what: Sought, *, data: Path) -> tuple[Entry, ...]:
    """Those claims of the queue that are asked for, decided or not."""
    with Reader.open(data) as ledger:
        return tuple(queues.sought(ledger, found, what))


def decided(data: Path) -> tuple[Review | Merge, ...]:
    """Decisions on claims and on acts that nobody took back, the oldest first."""
    with Reader.open(data) as ledger:
        reviews = decisions.kept(ledger.reviews())
        merges = decisions.kept((merge.claim, merge) for merge in ledger.merges())
    held: list[Review | Merge] = [*(each for made in reviews.values() for each in made), *(each for made in merges.values() for each in made)]
    return tuple(sorted(held, key=lambda each: each.at))


def retract(claim: str, *, by: Decided, data: Path, wait_seconds: float = 5.0) -> Review | Merge:
    """Take back the last decision of a person on a claim, on itself or on its act; returns it. What stood before stands again.

    Raises InputError when that person has made none that was not taken back already.
    """
    made = [each for each in decided(data) if each.claim == claim and decisions.person(each) == by.by]
    if not made:
        do = "give the name that decided, with --by" if claim.startswith("clm:") else "see `detente claims`"
        raise InputError(f"a claim that {by.by} has decided on", came=f"{by.by} has made no decision on {claim[:60]} that still holds", do=do)
    last = made[-1]
    with Writer.open(data, wait_seconds=wait_seconds, now=by.at) as writer, writer.transaction():
        if isinstance(last, Review):
            new = writer.add_review(Review(claim=claim, decision="retracted", reviewer=by.by, at=by.at, reason=by.reason))
        else:
            new = writer.add_merge(Merge(claim=claim, act=last.act, decision="retracted", by=by.by, at=by.at, reason=by.reason))
    if not new:
        raise InputError("to take back one decision in a moment", came="another was taken back within the same second", do="do it once more")
    return last


def beside(entry: Entry, found: Iterable[Entry], merges: Sequence[Merge], *, data: Path) -> tuple[Act | None, tuple[Act, ...]]:
    """The act that a claim of the queue speaks of, None for one that was rejected, and others of the same states within a week, nearest first.

    `merges` are those in force; only claims that may be of these acts are read.
    """
    found = tuple(found)
    moved = {merge.claim for merge in merges}
    chosen = {each.stored: each for each in (*queues.near(entry, found, days=NEAR_DAYS), *(each for each in found if each.stored in moved))}
    if merges:
        named = {identity("act", each.stored): each for each in found}
        chosen |= {each.stored: each for merge in merges if (each := named.get(merge.act)) is not None}
    standing = [each for each in chosen.values() if not each.judged.rejected]
    with Reader.open(data) as ledger:
        held = [queues.stands(ledger, each) for each in standing]
        cited = ledger.citations(documents=tuple(each.document for each in standing))
    made, _ = acts.group(held, citations=cited, merges=merges)
    own = next((act for act in made if entry.stored in act.claims), None)
    mine = next((each for each in held if each.stored == entry.stored), None)
    return own, () if mine is None else acts.candidates(mine, made)


def agreement(data: Path, *, what: Sought) -> Agreement:
    """How far the reviewers of a ledger agree on the claims asked for."""
    with Reader.open(data) as ledger:
        chosen = [each.stored for each in queues.sought(ledger, queues.entries(ledger), what) if each.deciders]
        stored = {key: claim for key in chosen if (claim := ledger.claim(key)) is not None}
        return reviewers.agreement(ledger.reviews(), stored)
