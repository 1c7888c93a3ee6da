"""What was done to a ledger and when: commands that wrote, readings, days of review, and the steps of its tables, the latest first."""

from __future__ import annotations

import json
from dataclasses import dataclass

from detente.keep.ledger import Reader

_EACH = """
SELECT at, what, counts, version FROM runs
UNION ALL
SELECT at, 'read', json_object('coded', count(*), 'claims', sum(json_array_length(claims))), NULL FROM codings
  WHERE at NOT IN (SELECT at FROM runs WHERE what = 'read' OR what LIKE 'read %') GROUP BY at
UNION ALL
SELECT max(json_extract(record, '$.at')), 'review by ' || json_extract(record, '$.reviewer'),
  json_object('accepted', sum(json_extract(record, '$.decision') = 'accepted'), 'edited', sum(json_extract(record, '$.decision') = 'edited'),
    'rejected', sum(json_extract(record, '$.decision') = 'rejected'), 'disputed', sum(json_extract(record, '$.decision') = 'disputed')), NULL
  FROM reviews GROUP BY json_extract(record, '$.reviewer'), substr(json_extract(record, '$.at'), 1, 10)
UNION ALL
SELECT at, 'tables: ' || name, '{}', NULL FROM migrations
"""


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that was done: the instant (of a day of review the last one), what, how many of what, and by which version where that is kept."""

    at: str
    what: str
    counts: dict[str, int]
    version: str | None


def count(ledger: Reader) -> int:
    """How many deeds there are."""
    return int(ledger.run(f"SELECT count(*) FROM ({_EACH})").fetchone()[0])


def latest(ledger: Reader, *, limit: int, offset: int = 0) -> list[Deed]:
    """The deeds [`offset`, `offset` + `limit`), the latest first."""
    found = ledger.run(f"SELECT * FROM ({_EACH}) ORDER BY at DESC, what LIMIT ? OFFSET ?", (limit, offset))
    return [Deed(at, what, {name: number for name, number in json.loads(counts).items() if number}, version) for at, what, counts, version in found]
