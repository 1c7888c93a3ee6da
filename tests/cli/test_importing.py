import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import published
from detente.cli import app
from detente.errors import InputError

run = CliRunner()


def test_the_five_numbers_are_printed_as_data_and_sum_up(tmp_path: Path) -> None:
    rows = [published.row("icews", 0), published.row("icews", 0), published.row("icews", 1, **{"CAMEO Code": "--"}), ["cut"]]
    path = published.plain(tmp_path / "a.tab", published.text("icews", rows))
    done = run.invoke(app, ["--data", str(tmp_path), "import", "icews", str(path), "--json"])
    assert done.exit_code == 0
    assert json.loads(done.stdout) == {"read": 4, "kept": 1, "already": 1, "refused": 1, "failed": 1}
    assert "1 rows: no event code of CAMEO" in done.stderr


def test_a_table_without_a_map_is_not_imported_but_its_guess_can_be_used(tmp_path: Path) -> None:
    path = published.plain(tmp_path / "own.csv", b"date,source,target,cameo\n2019-01-01,FIN,ISL,042\n2019-01-02,ISL,FIN,190\n")
    guess = run.invoke(app, ["--data", str(tmp_path), "import", "table", str(path)])
    assert guess.exit_code == 1
    assert not (tmp_path / "events").exists()
    (tmp_path / "map.yaml").write_text(guess.stdout, encoding="utf-8")
    done = run.invoke(app, ["--data", str(tmp_path), "import", "table", str(path), "--map", str(tmp_path / "map.yaml"), "--json"])
    assert json.loads(done.stdout)["kept"] == 2


def test_the_scan_runs_on_what_was_imported(tmp_path: Path) -> None:
    path = published.plain(tmp_path / "a.tab", published.text("icews", [published.row("icews", number) for number in range(900)]))
    run.invoke(app, ["--data", str(tmp_path), "import", "icews", str(path)])
    assert "of 1 pairs" in run.invoke(app, ["--data", str(tmp_path), "scan"]).stdout
    assert run.invoke(app, ["--data", str(tmp_path), "detect", "-o", str(tmp_path / "out.csv")]).exit_code == 0
    wrong = run.invoke(app, ["--data", str(tmp_path), "scan", "--dataset", "polecat"])
    assert isinstance(wrong.exception, InputError)


@pytest.mark.parametrize("order", [("icews", "gdelt2"), ("gdelt2", "icews")])
def test_what_two_datasets_tell_counts_once_in_whatever_order_they_came(order: tuple[str, str], tmp_path: Path) -> None:
    from detente.pipeline import measuring

    found = []
    for kinds in (order, ("icews",)):
        root = tmp_path / str(len(kinds))
        for kind in kinds:
            path = published.plain(tmp_path / kind, published.text(kind, [published.row(kind, number) for number in range(300)]))
            run.invoke(app, ["--data", str(root), "import", kind, str(path)])
        found.append(measuring.panel(root, measuring.Chosen()).values["FIN", "ISL"].tolist())
    assert found[0] == found[1]
