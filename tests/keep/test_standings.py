"""The tables that say where claims stand, against the definition: whatever happens to a ledger in whatever order, they say the same."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente import dates, pipeline
from detente.keep import copies, decisions, derived, openfiles, queues, reviews, schema, sentences, standings, verify
from detente.keep.ledger import FILE, CaseLoad, Reader, Writer
from detente.keep.queues import STATES, Sought
from detente.records import Claim, Document, Merge, Party, Review

NOW = "2026-01-01T00:00:00Z"
DOCS = [
    Document(text="Finland's minister visited Iceland. Norway praised it.", source="The Post", published=date(2019, 5, 5)),
    Document(text="Iceland and Norway met. 노르웨이가 만났다.", source="The Gazette", published=None),
]


def told(doc: Document, kind: str, states: str, words: str, status: str = "happened", by: str = "coder") -> Claim:
    start = doc.text.index(words)
    source, target = (tuple(Party(state=code) for code in side.split("+")) for side in states.split())
    spans, valid = (doc.span(start, start + len(words)),), dates.parse("2019-05") if kind == "visit" else None
    return Claim(kind=kind, spans=spans, source=source, target=target, made_by=by, status=status, valid=valid, known=doc.published)  # type: ignore[arg-type]


CLAIMS = [
    told(DOCS[0], "visit", "FIN ISL", "visited"),
    told(DOCS[0], "visit", "FIN ISL", "visited", "planned"),
    told(DOCS[0], "visit", "FIN+NOR ISL", "visited", "happened", "person"),
    told(DOCS[0], "signal", "NOR ISL", "praised"),
    told(DOCS[1], "meeting", "ISL NOR", "met", "happened", "table"),
    told(DOCS[1], "meeting", "ISL NOR", "met"),
    told(DOCS[1], "meeting", "NOR ISL", "만났다"),
]
REVIEWERS = ("Ann", "Bo", "")
claim = st.integers(0, len(CLAIMS) - 1)
several = st.sets(claim)
edits = st.sampled_from([("kind", "signal"), ("status", "planned"), ("target", "SWE"), ("valid", "2020-02"), ("valid", ""), ("known", "2018-01-01")])
decision = st.sampled_from(["accepted", "edited", "rejected", "disputed", "retracted", "retracted"])
step = st.one_of(
    st.tuples(st.just("add"), claim),
    st.tuples(st.just("code"), st.integers(0, 1), several),
    st.tuples(st.just("review"), claim, decision, st.sampled_from(REVIEWERS[:2]), edits),
    st.tuples(st.just("merge"), claim, st.sampled_from(["joined", "parted", "retracted"]), st.sampled_from(REVIEWERS[:2])),
    st.tuples(st.just("case"), st.sampled_from(["one", "two"]), several),
)
batches = st.lists(st.lists(step, max_size=6), max_size=8)


def keep(writer: Writer, what: str, *more: Any, at: str) -> None:
    """One step; what cannot be, as a review of a claim that is not there, is left out."""
    known = {key for (key,) in writer.run("SELECT id FROM claims")}
    if what == "add":
        writer.add_claim(CLAIMS[more[0]])
    elif what == "code":
        mine = [CLAIMS[n].id for n in sorted(more[1]) if CLAIMS[n].spans[0].document == DOCS[more[0]].id]
        writer.add_coding(DOCS[more[0]].id, mine, now=NOW)
    elif what == "case":
        rows = tuple((str(n), CLAIMS[n].id) for n in sorted(more[1]) if CLAIMS[n].id in known)
        writer.add_case(CaseLoad(more[0], f"{sorted(more[1])}", "{}", rows, ()), now=NOW)
    elif CLAIMS[more[0]].id in known:
        key = CLAIMS[more[0]].id
        if what == "review":
            made = Review(claim=key, decision=more[1], reviewer=more[2], at=at, edits=(more[3],) if more[1] == "edited" else ())
            writer.add_review(made)
        else:
            writer.add_merge(Merge(claim=key, act="act:1", decision=more[1], by=more[2], at=at, reason=""))


def keep_all(folder: Path, told: list[list[tuple[Any, ...]]]) -> Iterator[None]:
    clock = 0
    with Writer.open(folder, now=NOW) as writer:
        with writer.transaction():
            for doc in DOCS:
                writer.add_document(doc)
        for batch in told:
            with writer.transaction():
                for each in batch:
                    clock += 1
                    keep(writer, *each, at=f"2026-01-01T00:00:{clock:02}Z")
            yield


NUMBERS = "SELECT c.number, d.number FROM claims c JOIN documents d ON d.id = c.document WHERE c.id = ?"


def expected(ledger: Reader) -> list[standings.Row]:
    """What the definition says of every claim, each read whole."""
    held, found = standings.Standings(ledger.run), list[standings.Row]()
    for slot, claim in ledger.slotted():
        judged = held.of(claim.id, slot=slot, made_by=claim.made_by)
        if judged is None:
            continue
        now = reviews.stands(claim, judged).claim
        number, document = ledger.run(NUMBERS, (claim.id,)).fetchone()
        known = None if now.known is None else str(now.known)
        start, stop = (known, known) if now.valid is None else (str(now.valid.start), str(now.valid.stop))
        maker = claim.made_by if claim.made_by in ("person", "table") else "coder"
        found.append((number, judged.place, maker, now.kind, now.status, derived.key(now.states), start or "", stop or "9999", document))
    return found


def fits(what: Sought, row: standings.Row, source: str, text: str, deciders: set[str]) -> bool:
    _, place, maker, kind, status, states, *_ = row
    decided = place in ("accepted", "rejected", "disputed")
    if (what.kind and kind != what.kind) or (what.status and status != what.status) or not what.states <= set(states.split()):
        return False
    if (maker != what.maker if what.maker else maker == "table" and not decided) or what.publication.casefold() not in source.casefold():
        return False
    shown = {"open": place == "open", "mine": what.reviewer not in deciders, "decided": decided, "disputed": place == "disputed", "all": True}
    return shown[what.state] and what.words.casefold() in text.casefold()


ASKED = (
    Sought(),
    Sought(states=frozenset({"ISL"})),
    Sought(states=frozenset({"SWE", "NOR"})),
    Sought(kind="signal"),
    Sought(maker="table"),
    Sought(publication="post"),
    Sought(publication="THE", states=frozenset({"NOR"}), status="planned"),
    Sought(words="만났"),
    Sought(document=DOCS[1].id, states=frozenset({"ISL"})),
)


def compared(ledger: Reader, rows: list[standings.Row]) -> None:
    """The queue, by every filter, state and reviewer, against a look at every row."""
    kept = decisions.kept((review.claim, review) for _, review in ledger.reviews())
    claims = dict(ledger.run("SELECT number, id FROM claims").fetchall())
    by_id = {claim.id: claim for claim in CLAIMS}
    for what in (replace(asked, state=state, reviewer=who) for asked in ASKED for state in STATES for who in REVIEWERS):
        wanted, every, done = list[str](), 0, 0
        for row in rows:
            key = claims[row[0]]
            doc = DOCS[row[8] - 1]
            span = by_id[key].spans[0]
            text = sentences.sentence(doc.text, span.start, span.stop)
            deciders = {review.reviewer for review in kept.get(key, ())}
            if what.document and doc.id != what.document:
                continue
            every += fits(replace(what, state="all"), row, doc.source, text, deciders)
            done += fits(replace(what, state="all"), row, doc.source, text, deciders) and (
                what.reviewer in deciders if what.state == "mine" else row[1] != "open"
            )
            wanted += [key] if fits(what, row, doc.source, text, deciders) else []
        found = list(queues.entries(ledger, what))
        held = queues.told(ledger, what)
        numbers = None if held is None else held.numbers
        assert [each.stored for each in found] == wanted
        assert queues.progress(ledger, what, numbers) == (done, every, len(wanted))
        round_trip = [queues.following(ledger, what, each.number, numbers) for each in found]
        assert round_trip == [*wanted[1:], *wanted[:1]]
        assert queues.following(ledger, what, 0, numbers) == (wanted[0] if wanted else "")
        for each in found:
            assert each.deciders == {review.reviewer for review in kept.get(each.stored, ())}
            assert (each.judged.review is None) == (not kept.get(each.stored))


@settings(max_examples=60)
@given(batches)
def test_whatever_happens_the_tables_say_what_the_definition_says(told: list[list[tuple[Any, ...]]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for _ in keep_all(folder, told):
            with Reader.open(folder) as ledger:
                assert list(standings.stored(ledger.run)) == expected(ledger)
                assert list(standings.problems(ledger.run)) == []
        with Reader.open(folder) as ledger:
            compared(ledger, expected(ledger))
            for names in ((), ("ISL",), ("NOR", "SWE")):
                for proposed in (False, True):
                    stand = [s for s in reviews.standing(ledger) if s.claim.states >= set(names) and not (proposed and (s.accepted or s.disputed))]
                    numbers, every = queues.latest(ledger, frozenset(names), proposed=proposed, limit=2)
                    assert (reviews.standing(ledger, numbers=numbers), every) == (stand[-2:], len(stand))
            last = {who: queues.last(ledger, who) for who in REVIEWERS}
            kept: list[Review | Merge] = [r for made in decisions.kept(ledger.reviews()).values() for r in made]
            kept += [m for made in decisions.kept((m.claim, m) for m in ledger.merges()).values() for m in made]
        assert last == {who: max((d for d in kept if decisions.person(d) == who), key=lambda d: d.at, default=None) for who in REVIEWERS}


FULL: list[list[tuple[Any, ...]]] = [
    [("add", n) for n in range(len(CLAIMS))],
    [("code", 0, {0, 1, 3}), ("code", 1, {5, 6}), ("case", "one", {4})],
    [("review", 0, "edited", "Ann", ("target", "SWE")), ("review", 3, "rejected", "Bo", ()), ("review", 5, "disputed", "Ann", ())],
    [("review", 5, "retracted", "Ann", ()), ("merge", 5, "joined", "Bo"), ("merge", 6, "joined", "Bo"), ("merge", 6, "retracted", "Bo")],
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    assert len(list(keep_all(tmp_path / "data", FULL))) == len(FULL)
    return tmp_path / "data"


def held(folder: Path) -> tuple[object, ...]:
    with Reader.open(folder) as ledger:
        assert list(verify.problems(ledger)) == []
        kept = ledger.run("SELECT * FROM decisions_kept ORDER BY made, number").fetchall()
        counted = ledger.run("SELECT place, maker, kind, status, claims FROM standing_parts WHERE claims > 0 ORDER BY 1, 2, 3, 4").fetchall()
        return list(standings.stored(ledger.run)), kept, counted, sorted(ledger.run("SELECT * FROM state_sets"))


def changed(folder: Path, *statements: str) -> None:
    with closing(sqlite3.connect(folder / FILE)) as con, con:
        for sql in statements:
            con.execute(sql)


def test_an_older_ledger_a_restored_and_a_rebuilt_one_say_the_same(folder: Path, tmp_path: Path) -> None:
    was = held(folder)
    assert len(was[0]) == 5 and len(was[1]) == 3  # type: ignore[arg-type]
    copies.backup(folder, tmp_path / "copy.sqlite")
    openfiles.export(folder, tmp_path / "open")
    copies.restore(tmp_path / "copy.sqlite", tmp_path / "restored", force=False, now=NOW)
    openfiles.rebuild(tmp_path / "open", tmp_path / "rebuilt", force=False, now=NOW)
    assert held(tmp_path / "restored") == held(tmp_path / "rebuilt") == was
    gone = ["DROP INDEX documents_source", "DELETE FROM migrations WHERE name = 'standing_claims'", "PRAGMA user_version = 2"]
    changed(folder, *(f"DROP TABLE {table}" for table in schema.FOLLOWING), *gone)
    assert held(folder) == was


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM standings WHERE claim = 1",
        "UPDATE standings SET states = 'FIN NOR' WHERE claim = 1",
        "UPDATE standings SET part = part + 1 WHERE claim = 1",
        "INSERT INTO standings SELECT 99, part, states, start, stop, document FROM standings WHERE claim = 1",
        "UPDATE standing_parts SET claims = claims + 1 WHERE id = 1",
        "DELETE FROM decisions_kept WHERE made = 'merge'",
        "UPDATE decisions_kept SET person = 'Cy'",
    ],
)
def test_verify_notices_where_the_tables_say_otherwise(folder: Path, sql: str) -> None:
    changed(folder, sql)
    assert list(pipeline.verify(folder))


def test_a_failed_transaction_leaves_claims_where_they_stood(folder: Path) -> None:
    was = held(folder)
    with Writer.open(folder, now=NOW) as writer:
        with pytest.raises(RuntimeError), writer.transaction():
            writer.add_review(Review(claim=CLAIMS[6].id, decision="rejected", reviewer="Ann", at=NOW))
            raise RuntimeError
        with writer.transaction():
            writer.add_document(Document(text="Another.", source="The Post"))
    assert held(folder) == was


def test_words_are_looked_for_only_in_what_came_since_and_anew_in_another_ledger(folder: Path, tmp_path: Path) -> None:
    what = Sought(words="NORWAY")
    before = pipeline.told(what, data=folder)
    assert before is not None and list(before.numbers) == [4, 5, 6]
    doc = Document(text="Norway met Iceland again.", source="The Post", published=date(2020, 1, 1))
    late = told(doc, "meeting", "NOR ISL", "met")
    with Writer.open(folder, now=NOW) as writer, writer.transaction():
        writer.add_document(doc)
        writer.add_claim(late)
    after = pipeline.told(what, data=folder, before=before)
    assert after is not None and list(after.numbers) == [4, 5, 6, 8]
    assert after == pipeline.told(what, data=folder)
    assert len(list(keep_all(tmp_path / "other", [[("add", 3)]]))) == 1
    other = pipeline.told(what, data=tmp_path / "other", before=after)
    assert other is not None and list(other.numbers) == [1]
