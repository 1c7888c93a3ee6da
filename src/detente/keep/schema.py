"""The tables of the ledger as named migrations; each is recorded in the file together with its effect.

Nothing is ever updated or deleted: every table only grows, and triggers refuse anything else. Only what follows from the others may change.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from detente.errors import LedgerVersion
from detente.keep import derived, standings

APPLICATION_ID = 0x44_45_54_45


@dataclass(frozen=True, slots=True)
class Migration:
    """A named step of the schema."""

    name: str
    sql: str
    then: Callable[[sqlite3.Connection], None] | None = None
    """What fills the new tables where SQL cannot."""
    after: str = ""
    """SQL that is run when they are filled."""

    @property
    def digest(self) -> str:
        """What the recorded step must still hash to."""
        return hashlib.sha256((self.sql + self.after).encode()).hexdigest()


FOLLOWING = ("decisions_kept", "standing_parts", "standings")
"""Tables that follow the decisions: their rows change with what stands."""
DERIVED = ("claim_states", "state_sets", *FOLLOWING)
"""Tables that follow from the others and so are neither exported nor part of an identity; a migration or the claims fill them again."""
GROWING = ("documents", "originals", "claims", "reviews", "merges", "runs", "case_loads", "case_rows", "coverage", "codings")

_FIRST = """
CREATE TABLE runs (               -- one row a command that wrote: what it was, when, by which version, with what counts
  id TEXT PRIMARY KEY, what TEXT NOT NULL, at TEXT NOT NULL, version TEXT NOT NULL, counts TEXT NOT NULL
) STRICT;
CREATE TABLE originals (          -- the bytes a document was read from, by their SHA-256
  sha256 TEXT PRIMARY KEY, content BLOB NOT NULL
) STRICT;
CREATE TABLE documents (          -- a text with source and publication day; number is the order of arrival
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, source TEXT NOT NULL, title TEXT, address TEXT,
  published TEXT, published_assumed INTEGER NOT NULL, language TEXT NOT NULL, media_type TEXT NOT NULL,
  original TEXT, retrieved_at TEXT, text TEXT NOT NULL
) STRICT;
CREATE INDEX documents_published ON documents (published);
CREATE TABLE claims (             -- record: the canonical JSON that the identity is taken from; the columns repeat what is searched
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, slot TEXT NOT NULL, document TEXT NOT NULL REFERENCES documents (id),
  kind TEXT NOT NULL, status TEXT NOT NULL, source TEXT NOT NULL, target TEXT NOT NULL,
  valid_start TEXT, valid_stop TEXT, known TEXT, made_by TEXT NOT NULL, probability REAL, why TEXT, record TEXT NOT NULL
) STRICT;
CREATE INDEX claims_slot ON claims (slot);
CREATE INDEX claims_document ON claims (document);
CREATE INDEX claims_known ON claims (known);
CREATE TABLE reviews (            -- a person's decision on a claim; it holds for every later claim in the same slot
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, claim TEXT NOT NULL REFERENCES claims (id), slot TEXT NOT NULL, record TEXT NOT NULL
) STRICT;
CREATE INDEX reviews_slot ON reviews (slot);
CREATE TABLE merges (             -- a claim joined to an act or parted from it; the latest holds
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, claim TEXT NOT NULL REFERENCES claims (id), act TEXT NOT NULL, record TEXT NOT NULL
) STRICT;
CREATE TABLE case_loads (         -- one row a loading of a case folder; digest is of its tables, about is its case.toml as JSON
  number INTEGER PRIMARY KEY, name TEXT NOT NULL, digest TEXT NOT NULL, at TEXT NOT NULL, about TEXT NOT NULL
) STRICT;
CREATE TABLE case_rows (          -- which claim each row of that loading made; rows of the latest loading are in force
  load INTEGER NOT NULL REFERENCES case_loads (number), key TEXT NOT NULL, claim TEXT NOT NULL REFERENCES claims (id),
  PRIMARY KEY (load, key)
) STRICT;
CREATE INDEX case_rows_claim ON case_rows (claim);
CREATE TABLE codings (            -- which claims the latest reading of a document proposes; older proposals stay but no longer stand
  number INTEGER PRIMARY KEY, document TEXT NOT NULL REFERENCES documents (id), digest TEXT NOT NULL, at TEXT NOT NULL, claims TEXT NOT NULL
) STRICT;
CREATE INDEX codings_document ON codings (document);
CREATE TABLE coverage (           -- how well a dyad was read for a period, as the case's author graded it
  load INTEGER NOT NULL REFERENCES case_loads (number), a TEXT NOT NULL, b TEXT NOT NULL, start TEXT NOT NULL, stop TEXT NOT NULL,
  grade TEXT NOT NULL, note TEXT NOT NULL, PRIMARY KEY (load, a, b, start, stop)
) STRICT;
CREATE VIRTUAL TABLE documents_text USING fts5 (title, text, content='documents', content_rowid='number', tokenize='unicode61 remove_diacritics 2');
CREATE TRIGGER documents_indexed AFTER INSERT ON documents BEGIN
  INSERT INTO documents_text (rowid, title, text) VALUES (new.number, new.title, new.text);
END;
"""

_GUARD = """
CREATE TRIGGER {table}_kept_{verb} BEFORE {upper} ON {table} BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END;
"""


def _guards(*tables: str) -> str:
    return "".join(_GUARD.format(table=table, verb=verb, upper=verb.upper()) for table in tables for verb in ("update", "delete"))


_BY_STATES = """
CREATE TABLE claim_states (       -- derived: the states that a claim names, in order with blanks between, and the act that it would begin
  claim INTEGER PRIMARY KEY REFERENCES claims (number), states TEXT NOT NULL, kind TEXT NOT NULL, known TEXT, act TEXT NOT NULL UNIQUE
) STRICT;
CREATE INDEX claim_states_states ON claim_states (states, kind, known);
CREATE INDEX claim_states_kind ON claim_states (kind);
CREATE TABLE state_sets (         -- derived: which sets of states name a state
  state TEXT NOT NULL, states TEXT NOT NULL, PRIMARY KEY (state, states)
) STRICT, WITHOUT ROWID;
"""

_STANDING = """
CREATE TABLE decisions_kept (     -- derived: the decisions on claims and their acts that nobody took back; number is that of the review or merge
  made TEXT NOT NULL, number INTEGER NOT NULL, claim INTEGER NOT NULL, person TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (made, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX decisions_kept_claim ON decisions_kept (claim, made, person);
CREATE INDEX decisions_kept_person ON decisions_kept (person, made, claim);
CREATE INDEX decisions_kept_last ON decisions_kept (person, at);
CREATE TABLE standing_parts (     -- derived: how many claims stand alike: place is open, held, accepted, disputed or rejected
  id INTEGER PRIMARY KEY, place TEXT NOT NULL, maker TEXT NOT NULL, kind TEXT NOT NULL, status TEXT NOT NULL, claims INTEGER NOT NULL DEFAULT 0,
  UNIQUE (place, maker, kind, status)
) STRICT;
CREATE TABLE standings (          -- derived: claims that stand or were rejected, as a person last edited them; document is the number of it
  claim INTEGER PRIMARY KEY, part INTEGER NOT NULL, states TEXT NOT NULL, start TEXT NOT NULL, stop TEXT NOT NULL, document INTEGER NOT NULL
) STRICT;
"""
_STANDING_FOUND = """
CREATE INDEX standings_part ON standings (part);
CREATE INDEX standings_states ON standings (states, part, start, stop);
CREATE INDEX standings_document ON standings (document, part);
CREATE INDEX documents_source ON documents (source);
UPDATE standing_parts SET claims = (SELECT count(*) FROM standings WHERE part = id);
CREATE TRIGGER standings_come AFTER INSERT ON standings BEGIN UPDATE standing_parts SET claims = claims + 1 WHERE id = new.part; END;
CREATE TRIGGER standings_gone AFTER DELETE ON standings BEGIN UPDATE standing_parts SET claims = claims - 1 WHERE id = old.part; END;
"""

MIGRATIONS = (
    Migration("first_tables", _FIRST + _guards(*GROWING)),
    Migration("claims_by_states", _BY_STATES + _guards("claim_states", "state_sets"), derived.fill),
    Migration("standing_claims", _STANDING, standings.fill, _STANDING_FOUND),
)


def version_of(con: sqlite3.Connection) -> int:
    """How many migrations the file has; 0 for an empty file. Raises LedgerVersion for a foreign or newer one."""
    (application,) = con.execute("PRAGMA application_id").fetchone()
    (count,) = con.execute("PRAGMA user_version").fetchone()
    (tables,) = con.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if tables and application != APPLICATION_ID:
        raise LedgerVersion("a ledger of Detente", came="the file belongs to another program", do="choose another folder with --data")
    refuse_newer(count)
    return int(count)


def is_behind(path: Path) -> bool:
    """Whether the next one to open a ledger brings its tables to this version, which takes time in a large one."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as con:
            (count,) = con.execute("PRAGMA user_version").fetchone()
    except sqlite3.Error:  # whoever opens it says what is wrong
        return False
    return 0 < int(count) < len(MIGRATIONS)


def refuse_newer(count: int) -> None:
    """Raise LedgerVersion when tables of version `count` are newer than this program knows."""
    if count > len(MIGRATIONS):
        raise LedgerVersion(
            f"a ledger of version {len(MIGRATIONS)} or older", came=f"it has version {count}", do="install a newer Detente; nothing was changed"
        )


def migrate(con: sqlite3.Connection, *, now: str, upto: int | None = None) -> tuple[str, ...]:
    """Bring the file to the newest version, or to version `upto`, inside the caller's transaction; returns the names of the steps taken."""
    taken = MIGRATIONS[version_of(con) : upto]
    con.execute("CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, digest TEXT NOT NULL, at TEXT NOT NULL) STRICT")
    for step in taken:
        for statement in _statements(step.sql):
            con.execute(statement)
        if step.then is not None:
            step.then(con)
        for statement in _statements(step.after):
            con.execute(statement)
        con.execute("INSERT INTO migrations VALUES (?, ?, ?)", (step.name, step.digest, now))
    if taken:
        con.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        con.execute(f"PRAGMA user_version = {MIGRATIONS.index(taken[-1]) + 1}")
    return tuple(step.name for step in taken)


def _statements(sql: str) -> list[str]:
    """Whole statements; a semicolon inside a trigger does not end one."""
    found: list[str] = []
    held = ""
    for line in sql.splitlines(keepends=True):
        held += line
        if sqlite3.complete_statement(held):
            found.append(held)
            held = ""
    return found
