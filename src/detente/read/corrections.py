"""What a person wrote into a sheet of records: rows added, corrected, withdrawn, vouched for or disputed, with who, when and why.

A row with an identity is held against what the ledger shows for it; what it does not touch is not judged. A row without one is a new record.
A row that is missing changes nothing: only `decision` withdraws. Faults are collected by row and column; here nothing is written anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from detente.errors import InputError
from detente.read import proposed
from detente.read.proposed import Held
from detente.read.tables import Row
from detente.records import Claim, Decision, Document, Review, notation
from detente.records.notation import COLUMNS, Recorded

NEEDED = ("id", "kind", "source", "when", "text", "publication")
"""Columns that a sheet must have; one that is left out is not touched."""
FIXED = ("text", "publication", "address", "document")
CHANGEABLE = (*notation.FIELDS, "key", "details")
CALLED = {"when": "valid"}
"""Names of edits where they differ from those of the columns."""
DECISIONS: Mapping[str, Decision] = {
    "accept": "accepted", "accepted": "accepted", "edit": "edited", "edited": "edited", "reject": "rejected", "rejected": "rejected",
    "withdraw": "rejected", "withdrawn": "rejected", "dispute": "disputed", "disputed": "disputed",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Decided:
    """Who decides, when (an ISO timestamp), and why where a row gives no reason of its own."""

    by: str
    at: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Added:
    """A new record: its claim and the document that it quotes (None: one that the ledger holds)."""

    claim: Claim
    document: Document | None


@dataclass(frozen=True, slots=True)
class Changes:
    """What the rows of a sheet ask for. `reviews` are of added records too: they keep who, when and why."""

    added: tuple[Added, ...] = ()
    reviews: tuple[Review, ...] = ()
    unchanged: int = 0

    def counts(self) -> dict[str, int]:
        """How many records are added, corrected, withdrawn, vouched for, disputed, and left as they are."""
        new = {added.claim.id for added in self.added}
        made = [review.decision for review in self.reviews if review.claim not in new]
        named = {"corrected": "edited", "withdrawn": "rejected", "accepted": "accepted", "disputed": "disputed"}
        return {"added": len(self.added), **{name: made.count(cast(Decision, word)) for name, word in named.items()}, "unchanged": self.unchanged}


@dataclass(slots=True)
class _Asked:
    """What has been read so far."""

    held: Held
    decided: Decided
    added: list[Added] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)
    unchanged: int = 0


def read(rows: Sequence[Row], recorded: Iterable[Recorded], documents: Mapping[str, Document], decided: Decided) -> Changes:
    """What the rows ask for, of the records that the ledger holds; what is wrong with a row is noted in its faults."""
    asked = _Asked(Held.of(recorded, documents, rows), decided)
    _names(rows, asked.held)
    seen: set[str] = set()
    for row in rows:
        key = row.text("id")
        if key in seen:
            row.fault("id", f"expected each record once, but {key} stands above too; take one out")
        elif key:
            seen.add(key)
            _known(row, key, asked)
        else:
            _new(row, asked)
    return Changes(tuple(asked.added), tuple(asked.reviews), asked.unchanged)


def _names(rows: Sequence[Row], held: Held) -> None:
    """Note columns that are none, and keys that another record has."""
    for name in rows[0].cells if rows else ():
        if name not in COLUMNS and name:
            rows[0].fault(name, f"expected one of the columns {', '.join(COLUMNS)}, but {name!r} came; take it out or rename it")
    owners = dict(held.owners)
    for row in rows:
        key, mine = row.text("key"), row.text("id") or f"row {row.number}"
        later = not row.text("id") and key in held.owners  # said by the record, once it is known what it is
        if key and not later and owners.setdefault(key, mine) != mine:
            row.fault("key", f"expected a key of its own, but {key!r} is that of another record; rename one")


def _known(row: Row, key: str, asked: _Asked) -> None:
    found = asked.held.records.get(key)
    if found is None:
        row.fault("id", f"expected a record of this ledger, but {key!r} is none; leave the cell empty to add one")
        return
    before = len(row.faults)
    touched = [name for name in CHANGEABLE if name in row.cells and row.text(name) != found.cells[name].strip()]
    decision = _decision(row, found, touched)
    for name in FIXED:
        if name in row.cells and row.text(name) != found.cells[name].strip():
            row.fault(name, "expected what the source says, which cannot be changed; withdraw this record and add another")
    if not touched and decision is None:
        asked.unchanged += len(row.faults) == before
        return
    if "decided_at" in row.cells and row.text("decided_at") != found.cells["decided_at"]:
        row.fault("decided_at", f"expected {found.cells['decided_at'] or 'nothing'}: the record was decided on since the export; export it again")
    proposed.check(row, touched, asked.held)
    reason = _reason(row, asked.decided, found.cells["reason"])
    if len(row.faults) == before:
        asked.reviews.append(_review(found, _edits(row, found, touched), decision, _at(asked.decided, reason)))


def _decision(row: Row, found: Recorded, touched: Sequence[str]) -> Decision | None:
    """The decision that a row makes, None where it makes none; what does not go together is noted."""
    told, shown = row.text("decision").casefold(), found.cells["decision"]
    if told not in ("", shown) and told not in DECISIONS:
        row.fault("decision", f"expected accept, edit, withdraw or dispute, but {told!r} came; choose one of these")
        return None
    made = None if told in ("", shown) else DECISIONS[told]
    if touched and "rejected" in (made, shown if made is None else ""):
        row.fault("decision", f"expected a record that stands, but it is withdrawn and {', '.join(touched)} changed; do one after the other")
    if made == "edited" and not touched:
        row.fault("decision", "expected a changed cell with edit; change one, or write accept")
    return made if made is not None or shown != "disputed" or not touched else "disputed"


def _reason(row: Row, decided: Decided, shown: str) -> str:
    """The row's own reason where it is new, else the one given for all."""
    own = row.text("reason")
    reason = own if own and own != shown.strip() else decided.reason
    if not reason:
        row.fault("reason", "expected why, but the cell is empty or old; fill it in, or give --reason for all rows")
    return reason


def _edits(row: Row, found: Recorded, touched: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Every field that differs from what was stored: earlier edits that stand, and the cells that were touched."""
    stored, wanted = notation.cells(found.stored), notation.cells(found.claim)
    wanted |= {name: row.text(name) for name in touched if name not in ("details", "key")}
    if {"details", "key"} & set(touched):
        try:
            wanted["details"] = notation.pairs(proposed.details(row, found))
        except InputError:
            return ()
    return tuple((CALLED.get(name, name), value) for name, value in wanted.items() if value != stored[name])


def _review(found: Recorded, edits: tuple[tuple[str, str], ...], decision: Decision | None, decided: Decided) -> Review:
    kept = () if decision == "rejected" else edits
    made: Decision = decision if decision in ("rejected", "disputed") else "edited" if kept else "accepted"
    return Review(claim=found.stored.id, decision=made, reviewer=decided.by, at=decided.at, reason=decided.reason, edits=kept)


def _new(row: Row, asked: _Asked) -> None:
    before = len(row.faults)
    if row.text("decision") not in ("", "accept", "accepted"):
        row.fault("decision", f"expected nothing or accept for a new record, but {row.text('decision')!r} came; leave the cell empty")
    proposed.check(row, (*CHANGEABLE, "text", "publication"), asked.held)
    decided = _at(asked.decided, _reason(row, asked.decided, ""))
    claim, doc = (None, None) if len(row.faults) > before else proposed.claim(row, asked.held)
    if claim is None:
        return
    found = asked.held.records.get(claim.id)
    if found is None and row.text("key") in asked.held.owners:
        row.fault("key", f"expected a key of its own, but {row.text('key')!r} is that of a record that says something else; rename one")
    elif found is not None and found.cells["decision"] != "rejected":
        asked.unchanged += 1
    else:
        asked.added += [Added(claim, doc)] if found is None else []
        asked.reviews.append(Review(claim=claim.id, decision="accepted", reviewer=decided.by, at=decided.at, reason=decided.reason))


def _at(decided: Decided, reason: str) -> Decided:
    return Decided(decided.by, decided.at, reason)
