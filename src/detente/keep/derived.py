"""What the ledger derives from its claims so that they are found fast: the states that each names, and the act that it would begin.

Nothing here is a record: it is neither exported nor part of an identity, and a migration or a rebuilding fills it again from the claims.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from detente.errors import LedgerUnsound
from detente.keep import rows
from detente.records import Claim, identity

INSERT = "INSERT INTO claim_states (claim, states, kind, known, act) VALUES (?, ?, ?, ?, ?)"
INSERT_STATE = "INSERT OR IGNORE INTO state_sets (state, states) VALUES (?, ?)"


def key(states: Iterable[str]) -> str:
    """A set of states as the ledger keeps it: the codes in order, blanks between."""
    return " ".join(sorted(states))


def row(number: int, claim: Claim) -> tuple[int, str, str, str | None, str]:
    """The row of a claim: its number, states, kind, the day it became known, and the identity of the act that it would be the first to tell of."""
    return number, key(claim.states), claim.kind, None if claim.known is None else claim.known.isoformat(), identity("act", claim.id)


def enter(run: Callable[[str, Sequence[Any]], object], claim: Claim, *, number: int) -> None:
    """Derive what follows from a claim that was appended under a number."""
    run(INSERT, row(number, claim))
    for state in claim.states:
        run(INSERT_STATE, (state, key(claim.states)))


def fill(con: sqlite3.Connection) -> None:
    """Derive what is missing, inside the caller's transaction. Raises LedgerUnsound for a claim that cannot be read."""
    missing = "SELECT number, record FROM claims WHERE number NOT IN (SELECT claim FROM claim_states)"
    con.executemany(INSERT, (row(number, _read(number, record)) for number, record in con.execute(missing)))
    con.executemany(INSERT_STATE, _sets(con.execute("SELECT DISTINCT states FROM claim_states")))


def _sets(found: Iterable[tuple[str]]) -> Iterator[tuple[str, str]]:
    return ((state, states) for (states,) in found for state in states.split())


def _read(number: int, record: str) -> Claim:
    try:
        return rows.claim(record)
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        raise LedgerUnsound("claims that can be read", came=f"number {number} holds other content ({error})", do="restore a backup") from error
