"""Made-up events: the same seed gives the same bytes, and the truth beside them is what the rows say."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

from typer.testing import CliRunner

from detente.cli import app
from detente.read.datasets import layouts


def _made(path: Path, *, rows: int, seed: int) -> Path:
    done = CliRunner().invoke(app, ["generate", "events", "--rows", str(rows), "--seed", str(seed), "-o", str(path)])
    assert done.exit_code == 0, done.output
    return path


def test_the_truth_is_what_the_rows_say(tmp_path: Path) -> None:
    made = _made(tmp_path / "e.csv", rows=3_000, seed=4)
    columns = layouts.layout("gdelt2").columns
    rows = [dict(zip(columns, line.split("\t"), strict=True)) for line in made.read_text(encoding="utf-8").splitlines()]
    counted = Counter((row["actor1countrycode"], row["actor2countrycode"], f"{row['sqldate'][:4]}-{row['sqldate'][4:6]}") for row in rows)
    with (tmp_path / "e.csv.truth.csv").open(encoding="utf-8", newline="") as file:
        truth = {(row["source"], row["target"], row["month"]): int(row["rows"]) for row in csv.DictReader(file)}
    assert truth == counted and sum(truth.values()) == 3_000
    assert len({row["globaleventid"] for row in rows}) == 3_000


def test_a_seed_gives_its_own_bytes(tmp_path: Path) -> None:
    first, same, other = (_made(tmp_path / f"{name}.csv", rows=200, seed=seed).read_bytes() for name, seed in (("a", 1), ("b", 1), ("c", 2)))
    assert first == same != other
