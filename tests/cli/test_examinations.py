from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import made
from detente import cli
from detente.errors import InputError, QuestionError
from detente.examine.families import FAMILIES

ROWS = [
    made.act("visit-1", "2014-03-01", people="Aino Virta | Minister of Trade | 4", hosts="Jon Storm | President | 1"),
    made.act("visit-2", "2015-03-01", people="Olli Salo | Governor | 5"),
    made.act("visit-3", "2014-05-01", target="NOR"),
    made.act("ban", "2010-05-24", kind="sanction", source="NOR", target="ISL", details="scope=coal"),
    made.act("let", "2014-02-11", kind="exception", source="NOR", target="ISL", details="ban=ban; act=visit-1"),
    made.act("due", "2014-05-08", kind="expectation", status="planned", details="due=2014-06; outcome=open"),
]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("examined")
    made.case(folder / "case", acts=ROWS, values=[made.value(2013, "112.7"), made.value(2013, "104", key="other", text="Another office says 104.")])
    done = CliRunner().invoke(cli.app, ["--data", str(folder / "data"), "case", "load", str(folder / "case")])
    assert done.exit_code == 0, done.output
    return folder / "data"


def run(data: Path, *words: str) -> str:
    done = CliRunner().invoke(cli.app, ["--data", str(data), *words], catch_exceptions=False, env={"COLUMNS": "250"})
    assert done.exit_code == 0, done.output
    return done.output


def read(data: Path, *words: str) -> Any:
    return json.loads(run(data, *words, "--json"))


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_every_command_prints_a_table_and_data(data: Path, family: Any) -> None:
    for states in ((), ("Finland", "ISL")):
        found = read(data, family.name, *states, "--as-of", "2016-01-01", "--since", "2000", "--until", "2016")
        assert {"dyad", "as_of", "since", "until", "counted", *family.shows} == set(found)
        assert found["since"] == "2000-01-01"
        assert found["until"] == "2016-12-31"
    printed = run(data, family.name, "FIN", "ISL")
    assert all(f"{name}: nothing of this kind" in printed or f"{name}, FIN-ISL" in printed for name in family.shows)


def test_visits_tell_host_and_gap_and_only_what_is_between_the_two(data: Path) -> None:
    found = read(data, "visits", "FIN", "ISL")["visits"]
    assert [(v["visitor"], v["gap"]) for v in found] == [("Aino Virta", 3), ("Olli Salo", None)]
    assert len(read(data, "visits", "FIN", "ISL", "--with-others")["visits"]) == 3


def test_the_states_stand_in_the_order_asked(data: Path) -> None:
    assert read(data, "visits", "iceland", "Finland")["dyad"] == ["ISL", "FIN"]
    assert read(data, "visits")["dyad"] == ["FIN", "ISL"]


def test_only_what_was_known_by_the_day_is_seen(data: Path) -> None:
    assert len(read(data, "visits", "FIN", "ISL", "--as-of", "2014-12-31")["visits"]) == 1
    assert read(data, "due", "FIN", "ISL", "--as-of", "2014-05-10")["expectations"][0]["state"] == "due"


def test_an_exception_stands_beside_its_ban(data: Path) -> None:
    found = read(data, "bans", "FIN", "ISL")
    assert found["bans"][0]["state"] == "in force with exceptions"
    assert found["exceptions"][0]["state"] == "in force with exception"


def test_questions_keep_their_shape(data: Path) -> None:
    found = read(data, "questions", "FIN", "ISL")
    assert all(set(row) == {"template", "question", "serves", "answer", "evidence", "how"} for row in found)
    answered = [row for row in found if row["how"] != "none"]
    assert answered
    assert all(set(e) == {"id", "document", "quote", "start", "end"} for row in answered for e in row["evidence"])
    assert all(row["evidence"] for row in answered)
    assert "questions" in run(data, "questions", "FIN", "ISL")


def test_what_cannot_be_asked_is_refused(data: Path) -> None:
    for words, error in ((("visits", "FIN"), QuestionError), (("visits", "FIN", "FIN"), QuestionError), (("due", "--since", "soon"), InputError)):
        with pytest.raises(error):
            run(data, *words)
