"""A backup is whole while others write; what is restored or rebuilt is the same ledger, or nothing is touched."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from detente.errors import BundleError, DetenteError, LedgerBusy, LedgerError, LedgerUnsound, LedgerVersion
from detente.keep import copies, openfiles, schema, verify
from detente.keep.ledger import FILE, CaseLoad, Reader, Writer
from detente.records import Claim, Coverage, Document, Merge, Party, Review

NOW = "2026-01-01T00:00:00Z"
WRITING = """
import sys
from pathlib import Path
from detente.keep.ledger import Writer
from detente.records import Document
with Writer.open(Path(sys.argv[1]), wait_seconds=30) as writer:
    for number in range(10_000):
        with writer.transaction():
            writer.add_document(Document(text=f"Report {number} of a busy day.", source="The Gazette"))
        print(number, flush=True)
"""


def filled(folder: Path, *, documents: int = 3) -> None:
    """A ledger with every table in use, odd letters and bytes that are no text among it."""
    original = bytes(range(256))
    kept = hashlib.sha256(original).hexdigest()
    with Writer.open(folder, now=NOW) as writer, writer.transaction():
        for number in range(documents):
            doc = Document(
                text=f"Aino Virta visited “Reykjavík” ⟨{number}⟩ 평양\n\ttwice.", source="The Gazette", published=date(2014, 5, 8), original=kept
            )
            claim = Claim(
                kind="visit",
                spans=(doc.span(0, 10),),
                source=(Party(state="FIN", person="Aino Virta"),),
                target=(Party(state="ISL"),),
                known=date(2014, 5, 8),
                probability=0.1 + number / 3,
                why="words",
            )
            writer.add_document(doc, original=original)
            writer.add_claim(claim)
            writer.add_coding(doc.id, [claim.id], now=NOW)
            writer.add_review(Review(claim=claim.id, decision="accepted", reviewer="Ålesund", at=NOW))
            writer.add_merge(Merge(claim=claim.id, act="act:one", decision="joined", by="Aino", at=NOW, reason="the same day"))
        writer.add_case(
            CaseLoad("fin-isl", "d1", "{}", (("r1", claim.id),), (Coverage("FIN", "ISL", date(2010, 1, 1), date(2020, 1, 1), "full", ""),)), now=NOW
        )
        writer.add_run("read", now=NOW, version="1", counts={"read": documents})


def rows(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    with Reader.open(folder) as ledger:
        return {table: ledger.run(f"SELECT rowid, * FROM {table} ORDER BY rowid").fetchall() for table in schema.GROWING}


def restated(folder: Path, change: Callable[[str], str], *, table: str = "claims") -> None:
    """Change a file of an export and state its new hash, as one who means harm would."""
    path, manifest = folder / f"{table}.jsonl", folder / openfiles.MANIFEST
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    stated = json.loads(manifest.read_text())
    stated["files"][path.name]["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    manifest.write_text(json.dumps(stated))


def test_every_table_of_the_file_is_one_that_copies_carry(tmp_path: Path) -> None:
    filled(tmp_path)
    with Reader.open(tmp_path) as ledger:
        found = {name for (name,) in ledger.run("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    assert {name for name in found if not name.startswith(("sqlite_", "documents_text"))} == {*schema.GROWING, *schema.DERIVED, "migrations"}


def test_a_restored_backup_is_the_same_ledger_row_by_row(tmp_path: Path) -> None:
    filled(tmp_path / "a")
    made = copies.backup(tmp_path / "a", tmp_path / "copy.sqlite")
    done = copies.restore(tmp_path / "copy.sqlite", tmp_path / "b", force=False, now=NOW)
    assert made.head == done.head
    assert rows(tmp_path / "b") == rows(tmp_path / "a")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b", "copy.sqlite"], "nothing is left beside them"


def test_a_rebuilt_export_is_the_same_ledger_row_by_row(tmp_path: Path) -> None:
    filled(tmp_path / "a")
    made = openfiles.export(tmp_path / "a", tmp_path / "open")
    done = openfiles.rebuild(tmp_path / "open", tmp_path / "b", force=False, now=NOW)
    assert made.head == done.head
    assert rows(tmp_path / "b") == rows(tmp_path / "a")
    with Reader.open(tmp_path / "b") as ledger:
        assert len(ledger.search("visited twice")) == 3
    openfiles.export(tmp_path / "b", tmp_path / "again")
    for path in (tmp_path / "open").iterdir():
        assert (tmp_path / "again" / path.name).read_bytes() == path.read_bytes()


def test_a_backup_and_an_export_are_sound_while_another_process_writes(tmp_path: Path) -> None:
    filled(tmp_path / "a")
    with subprocess.Popen([sys.executable, "-c", WRITING, str(tmp_path / "a")], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        sizes = []
        for number in range(4):
            told = [int(process.stdout.readline()) for _ in range(20)][-1]
            copy = copies.backup(tmp_path / "a", tmp_path / f"{number}.sqlite")
            openfiles.export(tmp_path / "a", tmp_path / f"open{number}")
            assert openfiles.rebuild(tmp_path / f"open{number}", tmp_path / f"b{number}", force=False, now=NOW).counts["documents"] >= told
            assert copy.counts["documents"] >= 3 + told + 1, "what was acknowledged before the backup is in it"
            sizes.append(copy.counts["documents"])
        process.kill()
    assert sizes == sorted(set(sizes)), "the other process went on writing"


def test_a_ledger_is_replaced_only_by_force_and_then_kept(tmp_path: Path) -> None:
    filled(tmp_path / "a", documents=1)
    filled(tmp_path / "b", documents=2)
    before = rows(tmp_path / "b")
    copies.backup(tmp_path / "a", tmp_path / "copy.sqlite")
    openfiles.export(tmp_path / "a", tmp_path / "open")
    with pytest.raises(LedgerError, match="--force"):
        copies.restore(tmp_path / "copy.sqlite", tmp_path / "b", force=False, now=NOW)
    with pytest.raises(LedgerError, match="--force"):
        openfiles.rebuild(tmp_path / "open", tmp_path / "b", force=False, now=NOW)
    assert rows(tmp_path / "b") == before
    done = copies.restore(tmp_path / "copy.sqlite", tmp_path / "b", force=True, now=NOW)
    assert rows(tmp_path / "b") == rows(tmp_path / "a")
    assert done.replaced is not None
    copies.restore(done.replaced, tmp_path / "c", force=False, now=NOW)
    assert rows(tmp_path / "c") == before


def test_a_damaged_ledger_is_moved_aside_by_force(tmp_path: Path) -> None:
    filled(tmp_path / "a")
    copies.backup(tmp_path / "a", tmp_path / "copy.sqlite")
    whole = rows(tmp_path / "a")
    (tmp_path / "a" / FILE).write_bytes(b"spoilt" * 1000)
    done = copies.restore(tmp_path / "copy.sqlite", tmp_path / "a", force=True, now=NOW)
    assert rows(tmp_path / "a") == whole
    assert done.replaced is not None
    assert done.replaced.read_bytes().startswith(b"spoilt")


def test_a_ledger_in_use_is_not_replaced_under_its_writer(tmp_path: Path) -> None:
    filled(tmp_path / "a")
    copies.backup(tmp_path / "a", tmp_path / "copy.sqlite")
    with Writer.open(tmp_path / "a") as writer, writer.transaction(), pytest.raises(LedgerBusy):
        copies.restore(tmp_path / "copy.sqlite", tmp_path / "a", force=True, now=NOW)


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    filled(tmp_path / "a")
    (tmp_path / "there").write_text("mine")
    with pytest.raises(DetenteError, match="never overwritten"):
        copies.backup(tmp_path / "a", tmp_path / "there")
    with pytest.raises(DetenteError, match="never overwritten"):
        openfiles.export(tmp_path / "a", tmp_path / "there")
    assert (tmp_path / "there").read_text() == "mine"


def test_a_newer_or_foreign_ledger_is_refused(tmp_path: Path) -> None:
    filled(tmp_path / "a")
    copies.backup(tmp_path / "a", tmp_path / "newer.sqlite")
    openfiles.export(tmp_path / "a", tmp_path / "newer")
    with sqlite3.connect(tmp_path / "newer.sqlite") as con:
        con.execute(f"PRAGMA user_version = {len(schema.MIGRATIONS) + 1}")
    con.close()
    manifest = tmp_path / "newer" / openfiles.MANIFEST
    stated = json.loads(manifest.read_text())
    manifest.write_text(json.dumps({**stated, "tables": len(schema.MIGRATIONS) + 1}))
    with pytest.raises(LedgerVersion, match="newer Detente"):
        copies.restore(tmp_path / "newer.sqlite", tmp_path / "b", force=False, now=NOW)
    with pytest.raises(LedgerVersion, match="newer Detente"):
        openfiles.rebuild(tmp_path / "newer", tmp_path / "b", force=False, now=NOW)
    for content in (b"", b"no database" * 500):
        (tmp_path / "foreign").write_bytes(content)
        with pytest.raises(LedgerVersion):
            copies.restore(tmp_path / "foreign", tmp_path / "b", force=False, now=NOW)
    assert not (tmp_path / "b" / FILE).exists()


def test_a_ledger_of_each_older_version_is_brought_up_and_stays_sound(tmp_path: Path) -> None:
    for version in range(1, len(schema.MIGRATIONS) + 1):
        old = tmp_path / f"{version}.sqlite"
        con = sqlite3.connect(old)
        schema.migrate(con, now=NOW, upto=version)
        con.commit()
        con.close()
        copies.restore(old, tmp_path / str(version), force=False, now=NOW)
        with Reader.open(tmp_path / str(version)) as ledger:
            assert list(verify.problems(ledger)) == []
            assert ledger.run("PRAGMA user_version").fetchone() == (len(schema.MIGRATIONS),)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("visit", "quest"),
        lambda text: "\n".join(text.splitlines()[1:]) + "\n",
        lambda text: text + text,
        lambda text: text.replace('"kind":', '"kind) VALUES (1); DROP TABLE claims; --":'),
        lambda text: text.replace('"record": "', '"record": "['),
        lambda text: "[" * 100_000,
        lambda text: text.replace('"number": 1,', '"number": 99999999999999999999,'),
        lambda text: text.replace('"why": "words"', '"why": ["words"]'),
    ],
    ids=["other words", "row missing", "rows twice", "column that is SQL", "record that is none", "deep", "number too large", "list"],
)
def test_open_files_that_were_changed_are_refused_even_with_true_hashes(tmp_path: Path, change: Callable[[str], str]) -> None:
    filled(tmp_path / "a")
    openfiles.export(tmp_path / "a", tmp_path / "open")
    restated(tmp_path / "open", change)
    with pytest.raises((BundleError, LedgerUnsound, LedgerError)):
        openfiles.rebuild(tmp_path / "open", tmp_path / "b", force=False, now=NOW)
    assert not (tmp_path / "b" / FILE).exists()


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{}", b"[" * 100_000, b'{"format":1,"program":"detente","tables":1,"head":"x","files":{"../etc.jsonl":{}}}']
)
def test_a_manifest_that_is_none_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / openfiles.MANIFEST).write_bytes(content)
    with pytest.raises(BundleError):
        openfiles.rebuild(tmp_path, tmp_path / "b", force=False, now=NOW)


def test_a_flipped_byte_of_an_export_is_found_by_its_hash(tmp_path: Path) -> None:
    filled(tmp_path / "a")
    openfiles.export(tmp_path / "a", tmp_path / "open")
    path = tmp_path / "open" / "runs.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"version": "1"', b'"version": "2"'))
    with pytest.raises(BundleError, match="manifest"):
        openfiles.rebuild(tmp_path / "open", tmp_path / "b", force=False, now=NOW)
