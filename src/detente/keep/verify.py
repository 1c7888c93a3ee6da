"""Re-derive every identity of a ledger and re-read every quote against its document. An empty answer means the ledger is sound."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from detente.keep import derived, rows, schema, standings
from detente.keep.ledger import Reader


def problems(ledger: Reader) -> Iterator[str]:
    """One sentence a fault, in the order of the tables."""
    yield from _migrations(ledger)
    yield from _documents(ledger)
    yield from _claims(ledger)
    yield from _decisions(ledger)
    yield from standings.problems(ledger.run)
    yield from _file(ledger)


def _migrations(ledger: Reader) -> Iterator[str]:
    known = {step.name: step.digest for step in schema.MIGRATIONS}
    for name, digest in ledger.run("SELECT name, digest FROM migrations"):
        if known.get(name) != digest:
            yield f"migration {name} was taken in another form than this version knows"


def _documents(ledger: Reader) -> Iterator[str]:
    stored = (key for (key,) in ledger.run("SELECT id FROM documents ORDER BY number"))
    for key, doc in zip(stored, ledger.documents(), strict=True):
        if doc.id != key:
            yield f"document {key} holds content whose identity is {doc.id}"
    for key, content in ledger.run("SELECT sha256, content FROM originals"):
        if hashlib.sha256(content).hexdigest() != key:
            yield f"original {key} holds other bytes"


def _claims(ledger: Reader) -> Iterator[str]:
    stored = ledger.run(
        """SELECT c.id, c.slot, c.record, d.id, d.text, s.states, s.kind, s.known, s.act FROM claims c LEFT JOIN documents d ON d.id = c.document
           LEFT JOIN claim_states s ON s.claim = c.number ORDER BY c.number"""
    )
    for key, slot, record, document, text, *found_by in stored:
        claim = rows.claim(record)
        if (0, *found_by) != derived.row(0, claim):
            yield f"claim {key} is not found by its states"
        if claim.id != key or claim.slot != slot:
            yield f"claim {key} holds content whose identity is {claim.id}"
        if any(span.document != document or text is None or text[span.start : span.stop] != span.quote for span in claim.spans):
            yield f"claim {key} quotes words that do not stand in its document"


def _decisions(ledger: Reader) -> Iterator[str]:
    for key, slot, expected, record in ledger.run("SELECT r.id, r.slot, c.slot, r.record FROM reviews r LEFT JOIN claims c ON c.id = r.claim"):
        if rows.review(record).id != key or slot != expected:
            yield f"review {key} does not fit the claim that it decides"
    for key, record in ledger.run("SELECT id, record FROM merges"):
        if rows.merge(record).id != key:
            yield f"merge {key} holds other content"


def _file(ledger: Reader) -> Iterator[str]:
    for (line,) in ledger.run("PRAGMA integrity_check"):
        if line != "ok":
            yield f"the file itself is damaged: {line}"
    for row in ledger.run("PRAGMA foreign_key_check"):
        yield f"a row of {row[0]} points to a {row[2]} that is not there"
