"""A record as a person proposes it in a row: each touched cell checked against the vocabulary, and the whole as document and claim."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from detente import dates, ontology
from detente.dates import Interval
from detente.errors import DateError, InputError, TermError
from detente.read import needs
from detente.read.cases import ROW_MEDIA
from detente.read.tables import Row
from detente.records import Claim, Details, Document, Party, Status, notation
from detente.records.notation import Recorded

REQUIRED = ("kind", "status", "source", "when", "text", "publication")
"""Cells that a new record needs; `status` is `happened` where it is left empty. Of a known one they cannot be emptied."""


@dataclass(frozen=True, slots=True)
class Held:
    """What rows are held against: records and texts by identity, who has which key, and the kinds of all records by key and identity."""

    records: Mapping[str, Recorded]
    documents: Mapping[str, Document]
    owners: Mapping[str, str]
    kinds: Mapping[str, str]

    @classmethod
    def of(cls, recorded: Iterable[Recorded], documents: Mapping[str, Document], rows: Sequence[Row]) -> Held:
        """The records of a ledger, and the kinds and keys that the rows of a sheet give or change."""
        records = {each.stored.id: each for each in recorded}
        stands = {key: each for key, each in records.items() if each.cells["decision"] != "rejected"}
        mine = {row.text("id") for row in rows if "key" in row.cells}
        owners = {each.cells["key"]: key for key, each in stands.items() if each.cells["key"] and key not in mine}
        kinds = {name: each.claim.kind for key, each in stands.items() for name in (key, each.cells["key"]) if name}
        kinds |= {row.text("key"): row.text("kind") for row in rows if row.text("key")}
        return cls(records, documents, owners, kinds)


def check(row: Row, columns: Collection[str], held: Held) -> None:
    """Note what is wrong with these cells of a row."""
    for column in columns:
        row.take(column, _PARSED.get(column, str))
    for column in REQUIRED:
        quoted = column == "publication" and row.text("document")
        if column in columns and not row.text(column) and column != "status" and not quoted:
            row.fault(column, "expected a value, but the cell is empty; fill it in")
    if row.text("id") and "known" in columns and not row.text("known"):
        row.fault("known", "expected the day it became known, but the cell is empty; fill it in")
    if {"known", "when", "status"} & set(columns):
        _known_after(row)
    if {"details", "kind", "key"} & set(columns):
        _check_details(row, held)


def details(row: Row, found: Recorded | None = None) -> Details:
    """The details of a row with its key among them; those of the record where the row has no such column. Raises InputError."""
    shown = {} if found is None else found.cells
    told = dict(notation.details(row.text("details") if "details" in row.cells else shown.get("details", "")))
    key = row.text("key") if "key" in row.cells else shown.get("key", "")
    return tuple(({**told, "key": key} if key else told).items())


def claim(row: Row, held: Held) -> tuple[Claim | None, Document | None]:
    """A new record of a row that was checked, as claim, and the document that it quotes (None: one that the ledger holds, named by `document`)."""
    valid, known = row.take("when", _when), row.take("known", dates.parse_day)
    doc = held.documents.get(row.text("document")) if row.text("document") else _document(row, valid)
    if doc is None or row.text("text") not in doc.text:
        wrong = "a document of this ledger" if doc is None else "words that stand in the document"
        row.fault("document" if doc is None else "text", f"expected {wrong}, but there are none such; leave `document` empty for a text of your own")
        return None, None
    start = doc.text.index(row.text("text"))
    kind = ontology.term("kinds", row.text("kind"))
    made = Claim(
        kind=kind.code, spans=(doc.span(start, start + len(row.text("text"))),), source=_side(row.text("source")), target=_side(row.text("target")),
        status=cast(Status, row.text("status") or "happened"), valid=valid, known=known or doc.published, known_assumed=known is None,
        dimensions=tuple(row.text("dimensions").split()) or tuple(kind.more["dimension"].split()), event_class=row.text("event_class") or None,
        mode=row.text("mode") or None, place=row.text("place") or None, speaker=next(iter(_side(row.text("speaker"))), None),
        hedge=row.text("hedge") or None, details=details(row), made_by="person", why="written by a person",
    )  # fmt: skip
    return made, None if row.text("document") else doc


def _document(row: Row, valid: Interval | None) -> Document | None:
    known = row.take("known", dates.parse_day)
    day = known or (None if valid is None else valid.last or valid.start)
    return Document(
        text=row.text("text"), source=row.text("publication"), title=row.text("key") or None, address=row.text("address") or None, published=day,
        published_assumed=known is None, media_type=ROW_MEDIA,
    )  # fmt: skip


def _check_details(row: Row, held: Held) -> None:
    try:
        named = dict(notation.details(row.text("details")))
    except InputError as error:
        row.fault("details", str(error))
        return
    for name, value in named.items():
        needs.pair(row, name, value, held.kinds)
    needs.check(row, named, held.kinds)


def _known_after(row: Row) -> None:
    """What happened cannot have been known before it began."""
    try:
        known, when = dates.parse_day(row.text("known")), _when(row.text("when"))
    except InputError:
        return
    if when.start is not None and known < when.start and row.text("status") in ("", "happened", "ongoing"):
        row.fault("known", f"expected a day on or after {when.start} for what happened, but {known} came; check both")


def _when(text: str) -> Interval:
    first, slash, last = text.partition("/")
    if slash and ".." not in (first.strip(), last.strip()):
        begins, ends = dates.parse(first).start, dates.parse(last).last
        if begins is not None and ends is not None and ends < begins:
            raise DateError(f"an end on or after {first.strip()}", came=f"{last.strip()} came", do="swap the two")
    return dates.parse(text)


def _side(text: str) -> tuple[Party, ...]:
    found = notation.parties(text)
    for party in found:
        if party.state is not None and not (len(party.state) == 3 and party.state.isascii() and party.state.isupper()):
            raise TermError("an ISO 3166-1 alpha-3 code, or IGO:NAME for a body", came=f"{party.state!r} came", do="write for example FIN")
        if party.rank is not None and str(party.rank) not in ontology.family("ranks"):
            raise TermError("a rank from 1 to 7", came=f"{str(party.rank)!r} came", do="see `detente explain 1`")
    return found


def _terms(family: str) -> Callable[[str], Any]:
    return lambda text: [ontology.term(family, code) for code in text.split()]


def _term(family: str) -> Callable[[str], Any]:
    return lambda text: ontology.term(family, text)


_PARSED: Mapping[str, Callable[[str], Any]] = {
    "kind": _term("kinds"), "status": _term("statuses"), "source": _side, "target": _side, "speaker": _side, "when": _when, "known": dates.parse_day,
    "dimensions": _terms("dimensions"), "event_class": _term("classes"), "mode": _term("modes"),
}  # fmt: skip
