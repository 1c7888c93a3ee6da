"""The forecast baseline as a command: figures of a split that the user has, and what is wrong with one that cannot be used."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from detente.cli import app
from detente.errors import SourceError
from detente.read.datasets import quadruples


def _split(folder: Path, *, hours: int = 24) -> Path:
    folder.mkdir()
    for name, days in (("train", range(10)), ("valid", range(10, 12)), ("test", range(12, 14))):
        rows = [f"{subject}\t0\t{subject + 3}\t{day * hours}\t-1\n" for day in days for subject in range(3)]
        (folder / f"{name}.txt").write_text("".join(rows), encoding="utf-8")
    return folder


def test_what_always_recurs_is_ranked_first(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["recurrency", str(_split(tmp_path / "s")), "--json"])
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout) == {"queries": 12, "mrr": 1.0, "hits": [1.0, 1.0, 1.0], "ranks": [1, 3, 10], "weights": "tuned by relation"}
    shown = CliRunner().invoke(app, ["recurrency", str(tmp_path / "s"), "--fixed"])
    assert "MRR 100.00" in shown.stdout and "weights fixed" in shown.stdout


def test_hours_are_counted_as_the_steps_they_are(tmp_path: Path) -> None:
    days, hours = quadruples.read(_split(tmp_path / "days", hours=1)), quadruples.read(_split(tmp_path / "hours"))
    assert (days.test == hours.test).all() and hours.test[-1, 3] == 13


@pytest.mark.parametrize(
    ("text", "told"),
    [("", "empty"), ("a\tb\tc\td\n", "whole numbers"), ("0\t0\n", "whole numbers"), ("0\t-1\t0\t99\n", "-1"), ("0\t0\t1\t9\n", "begins")],
)
def test_a_split_that_cannot_be_used_is_told(tmp_path: Path, text: str, told: str) -> None:
    folder = _split(tmp_path / "s", hours=1)
    (folder / "test.txt").write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=told):
        quadruples.read(folder)


def test_a_missing_part_is_named(tmp_path: Path) -> None:
    (_split(tmp_path / "s") / "valid.txt").unlink()
    with pytest.raises(SourceError, match=r"valid\.txt"):
        quadruples.read(tmp_path / "s")
