from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner

import made
from detente import cli, ontology, pipeline
from detente.errors import InputError
from detente.keep.ledger import Reader, Writer
from detente.publish import sheets as written
from detente.records import Claim, Document, Party, notation

NEW = ("id", "decision", "kind", "source", "target", "when", "key", "details", "text", "publication", "reason", "place")
DETAILS = {
    "exception": "ban=old-ban",
    "target": r"measure=trade; goal=100; unit=USD mn; deadline=2020",
    "expectation": "due=2015-06",
    "vote": "forum=UNGA; choice=yes",
    "project_milestone": "project=bridge; step=declared",
    "trade_value": "measure=trade_turnover; value=12; unit=USD mn; period=2014",
}
ROWS = [
    made.act("old-ban", "2010-05-24", kind="sanction", details="scope=coal", people="Aino Virta | Minister of Trade | 4; B, C | None"),
    made.act("old-visit", "2014-03-01", details="occasion=fair"),
]
DOC = Document(text="=Finland warned Iceland.\x0b It would not wait; no!", source="The Gazette", published=date(2014, 5, 8))
CODED = Claim(
    kind="signal", spans=(DOC.span(0, 24),), source=(Party(state="FIN"), Party(body="a body; with |"),), speaker=Party(person="Aino \\ Virta"),
    hedge="perhaps", known=DOC.published, details=(("words", "a=b; c"),), made_by="coder 1", event_class="THREATEN",
)  # fmt: skip


@pytest.fixture
def data(tmp_path: Path) -> Path:
    made.case(tmp_path / "case", acts=ROWS)
    run(tmp_path / "data", "case", "load", str(tmp_path / "case"))
    with Writer.open(tmp_path / "data") as writer, writer.transaction():
        writer.add_document(DOC)
        writer.add_claim(CODED)
        writer.add_coding(DOC.id, [CODED.id], now="2026-01-01T00:00:00Z")
    return tmp_path / "data"


def run(data: Path, *words: str, code: int = 0) -> str:
    done = CliRunner().invoke(cli.app, ["--data", str(data), *words], catch_exceptions=False, env={"COLUMNS": "250"})
    assert done.exit_code == code, done.output
    return done.output


def export(data: Path, path: Path, *words: str) -> list[dict[str, str]]:
    run(data, "records", "export", str(path), *words)
    return read(path)


def read(path: Path) -> list[dict[str, str]]:
    if path.suffix == ".csv":
        return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
    header, *lines = [[cell or "" for cell in line] for line in openpyxl.load_workbook(path).active.iter_rows(values_only=True)]
    return [dict(zip(header, line, strict=True)) for line in lines]


def give(data: Path, path: Path, rows: Iterable[Mapping[str, str]], *words: str, code: int = 0) -> Any:
    """Write a sheet as a person would, and import it."""
    held = list(rows)
    columns = list(held[0]) if held else list(NEW)
    path.write_bytes((written.commas if path.suffix == ".csv" else written.workbook)(columns, held))
    return json.loads(run(data, "records", "import", str(path), "--by", "Olli", "--json", *words, code=code))


def row(kind: str, **cells: str) -> dict[str, str]:
    plain = {
        "kind": kind,
        "source": "FIN || Aino Virta | Minister of Trade | 4",
        "target": "ISL",
        "when": "2014-06-01/2014-06-03",
        "key": f"new-{kind}",
    }
    told = {
        "key": f"new-{kind}",
        "details": DETAILS.get(kind, ""),
        "text": f"Finland and Iceland: {kind}.",
        "publication": "The Gazette",
        "reason": "read in the archive",
    }
    return {**dict.fromkeys(NEW, ""), **plain, **told, **cells}


def one(data: Path, path: Path, key: str) -> dict[str, str]:
    return next(found for found in export(data, path, "--withdrawn") if key in (found["key"], found["id"]))


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_was_exported_changes_nothing(ending: str, data: Path, tmp_path: Path) -> None:
    path = tmp_path / f"sheet.{ending}"
    assert len(export(data, path)) == 3
    told = json.loads(run(data, "records", "import", str(path), "--json"))
    assert told == {"added": 0, "corrected": 0, "withdrawn": 0, "accepted": 0, "disputed": 0, "unchanged": 3, "kept": True, "faults": []}


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_each_kind_of_record_is_added_corrected_and_withdrawn(ending: str, data: Path, tmp_path: Path) -> None:
    path, kinds = tmp_path / f"sheet.{ending}", list(ontology.family("kinds"))
    assert give(data, path, [row(kind) for kind in kinds])["added"] == len(kinds)
    added = [found for found in export(data, path) if found["key"].startswith("new-")]
    assert {(found["kind"], found["decision"], found["decided_by"], found["reason"]) for found in added} == {
        (kind, "accepted", "Olli", "read in the archive") for kind in kinds
    }
    assert give(data, path, [{**found, "place": "Tórshavn", "reason": "the map"} for found in added])["corrected"] == len(kinds)
    corrected = [found for found in export(data, path) if found["key"].startswith("new-")]
    assert {(found["place"], found["decision"], found["reason"]) for found in corrected} == {("Tórshavn", "edited", "the map")}
    assert [{**found, "place": ""} for found in corrected] != added
    assert give(data, path, [{**found, "decision": "withdraw", "reason": "no source"} for found in corrected])["withdrawn"] == len(kinds)
    assert not [found for found in export(data, path) if found["key"].startswith("new-")]
    gone = [found for found in export(data, path, "--withdrawn") if found["key"].startswith("new-")]
    assert {(found["decision"], found["reason"]) for found in gone} == {("rejected", "no source")}
    run(data, "verify")


def test_who_when_and_why_of_every_step_are_kept(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    for cells in ({"place": "Oulu"}, {"place": "Turku"}, {"decision": "withdraw"}):
        give(data, path, [{**one(data, path, "old-visit"), **cells, "reason": f"because {cells}"}])
    with Reader.open(data) as ledger:
        kept = [review for _, review in ledger.reviews()]
    assert [(made.decision, made.reviewer, made.reason[:7]) for made in kept] == [
        (word, "Olli", "because") for word in ("edited", "edited", "rejected")
    ]
    assert all(made.at for made in kept)


def test_corrections_are_made_to_what_stands_and_keep_the_rest(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "sheet.xlsx"
    give(data, path, [{**one(data, path, "old-ban"), "place": "Oulu", "reason": "r"}])
    give(data, path, [{**one(data, path, "old-ban"), "details": "scope=coal; form=law", "reason": "s"}])
    (found,) = [each.claim for each in pipeline.records(data, kinds=["sanction"])]
    assert (found.place, found.detail("form"), found.detail("key")) == ("Oulu", "law", "old-ban")
    assert [(party.person, party.rank) for party in found.source] == [("Aino Virta", 4), ("B, C", None)]


def test_the_coders_proposals_are_vouched_for_or_disputed(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    found = one(data, path, CODED.id)
    assert found["text"].startswith("'=Finland")
    assert found["decision"] == "proposed"
    assert give(data, path, [{"id": CODED.id, "decision": "accept", **needed(found), "reason": "seen"}])["accepted"] == 1
    assert one(data, path, CODED.id)["decision"] == "accepted"
    assert give(data, path, [{"id": CODED.id, "decision": "dispute", **needed(found), "reason": "doubt"}])["disputed"] == 1
    assert next(each for each in pipeline.records(data) if each.stored.id == CODED.id).claim == CODED


def needed(found: Mapping[str, str]) -> dict[str, str]:
    """The columns that a sheet must have beside the identity."""
    return {name: tables_plain(found[name]) for name in ("kind", "source", "when", "text", "publication")}


def tables_plain(cell: str) -> str:
    return cell[1:] if cell.startswith("'=") else cell


def test_a_withdrawn_record_is_taken_back(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    give(data, path, [{**one(data, path, "old-visit"), "decision": "withdraw", "reason": "r"}])
    assert give(data, path, [{**one(data, path, "old-visit"), "decision": "accept", "reason": "s"}])["accepted"] == 1
    assert one(data, path, "old-visit")["decision"] == "accepted"


def test_the_same_sheet_twice_adds_once(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    assert give(data, path, [row("visit")])["added"] == 1
    assert give(data, path, [row("visit")])["unchanged"] == 1


def test_a_record_may_quote_a_document_of_the_ledger(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    cells = {**row("position", text="It would not wait", publication=""), "document": DOC.id}
    assert give(data, path, [cells])["added"] == 1
    (found,) = [each.claim for each in pipeline.records(data, kinds=["position"])]
    assert (found.spans[0].document, found.quote, found.known) == (DOC.id, "It would not wait", DOC.published)
    wrong = give(data, path, [{**cells, "text": "It would wait", "key": "k"}], code=1)["faults"]
    assert [fault["column"] for fault in wrong] == ["text"]


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        (row("exception", details=""), "details", "ban of an exception"),
        (row("exception", details="ban=none-such"), "details", "the key of another row"),
        (row("exception", details="ban=old-visit"), "details", "the key of a sanction"),
        (row("target", details="measure=m; goal=5; deadline=2020"), "details", "unit of a target"),
        (row("visit", when="2014-06-03/2014-06-01"), "when", "an end on or after"),
        (row("visit", when="2014-02-30"), "when", "calendar"),
        (row("visit", when=""), "when", "empty"),
        (row("visit", source="FIN || Aino Virta | Minister | 9"), "source", "rank from 1 to 7"),
        (row("visit", source="Finland"), "source", "alpha-3"),
        (row("visit", source=""), "source", "empty"),
        (row("visit", key="old-visit"), "key", "a key of its own"),
        (row("visit", details="colour=red"), "details", "expected one of"),
        (row("visit", details="seat"), "details", "name=value"),
        (row("dance"), "kind", "a code of kinds"),
        (row("visit", text=""), "text", "empty"),
        (row("visit", publication=""), "publication", "empty"),
        (row("visit", reason=""), "reason", "why"),
        (row("visit", decision="withdraw"), "decision", "new record"),
        (row("visit", id="clm:none"), "id", "a record of this ledger"),
    ],
)
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_wrong_rows_are_refused_by_row_and_column_and_nothing_is_kept(
    cells: dict[str, str], column: str, words: str, ending: str, data: Path, tmp_path: Path
) -> None:
    told = give(data, tmp_path / f"sheet.{ending}", [row("meeting"), cells], code=1)
    assert [(fault["row"], fault["column"]) for fault in told["faults"]] == [(3, column)]
    assert words in told["faults"][0]["message"]
    assert not told["kept"]
    assert len(pipeline.records(data)) == 3


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"text": "Other words."}, "text"),
        ({"publication": "Another paper"}, "publication"),
        ({"source": "FIN || Aino Virta || 8"}, "source"),
        ({"when": "2014-03-02/2014-03-01"}, "when"),
        ({"kind": "exception"}, "details"),
        ({"known": ""}, "known"),
        ({"known": "2013-01-01"}, "known"),
        ({"decision": "erase"}, "decision"),
        ({"decision": "edit"}, "decision"),
        ({"decision": "withdraw", "place": "Oulu"}, "decision"),
        ({"place": "Oulu", "decided_at": "2020-01-01T00:00:00Z"}, "decided_at"),
        ({"place": "Oulu", "reason": ""}, "reason"),
        ({"key": "old-ban"}, "key"),
    ],
)
def test_wrong_corrections_are_refused(cells: dict[str, str], column: str, data: Path, tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    found = {"reason": "r", **{name: value for name, value in one(data, path, "old-visit").items() if name != "reason"}}
    faults = give(data, path, [{**found, **cells}], code=1)["faults"]
    assert column in [fault["column"] for fault in faults]
    assert one(data, path, "old-visit")["decision"] == "table"


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_formula_in_a_cell_is_refused(ending: str, data: Path, tmp_path: Path) -> None:
    path = tmp_path / f"sheet.{ending}"
    cells = row("visit", place='=HYPERLINK("http://x")')
    if ending == "csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(NEW))
            writer.writeheader()
            writer.writerow(cells)
    else:
        book = openpyxl.Workbook()
        for line in (list(NEW), list(cells.values())):
            book.active.append(line)
        book.save(path)
    told = run(data, "records", "import", str(path), code=1)
    assert "row 2, place: expected text, but" in told
    assert "1 faults; nothing was changed" in told


def test_two_rows_of_one_record_are_refused(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    found = one(data, path, "old-visit")
    assert give(data, path, [found, found], code=1)["faults"][0]["column"] == "id"
    assert {fault["column"] for fault in give(data, path, [row("visit"), row("meeting", key="new-visit")], code=1)["faults"]} == {"key"}


def test_a_column_that_is_none_is_refused(data: Path, tmp_path: Path) -> None:
    faults = give(data, tmp_path / "sheet.csv", [{**row("visit"), "colour": "red"}], code=1)["faults"]
    assert [fault["column"] for fault in faults] == ["colour"]


def test_a_check_changes_nothing(data: Path, tmp_path: Path) -> None:
    told = give(data, tmp_path / "sheet.csv", [row("visit")], "--check")
    assert (told["added"], told["kept"]) == (1, False)
    assert len(pipeline.records(data)) == 3
    assert "nothing was changed" in run(data, "records", "import", str(tmp_path / "sheet.csv"), "--check")


def test_what_is_exported_can_be_chosen(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    assert [found["key"] for found in export(data, path, "FIN", "Iceland", "--kind", "visit")] == ["old-visit"]
    assert [found["key"] for found in export(data, path, "--since", "2014", "--until", "2014-03", "--as-of", "2014-03-05")] == ["old-visit"]
    assert [found["key"] for found in export(data, path, "--until", "2013")] == ["old-ban", ""]
    assert json.loads(run(data, "records", "export", str(path), "--json"))["records"] == 3
    with pytest.raises(InputError):
        run(data, "records", "export", str(tmp_path / "sheet.ods"))
    with pytest.raises(InputError):
        run(data, "records", "export", str(path), "--kind", "dance")


def test_the_columns_of_a_sheet_are_those_that_are_told(data: Path, tmp_path: Path) -> None:
    assert tuple(export(data, tmp_path / "sheet.csv")[0]) == notation.COLUMNS
