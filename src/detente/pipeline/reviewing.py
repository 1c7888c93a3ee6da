"""What persons review and how: the queue, the acts that a claim may speak of, taking a decision back, and how far reviewers agree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from detente.assess import question as questions
from detente.errors import InputError
from detente.keep import acts, entries, queues, reviewers, reviews, rows
from detente.keep.clauses import among
from detente.keep.entries import Entry
from detente.keep.ledger import Reader, Writer
from detente.keep.queues import Progress, Sought
from detente.keep.reviewers import Agreement
from detente.keep.reviews import Standing
from detente.keep.sentences import Told
from detente.read.corrections import Decided
from detente.records import Act, Merge, Review

NEAR_DAYS = 45
"""How far around a claim others are read: acts within a week, and reports that date them to a month."""


def queue(data: Path, what: Sought | None = None) -> tuple[Entry, ...]:
    """The claims to review that are asked for, in the order of arrival; without more all of them, decided or not, and rows of tables too."""
    with Reader.open(data) as ledger:
        return tuple(entries.everything(ledger) if what is None else queues.entries(ledger, what))


def latest(data: Path, *, names: tuple[str, ...], proposed: bool, limit: int) -> tuple[list[Standing], int]:
    """The latest claims that stand and name all the states, in the order of arrival, and how many there are; with `proposed` only undecided ones."""
    wanted = questions.every(names)
    with Reader.open(data) as ledger:
        numbers, every = queues.latest(ledger, wanted, proposed=proposed, limit=limit)
        return reviews.standing(ledger, numbers=numbers), every


def told(what: Sought, *, data: Path, before: Told | None = None) -> Told | None:
    """The claims whose sentence holds the words that are asked for; None where no words are. What was found `before` is not looked for again."""
    with Reader.open(data) as ledger:
        return queues.told(ledger, what, before=before)


def progress(what: Sought, numbers: Sequence[int] | None, *, data: Path) -> Progress:
    """How far the review of what is asked for has come; `numbers` are what `told` found."""
    with Reader.open(data) as ledger:
        return queues.progress(ledger, what, numbers)


def following(what: Sought, after: str, numbers: Sequence[int] | None, *, data: Path) -> str:
    """The first claim in the state that is asked for after another one, and after the last the first again; "" when there is none."""
    with Reader.open(data) as ledger:
        place = ledger.run("SELECT number FROM claims WHERE id = ?", (after,)).fetchone()
        return queues.following(ledger, what, 0 if place is None else place[0], numbers)


def entry(key: str, *, data: Path) -> Entry | None:
    """A claim of the queue; None for one that does not stand there."""
    with Reader.open(data) as ledger:
        return entries.entry(ledger, key)


def history(claims: Iterable[str], *, data: Path) -> dict[str, tuple[Review, ...]]:
    """Every decision on the words that some claims stand on, by their slots, the first one first."""
    clause, values = among("id", claims)
    made: dict[str, tuple[Review, ...]] = {}
    with Reader.open(data) as ledger:
        for slot, review in ledger.reviews(numbers=[number for (number,) in ledger.run(f"SELECT number FROM claims WHERE {clause}", values)]):
            made[slot] = (*made.get(slot, ()), review)
    return made


def last(person: str, *, data: Path) -> Review | Merge | None:
    """The last decision of a person that was not taken back."""
    with Reader.open(data) as ledger:
        return queues.last(ledger, person)


def retract(claim: str, *, by: Decided, data: Path, wait_seconds: float = 5.0) -> Review | Merge:
    """Take back the last decision of a person on a claim, on itself or on its act; returns it. What stood before stands again.

    Raises InputError when that person has made none that was not taken back already.
    """
    with Reader.open(data) as ledger:
        last = queues.last(ledger, by.by, claim=claim)
    if last is None:
        do = "give the name that decided, with --by" if claim.startswith("clm:") else "see `detente claims`"
        raise InputError(f"a claim that {by.by} has decided on", came=f"{by.by} has made no decision on {claim[:60]} that still holds", do=do)
    with Writer.open(data, wait_seconds=wait_seconds, now=by.at) as writer, writer.transaction():
        if isinstance(last, Review):
            new = writer.add_review(Review(claim=claim, decision="retracted", reviewer=by.by, at=by.at, reason=by.reason))
        else:
            new = writer.add_merge(Merge(claim=claim, act=last.act, decision="retracted", by=by.by, at=by.at, reason=by.reason))
    if not new:
        raise InputError("to take back one decision in a moment", came="another was taken back within the same second", do="do it once more")
    return last


def beside(entry: Entry, *, data: Path) -> tuple[Act | None, tuple[Act, ...]]:
    """The act that a claim of the queue speaks of, None for one that was rejected, and others of the same states within a week, nearest first.

    Only claims that may be of these acts are read: those nearby, and those that a person's merge ties to them.
    """
    with Reader.open(data) as ledger:
        near = {each.number: each for each in entries.near(ledger, entry, days=NEAR_DAYS)}
        tied = _tied(ledger, near)
        chosen = (each for each in entries.numbered(ledger, [*near, *(number for ends in tied for number in ends)]) if not each.judged.rejected)
        held = entries.standing(ledger, tuple(chosen))
        cited = ledger.citations(documents=[each.claim.spans[0].document for each in held])
    made, _ = acts.group(held, citations=cited, merges=list(tied.values()))
    own = next((act for act in made if entry.stored in act.claims), None)
    mine = next((each for each in held if each.stored == entry.stored), None)
    return own, () if mine is None else acts.candidates(mine, made)


def _tied(ledger: Reader, near: Iterable[int]) -> dict[tuple[int, int], Merge]:
    """The merges in force that tie anything to claims of some numbers, or to what is tied to these, by the claim and the one that names its act."""
    found, known = dict[tuple[int, int], str](), set(near)
    left = {(claim, named): record for claim, named, record in ledger.run(_IN_FORCE)}
    while more := {ends: merge for ends, merge in left.items() if ends not in found and known.intersection(ends)}:
        found |= more
        known.update(number for ends in more for number in ends)
    return {ends: rows.merge(record) for ends, record in found.items()}


_IN_FORCE = """
    SELECT k.claim, coalesce(s.claim, k.claim), m.record
    FROM (SELECT claim, max(number) AS number FROM decisions_kept WHERE made = 'merge' GROUP BY claim) k
    JOIN merges m ON m.number = k.number LEFT JOIN claim_states s ON s.act = m.act ORDER BY k.number
"""


def agreement(data: Path, *, what: Sought) -> Agreement:
    """How far the reviewers of a ledger agree on the claims asked for."""
    with Reader.open(data) as ledger:
        numbers = queues.decided(ledger, what)
        stored = {claim.id: claim for claim in ledger.claims(numbers=numbers)}
        return reviewers.agreement(ledger.reviews(numbers=numbers), stored)
