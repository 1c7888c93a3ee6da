"""How far a ledger has grown, and which claims bear what came since: new ones, those decided on, and those of texts that were coded anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple, dataclass

from detente.keep.ledger import Reader

MOST = 2_000
"""Claims up to which it is told which ones they are."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The number of the last row of each table that an answer is made from."""

    claims: int
    reviews: int
    codings: int
    merges: int
    loads: int


@dataclass(frozen=True, slots=True)
class Part:
    """What a claim is found by: its set of states as the ledger keeps it, its kind, and the text it stands in."""

    states: str
    kind: str
    document: str


def marks(ledger: Reader) -> Marks:
    """How far a ledger has grown."""
    tables = ("claims", "reviews", "codings", "merges", "case_loads")
    return Marks(*(ledger.run(f"SELECT coalesce(max(number), 0) FROM {table}").fetchone()[0] for table in tables))


def since(ledger: Reader, past: Marks) -> tuple[Part, ...] | None:
    """What came after a mark bears on these; None when it cannot be told, or when they are many.

    It cannot be told after a merge or the loading of a case, where a person has edited the claim that was decided on, and of a ledger that shrank.
    """
    now = marks(ledger)
    shrunk = any(new < old for new, old in zip(astuple(now), astuple(past), strict=True))
    if shrunk or now.merges > past.merges or now.loads > past.loads or ledger.run(_EDITED, (past.reviews,)).fetchone() is not None:
        return None
    found = tuple(_parts(ledger, past))
    return found if len(found) <= MOST else None


def _parts(ledger: Reader, past: Marks) -> Iterator[Part]:
    return (Part(*row) for row in ledger.run(_SINCE, (past.claims, past.reviews, past.codings, MOST + 1)))


_EDITED = """
    SELECT 1 FROM reviews AS new CROSS JOIN reviews AS made ON made.slot = new.slot
    WHERE new.number > ? AND json_extract(made.record, '$.decision') = 'edited' LIMIT 1
"""
_SINCE = """
    SELECT DISTINCT s.states, s.kind, c.document FROM (
      SELECT number FROM claims WHERE number > ?
      UNION SELECT c.number FROM reviews AS r CROSS JOIN claims AS c ON c.slot = r.slot WHERE r.number > ?
      UNION SELECT c.number FROM codings AS k CROSS JOIN claims AS c ON c.document = k.document WHERE k.number > ?
    ) AS found CROSS JOIN claims AS c ON c.number = found.number CROSS JOIN claim_states AS s ON s.claim = c.number LIMIT ?
"""
