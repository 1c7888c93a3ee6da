from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import CaseError, InputError
from detente.publish import sheets as written
from detente.read import clean, sheets
from detente.read.tables import Fault
from detente.records import notation

COLUMNS = ("id", "text")
CELLS = st.text(max_size=20).map(notation.visible).filter(lambda text: not clean.hidden(text)) | st.sampled_from(
    ["=1+1", "'=x", "'tis", "+a", "-5", "@x", "_x0041_", "1e5", "00012", "a\nb", ""]
)


def rows(path: Path, faults: list[Fault] | None = None) -> list[tuple[int, dict[str, str]]]:
    found = [] if faults is None else faults
    read = [(row.number, row.cells) for row in sheets.read(path, COLUMNS, found)]
    assert faults is not None or not found, found
    return read


def workbook(path: Path, *lines: list[object]) -> Path:
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append(line)
    book.save(path)
    return path


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_every_cell_comes_back_as_it_was(ending: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("sheet") / f"sheet.{ending}"

    @settings(max_examples=40, deadline=None)
    @given(st.lists(st.tuples(st.sampled_from(["a", "b"]), CELLS), max_size=5))
    def tried(cells: list[tuple[str, str]]) -> None:
        told = [dict(zip(COLUMNS, pair, strict=True)) for pair in cells]
        make = written.commas if ending == "csv" else written.workbook
        path.write_bytes(make(COLUMNS, told))
        assert [found for _, found in rows(path)] == told

    tried()


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_cells_may_be_parted_as_spreadsheets_do(mark: str, tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    path.write_text(f'\ufeffid{mark}text\n1{mark}"a, b; c"\n{mark}\n2{mark}d\n', encoding="utf-8")
    assert rows(path) == [(2, {"id": "1", "text": "a, b; c"}), (4, {"id": "2", "text": "d"})]


def test_days_and_numbers_of_a_workbook_are_read_as_typed(tmp_path: Path) -> None:
    lines: list[list[object]] = [["id", "text"], [1.0, date(2014, 5, 8)], [2.5, datetime(2014, 5, 8, 1)], [None, None], [True, "x"]]
    found = rows(workbook(tmp_path / "sheet.xlsx", *lines))
    assert found == [
        (2, {"id": "1", "text": "2014-05-08"}), (3, {"id": "2.5", "text": "2014-05-08T01:00:00"}), (5, {"id": "True", "text": "x"}),
    ]  # fmt: skip


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_formula_is_refused_by_row_and_column(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"sheet.{ending}"
    if ending == "csv":
        path.write_text('id,text\n1,"=HYPERLINK(""http://x"")"\n2,+cmd\n3,-4\n', encoding="utf-8")
    else:
        workbook(path, ["id", "text"], ["1", '=HYPERLINK("http://x")'], ["2", "+cmd"], ["3", "-4"])
    faults: list[Fault] = []
    rows(path, faults)
    assert [(fault.row, fault.column) for fault in faults] == [(2, "text"), (3, "text")]
    assert all("formula" in fault.message for fault in faults)


def test_an_empty_sheet_has_no_rows(tmp_path: Path) -> None:
    (tmp_path / "sheet.csv").write_text("id,text\n", encoding="utf-8")
    assert rows(tmp_path / "sheet.csv") == []
    assert rows(workbook(tmp_path / "sheet.xlsx", ["id", "text"])) == []


@pytest.mark.parametrize("name", ["sheet.ods", "none.csv", "none.xlsx", "sheet"])
def test_what_is_no_sheet_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError):
        rows(tmp_path / name)


@pytest.mark.parametrize(("ending", "content"), [("csv", b"\xff\xfe"), ("csv", b""), ("csv", b"id,other\n"), ("csv", b"id,id,text\n"),
                                                 ("csv", b'id,text\n1,"open\n'), ("xlsx", b""), ("xlsx", b"id,text\n")])  # fmt: skip
def test_a_file_that_is_none_is_refused(ending: str, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / f"sheet.{ending}"
    path.write_bytes(content)
    with pytest.raises(CaseError):
        rows(path)


def test_an_archive_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "sheet.xlsx"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("a.txt", "nothing")
    with pytest.raises(CaseError):
        rows(path)
    with pytest.raises(CaseError):
        rows(workbook(path))
