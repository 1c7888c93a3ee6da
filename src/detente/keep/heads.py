"""The head of a ledger: one identity for all that it holds. Two ledgers with the same rows in whatever order of arrival have the same head."""

from __future__ import annotations

from detente.keep.ledger import Reader
from detente.records import identity


def head(ledger: Reader) -> str:
    """`led:` and 24 digits over the identities of documents, claims, reviews and merges, the cases in force and the latest codings."""
    kept = {table: sorted(key for (key,) in ledger.run(f"SELECT id FROM {table}")) for table in ("documents", "claims", "reviews", "merges")}
    loads = [[load.name, load.digest] for load in ledger.cases().values()]
    coded = ledger.run("SELECT document, digest FROM codings WHERE number IN (SELECT max(number) FROM codings GROUP BY document) ORDER BY document")
    return identity("led", [kept, loads, [list(row) for row in coded]])
