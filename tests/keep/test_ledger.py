from __future__ import annotations

import shutil
import sqlite3
import threading
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente import dates
from detente.errors import LedgerBusy, LedgerError, LedgerUnsound, LedgerVersion
from detente.keep import schema, verify
from detente.keep.ledger import FILE, CaseLoad, Reader, Writer
from detente.keep.standings import Standings
from detente.records import Claim, Coverage, Document, Merge, Party, Review

NOW = "2026-01-01T00:00:00Z"


def document(text: str = "The minister of Finland visited Reykjavik.", **more: object) -> Document:
    return Document(text=text, source="The Gazette", published=date(2014, 5, 8), **more)  # type: ignore[arg-type]


def claim(doc: Document, **more: object) -> Claim:
    given: dict[str, object] = {
        "kind": "visit",
        "spans": (doc.span(0, min(8, len(doc.text))),),
        "source": (Party(state="FIN", person="Aino Virta", office="Minister", rank=4),),
        "target": (Party(state="ISL"),),
        "valid": dates.parse("2014-05-01"),
        "known": date(2014, 5, 8),
        "details": (("occasion", "talks"),),
    }
    return Claim(**{**given, **more})  # type: ignore[arg-type]


def filled(folder: Path) -> tuple[Document, Claim]:
    doc = document()
    made = claim(doc)
    with Writer.open(folder, now=NOW) as writer, writer.transaction():
        writer.add_document(doc)
        writer.add_claim(made)
    return doc, made


def test_what_is_read_back_is_what_was_kept(tmp_path: Path) -> None:
    doc, made = filled(tmp_path)
    with Reader.open(tmp_path) as ledger:
        assert list(ledger.documents()) == [doc]
        assert list(ledger.claims()) == [made]
        assert ledger.document(doc.id) == doc
        assert ledger.document("doc:none") is None


def test_appending_twice_is_appending_once(tmp_path: Path) -> None:
    doc, made = filled(tmp_path)
    with Writer.open(tmp_path, now=NOW) as writer, writer.transaction():
        assert not writer.add_document(doc)
        assert not writer.add_claim(made)
    with Reader.open(tmp_path) as ledger:
        assert ledger.counts()["documents"] == ledger.counts()["claims"] == 1


def test_an_empty_ledger_is_sound_and_holds_nothing(tmp_path: Path) -> None:
    Writer.open(tmp_path, now=NOW).close()
    with Reader.open(tmp_path) as ledger:
        assert list(verify.problems(ledger)) == []
        assert not any(ledger.counts().values())
        assert ledger.search("anything") == []


def test_claims_are_those_known_by_the_day(tmp_path: Path) -> None:
    filled(tmp_path)
    with Reader.open(tmp_path) as ledger:
        assert list(ledger.claims(as_of=date(2014, 5, 7))) == []
        assert len(list(ledger.claims(as_of=date(2014, 5, 8)))) == 1


def test_claims_of_states_are_those_that_name_one_of_them(tmp_path: Path) -> None:
    filled(tmp_path)
    with Reader.open(tmp_path) as ledger:
        assert len(list(ledger.claims(numbers=[1]))) == 1
        assert list(ledger.claims(numbers=[])) == []


def test_full_text_finds_words_without_their_accents(tmp_path: Path) -> None:
    with Writer.open(tmp_path, now=NOW) as writer, writer.transaction():
        writer.add_document(document("Détente came to the port."))
    with Reader.open(tmp_path) as ledger:
        assert len(ledger.search("detente port")) == 1
        assert ledger.search('detente "quoted') == []


@pytest.mark.parametrize("table", schema.GROWING)
def test_nothing_can_be_overwritten_or_deleted(tmp_path: Path, table: str) -> None:
    doc, made = filled(tmp_path)
    with Writer.open(tmp_path, now=NOW) as writer:
        with writer.transaction():
            writer.add_document(document("Another."), original=b"x")
            writer.add_review(Review(claim=made.id, decision="accepted", reviewer="me", at=NOW))
            writer.add_merge(Merge(claim=made.id, act="act:1", decision="joined", by="me", at=NOW, reason="same"))
            writer.add_coding(doc.id, [made.id], now=NOW)
            cover = Coverage("FIN", "ISL", date(2010, 1, 1), date(2015, 1, 1), "full", "")
            writer.add_case(CaseLoad("made", "digest", "{}", (("k", made.id),), (cover,)), now=NOW)
            writer.add_run("read", now=NOW, version="0", counts={})
        writer.run("INSERT OR IGNORE INTO originals VALUES ('x', x'00')")
        with pytest.raises(LedgerUnsound, match="only grows"):
            writer.run(f"DELETE FROM {table}")
        column = writer.run(f"SELECT name FROM pragma_table_info('{table}') LIMIT 1").fetchone()[0]
        with pytest.raises(LedgerUnsound, match="only grows"):
            writer.run(f"UPDATE {table} SET {column} = {column}")


def test_a_failed_transaction_leaves_nothing(tmp_path: Path) -> None:
    Writer.open(tmp_path, now=NOW).close()
    with Writer.open(tmp_path, now=NOW) as writer, pytest.raises(RuntimeError), writer.transaction():
        writer.add_document(document())
        raise RuntimeError
    with Reader.open(tmp_path) as ledger:
        assert ledger.counts()["documents"] == 0


def test_a_second_writer_waits_and_then_gets_a_clear_message(tmp_path: Path) -> None:
    with Writer.open(tmp_path, now=NOW) as first, first.transaction():
        second = Writer.open(tmp_path, wait_seconds=0.1, now=NOW)
        with second, pytest.raises(LedgerBusy, match="another process is writing"), second.transaction():
            pass


def test_a_second_writer_gets_its_turn_when_the_first_is_done(tmp_path: Path) -> None:
    added: list[bool] = []

    def second() -> None:
        with Writer.open(tmp_path, wait_seconds=10, now=NOW) as writer, writer.transaction():
            added.append(writer.add_document(document()))

    with Writer.open(tmp_path, now=NOW) as first:
        first.run("BEGIN IMMEDIATE")
        waiting = threading.Thread(target=second)
        waiting.start()
        waiting.join(0.3)
        assert added == []
        first.run("COMMIT")
        waiting.join()
    assert added == [True]


def test_readers_never_wait_for_a_writer(tmp_path: Path) -> None:
    filled(tmp_path)
    with Writer.open(tmp_path, now=NOW) as writer, writer.transaction():
        writer.add_document(document("Not yet there."))
        with Reader.open(tmp_path) as ledger:
            assert ledger.counts()["documents"] == 1


def test_a_missing_ledger_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="detente case load"):
        Reader.open(tmp_path / "none")


def test_a_newer_ledger_is_refused_and_left_alone(tmp_path: Path) -> None:
    Writer.open(tmp_path, now=NOW).close()
    con = sqlite3.connect(tmp_path / FILE)
    con.execute(f"PRAGMA user_version = {len(schema.MIGRATIONS) + 1}")
    con.close()
    before = (tmp_path / FILE).read_bytes()
    for opened in (Reader.open, Writer.open):
        with pytest.raises(LedgerVersion, match="newer"):
            opened(tmp_path)
    assert (tmp_path / FILE).read_bytes() == before


def test_an_older_ledger_is_brought_up_by_the_first_who_opens_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(tmp_path)
    extra = schema.Migration("later_table", "CREATE TABLE later (x INTEGER) STRICT;\n")
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, extra))
    with Reader.open(tmp_path) as ledger:
        assert ledger.run("SELECT count(*) FROM later").fetchone() == (0,)
        assert list(verify.problems(ledger)) == []


def test_a_foreign_file_is_refused(tmp_path: Path) -> None:
    con = sqlite3.connect(tmp_path / FILE)
    con.execute("CREATE TABLE theirs (x)")
    con.commit()
    con.close()
    with pytest.raises(LedgerVersion, match="another program"):
        Reader.open(tmp_path)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"these are no pages of SQLite" * 100)
    with pytest.raises(LedgerVersion, match="is not one or is damaged"):
        Reader.open(tmp_path)


def test_a_review_of_an_unknown_claim_is_refused(tmp_path: Path) -> None:
    with Writer.open(tmp_path, now=NOW) as writer, writer.transaction(), pytest.raises(LedgerUnsound, match="unknown"):
        writer.add_review(Review(claim="clm:none", decision="accepted", reviewer="me", at=NOW))


def tampered(folder: Path, sql: str) -> list[str]:
    con = sqlite3.connect(folder / FILE)
    for (name,) in con.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE '%kept%'").fetchall():
        con.execute(f"DROP TRIGGER {name}")
    con.execute(sql)
    con.commit()
    con.close()
    with Reader.open(folder) as ledger:
        return list(verify.problems(ledger))


def test_verify_notices_a_changed_word_in_a_document(tmp_path: Path) -> None:
    filled(tmp_path)
    found = tampered(tmp_path, "UPDATE documents SET text = replace(text, 'minister', 'Minister')")
    assert any("holds content whose identity is" in line for line in found)
    assert any("do not stand in its document" in line for line in found)


def test_verify_notices_a_changed_claim(tmp_path: Path) -> None:
    filled(tmp_path)
    assert tampered(tmp_path, "UPDATE claims SET record = replace(record, 'FIN', 'NOR')")


def test_verify_notices_a_migration_taken_in_another_form(tmp_path: Path) -> None:
    filled(tmp_path)
    assert tampered(tmp_path, "UPDATE migrations SET digest = 'other' WHERE name = 'first_tables'") == [
        "migration first_tables was taken in another form than this version knows"
    ]


def test_only_a_changed_case_is_loaded_again(tmp_path: Path) -> None:
    _, made = filled(tmp_path)
    load = CaseLoad("made", "one", "{}", (("k", made.id),), ())
    with Writer.open(tmp_path, now=NOW) as writer, writer.transaction():
        assert writer.add_case(load, now=NOW)
        assert not writer.add_case(load, now=NOW)
        assert writer.add_case(CaseLoad("made", "two", "{}", (), ()), now=NOW)
    with Reader.open(tmp_path) as ledger:
        assert ledger.cases()["made"].rows == ()
        assert Standings(ledger.run).tabled == {made.id}


@given(text=st.text(min_size=1, max_size=200).filter(lambda t: "\x00" not in t and not any("\ud800" <= c <= "\udfff" for c in t)))
def test_any_text_is_kept_verbatim(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("ledger")
    doc = document(text)
    with Writer.open(folder, now=NOW) as writer, writer.transaction():
        writer.add_document(doc)
        writer.add_claim(claim(doc, spans=(doc.span(0, len(text)),)))
    with Reader.open(folder) as ledger:
        assert next(ledger.documents()).text == text
        assert list(verify.problems(ledger)) == []


def test_what_a_killed_writer_left_half_done_is_taken_back_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a" / FILE
    path.parent.mkdir()
    con = sqlite3.connect(path, isolation_level=None)
    con.execute("PRAGMA cache_size = 1")
    con.execute("CREATE TABLE other (a)")
    con.execute("BEGIN")
    con.executemany("INSERT INTO other VALUES (?)", [("x" * 3_000,) for _ in range(400)])
    killed = tmp_path / "b"
    shutil.copytree(path.parent, killed)
    con.close()
    assert (killed / f"{FILE}-journal").stat().st_size
    with pytest.raises(LedgerVersion, match="another program"):
        Reader.open(killed)
