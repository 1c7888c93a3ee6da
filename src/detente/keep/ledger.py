"""The ledger: one SQLite file of documents, claims, reviews and merges that only grows. A Reader reads, a Writer appends.

Appending twice is appending once, because identity is content. All SQL of a ledger passes `_Connection.run`.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Self

from detente.errors import LedgerError, LedgerUnsound, LedgerUnwritable
from detente.keep import derived, rows, schema, standings
from detente.keep.border import translated
from detente.keep.clauses import Numbers, among
from detente.records import Citation, Claim, Coverage, Document, Merge, Review, identity

FILE = "ledger.sqlite"


@dataclass(frozen=True, slots=True)
class CaseLoad:
    """One loading of a case folder: its digest, its case.toml as JSON, the claim of each row and the coverage grades."""

    name: str
    digest: str
    about: str
    rows: tuple[tuple[str, str], ...]
    coverage: tuple[Coverage, ...]


class _Connection:
    """What reader and writer share: the open file and the one method that all SQL passes."""

    def __init__(self, con: sqlite3.Connection, path: Path) -> None:
        self._con, self.path = con, path

    def run(self, sql: str, values: Sequence[Any] = ()) -> sqlite3.Cursor:
        """Run one statement."""
        with translated(self.path):
            return self._con.execute(sql, values)

    def close(self) -> None:
        """Close the file."""
        self._con.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Reader(_Connection):
    """Reads a ledger; never waits for a writer."""

    @classmethod
    def open(cls, folder: Path) -> Reader:
        """Open the ledger of a data folder; raises LedgerError when there is none or it is a newer one."""
        path = folder / FILE
        if not path.is_file():
            raise LedgerError(f"a ledger in {folder}", came="there is none yet", do="run `detente case load FOLDER` or `detente read FILE` first")
        with translated(path):
            still = not os.access(folder, os.W_OK) and not path.with_name(f"{FILE}-wal").exists()  # SQLite reads a folder it cannot write to only so
            con = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro{'&immutable=1' * still}", uri=True, timeout=5)
            if _stands_at(con) < len(schema.MIGRATIONS):
                con.close()
                Writer.open(folder).close()
                return cls.open(folder)
        return cls(con, path)

    def document(self, key: str) -> Document | None:
        """A document by identity."""
        found = self.run("SELECT * FROM documents WHERE id = ?", (key,))
        return next((_document(dict(zip([c[0] for c in found.description], row, strict=True))) for row in found), None)

    def documents(self, *, keys: Iterable[str] | None = None) -> Iterator[Document]:
        """Every document in the order of arrival, or those of some identities."""
        clause, values = among("id", keys)
        found = self.run(f"SELECT * FROM documents WHERE {clause} ORDER BY number", values)
        names = [column[0] for column in found.description]
        return (_document(dict(zip(names, row, strict=True))) for row in found)

    def texts(self, *, keys: Iterable[str] | None = None) -> dict[str, Document]:
        """Every document by its identity, in the order of arrival, or those of some identities."""
        return {doc.id: doc for doc in self.documents(keys=keys)}

    def citations(self, *, documents: Sequence[str] | None = None) -> dict[str, Citation]:
        """Where documents are found, without their text, by identity: all, or those of some identities; rows of a case have no title."""
        named = "id, source, published, published_assumed, address, CASE WHEN media_type LIKE 'text/x-%' THEN NULL ELSE title END"
        clause, values = among("id", documents)
        found = self.run(f"SELECT {named} FROM documents WHERE {clause}", values)
        return {
            key: Citation(document=key, publication=source, published=_day(day), published_assumed=bool(assumed), address=address, title=title)
            for key, source, day, assumed, address, title in found
        }

    def claim(self, key: str) -> Claim | None:
        """A claim by identity."""
        found = self.run("SELECT record, probability, why FROM claims WHERE id = ?", (key,))
        return next((rows.claim(record, key=key, probability=probability, why=why) for record, probability, why in found), None)

    def claims(self, *, as_of: date | None = None, numbers: Numbers = None) -> Iterator[Claim]:
        """Claims in the order of arrival: those known by `as_of`, of `numbers` where given. Begun or not is the caller's business."""
        return (claim for _, claim in self.slotted(as_of=as_of, numbers=numbers))

    def slotted(self, *, as_of: date | None = None, numbers: Numbers = None) -> Iterator[tuple[str, Claim]]:
        """(slot, claim), as `claims` gives them."""
        clause, values = among("number", numbers)
        if as_of is not None:
            clause, values = f"{clause} AND known <= ?", (*values, as_of.isoformat())
        found = self.run(f"SELECT id, slot, record, probability, why FROM claims WHERE {clause} ORDER BY number", values)
        return ((slot, rows.claim(record, key=key, probability=sure, why=why)) for key, slot, record, sure, why in found)

    def reviews(self, *, numbers: Numbers = None) -> Iterator[tuple[str, Review]]:
        """(slot, review) in the order of arrival; of the slots of claims of `numbers` where given."""
        return standings.reviews(self.run, numbers=numbers)

    def merges(self) -> Iterator[Merge]:
        """Merges in the order of arrival; the latest on a claim holds."""
        return (rows.merge(record) for (record,) in self.run("SELECT record FROM merges ORDER BY number"))

    def cases(self) -> dict[str, CaseLoad]:
        """The loading in force of each case."""
        found = self.run("SELECT max(number), name, digest, about FROM case_loads GROUP BY name ORDER BY name").fetchall()
        return {name: self._load(number, name, digest, about) for number, name, digest, about in found}

    def search(self, words: str, *, limit: int = 20) -> list[tuple[str, str]]:
        """(document identity, snippet) of the documents that hold all the words, best first."""
        quoted = " ".join(f'"{word}"' for word in words.replace('"', " ").split())
        sql = """SELECT d.id, snippet(documents_text, 1, '[', ']', '…', 12) FROM documents_text JOIN documents d ON d.number = documents_text.rowid
                 WHERE documents_text MATCH ? ORDER BY rank, d.number LIMIT ?"""
        return list(self.run(sql, (quoted, limit))) if quoted else []

    def counts(self) -> dict[str, int]:
        """Rows of each table."""
        return {table: self.run(f"SELECT count(*) FROM {table}").fetchone()[0] for table in schema.GROWING}

    def _load(self, number: int, name: str, digest: str, about: str) -> CaseLoad:
        made = self.run("SELECT key, claim FROM case_rows WHERE load = ? ORDER BY key", (number,)).fetchall()
        graded = self.run("SELECT a, b, start, stop, grade, note FROM coverage WHERE load = ? ORDER BY a, b, start", (number,))
        cover = tuple(Coverage(a, b, date.fromisoformat(lo), date.fromisoformat(hi), grade, note) for a, b, lo, hi, grade, note in graded)
        return CaseLoad(name, digest, about, tuple(made), cover)


class Writer(_Connection):
    """Appends to a ledger; one at a time. `now` is the caller's clock, an ISO timestamp. Where claims stand is settled before each commit."""

    def __init__(self, con: sqlite3.Connection, path: Path) -> None:
        super().__init__(con, path)
        self._unsettled: set[int] = set()

    @classmethod
    def open(cls, folder: Path, *, wait_seconds: float = 5.0, now: str = "1970-01-01T00:00:00Z") -> Writer:
        """Open or make the ledger of a data folder and bring it to the newest version; waits for another writer as long as told."""
        path = folder / FILE
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LedgerUnwritable(f"a folder that can be made at {folder}", came=str(error), do="choose another with --data") from error
        with translated(path):
            con = sqlite3.connect(path, timeout=wait_seconds, isolation_level=None)
            con.execute("PRAGMA journal_mode = WAL")
            con.execute("PRAGMA synchronous = FULL")
            con.execute("PRAGMA foreign_keys = ON")
            writer = cls(con, path)
            if schema.version_of(con) < len(schema.MIGRATIONS):
                with writer.transaction():
                    schema.migrate(con, now=now)
        return writer

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; what is acknowledged after it is on the disk."""
        self.run("BEGIN IMMEDIATE")
        try:
            yield
            self._settle()
        except BaseException:
            self._unsettled.clear()
            if self._con.in_transaction:
                self._con.rollback()
            raise
        with translated(self.path):
            self._con.commit()

    def _follows(self, numbers: Iterable[tuple[int]]) -> None:
        """Claims that stand elsewhere from now on, perhaps; settled together before the commit, or at once where there is none."""
        self._unsettled.update(number for (number,) in numbers)
        if len(self._unsettled) >= standings.AT_ONCE or not self._con.in_transaction:
            self._settle()

    def _settle(self) -> None:
        settled = sorted(self._unsettled)
        self._unsettled.clear()
        for first in range(0, len(settled), standings.AT_ONCE):
            with translated(self.path):
                standings.settle(self._con, settled[first : first + standings.AT_ONCE])

    def add_document(self, doc: Document, *, original: bytes | None = None) -> bool:
        """Append a document and the bytes it came from; False when it was there already."""
        if original is not None and doc.original is not None:
            self.run("INSERT OR IGNORE INTO originals VALUES (?, ?)", (doc.original, original))
        published = None if doc.published is None else doc.published.isoformat()
        values = (doc.id, doc.source, doc.title, doc.address, published, int(doc.published_assumed), doc.language, doc.media_type)
        values_all = (*values, doc.original, doc.retrieved_at, doc.text)
        names = "id, source, title, address, published, published_assumed, language, media_type, original, retrieved_at, text"
        return self.run(f"INSERT OR IGNORE INTO documents ({names}) VALUES (?,?,?,?,?,?,?,?,?,?,?)", values_all).rowcount == 1

    def add_claim(self, claim: Claim) -> bool:
        """Append a claim on a document that is there; False when it was there already."""
        start, stop = (None, None) if claim.valid is None else (claim.valid.start, claim.valid.stop)
        parties = [" ".join(party.state or party.body or "-" for party in side) for side in (claim.source, claim.target)]
        values = (claim.id, claim.slot, claim.spans[0].document, claim.kind, claim.status, *parties, _iso(start), _iso(stop), _iso(claim.known))
        values_all = (*values, claim.made_by, claim.probability, claim.why, rows.pack(claim))
        names = "id, slot, document, kind, status, source, target, valid_start, valid_stop, known, made_by, probability, why, record"
        done = self.run(f"INSERT OR IGNORE INTO claims ({names}) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)", values_all)
        if done.rowcount == 1:
            derived.enter(self.run, claim, number=done.lastrowid or 0)
            self._follows([(done.lastrowid or 0,)])
        return done.rowcount == 1

    def add_coding(self, document: str, claims: Sequence[str], *, now: str) -> bool:
        """Record what the coder proposes for a document; False when its latest coding said the same."""
        packed = json.dumps(list(claims))
        latest = self.run("SELECT claims FROM codings WHERE document = ? ORDER BY number DESC LIMIT 1", (document,)).fetchone()
        if latest is not None and latest[0] == packed:
            return False
        self.run("INSERT INTO codings (document, digest, at, claims) VALUES (?, ?, ?, ?)", (document, identity("cod", packed), now, packed))
        self._follows(self.run("SELECT number FROM claims WHERE document = ?", (document,)))
        return True

    def add_review(self, review: Review) -> bool:
        """Append a review; False when the same was there already. Raises LedgerUnsound when its claim is unknown."""
        found = self.run("SELECT slot FROM claims WHERE id = ?", (review.claim,)).fetchone()
        if found is None:
            raise LedgerUnsound("a claim that the ledger holds", came=f"{review.claim} is unknown", do="see `detente claims`")
        values = (review.id, review.claim, found[0], rows.pack(review))
        done = self.run("INSERT OR IGNORE INTO reviews (id, claim, slot, record) VALUES (?, ?, ?, ?)", values)
        if done.rowcount == 1:
            standings.decide(self.run, review, number=done.lastrowid or 0)
            self._follows(self.run("SELECT number FROM claims WHERE slot = ?", found))
        return done.rowcount == 1

    def add_merge(self, merge: Merge) -> bool:
        """Append a merge; False when the same was there already."""
        values = (merge.id, merge.claim, merge.act, rows.pack(merge))
        done = self.run("INSERT OR IGNORE INTO merges (id, claim, act, record) VALUES (?, ?, ?, ?)", values)
        if done.rowcount == 1:
            standings.decide(self.run, merge, number=done.lastrowid or 0)
        return done.rowcount == 1

    def add_case(self, load: CaseLoad, *, now: str) -> bool:
        """Record a loading of a case; False when the latest of that name has the same digest."""
        was, digest = self.run("SELECT max(number), digest FROM case_loads WHERE name = ?", (load.name,)).fetchone()
        if was is not None and digest == load.digest:
            return False
        number = self.run("INSERT INTO case_loads (name, digest, at, about) VALUES (?, ?, ?, ?)", (load.name, load.digest, now, load.about)).lastrowid
        for key, claim in load.rows:
            self.run("INSERT INTO case_rows VALUES (?, ?, ?)", (number, key, claim))
        for c in load.coverage:
            values = (number, c.a, c.b, c.start.isoformat(), c.stop.isoformat(), c.grade, c.note)
            self.run("INSERT INTO coverage VALUES (?, ?, ?, ?, ?, ?, ?)", values)
        self._follows(self.run("SELECT number FROM claims WHERE id IN (SELECT claim FROM case_rows WHERE load IN (?, ?))", (was, number)))
        return True

    def add_run(self, what: str, *, now: str, version: str, counts: dict[str, int]) -> None:
        """Record what a command did."""
        packed = json.dumps(counts, sort_keys=True)
        self.run("INSERT OR IGNORE INTO runs VALUES (?, ?, ?, ?, ?)", (identity("run", [what, now, version, packed]), what, now, version, packed))


def _stands_at(con: sqlite3.Connection) -> int:
    """The version of the tables; 0 also for a file whose first writer was killed, which only a writer can take back to its beginning."""
    try:
        return schema.version_of(con)
    except sqlite3.OperationalError as error:
        if (error.sqlite_errorcode or 0) != sqlite3.SQLITE_READONLY_ROLLBACK:
            raise
        return 0


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _document(row: dict[str, Any]) -> Document:
    kept = {name: row[name] for name in ("text", "source", "title", "address", "language", "media_type", "original", "retrieved_at")}
    return Document(**kept, published=_day(row["published"]), published_assumed=bool(row["published_assumed"]))
