from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import held
import made
from detente import cli
from detente.cli import console
from detente.keep import schema

RUN = [sys.executable, "-c", "from detente.cli import main; main()"]
EVEN = [made.act(f"v{year}-{month}", f"{year}-{month:02d}-10") for year in range(2000, 2015) for month in (3, 9)]


def run(folder: Path, *words: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[str]:
    """The command as a user runs it, in a process of its own."""
    plain = {name: value for name, value in os.environ.items() if name != "DETENTE_DATA"}
    done = subprocess.run(
        [*RUN, "--data", str(folder), *words], input=stdin, capture_output=True, check=False, env={**plain, "COLUMNS": "200", **environment}
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def fails(folder: Path, *words: str, code: int = 1, stdin: bytes = b"") -> str:
    done = run(folder, *words, stdin=stdin)
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    return " ".join((done.stdout + done.stderr).split())


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("loaded")
    made.case(folder / "case", acts=EVEN)
    assert run(folder / "data", "case", "load", str(folder / "case")).returncode == 0
    return folder / "data"


def test_version_and_help_and_wrong_usage(tmp_path: Path) -> None:
    assert run(tmp_path, "--version").stdout == "detente 0.1.0\n"
    assert "ask" in run(tmp_path, "--help").stdout
    assert run(tmp_path, "dance").returncode == 2
    assert run(tmp_path, "ask").returncode == 2


def answer(folder: Path, *words: str) -> dict[str, Any]:
    done = run(folder, "ask", *words, "--json")
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_the_answer_as_data_has_its_stable_keys(loaded: Path) -> None:
    found = answer(loaded, "Are Finland and Iceland at a new stage?", "--as-of", "2014-12-31")
    assert found["dyad"] == ["FIN", "ISL"]
    assert found["as_of"] == "2014-12-31"
    assert {"verdict", "probability", "confidence", "text"} <= set(found["overall"])
    names = {"contact", "symbolic", "legal", "economic_declared", "economic_delivered", "security", "nuclear", "alignment"}
    assert set(found["dimensions"]) == names
    assert found["dimensions"]["contact"]["verdict"] == "no_change"
    assert found["dimensions"]["legal"]["probability"] is None
    assert {"id", "for", "against", "source", "valid", "known", "text"} <= set(found["evidence"][0])


def test_an_open_case_gives_a_question_its_pair(loaded: Path) -> None:
    assert answer(loaded, "Is it a new stage?", "--as-of", "2014-12-31")["dyad"] == ["FIN", "ISL"]
    assert answer(loaded, "Is it a new stage?", "--as-of", "2014-12-31", "--case", "made")["dyad"] == ["FIN", "ISL"]
    assert "a case that is loaded" in fails(loaded, "ask", "Is it a new stage?", "--case", "none")


def test_the_answer_as_text_shows_its_evidence_by_number(loaded: Path) -> None:
    done = run(loaded, "ask", "Finland and Iceland new stage", "--as-of", "2014-12-31")
    assert done.returncode == 0
    for words in ("As of 31 December 2014", "Confidence is", "By dimension", "Evidence", "What would change it", "The Gazette"):
        assert words in done.stdout


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Is Freedonia-Finland cooperation at a new stage?", "Freedonia is no state"),
        ("Is Finland-Finland cooperation at a new stage?", "two different states"),
        ("Are Norway and Chad at a new stage?", "no act of"),
        ("How old is Finland?", "a question that can be answered"),
    ],
)
def test_a_question_that_cannot_be_answered_says_why(loaded: Path, question: str, words: str) -> None:
    assert words in fails(loaded, "ask", question, "--as-of", "2014-12-31")


def test_a_day_to_come_and_a_day_that_is_none_are_refused(loaded: Path) -> None:
    assert "a day up to today" in fails(loaded, "ask", "Finland and Iceland new stage", "--as-of", "2999-01-01")
    assert "one day as YYYY-MM-DD" in fails(loaded, "ask", "Finland and Iceland new stage", "--as-of", "2014")


def test_a_question_without_a_pair_and_without_a_case_is_refused(tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text("The minister of Finland visited Iceland on Monday and signed an agreement on fish.", encoding="utf-8")
    assert run(tmp_path / "d", "read", str(article), "--published", "2014-05-08").returncode == 0
    assert "no case is open" in fails(tmp_path / "d", "ask", "Is it a new stage?")


def test_nothing_read_yet_says_what_to_type(tmp_path: Path) -> None:
    assert "detente case load" in fails(tmp_path / "none", "ask", "Finland and Iceland new stage")
    assert "detente case load" in fails(tmp_path / "none", "verify")


def test_loading_twice_changes_nothing_and_an_edit_puts_its_rows_in_force(tmp_path: Path) -> None:
    folder = made.case(tmp_path / "case", acts=EVEN)
    assert "30 new claims, in force" in run(tmp_path / "d", "case", "load", str(folder)).stdout
    assert "0 new claims, unchanged" in run(tmp_path / "d", "case", "load", str(folder)).stdout
    made.case(tmp_path / "case", acts=EVEN[:10])
    assert "10 rows read, 0 new claims, in force" in run(tmp_path / "d", "case", "load", str(folder)).stdout
    assert run(tmp_path / "d", "verify").returncode == 0


def test_a_case_with_a_fault_is_named_and_not_loaded(tmp_path: Path) -> None:
    folder = made.case(tmp_path / "case", acts=[made.act("v", "soon")])
    assert "acts.csv row 2, begins" in fails(tmp_path / "d", "case", "check", str(folder))
    assert "acts.csv row 2, begins" in fails(tmp_path / "d", "case", "load", str(folder))
    assert "case.toml" in fails(tmp_path / "d", "case", "check", str(tmp_path / "none"))


def test_explain_teaches_a_word_and_refuses_an_unknown_one(tmp_path: Path) -> None:
    assert "PLOVER" not in run(tmp_path, "explain", "CONSULT", "--json").stderr
    assert json.loads(run(tmp_path, "explain", "CONSULT", "--json").stdout)[0]["family"] == "classes"
    assert "detente explain" in fails(tmp_path, "explain", "no-such-word")


def test_reading_ends_in_fates_that_add_up(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "good.txt").write_text("Finland and Iceland signed an agreement on trade in Helsinki on 5 May 2014.", encoding="utf-8")
    (tmp_path / "in" / "empty.txt").write_bytes(b"")
    (tmp_path / "in" / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    (tmp_path / "in" / "latin.txt").write_bytes("Der Außenminister reiste nach Island und sprach über Fische. ".encode("utf-16-be")[1:])
    done = run(tmp_path / "d", "read", str(tmp_path / "in"), "--published", "2014-05-08", "--json")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    counts = lines[-1]
    assert counts["read"] == counts["coded"] + counts["refused"] + counts["failed"] == 4
    assert counts["coded"] == 1
    assert done.returncode == 1
    assert run(tmp_path / "d", "verify").returncode == 0


def test_proposals_are_counted_apart_from_accepted_facts(tmp_path: Path) -> None:
    folder = made.case(tmp_path / "case", acts=EVEN)
    run(tmp_path / "d", "case", "load", str(folder))
    article = tmp_path / "a.txt"
    article.write_text("Iceland's prime minister visited Finland on 5 May 2014. The two countries signed an agreement on fish.", encoding="utf-8")
    assert run(tmp_path / "d", "read", str(article), "--published", "2014-05-08").returncode == 0
    found = answer(tmp_path / "d", "Is it a new stage?", "--as-of", "2014-12-31")
    assert sum(found["proposals"].values()) > 0
    assert found["acts_read"] == len(EVEN)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.txt", b"", "empty"),
        ("binary.bin", bytes(range(256)) * 40, "binary"),
        ("huge.txt", b"a word of text " * 3_500_000, "too_large"),
        ("broken.txt", b"\xff\xfea\x00b", "wrong_encoding"),
        ("page.html", b"<html><body><p>Finland and Iceland met to talk about fish in the harbour of Reykjavik.</p></body></html>", "no_date"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(content)
    assert words in fails(tmp_path / "d", "read", str(tmp_path / name))


def test_a_missing_file_and_a_wrong_day_are_refused(tmp_path: Path) -> None:
    assert "missing_file" in fails(tmp_path / "d", "read", str(tmp_path / "none.txt"))
    assert "one day as YYYY-MM-DD" in fails(tmp_path / "d", "read", "-", "--published", "May 2014", stdin=b"x")


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    folder = made.case(tmp_path / "case", acts=EVEN)
    assert "--data" in fails(tmp_path / "file" / "below", "case", "load", str(folder))


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small or read-only disk needs the superuser")
@pytest.mark.parametrize(("options", "words"), [("size=300k", "the disk"), ("ro", "can be")])
def test_a_full_disk_and_a_read_only_one_lose_nothing(tmp_path: Path, options: str, words: str) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(disk)], capture_output=True, check=False).returncode != 0:
        pytest.skip("this machine does not let a disk be mounted")
    try:
        assert words in fails(disk / "data", "case", "load", str(held.CASES / "russia-dprk"))
        if (disk / "data" / "ledger.sqlite").exists():
            assert run(disk / "data", "verify").returncode == 0
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_newer_ledger_is_refused(tmp_path: Path) -> None:
    folder = made.case(tmp_path / "case", acts=EVEN)
    run(tmp_path / "d", "case", "load", str(folder))
    con = sqlite3.connect(tmp_path / "d" / "ledger.sqlite")
    con.execute("PRAGMA user_version = 99")
    con.close()
    for words in (["verify"], ["case", "load", str(folder)], ["ask", "Finland and Iceland new stage"]):
        assert "newer" in fails(tmp_path / "d", *words)


def test_a_brief_is_written_whole_and_another_ending_refused(loaded: Path, tmp_path: Path) -> None:
    for name in ("brief.html", "brief.md"):
        assert run(loaded, "brief", "FIN", "Iceland", "--as-of", "2014-12-31", "-o", str(tmp_path / name)).returncode == 0
        assert (tmp_path / name).stat().st_size > 1000
    assert ".docx, .html, .md, .pdf" in fails(loaded, "brief", "FIN", "ISL", "-o", str(tmp_path / "brief.odt"))
    assert "written" in fails(loaded, "brief", "FIN", "ISL", "--as-of", "2014-12-31", "-o", str(tmp_path / "none" / "brief.md"))


def test_the_environment_says_where_the_ledger_lives(loaded: Path) -> None:
    done = subprocess.run([*RUN, "status", "--json"], capture_output=True, check=False, env={**os.environ, "DETENTE_DATA": str(loaded)})
    assert json.loads(done.stdout)["claims"] == len(EVEN)


def test_an_answer_loads_neither_parser_nor_encoder() -> None:
    heavy = ("spacy", "thinc", "onnxruntime", "trafilatura", "httpx")
    told = f"import sys; from detente import pipeline; from detente.cli import answers, ask; print([m for m in {heavy} if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_the_command_line_starts_without_the_rooms_that_only_some_commands_need() -> None:
    heavy = ("detente.pipeline", "numpy", "numba", "spacy", "pyarrow", "duckdb", "fastapi", "jinja2", "openpyxl")
    asked = f"import sys, detente.cli; print([name for name in {heavy!r} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_that_the_tables_of_a_large_ledger_are_brought_up_is_said_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with sqlite3.connect(tmp_path / "ledger.sqlite") as con:
        schema.migrate(con, now="2025-01-01T00:00:00Z", upto=2)
    con.close()
    monkeypatch.setattr(console, "LARGE_BYTES", 1_000)
    for word, said in (("verify", True), ("verify", False)):
        done = CliRunner().invoke(cli.app, ["--data", str(tmp_path), word])
        assert done.exit_code == 0
        assert ("once; a million claims" in done.stderr) == said
