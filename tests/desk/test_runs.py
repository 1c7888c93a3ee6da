"""The page of runs: what was done to the ledger and its counts, imports with their refusals, and the weights."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import browsing
import published
from detente import pipeline
from detente.desk.application import application
from detente.keep import schema
from detente.pipeline import importing, measuring

NOW = "2025-01-01T00:00:00Z"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TestClient]:
    pipeline.load_case(browsing.CASE, data=tmp_path / "data", now=NOW)
    with TestClient(application(tmp_path / "data"), base_url="http://127.0.0.1:8765") as client:
        yield client


def test_a_case_stands_with_its_counts_and_its_version(desk: TestClient) -> None:
    told = desk.get("/runs.json").json()
    tables = [(f"tables: {step.name}", NOW) for step in schema.MIGRATIONS]
    assert sorted((each["what"], each["at"]) for each in told["deeds"]) == sorted([("case load russia-dprk", NOW), *tables])
    assert told["deeds"][0]["what"] == "case load russia-dprk"
    assert told["deeds"][0]["counts"]["rows"] > 700
    assert "case load russia-dprk" in desk.get("/runs").text


def test_without_a_ledger_there_is_no_such_page(tmp_path: Path) -> None:
    with TestClient(application(tmp_path / "none"), base_url="http://127.0.0.1:8765") as client:
        assert client.get("/runs").status_code == 404


def test_the_weights_are_told_by_their_digests(desk: TestClient) -> None:
    found = {each["file"]: each for each in desk.get("/runs.json").json()["weights"]}
    assert set(found) == {"classes.npz", "confidence.json"}
    assert all(len(each["sha256"]) == 64 and each["about"]["sentences"] > 0 for each in found.values())


def test_a_long_list_comes_in_parts(desk: TestClient) -> None:
    assert desk.get("/runs.json?page=2").json()["deeds"] == []
    assert desk.get("/runs?page=0").status_code == 422


def test_an_imported_file_stands_with_the_fate_of_its_rows(desk: TestClient, tmp_path: Path) -> None:
    rows = [published.row("icews", 0), published.row("icews", 0), published.row("icews", 1, **{"CAMEO Code": "--"}), ["cut"]]
    path = published.plain(tmp_path / "a.tab", published.text("icews", rows))
    importing.import_events(measuring.folder(tmp_path / "data"), importing.Order("icews", [path]))
    (told,) = desk.get("/runs.json").json()["imports"]
    fates = {name: told[name] for name in ("read", "kept", "already", "refused", "failed")}
    assert fates == {"read": 4, "kept": 1, "already": 1, "refused": 1, "failed": 1}
    assert any("no event code" in why for why in told["why"])
    assert "a.tab" in desk.get("/runs").text
