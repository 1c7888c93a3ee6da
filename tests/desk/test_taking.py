"""Take out: what the page foretells is what the file's account says, every format comes as a file, and nothing is left on the disk."""

import io
import json
import re
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import browsing
import made
from detente import pipeline
from detente.desk import taking
from detente.desk.application import application
from detente.publish import formats

HERE = "http://127.0.0.1:8765"
DAY = "2014-12-31"
NASTY = made.act("x", "2006-01-01", text="<script>alert(1)</script> =1+1", place="<img src=x>")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("take")
    rows = [*(made.act(f"v{year}", f"{year}-03-10", place="Vladivostok") for year in range(2001, 2005)), NASTY]
    case = made.case(folder / "case", acts=[*rows, made.act("n", "2003-01-01", target="NOR"), made.act("a", "2004-02-01", kind="agreement")])
    pipeline.load_case(case, data=folder / "data", now=browsing.NOW)
    return folder / "data"


@pytest.fixture(scope="module")
def desk(folder: Path) -> Iterator[TestClient]:
    with TestClient(application(folder), base_url=HERE) as client:
        yield client


@pytest.fixture(autouse=True)
def nothing_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    yield
    assert list(tmp_path.iterdir()) == [], "what was made for an answer is gone after it"


@pytest.mark.parametrize(("path", "acts"), [("/take", 7), ("/dyad/FIN/ISL/take", 6)])
@pytest.mark.parametrize("form", formats.FORMATS)
def test_a_page_foretells_the_account_of_each_file(desk: TestClient, path: str, acts: int, form: str) -> None:
    told = {each["name"]: each for each in desk.get(f"{path}.json?as_of={DAY}").json()["forms"]}
    account = desk.get(f"{path}/{form}.json?as_of={DAY}").json()
    assert account["acts"] == acts
    assert {name: told[form][name] for name in ("acts", "written", "lost", "left", "notes")} == {
        name: account[name] for name in ("acts", "written", "lost", "left", "notes")
    }
    sent = desk.get(f"{path}/{form}?as_of={DAY}")
    assert sent.status_code == 200
    assert sent.headers["content-type"] == formats.FORMATS[form].media_type
    assert re.fullmatch(rf'attachment; filename="acts-(FIN-ISL-)?{DAY}\.[a-z.]+"', sent.headers["content-disposition"])
    assert len(sent.content) == int(sent.headers["content-length"]) > 500


def test_an_earlier_day_gives_fewer_acts_and_a_day_to_come_none(desk: TestClient) -> None:
    lines = desk.get("/take/jsonl?as_of=2002-12-31").text.splitlines()
    assert [json.loads(line)["known"][:4] for line in lines] == ["2001", "2002"]
    assert desk.get("/take/jsonl.json?as_of=2999-01-01").status_code == 400


def test_no_format_no_pair_and_no_ledger_are_said(desk: TestClient, tmp_path: Path) -> None:
    assert desk.get("/take/docx").status_code == 404
    assert desk.get("/take/ledger/tar").status_code == 404
    assert desk.get("/dyad/FIN/FIN/take.json").status_code == 400
    with TestClient(application(tmp_path / "none"), base_url=HERE) as empty:
        assert {empty.get(path).status_code for path in ("/take", "/take/csv", "/take/ledger/zip", "/dyad/FIN/ISL/take")} == {404}


def test_names_are_shown_and_never_run_and_cells_never_run(desk: TestClient) -> None:
    page = desk.get(f"/dyad/FIN/ISL/take?as_of={DAY}").text
    assert not re.search(r"<style|<script(?! src=\"/assets/)|\sstyle=|\son\w+=", page)
    assert "'<script>" not in desk.get("/take/csv").text, "only what a spreadsheet would run has an apostrophe"
    assert "<script>alert(1)</script>" not in desk.get("/take/graphml").text


def test_the_page_of_a_pair_and_the_first_page_lead_here(desk: TestClient) -> None:
    assert f"/dyad/FIN/ISL/take?as_of={DAY}" in desk.get(f"/dyad/FIN/ISL?as_of={DAY}").text
    assert f"/take?as_of={DAY}" in desk.get(f"/?as_of={DAY}").text
    page = desk.get(f"/dyad/FIN/ISL/take?as_of={DAY}").text
    assert all(f"/dyad/FIN/ISL/take/{form}?as_of={DAY}" in page for form in formats.FORMATS)


def test_of_very_many_acts_the_page_names_what_is_lost_without_counting(desk: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taking, "MOST", 3)
    told = desk.get(f"/take.json?as_of={DAY}&proposed=true").json()
    assert not told["counted"]
    assert [each["acts"] for form in told["forms"] for each in form["lost"]] == [None] * sum(len(formats.losses(name)) for name in formats.FORMATS)
    assert "too many to count" in desk.get(f"/take?as_of={DAY}&proposed=true").text


def test_the_whole_ledger_comes_as_a_backup_and_as_open_files(desk: TestClient) -> None:
    assert desk.get("/take/ledger/sqlite").content[:15] == b"SQLite format 3"
    with zipfile.ZipFile(io.BytesIO(desk.get("/take/ledger/zip").content)) as packed:
        assert packed.testzip() is None
        assert "ledger/manifest.json" in packed.namelist()
