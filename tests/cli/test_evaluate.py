import json
from pathlib import Path

from typer.testing import CliRunner

from detente.cli import app

TEXT = "Peruvian President Luis Vega visited Oslo on Monday."
GOLD = {"start": 0, "end": 40, "class": "CONSULT", "source": ["PER"], "target": ["NOR"], "status": "happened"}


def evaluate(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["evaluate", *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def test_own_gold_is_scored(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({"id": "a", "text": TEXT, "date": "2014-05-08", "events": [GOLD]}) + "\n", encoding="utf-8")
    shown = evaluate(str(path), "--missed")
    assert "found: 1.000 (1 of 1)" in shown and "dyad: 1.000" in shown


def test_article_is_scored_with_its_persons(tmp_path: Path) -> None:
    actor = {"country": "PER", "kind": "state", "person": "Luis Vega"}
    event = {
        "tier": 1,
        "start": 0,
        "end": 40,
        "plover": "CONSULT",
        "status": "happened",
        "date": None,
        "source": [actor],
        "target": [{"country": "NOR"}],
    }
    (tmp_path / "gold.json").write_text(json.dumps({"file": "a.txt", "events": [event]}), encoding="utf-8")
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    shown = evaluate(str(tmp_path / "gold.json"), "--text", str(tmp_path / "a.txt"))
    assert "found: 1.000 (1 of 1)" in shown and "persons of the core with office and rank: 1 of 1" in shown


def test_missing_gold_is_refused(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["evaluate", str(tmp_path / "nowhere.jsonl")])
    assert result.exit_code != 0
