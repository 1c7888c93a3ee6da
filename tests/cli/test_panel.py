import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import made
from detente import pipeline
from detente.cli import app
from detente.errors import QuestionError, TermError

run = CliRunner()


@pytest.fixture
def ledger(tmp_path: Path) -> list[str]:
    acts = [made.act("v1", "2019-05-10", known="2019-05-11"), made.act("v2", "2019-06-03", known="2019-09-01")]
    pipeline.load_case(made.case(tmp_path / "case", acts=acts), data=tmp_path / "data", now="2024-01-01T00:00:00Z")
    return ["--data", str(tmp_path / "data"), "panel", "FIN", "ISL", "--since", "2019-05-01"]


def counted(asked: list[str]) -> list[tuple[str, str, int]]:
    cells = json.loads(run.invoke(app, [*asked, "--json"]).stdout)
    return [(cell["start"], cell["source"], cell["acts"]) for cell in cells]


def test_every_month_has_both_directions_and_nothing_is_a_zero(ledger: list[str]) -> None:
    assert counted([*ledger, "--as-of", "2019-07-31"]) == [
        ("2019-05-01", "FIN", 1),
        ("2019-05-01", "ISL", 0),
        ("2019-06-01", "FIN", 0),
        ("2019-06-01", "ISL", 0),
        ("2019-07-01", "FIN", 0),
        ("2019-07-01", "ISL", 0),
    ]


def test_what_became_known_later_counts_only_later(ledger: list[str]) -> None:
    assert ("2019-06-01", "FIN", 1) in counted([*ledger, "--as-of", "2019-10-01"])


def test_weeks_begin_on_monday(ledger: list[str]) -> None:
    cells = counted([*ledger, "--as-of", "2019-05-12", "--weekly"])
    assert cells == [("2019-04-29", "FIN", 0), ("2019-04-29", "ISL", 0), ("2019-05-06", "FIN", 1), ("2019-05-06", "ISL", 0)]


def test_the_table_names_periods_with_acts(ledger: list[str]) -> None:
    shown = run.invoke(app, [*ledger, "--as-of", "2019-07-31"]).stdout
    assert "2019-05-01" in shown
    assert "2019-07-01" not in shown


def test_no_dimension_and_a_span_that_ends_before_it_begins_are_refused(ledger: list[str]) -> None:
    assert isinstance(run.invoke(app, [*ledger, "--dimension", "mood"]).exception, TermError)
    assert isinstance(run.invoke(app, [*ledger, "--as-of", "2018-01-01"]).exception, QuestionError)
