from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import made
from detente import cli
from detente.errors import BundleError, QuestionError, SourceError

FAULTY = "# A title\n\nA visit is likely, and confidence is high.[^1]\nTrade may rise.[^1]\n\n[^1]: The Gazette, 3 May 2014.\n"
SOUND = "A visit took place.[^1]\n\n## Dissenting view\n\nSome hold that it did not.[^1]\n\n[^1]: The Gazette.\n"
ROWS = [
    *(made.act(f"v{year}", f"{year}-03-10") for year in range(2000, 2015)),
    made.act("stance", "2013-05-08", kind="forecast", known="2013-05-08", details="band=unlikely; horizon=2013", text="A change is unlikely."),
]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published")
    assert run(folder / "data", "case", "load", str(made.case(folder / "case", acts=ROWS))).exit_code == 0
    return folder / "data"


def run(data: Path, *words: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(cli.app, ["--data", str(data), *words], input=typed, env={"COLUMNS": "200"})


def brief(data: Path, *words: str) -> Result:
    return run(data, "brief", "Finland", "Iceland", "--as-of", "2014-12-31", *words)


def test_lint_prints_each_fault_on_its_line_and_fails(tmp_path: Path, data: Path) -> None:
    (tmp_path / "text.md").write_text(FAULTY, encoding="utf-8")
    done = run(data, "lint", str(tmp_path / "text.md"))
    assert done.exit_code == 1
    lines = done.output.splitlines()
    assert [line.split("text.md:")[1].split(": expected")[0] for line in lines[:-1]] == [
        "3: likelihood_with_confidence",
        "4: no_dissent",
        "4: weasel",
    ]
    assert all("expected" in line and ", but " in line and "; " in line for line in lines[:-1])
    assert lines[-1] == "3 faults"


def test_lint_lets_a_sound_text_through_also_when_piped(tmp_path: Path, data: Path) -> None:
    (tmp_path / "text.md").write_text("﻿" + SOUND, encoding="utf-8")
    assert run(data, "lint", str(tmp_path / "text.md")).exit_code == 0
    done = run(data, "lint", "-", "--json", typed=FAULTY)
    assert done.exit_code == 1
    assert [fault["code"] for fault in json.loads(done.output)] == ["likelihood_with_confidence", "no_dissent", "weasel"]


def test_lint_refuses_what_is_no_text(tmp_path: Path, data: Path) -> None:
    (tmp_path / "text.md").write_bytes(b"\xff\xfe\x00")
    for path in (tmp_path / "text.md", tmp_path / "none.md", tmp_path):
        assert isinstance(run(data, "lint", str(path)).exception, SourceError)


def test_a_brief_comes_with_its_works_and_its_bundle(tmp_path: Path, data: Path) -> None:
    wanted = [tmp_path / name for name in ("brief.docx", "works.ris", "brief.zip")]
    done = brief(data, "-o", str(wanted[0]), "--citations", str(wanted[1]), "--bundle", str(wanted[2]))
    assert done.exit_code == 0, done.output
    assert all(path.stat().st_size for path in wanted)
    assert "works" in done.output
    assert "head led:" in done.output


def test_reproduce_says_that_all_is_the_same_or_what_differs(tmp_path: Path, data: Path) -> None:
    done = run(data, "bundle", "FIN", "ISL", "--as-of", "2014-12-31", "-o", str(tmp_path / "b.zip"))
    assert done.exit_code == 0, done.output
    again = run(tmp_path / "no ledger", "reproduce", str(tmp_path / "b.zip"), "-o", str(tmp_path / "again"))
    assert again.exit_code == 0, again.output
    assert "the same" in again.output
    assert sorted(path.name for path in (tmp_path / "again").iterdir()) == ["brief.docx", "brief.html", "brief.md", "brief.pdf"]
    (tmp_path / "b.zip").write_bytes(b"no zip")
    assert isinstance(run(data, "reproduce", str(tmp_path / "b.zip"), "-o", str(tmp_path / "x")).exception, BundleError)
    assert isinstance(run(data, "reproduce", str(tmp_path / "none.zip"), "-o", str(tmp_path / "x")).exception, SourceError)


def test_a_brief_that_cannot_be_made_is_refused_and_nothing_is_written(tmp_path: Path, data: Path) -> None:
    done = run(data, "brief", "FIN", "ISL", "--as-of", "1999-01-01", "-o", str(tmp_path / "brief.pdf"))
    assert isinstance(done.exception, QuestionError)
    assert list(tmp_path.iterdir()) == []


def test_forecasts_are_listed_and_resolved(data: Path) -> None:
    listed = run(data, "forecasts", "FIN", "ISL", "--as-of", "2014-12-31")
    assert listed.exit_code == 0, listed.output
    assert "unresolved" in listed.output
    found = json.loads(run(data, "forecasts", "FIN", "ISL", "--as-of", "2014-12-31", "--json").output)
    [entry] = found["forecasts"]
    assert (entry["band"], entry["due"], found["scores"]) == ("unlikely", "2013-12-31", [])
    assert run(data, "resolve", entry["claim"], "dropped", "--by", "Aino", "--reason", "no turn").exit_code == 0
    found = json.loads(run(data, "forecasts", "FIN", "ISL", "--as-of", "2014-12-31", "--json").output)
    assert found["forecasts"][0]["brier"] == pytest.approx(0.325**2)
    assert "Brier 0.106" in run(data, "forecasts", "FIN", "ISL", "--as-of", "2014-12-31").output
