from __future__ import annotations

from pathlib import Path

import pytest

import held
import made
from detente.errors import CaseError
from detente.read import cases

AGREED = {"kind": "agreement", "details": "rung=agreement; scope=sectoral"}


def faults(folder: Path) -> list[str]:
    return [str(fault) for fault in cases.read(folder).faults]


@pytest.mark.parametrize("name", ["russia-dprk", "cuba-usa"])
def test_shipped_cases_have_no_fault_and_a_source_for_every_row(name: str) -> None:
    case = cases.read(held.CASES / name)
    assert case.faults == ()
    assert case.facts
    for fact in case.facts:
        assert fact.document.source
        assert fact.claim.quote == fact.document.text
        assert fact.claim.known is not None


def test_an_empty_case_is_no_fault(tmp_path: Path) -> None:
    case = cases.read(made.case(tmp_path))
    assert case.facts == ()
    assert case.faults == ()


def test_a_row_is_a_claim_that_quotes_its_document(tmp_path: Path) -> None:
    row = made.act("v", "2014-04-28", ends="2014-04-30", people="Aino Virta | Minister | 4", hosts="Jón Jónsson | President | 1", known="2014-05-01")
    (fact,) = cases.read(made.case(tmp_path, acts=[row])).facts
    claim = fact.claim
    assert str(claim.valid) == "2014-04-28/2014-04-30"
    assert str(claim.known) == "2014-05-01"
    assert not claim.known_assumed
    assert [(p.state, p.person, p.rank) for p in (*claim.source, *claim.target)] == [("FIN", "Aino Virta", 4), ("ISL", "Jón Jónsson", 1)]
    assert claim.dimensions == ("contact",)
    assert claim.detail("reliability") == "B"


def test_an_unknown_day_of_knowledge_is_the_end_of_the_event_and_says_so(tmp_path: Path) -> None:
    (fact,) = cases.read(made.case(tmp_path, acts=[made.act("v", "2014-04")])).facts
    assert str(fact.claim.known) == "2014-04-30"
    assert fact.claim.known_assumed


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ({"kind": "dance"}, "kind", "a code of kinds"),
        ({"status": ""}, "status", "the cell is empty"),
        ({"begins": "soon"}, "begins", "a date as YYYY"),
        ({"begins": "2014-02-30"}, "begins", "exists in the calendar"),
        ({"ends": "2013"}, "ends", "on or after"),
        ({"known": "2014"}, "known", "one day"),
        ({"known": "2001-01-01"}, "known", "on or after"),
        ({"source": ""}, "source", "who acted"),
        ({"source": "Finland"}, "source", "alpha-3"),
        ({"people": "Aino | Minister | 9"}, "people", "rank from 1 to 7"),
        ({"details": "rung=agreement"}, "details", "expected one of"),
        ({"details": "occasion"}, "details", "expected one of"),
        ({"kind": "exception", "details": "ban=none-such"}, "details", "the key of another row"),
        ({"kind": "target", "details": "deadline=one day"}, "details", "a date as YYYY"),
        ({"kind": "exception"}, "details", "ban of an exception"),
        ({"kind": "exception", "details": "ban=fine"}, "details", "the key of a sanction"),
        ({"kind": "target", "details": "measure=m; goal=5; deadline=2020"}, "details", "unit of a target"),
        ({"kind": "target", "details": "measure=m; unit=USD; deadline=2020"}, "details", "goal of a target"),
        ({"kind": "target", "details": "measure=m; goal=much; unit=USD; deadline=2020"}, "details", "a number for goal"),
        ({"kind": "target", "details": "measure=m; goal=-1; unit=USD; deadline=2020"}, "details", "above 0 for goal"),
        ({"kind": "obligation", "details": "face_value=12"}, "details", "a unit for face_value"),
        ({"kind": "expectation"}, "details", "due of an expectation"),
        ({"kind": "vote", "details": "forum=UNGA"}, "details", "choice of a vote"),
        ({"begins": "2014-03-02", "ends": "2014-03-01"}, "ends", "on or after"),
        ({"text": ""}, "text", "the cell is empty"),
        ({"text": "=HYPERLINK(1)"}, "text", "formula"),
        ({"publication": "nobody"}, "publication", "publications.csv"),
        ({"credibility": "9"}, "credibility", "a code of credibility"),
        ({"key": ""}, "key", "the cell is empty"),
    ],
)
def test_what_is_wrong_is_named_by_row_and_column(tmp_path: Path, cells: dict[str, str], column: str, words: str) -> None:
    found = faults(made.case(tmp_path, acts=[made.act("fine", "2014"), {**made.act("v", "2014-03-01"), **cells}]))
    assert any(line.startswith(f"acts.csv row 3, {column}:") and words in line for line in found), found


def test_a_key_that_stands_twice_is_a_fault(tmp_path: Path) -> None:
    assert "stands above too" in faults(made.case(tmp_path, acts=[made.act("v", "2014"), made.act("v", "2015")]))[0]


def test_a_value_that_is_no_number_is_a_fault(tmp_path: Path) -> None:
    assert "a number" in faults(made.case(tmp_path, values=[made.value(2014, "much")]))[0]


def test_an_unknown_grade_is_a_fault(tmp_path: Path) -> None:
    assert "full, fair or thin" in faults(made.case(tmp_path, graded="good"))[0]


def test_a_folder_that_is_no_case_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match=r"case\.toml"):
        cases.read(tmp_path)
    (tmp_path / "case.toml").write_text("dyad = [", encoding="utf-8")
    with pytest.raises(CaseError, match="TOML"):
        cases.read(tmp_path)
    (tmp_path / "case.toml").write_text('name = "x"\ndyad = ["FIN", "FIN"]', encoding="utf-8")
    with pytest.raises(CaseError, match="two different"):
        cases.read(tmp_path)


@pytest.mark.parametrize("content", [b"key,kind\n", b"\xff\xfe\x00", b'key,kind\n"open'])
def test_a_table_that_is_none_is_refused(tmp_path: Path, content: bytes) -> None:
    folder = made.case(tmp_path)
    (folder / "acts.csv").write_bytes(content)
    with pytest.raises(CaseError, match=r"acts\.csv"):
        cases.read(folder)


def test_the_digest_changes_with_a_row_and_not_with_its_reading(tmp_path: Path) -> None:
    folder = made.case(tmp_path, acts=[made.act("v", "2014")])
    first = cases.read(folder).digest
    assert cases.read(folder).digest == first
    made.case(tmp_path, acts=[made.act("v", "2015")])
    assert cases.read(folder).digest != first


def test_a_shipped_case_is_found_by_its_name_from_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert (cases.locate(Path("cuba-usa")) / "case.toml").is_file()
    assert cases.locate(Path("none")) == Path("none")
