"""A claim of the queue of review without its record: what it is searched by, where it stands, who decided on it, and which others are near it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from detente.errors import LedgerUnsound
from detente.keep import reviews, rows
from detente.keep.clauses import among
from detente.keep.ledger import Reader
from detente.keep.reviews import Standing
from detente.keep.standings import Judged


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A claim of the queue: what it is searched by, where it stands, and who decided and has not taken that back.

    `number` is the order of arrival; `days` are the first day and the one after the last, or twice the day of
    publication where the text tells none, "" and "9999" where they are open.
    """

    number: int
    stored: str
    document: str
    publication: str
    kind: str
    status: str
    states: str
    days: tuple[str, str]
    maker: str
    judged: Judged
    deciders: frozenset[str] = frozenset()


DECIDED = "FROM decisions_kept INDEXED BY decisions_kept_claim WHERE made = 'review'"
_ENTRIES = f"""
    SELECT c.number, c.id, c.document, d.source, p.kind, p.status, s.states, s.start, s.stop, p.maker, p.place,
      (SELECT record FROM reviews WHERE number = (SELECT max(+number) {DECIDED} AND claim = c.number)),
      (SELECT json_group_array(person) {DECIDED} AND claim = c.number)
    FROM standings s CROSS JOIN standing_parts p ON p.id = s.part CROSS JOIN claims c ON c.number = s.claim
    CROSS JOIN documents d ON d.id = c.document
    WHERE {{}} ORDER BY s.claim
"""


def found(ledger: Reader, clause: str, values: Sequence[int | str]) -> Iterator[Entry]:
    """The entries that a clause over `standings` s keeps, in the order of arrival."""
    for number, key, document, publication, kind, status, states, start, stop, *judging in ledger.run(_ENTRIES.format(clause), values):
        maker, place, record, persons = judging
        judged = Judged(place in ("held", "accepted"), None if record is None else rows.review(record))
        yield Entry(
            number=number, stored=key, document=document, publication=publication, kind=kind, status=status, states=states,
            days=(start, stop), maker=maker, judged=judged, deciders=frozenset(json.loads(persons)),
        )  # fmt: skip


def everything(ledger: Reader) -> Iterator[Entry]:
    """All that stands or was rejected, rows of tables too."""
    return found(ledger, "1", ())


def entry(ledger: Reader, key: str) -> Entry | None:
    """A claim of the queue by its identity; None for one that does not stand there."""
    return next(found(ledger, "s.claim = (SELECT number FROM claims WHERE id = ?)", (key,)), None)


def numbered(ledger: Reader, numbers: Iterable[int]) -> list[Entry]:
    """The claims of the queue among some numbers, in order."""
    return list(found(ledger, *among("s.claim", numbers)))


def near(ledger: Reader, entry: Entry, *, days: int) -> list[Entry]:
    """Claims of the same states that stand and are within some days of a claim, itself among them."""
    low, high = (_moved(day, moved) for day, moved in zip(entry.days, (-days, days), strict=True))
    sql = "SELECT claim FROM standings s WHERE states = ? AND start <= ? AND stop >= ?"
    around = numbered(ledger, [number for (number,) in ledger.run(sql, (entry.states, high, low))])
    return [each for each in around if not each.judged.rejected]


def _moved(day: str, days: int) -> str:
    if len(day) < len("1000-01-01"):
        return day
    moved = date.fromisoformat(day).toordinal() + days
    return date.fromordinal(min(max(moved, 1), date.max.toordinal())).isoformat()


def standing(ledger: Reader, chosen: Sequence[Entry]) -> list[Standing]:
    """The claims of entries as they stand, or as they stood where they were rejected. Raises LedgerUnsound when the ledger does not hold one."""
    held = {claim.id: claim for claim in ledger.claims(numbers=[each.number for each in chosen])}
    for each in chosen:
        if each.stored not in held:
            raise LedgerUnsound("a claim that the ledger holds", came=f"{each.stored} is unknown", do="run `detente verify`")
    return [reviews.stands(held[each.stored], each.judged) for each in chosen]
