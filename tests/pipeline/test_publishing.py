from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pypdf
import pytest

import held
import made
from detente import pipeline
from detente.errors import BundleError, InputError, LedgerError, QuestionError
from detente.keep.ledger import Reader, Writer
from detente.pipeline import keeping, publishing
from detente.publish import bundles, lint, pages
from detente.publish.brief import Brief, Row, Sentence
from detente.records import Document, Review

TODAY = date(2026, 1, 1)
DAY = date(2014, 12, 31)
NOW = "2026-01-01T00:00:00Z"
ROWS = [
    *(made.act(f"v{year}-{month}", f"{year}-{month:02d}-10", dimensions="contact") for year in range(2000, 2015) for month in (3, 9)),
    *(made.act(f"e{month}", f"2014-{month:02d}-20", dimensions="contact symbolic") for month in range(5, 11)),
    made.act("crisis", "2014-06-01", kind="shock", target="", text="A crisis struck the banks of Finland."),
    made.act("far", "2014-06-01", source="PER", target="CHL", text="A minister of Peru visited Chile."),
]
Loaded = Callable[..., Path]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    pipeline.load_case(made.case(folder / "case", acts=ROWS), data=folder / "data", now=NOW)
    return folder / "data"


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cases")
    for name in ("russia-dprk", "cuba-usa"):
        pipeline.load_case(held.CASES / name, data=folder, now=NOW)
    return folder


def composed(data: Path, names: tuple[str, str] = ("FIN", "ISL"), day: date = DAY) -> Brief:
    return publishing.made(names, data=data, as_of=day, today=TODAY)[1]


def bundled(data: Path, folder: Path) -> bytes:
    pipeline.bundle(("FIN", "ISL"), data=data, as_of=DAY, today=TODAY, output=folder / "b.zip")
    return (folder / "b.zip").read_bytes()


def changed(packed: bytes, name: str, change: Callable[[str], str], *, honest: bool) -> bytes:
    """The bundle with one file changed; with `honest` the manifest has its new hash."""
    with zipfile.ZipFile(io.BytesIO(packed)) as zipped:
        files = {each: zipped.read(each).decode() for each in zipped.namelist()}
    files[name] = change(files[name])
    if honest:
        manifest = json.loads(files[bundles.MANIFEST])
        manifest["files"][name] = bundles.digest(files[name])
        files[bundles.MANIFEST] = json.dumps(manifest)
    return zipped_of(files)


def zipped_of(files: dict[str, str]) -> bytes:
    made_of = io.BytesIO()
    with zipfile.ZipFile(made_of, "w", zipfile.ZIP_DEFLATED) as new:
        for each, text in files.items():
            new.writestr(each, text)
    return made_of.getvalue()


DAYS = [(("Russia", "North Korea"), day) for day in ("2014-05-15", "2020-12-31", "2024-12-31")]
DAYS += [(("Cuba", "United States"), day) for day in ("2014-12-31", "2016-12-31", "2024-12-31")]


@pytest.mark.parametrize(("names", "day"), DAYS)
def test_our_own_brief_passes_its_linter_and_every_sentence_leads_to_acts(cases: Path, names: tuple[str, str], day: str) -> None:
    brief = composed(cases, names, date.fromisoformat(day))
    assert lint.faults(pages.markdown(brief)) == ()
    known = {act.id for act in pipeline.known(cases, as_of=date.fromisoformat(day)).acts}
    noted = {note.act for note in brief.notes}
    sentences = [sentence for section in brief.sections for sentence in section.sentences]
    every: list[Sentence | Row] = [*brief.glance, *sentences]
    for each in every:
        assert brief.rests(each), each
        assert brief.rests(each) <= known & noted
        shown = {number for label, basis in brief.bases if label in brief.labels(each) for number in brief.numbers(basis.acts)}
        assert brief.rests(each) == {note.act for note in brief.notes if note.number in shown} | set(getattr(each, "acts", ()))


def test_every_mark_of_the_text_can_be_followed_to_an_identity(ledger: Path) -> None:
    text = pages.markdown(composed(ledger))
    bodies = dict(re.findall(r"^\[\^(\w+)\]: (.*)$", text, re.MULTILINE))
    for line in text.split("## Notes", maxsplit=1)[0].splitlines():
        for mark in re.findall(r"\[\^(\w+)\]", line):
            marks = [mark] if mark.isdigit() else re.findall(r"\[\^(\d+)\]", bodies[mark])
            assert marks
            assert all(re.search(r"`act:[0-9a-f]{24}`", bodies[each]) for each in marks)


def test_deleting_an_act_changes_the_sentences_that_rest_on_it_and_no_others(tmp_path: Path, ledger: Path) -> None:
    old = composed(ledger)
    gone = [row for row in ROWS if row["key"] in ("v2003-3", "e5", "e9", "crisis", "v2014-9")]
    for number, row in enumerate(gone):
        folder = made.case(tmp_path / f"c{number}", acts=[each for each in ROWS if each is not row])
        pipeline.load_case(folder, data=tmp_path / f"d{number}", now=NOW)
        new = composed(tmp_path / f"d{number}")
        lost = {act.id for act in pipeline.known(ledger, as_of=DAY).acts if act.claim.detail("key") == row["key"]}
        assert len(lost) == 1
        before = {(s.title, x.text, old.rests(x)) for s in old.sections for x in s.sentences}
        after = {(s.title, x.text, new.rests(x)) for s in new.sections for x in s.sentences}
        untouched = {each for each in before if not each[2] & lost}
        assert untouched <= after
        assert before - after == {each for each in before if each[2] & lost}
        assert {each for each in before if each[2] & lost}


def test_an_act_that_nothing_rests_on_changes_nothing(tmp_path: Path, ledger: Path) -> None:
    folder = made.case(tmp_path / "case", acts=[row for row in ROWS if row["key"] != "far"], name="made")
    pipeline.load_case(folder, data=tmp_path / "data", now=NOW)
    assert pages.markdown(composed(tmp_path / "data")) == pages.markdown(composed(ledger))


@pytest.mark.parametrize(("names", "day"), [DAYS[0], DAYS[4]])
def test_what_is_published_is_what_the_whole_ledger_would_answer(cases: Path, names: tuple[str, str], day: str) -> None:
    as_of = date.fromisoformat(day)
    whole = pipeline.assess(names, data=cases, as_of=as_of, today=TODAY)
    held = keeping.sources(cases, as_of=as_of)
    narrow = publishing.narrowed(held, keeping.together(held), whole.dyad)
    assert pipeline.answer(keeping.together(narrow), dyad=whole.dyad, as_of=as_of) == whole
    assert len(narrow.standing) < len(keeping.sources(cases, as_of=as_of).standing)


def test_a_brief_is_made_again_from_its_bundle_alone(tmp_path: Path, ledger: Path) -> None:
    again = pipeline.reproduce(bundled(ledger, tmp_path), tmp_path / "again")
    assert again.differences == ()
    assert again.notes == ()
    for ending in publishing.FORMS:
        pipeline.brief(("Finland", "Iceland"), data=ledger, as_of=DAY, today=TODAY, output=tmp_path / f"brief{ending}")
        assert (tmp_path / "again" / f"brief{ending}").read_bytes() == (tmp_path / f"brief{ending}").read_bytes(), ending


def test_another_time_zone_tongue_and_seed_make_the_same_brief(tmp_path: Path, ledger: Path) -> None:
    bundled(ledger, tmp_path)
    run = [sys.executable, "-c", "from detente.cli import main; main()", "reproduce", str(tmp_path / "b.zip"), "-o", str(tmp_path / "again")]
    elsewhere = {**os.environ, "TZ": "Asia/Pyongyang", "LC_ALL": "C", "PYTHONHASHSEED": "7", "DETENTE_DATA": str(tmp_path / "none")}
    done = subprocess.run(run, capture_output=True, check=False, env=elsewhere)
    assert done.returncode == 0, done.stderr
    assert b"the same" in done.stdout


def test_a_bundle_is_the_same_bytes_each_time_and_holds_no_texts(tmp_path: Path, ledger: Path) -> None:
    words = "A long report. " * 50 + "Finland praised Iceland."
    doc = Document(text=words, source="The Herald", published=date(2014, 5, 1))
    with Writer.open(tmp_path / "data", now=NOW) as writer, writer.transaction():
        writer.add_document(doc)
    pipeline.load_case(made.case(tmp_path / "case", acts=ROWS), data=tmp_path / "data", now=NOW)
    first = bundled(tmp_path / "data", tmp_path)
    assert bundled(tmp_path / "data", tmp_path) == first
    assert b"A long report" not in b"".join(zipfile.ZipFile(io.BytesIO(first)).read(name) for name in bundles.FILES)
    manifest = bundles.unpack(first).manifest
    assert manifest["head"].startswith("led:")
    assert manifest["head"] != bundles.unpack(bundled(ledger, tmp_path)).manifest["head"]
    assert set(manifest["rules"]) >= {"ontology", "wording"}
    assert (manifest["dyad"], manifest["as_of"]) == (["FIN", "ISL"], "2014-12-31")


def test_a_changed_input_is_refused_however_it_was_changed(tmp_path: Path, ledger: Path) -> None:
    packed = bundled(ledger, tmp_path)
    for name in bundles.INPUTS[:3]:
        with pytest.raises(BundleError, match="SHA-256"):
            pipeline.reproduce(changed(packed, name, lambda text: f"{text}\n", honest=False), tmp_path / "x")
    forged = changed(packed, "inputs/claims.jsonl", lambda text: text.replace("A minister of Finland", "The king of Finland", 1), honest=True)
    with pytest.raises(BundleError, match="was changed"):
        pipeline.reproduce(forged, tmp_path / "x")
    assert not (tmp_path / "x").exists()


def test_a_claim_taken_out_of_an_honest_looking_bundle_shows_as_a_difference(tmp_path: Path, ledger: Path) -> None:
    packed = changed(bundled(ledger, tmp_path), "inputs/claims.jsonl", lambda text: text.split("\n", 1)[1], honest=True)
    again = pipeline.reproduce(packed, tmp_path / "x")
    assert "brief.md differs" in again.differences
    assert any(line.startswith("first in line") for line in again.differences)


def test_other_rules_and_another_program_are_named(tmp_path: Path, ledger: Path) -> None:
    def older(text: str) -> str:
        manifest = json.loads(text)
        manifest.update(version="0.0.9", rules={**manifest["rules"], "ontology": "0" * 64}, libraries={**manifest["libraries"], "typst": "0.1"})
        return json.dumps(manifest)

    again = pipeline.reproduce(changed(bundled(ledger, tmp_path), bundles.MANIFEST, older, honest=False), tmp_path / "x")
    told = " ".join(again.notes)
    assert "0.0.9" in told
    assert "rules in ontology" in told
    assert "typst was 0.1" in told
    assert again.differences == ()


def test_reviews_and_edits_travel_with_a_bundle(tmp_path: Path) -> None:
    pipeline.load_case(made.case(tmp_path / "case", acts=ROWS), data=tmp_path / "data", now=NOW)
    claim = pipeline.claims(tmp_path / "data", names=("FIN", "ISL"))[0]
    made_by_hand = Review(claim=claim.stored, decision="edited", reviewer="me", at=NOW, edits=(("valid", "2014-10-30"),))
    pipeline.review(made_by_hand, data=tmp_path / "data", now=NOW)
    again = pipeline.reproduce(bundled(tmp_path / "data", tmp_path), tmp_path / "again")
    assert again.differences == ()
    assert "2014-10-30" in (tmp_path / "again" / "brief.md").read_text(encoding="utf-8")


def test_the_pdf_says_what_the_markdown_says(tmp_path: Path, ledger: Path) -> None:
    brief = composed(ledger)
    pipeline.brief(("FIN", "ISL"), data=ledger, as_of=DAY, today=TODAY, output=tmp_path / "brief.pdf")
    read = pypdf.PdfReader(tmp_path / "brief.pdf")
    words = re.sub(r"[\s­-]+", "", "".join(page.extract_text() for page in read.pages))
    for section in brief.sections:
        for sentence in section.sentences:
            assert re.sub(r"[\s­-]+", "", sentence.text)[:60] in words, sentence.text
    assert all(note.act.split(":")[1] in words for note in brief.notes)
    assert read.metadata is not None
    assert str(read.metadata["/CreationDate"]).startswith("D:20141231")


def test_refused_clearly(tmp_path: Path, ledger: Path) -> None:
    def refused(names: tuple[str, str], day: str, data: Path) -> str:
        with pytest.raises((QuestionError, LedgerError)) as raised:
            publishing.made(names, data=data, as_of=date.fromisoformat(day), today=TODAY)
        return str(raised.value)

    assert "there is none yet" in refused(("FIN", "ISL"), "2014-12-31", tmp_path / "nothing")
    Writer.open(tmp_path / "empty", now=NOW).close()
    assert "none is known at all" in refused(("FIN", "ISL"), "2014-12-31", tmp_path / "empty")
    assert "the first is known since 2000-03-10" in refused(("FIN", "ISL"), "1999-12-31", ledger)
    assert "a grade of how well Chile and Peru were read" in refused(("PER", "CHL"), "2014-12-31", ledger)
    assert "a day up to today" in refused(("FIN", "ISL"), "2026-01-02", ledger)
    assert "none is known at all" in refused(("FIN", "NOR"), "2014-12-31", ledger)


def test_an_ending_that_is_no_form_is_refused(tmp_path: Path, ledger: Path) -> None:
    with pytest.raises(InputError, match=r"\.docx, \.html, \.md, \.pdf"):
        pipeline.brief(("FIN", "ISL"), data=ledger, as_of=DAY, today=TODAY, output=tmp_path / "brief.odt")
    with pytest.raises(InputError, match=r"\.bib, \.ris, \.json"):
        pipeline.cite(composed(ledger), tmp_path / "works.xml")


def test_the_head_of_a_ledger_does_not_depend_on_the_order_of_arrival(tmp_path: Path) -> None:
    from detente.keep import heads

    docs = [Document(text=f"Text {n}", source="The Herald") for n in range(3)]
    for name, order in (("a", docs), ("b", docs[::-1]), ("c", docs[:2])):
        with Writer.open(tmp_path / name, now=NOW) as writer, writer.transaction():
            for doc in order:
                writer.add_document(doc)
    found = {}
    for name in "abc":
        with Reader.open(tmp_path / name) as reader:
            found[name] = heads.head(reader)
    assert found["a"] == found["b"] != found["c"]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("inputs/documents.jsonl", '"document": "doc:', '"document": ["doc:'),
        ("inputs/documents.jsonl", '"publication": "The Gazette"', '"publication": 7'),
        ("inputs/documents.jsonl", '"published": "2000', '"published": "20x0'),
        ("inputs/cases.jsonl", '"about": "{', '"about": "['),
        ("inputs/cases.jsonl", '"1990-01-01"', "null"),
        ("inputs/claims.jsonl", '{"accepted"', '["accepted"'),
        ("inputs/claims.jsonl", '"spans": [', '"spans": [{}, '),
        (bundles.MANIFEST, '"2014-12-31"', '"2014-13-31"'),
        (bundles.MANIFEST, '"FIN"', '"../FIN"'),
    ],
)
def test_values_that_no_ledger_holds_are_refused_in_words(tmp_path: Path, ledger: Path, name: str, old: str, new: str) -> None:
    def forge(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    with pytest.raises(BundleError):
        publishing.remade(changed(bundled(ledger, tmp_path), name, forge, honest=name != bundles.MANIFEST))
