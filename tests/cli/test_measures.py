"""`detente measure` into a file: streamed or not, the same rows; what cannot be is said before anything is written."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as parquet
import pytest
from typer.testing import CliRunner

import published
from detente.cli import app
from detente.errors import InputError, TermError

run = CliRunner()


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("data")
    path = published.plain(root / "a.tab", published.text("icews", [published.row("icews", number) for number in range(900)]))
    assert run.invoke(app, ["--data", str(root), "import", "icews", str(path)]).exit_code == 0
    return root


def test_parquet_and_csv_hold_the_same_rows(data: Path, tmp_path: Path) -> None:
    for name in ("panel.parquet", "panel.csv"):
        done = run.invoke(app, ["--data", str(data), "measure", "monthly_panel", "--state", "FIN", "-o", str(tmp_path / name)])
        assert f"3 rows in {tmp_path / name}" in done.stdout.replace("\n", "")
    lines = (tmp_path / "panel.csv").read_text(encoding="utf-8").splitlines()
    rows = parquet.read_table(tmp_path / "panel.parquet")
    assert lines == [",".join(rows.column_names), *(",".join(map(str, row.values())) for row in rows.to_pylist())]


@pytest.mark.parametrize("name", ["panel.parquet", "panel.csv"])
def test_rows_that_name_another_state_are_left_out(name: str, data: Path, tmp_path: Path) -> None:
    done = run.invoke(app, ["--data", str(data), "measure", "monthly_panel", "--state", "SWE", "-o", str(tmp_path / name)])
    assert "0 rows" in done.stdout


def test_what_cannot_be_written_or_asked_is_said(data: Path, tmp_path: Path) -> None:
    for name, error in (("panel.json", InputError), ("absent/panel.parquet", InputError), ("absent/panel.csv", InputError)):
        done = run.invoke(app, ["--data", str(data), "measure", "monthly_panel", "-o", str(tmp_path / name)])
        assert isinstance(done.exception, error)
    for name in ("days.parquet", "days.csv"):
        done = run.invoke(app, ["--data", str(data), "measure", "read_days", "--state", "FIN", "-o", str(tmp_path / name)])
        assert isinstance(done.exception, TermError)
