"""The ledger as one row a record, for people who correct it in a spreadsheet: what stands, who decided on it, when and why.

Rows of tables, what persons wrote and what the coder proposes stand side by side; what a person withdrew is there when asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from detente.keep import decisions, reviews
from detente.keep.ledger import Reader
from detente.records import Claim, Document, Review, notation
from detente.records.notation import COLUMNS, Recorded

LONGEST = 32_000
"""Characters of a text that a spreadsheet's cell takes; the rest stands in the ledger."""


def rows(ledger: Reader, texts: Mapping[str, Document]) -> Iterator[Recorded]:
    """Every record that stands or was withdrawn, in the order of arrival; `decision` says which. `texts` are the ledger's documents."""
    decided = decisions.in_force(ledger.reviews())
    stands = {item.stored: item for item in reviews.standing(ledger)}
    for claim in ledger.claims():
        review, item = decided.get(claim.slot), stands.get(claim.id)
        if item is not None:
            state = review.decision if review is not None else "table" if item.accepted else "proposed"
            yield Recorded(claim, item.claim, _cells(claim.id, item.claim, state, review) | _place(claim, texts))
        elif review is not None and review.claim == claim.id:
            yield Recorded(claim, claim, _cells(claim.id, claim, "rejected", review) | _place(claim, texts))


def undated(ledger: Reader) -> int:
    """Number of claims that tell no day on which they were known: no view as of a day has them."""
    return int(ledger.run("SELECT count(*) FROM claims WHERE known IS NULL").fetchone()[0])


def _cells(stored: str, claim: Claim, state: str, review: Review | None) -> dict[str, str]:
    told = notation.cells(claim)
    named = dict(claim.details)
    key = named.pop("key", "")
    by = {} if review is None else {"decided_by": review.reviewer, "decided_at": review.at, "reason": review.reason}
    shown = {**told, "details": notation.pairs(tuple(named.items())), "key": key, "id": stored, "decision": state, **by}
    return {column: notation.visible(shown.get(column, "")) for column in COLUMNS}


def _place(claim: Claim, texts: Mapping[str, Document]) -> dict[str, str]:
    doc = texts.get(claim.spans[0].document)
    found = {"text": claim.quote[:LONGEST], "publication": doc.source if doc else "", "address": (doc.address if doc else None) or ""}
    return {**{name: notation.visible(value) for name, value in found.items()}, "document": claim.spans[0].document}
