"""Where each claim stands: what tables, codings and persons decide, and the derived tables that say so without reading every claim again.

The class `Standings` is the definition; `settle` brings what the tables say of some claims to it, and `detente verify` compares the two.
A review holds for its slot: whatever a later coder makes of the same words, the person's decision stays.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from detente.keep import decisions, derived, rows
from detente.keep.clauses import Numbers, Run, among
from detente.keep.decisions import Made
from detente.keep.edits import edited
from detente.records import Merge, Review

PLACES = ("open", "held", "accepted", "disputed", "rejected")
"""Nobody decided on a proposal; nobody decided on what a table or a person wrote; and what the decision in force says."""
MAKERS = ("coder", "person", "table")
FIRST, LAST = "", "9999"
"""Before and after all days: where a claim's days are open or unknown."""
AT_ONCE = 10_000
"""Claims that are settled together at most, so that memory stays bounded."""
Row = tuple[int, str, str, str, str, str, str, str, int]
"""Number of a claim, its place, maker, kind, status, states, first day, the one after the last, and the number of its document."""


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

    @property
    def place(self) -> str:
        """One of PLACES."""
        if self.review is None:
            return "held" if self.accepted else "open"
        return "accepted" if self.accepted else self.review.decision


class Standings:
    """What decides where a claim stands: rows of the tables in force, the latest coding of each document, and persons above both."""

    def __init__(self, run: Run, *, numbers: Numbers = None) -> None:
        """For all claims of a ledger, or for those of some numbers."""
        clause, values = among("claim", numbers, "SELECT id FROM claims WHERE number")
        latest = "max(load IN (SELECT max(number) FROM case_loads GROUP BY name))"
        rowed = dict(run(f"SELECT claim, {latest} FROM case_rows WHERE {clause} GROUP BY claim", values).fetchall())
        self.tabled, self.in_force = set(rowed), {key for key, latest in rowed.items() if latest}
        self.proposed = _proposed(run, numbers)
        self.decided = decisions.in_force(reviews(run, numbers=numbers))

    def of(self, claim: str, *, slot: str, made_by: str) -> Judged | None:
        """Where a claim stands; None for one that nobody holds up any more: left out by a later table or coding, or another one decided on."""
        review = self.decided.get(slot)
        if review is not None:
            return Judged(review.decision in ("accepted", "edited"), review) if review.claim == claim else None
        if claim in self.in_force or made_by == "person":
            return Judged(accepted=True)
        return Judged(accepted=False) if claim not in self.tabled and claim in self.proposed else None


def reviews(run: Run, *, numbers: Numbers = None) -> Iterator[tuple[str, Review]]:
    """(slot, review) in the order of arrival; of the slots of claims of `numbers` where given."""
    clause, values = among("slot", numbers, "SELECT slot FROM claims WHERE number")
    return ((slot, rows.review(record)) for slot, record in run(f"SELECT slot, record FROM reviews WHERE {clause} ORDER BY number", values))


def _proposed(run: Run, numbers: Numbers) -> set[str]:
    """Claims that the latest coding of each document proposes; of the documents of claims of `numbers` where given."""
    clause, values = among("document", numbers, "SELECT document FROM claims WHERE number")
    latest = f"SELECT max(number) FROM codings WHERE {clause} GROUP BY document"
    return {key for (packed,) in run(f"SELECT claims FROM codings WHERE number IN ({latest})", values) for key in json.loads(packed)}


_CLAIMS = """
    SELECT c.number, c.id, c.slot, c.made_by, d.number, c.kind, c.status, s.states, c.valid_start, c.valid_stop, c.known
    FROM claims c CROSS JOIN claim_states s ON s.claim = c.number CROSS JOIN documents d ON d.id = c.document WHERE {} ORDER BY c.number
"""


def standing(run: Run, *, numbers: Numbers = None) -> Iterator[Row]:
    """The claims that stand or were rejected, as a person last edited them, in the order of arrival: what the tables must say."""
    held = Standings(run, numbers=numbers)
    clause, values = among("c.number", numbers)
    for number, key, slot, made_by, document, *told in run(_CLAIMS.format(clause), values):
        judged = held.of(key, slot=slot, made_by=made_by)
        if judged is not None:
            shown = _edited(run, judged.review) if judged.review is not None and judged.review.edits else told
            yield (number, judged.place, made_by if made_by in MAKERS else "coder", *shown[:3], *_days(*shown[3:]), document)


def _edited(run: Run, review: Review) -> list[Any]:
    ((record,),) = run("SELECT record FROM claims WHERE id = ?", (review.claim,))
    claim = edited(rows.claim(record), review.edits)
    days = (None, None) if claim.valid is None else (claim.valid.start, claim.valid.stop)
    return [claim.kind, claim.status, derived.key(claim.states), *(None if day is None else day.isoformat() for day in (*days, claim.known))]


def _days(start: str | None, stop: str | None, known: str | None) -> tuple[str, str]:
    """The days of a claim, or twice the one on which it became known where it tells none."""
    first, last = (start, stop) if start or stop else (known, known)
    return first or FIRST, last or LAST


STORED = """
    SELECT s.claim, p.place, p.maker, p.kind, p.status, s.states, s.start, s.stop, s.document
    FROM standings s JOIN standing_parts p ON p.id = s.part WHERE {} ORDER BY s.claim
"""
_PART = "INSERT OR IGNORE INTO standing_parts (place, maker, kind, status) VALUES (?, ?, ?, ?)"
_ENTER = """
    INSERT INTO standings (claim, part, states, start, stop, document)
    SELECT ?, id, ?, ?, ?, ? FROM standing_parts WHERE (place, maker, kind, status) = (?, ?, ?, ?)
"""


def stored(run: Run, *, numbers: Numbers = None) -> Iterator[Row]:
    """What the tables say of claims, in the order of arrival."""
    clause, values = among("s.claim", numbers)
    return (tuple(row) for row in run(STORED.format(clause), values))


def settle(con: sqlite3.Connection, numbers: Sequence[int]) -> None:
    """Bring what the tables say of some claims to what the decisions give, inside the caller's transaction."""
    found = stored(con.execute, numbers=numbers), standing(con.execute, numbers=numbers)
    was, now = ({row[0]: row for row in each} for each in found)
    come = [row for number, row in now.items() if was.get(number) != row]
    con.executemany("DELETE FROM standings WHERE claim = ?", [(number,) for number, row in was.items() if now.get(number) != row])
    con.executemany(_PART, {row[1:5] for row in come})
    edits = {row[5] for row in come if row[1] == "accepted"}  # an edit may tell of states that no text names together
    con.executemany(derived.INSERT_STATE, [(state, states) for states in edits for state in states.split()])
    con.executemany(_ENTER, [(number, *said, *part) for number, part, said in ((row[0], row[1:5], row[5:]) for row in come)])


def decide(run: Run, made: Review | Merge, *, number: int) -> None:
    """Keep a decision that was appended under a number among those that nobody took back, or take back the one that it takes back."""
    table, person = "review" if isinstance(made, Review) else "merge", decisions.person(made)
    if made.decision == "retracted":
        last = "SELECT max(number) FROM decisions_kept WHERE made = ? AND person = ? AND claim = (SELECT number FROM claims WHERE id = ?)"
        run(f"DELETE FROM decisions_kept WHERE made = ? AND number = ({last})", (table, table, person, made.claim))
    else:
        kept = "INSERT INTO decisions_kept (made, number, person, at, claim) SELECT ?, ?, ?, ?, number FROM claims WHERE id = ?"
        run(kept, (table, number, person, made.at, made.claim))


def fill(con: sqlite3.Connection) -> None:
    """Derive all of it for a ledger that has none of it, inside the caller's transaction. Raises LedgerUnsound for a claim that cannot be read."""
    for table, read in (("reviews", rows.review), ("merges", rows.merge)):
        for number, record in con.execute(f"SELECT number, record FROM {table} ORDER BY number").fetchall():
            decide(con.execute, read(record), number=number)
    for numbers in parts(con.execute):
        settle(con, numbers)


def parts(run: Run) -> Iterator[list[int]]:
    """The numbers of all claims in their order, AT_ONCE together."""
    last = -(1 << 62)
    while numbers := [number for (number,) in run("SELECT number FROM claims WHERE number > ? ORDER BY number LIMIT ?", (last, AT_ONCE))]:
        yield numbers
        last = numbers[-1]


def problems(run: Run) -> Iterable[str]:
    """Where the tables say other than what the decisions give, one sentence a fault."""
    for numbers in parts(run):
        was, now = set(stored(run, numbers=numbers)), set(standing(run, numbers=numbers))
        for number in sorted({row[0] for row in was ^ now}):
            yield f"claim number {number} is not kept where it stands"
    counted = "SELECT id FROM standing_parts p WHERE claims <> (SELECT count(*) FROM standings WHERE part = p.id)"
    if run(counted, ()).fetchone() or run("SELECT 1 FROM standings WHERE claim NOT IN (SELECT number FROM claims)", ()).fetchone():
        yield "claims that stand are counted wrong"
    yield from _kept_otherwise(run)


def _kept_otherwise(run: Run) -> Iterator[str]:
    reviews_made = [rows.review(record) for (record,) in run("SELECT record FROM reviews ORDER BY number", ())]
    merges_made = [rows.merge(record) for (record,) in run("SELECT record FROM merges ORDER BY number", ())]
    for table, kept in (("review", _kept(reviews_made)), ("merge", _kept(merges_made))):
        if sorted(kept) != list(run(_KEPT.format(table), (table,))):
            yield f"the {table}s that nobody took back are not those that are kept as such"


def _kept(made: Iterable[Made]) -> list[tuple[str, str, str, str]]:
    held = decisions.kept((each.claim, each) for each in made)
    return [(each.id, each.claim, decisions.person(each), each.at) for several in held.values() for each in several]


_KEPT = """
    SELECT m.id, c.id, k.person, k.at FROM decisions_kept k JOIN {}s m ON m.number = k.number JOIN claims c ON c.number = k.claim
    WHERE k.made = ? ORDER BY m.id
"""
