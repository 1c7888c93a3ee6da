import csv
import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

import made
from detente import pipeline
from detente.cli import app as whole
from detente.cli import stages
from detente.errors import InputError, SourceError

app = typer.Typer()
app.command("detect")(stages.detect)
app.command("scan")(stages.scan)
run = CliRunner()
NOW = "2024-01-01T00:00:00Z"

CALM: list[tuple[float, float]] = [(200 + 13 * (i % 5), 40 + 7 * (i % 4)) for i in range(30)]


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


@pytest.mark.parametrize(("value", "line"), [("nan", "a month that nobody read"), ("", "a month that nobody read")])
def test_a_month_that_nobody_read_is_no_alarm(tmp_path: Path, value: str, line: str) -> None:
    series = table(tmp_path / "s.csv", CALM)
    with series.open("a", encoding="utf-8") as file:
        file.write(f"AAA,BBB,2020-07,{value},{value}\n")
    run.invoke(app, ["detect", str(series), "-o", str(tmp_path / "out.csv")])
    assert alarms(tmp_path / "out.csv") == [], line


def test_rows_in_any_order_give_the_same_alarms(tmp_path: Path) -> None:
    series = table(tmp_path / "s.csv", [*CALM, (2500, 3000), (2000, 2500)])
    run.invoke(app, ["detect", str(series), "-o", str(tmp_path / "sorted.csv")])
    head, *rows = series.read_text(encoding="utf-8").splitlines()
    series.write_text("\n".join([head, *reversed(rows)]), encoding="utf-8")
    run.invoke(app, ["detect", str(series), "-o", str(tmp_path / "out.csv")])
    assert alarms(tmp_path / "out.csv") == alarms(tmp_path / "sorted.csv") != []


@pytest.mark.parametrize(("name", "begins"), [("s.svg", b"<svg"), ("s.png", b"\x89PNG")])
def test_the_scan_draws_a_picture_by_its_ending(tmp_path: Path, name: str, begins: bytes) -> None:
    series = table(tmp_path / "s.csv", [*CALM, (2500, 3000), (2000, 2500)])
    done = run.invoke(app, ["scan", str(series), "--picture", str(tmp_path / name)])
    assert "AAA BBB" in done.stdout
    assert (tmp_path / name).read_bytes().startswith(begins)


def test_a_picture_of_another_form_is_refused_before_the_work(tmp_path: Path) -> None:
    done = run.invoke(app, ["scan", str(tmp_path / "none.csv"), "--picture", "s.bmp"])
    assert isinstance(done.exception, InputError)
    assert "ends in" in str(done.exception)


def test_stages_of_a_pair_as_table_data_and_picture(tmp_path: Path) -> None:
    days = [*(f"{year}-05-10" for year in range(2008, 2019)), *(f"{year}-{month:02d}-10" for year in (2019, 2020) for month in range(1, 13))]
    pipeline.load_case(
        made.case(tmp_path / "case", acts=[made.act(f"v{i}", day, known=day) for i, day in enumerate(days)]), data=tmp_path / "data", now=NOW
    )
    asked = ["--data", str(tmp_path / "data"), "stages", "FIN", "ISL", "--dimension", "contact", "--as-of", "2020-12-31"]
    shown = run.invoke(whole, [*asked, "--picture", str(tmp_path / "s.png")])
    assert "contact: first told apart in the quarter of 2019-" in shown.stdout
    assert (tmp_path / "s.png").read_bytes().startswith(b"\x89PNG")
    data = json.loads(run.invoke(whole, [*asked, "--json"]).stdout)
    assert data["answers"]["stages"].startswith("smoothed")
    (contact,) = data["dimensions"]
    assert contact["announced"] >= contact["changes"][0]["begins"][:7]
    assert contact["delay_quarters"] >= 0


def test_a_scan_without_a_file_says_where_one_is_looked_for(tmp_path: Path) -> None:
    from detente.cli import app as whole

    done = run.invoke(whole, ["--data", str(tmp_path), "scan"])
    assert done.exit_code == 1
    assert str(tmp_path / "series.csv") in str(done.exception)
