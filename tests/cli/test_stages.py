import csv
import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from detente.cli import stages
from detente.errors import SourceError

app = typer.Typer()
app.command("detect")(stages.detect)
app.command("scan")(stages.scan)
run = CliRunner()

CALM = [(200 + 13 * (i % 5), 40 + 7 * (i % 4)) for i in range(30)]


def table(path: Path, months: list[tuple[float, float]]) -> Path:
    rows = [("AAA", "BBB", f"{2018 + i // 12}-{i % 12 + 1:02d}", c, f) for i, (c, f) in enumerate(months)]
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("a", "b", "month", "cooperation", "conflict"), *rows])
    return path


def alarms(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def test_a_crisis_is_written_with_its_month_direction_and_interval(tmp_path: Path) -> None:
    series = table(tmp_path / "s.csv", [*CALM, (2500, 3000), (2000, 2500)])
    done = run.invoke(app, ["detect", str(series), "-o", str(tmp_path / "out.csv")])
    assert done.exit_code == 0
    (alarm,) = alarms(tmp_path / "out.csv")
    assert (alarm["a"], alarm["b"], alarm["month"], alarm["direction"]) == ("AAA", "BBB", "2020-07", "conflict")
    assert alarm["first"] <= "2020-07" <= alarm["last"]
    assert 0.5 < float(alarm["probability"]) <= 1.0
    assert 0.0 <= float(alarm["persists"]) <= 1.0


@pytest.mark.parametrize("months", [[], [(5, 5)], [(0, 0)] * 40])
def test_nothing_to_tell_is_a_table_without_rows(tmp_path: Path, months: list[tuple[float, float]]) -> None:
    series = table(tmp_path / "s.csv", months)
    run.invoke(app, ["detect", str(series), "-o", str(tmp_path / "out.csv")])
    assert (tmp_path / "out.csv").read_text(encoding="utf-8") == "a,b,month,direction,probability,first,last,persists\n"


def test_a_bad_table_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    series = table(tmp_path / "s.csv", [(1, -1)])
    done = run.invoke(app, ["detect", str(series), "-o", str(tmp_path / "out.csv")])
    assert isinstance(done.exception, SourceError)
    assert not (tmp_path / "out.csv").exists()


def test_the_scan_shows_the_newest_as_data(tmp_path: Path) -> None:
    series = table(tmp_path / "s.csv", [*CALM, (2500, 3000), (2000, 2500)])
    found = json.loads(run.invoke(app, ["scan", str(series), "--since", "2020-01", "--json"]).stdout)
    assert [row["month"] for row in found] == ["2020-07"]
    assert json.loads(run.invoke(app, ["scan", str(series), "--since", "2020-08", "--json"]).stdout) == []


def test_a_month_that_is_none_is_refused(tmp_path: Path) -> None:
    done = run.invoke(app, ["scan", str(table(tmp_path / "s.csv", [])), "--since", "lately"])
    assert isinstance(done.exception, SourceError)
