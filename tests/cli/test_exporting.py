from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

import made
from detente import cli
from detente.errors import InputError

ACTS = [made.act(f"v{year}", f"{year}-03-10", place="Reykjavik") for year in range(2001, 2011)]
ELSE = made.act("n", "2005-05-05", target="NOR")


def run(data: Path, *words: str) -> Result:
    return CliRunner().invoke(cli.app, ["--data", str(data), *words], env={"COLUMNS": "200"})


def told(data: Path, *words: str) -> dict[str, Any]:
    """The account of an export as data."""
    done = run(data, "export", *words, "--json")
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("loaded")
    made.case(folder / "case", acts=[*ACTS, ELSE])
    assert run(folder / "data", "case", "load", str(folder / "case")).exit_code == 0
    return folder / "data"


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet", "jsonl", "geojson", "graphml", "ftm", "plover"])
def test_a_format_is_written_with_its_account(loaded: Path, tmp_path: Path, form: str) -> None:
    done = run(loaded, "export", form, "Finland", "ISL", "--as-of", "2020-01-01", "-o", str(tmp_path / "acts"))
    assert done.exit_code == 0, done.output
    assert "10 of 10 acts known by 2020-01-01" in done.stdout
    assert "texts of documents" in done.stdout
    assert (tmp_path / "acts").stat().st_size > 1000


def test_the_account_as_data_counts_what_is_lost_and_all_states_come_without_names(loaded: Path, tmp_path: Path) -> None:
    account = told(loaded, "ftm", "-o", str(tmp_path / "acts"))
    assert (account["format"], account["acts"], account["written"]) == ("ftm", 11, 11)
    assert {"field": "known", "acts": 11, "why": "an Event has no field for it"} in account["lost"]
    assert ["texts of documents", 11] in account["beside"]


def test_a_day_cuts_what_was_not_known_yet(loaded: Path, tmp_path: Path) -> None:
    account = told(loaded, "jsonl", "FIN", "ISL", "--as-of", "2004-12-31", "-o", str(tmp_path / "acts"))
    assert account["acts"] == 4
    days = [json.loads(line)["known"] for line in (tmp_path / "acts").read_text(encoding="utf-8").splitlines()]
    assert max(days) <= "2004-12-31"


def test_proposals_are_left_in_the_ledger_unless_they_are_asked_for(loaded: Path, tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text("Iceland's prime minister visited Finland on 5 May 2014. Finland and Iceland signed an agreement.", encoding="utf-8")
    made.case(tmp_path / "case", acts=ACTS)
    run(tmp_path / "d", "case", "load", str(tmp_path / "case"))
    assert run(tmp_path / "d", "read", str(article), "--published", "2014-05-08").exit_code == 0
    plain = told(tmp_path / "d", "csv", "-o", str(tmp_path / "a.csv"))
    ((_, left),) = [each for each in plain["beside"] if each[0] == "proposals that nobody has decided on"]
    both = told(tmp_path / "d", "csv", "-o", str(tmp_path / "a.csv"), "--proposed")
    assert (plain["acts"], both["acts"]) == (10, 10 + left)
    assert left > 0


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["docx", "-o", "acts"], "one of the formats csv, xlsx"),
        (["csv"], "-o FILE, or --all DIR"),
        ([], "-o FILE, or --all DIR"),
        (["csv", "-o", "acts", "--all", "acts"], "-o FILE, or --all DIR"),
        (["csv", "Freedonia", "-o", "acts"], "a state by its name"),
        (["csv", "FIN", "Finland", "-o", "acts"], "two different states"),
        (["csv", "-o", "none/acts"], "can be written to"),
    ],
)
def test_what_cannot_be_asked_says_what_to_do(loaded: Path, tmp_path: Path, words: list[str], expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = run(loaded, "export", *words)
    assert isinstance(done.exception, InputError)
    assert expected in str(done.exception)
    assert list(tmp_path.iterdir()) == []


def test_the_whole_ledger_is_still_written_with_all(loaded: Path, tmp_path: Path) -> None:
    assert run(loaded, "export", "--all", str(tmp_path / "open")).exit_code == 0
    assert run(tmp_path / "again", "rebuild", str(tmp_path / "open")).exit_code == 0
