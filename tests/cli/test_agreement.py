"""`detente agreement` and taking a decision back on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from detente import cli, pipeline
from detente.errors import InputError
from detente.keep.ledger import Writer
from detente.records import Claim, Document, Merge, Party

NOW = "2024-01-01T00:00:00Z"


@pytest.fixture
def claims(tmp_path: Path) -> list[str]:
    doc = Document(text="Finland warned Iceland. Norway thanked Iceland.", source="The Gazette")
    made = [
        Claim(kind="signal", spans=(doc.span(low, high),), source=(Party(state=state),), target=(Party(state="ISL"),), made_by="coder")
        for state, low, high in (("FIN", 0, 23), ("NOR", 24, 47))
    ]
    with Writer.open(tmp_path, now=NOW) as writer, writer.transaction():
        writer.add_document(doc)
        for claim in made:
            writer.add_claim(claim)
        writer.add_coding(doc.id, [claim.id for claim in made], now=NOW)
    return [claim.id for claim in made]


def run(data: Path, *words: str) -> str:
    done = CliRunner().invoke(cli.app, ["--data", str(data), *words], catch_exceptions=False, env={"COLUMNS": "200"})
    assert done.exit_code == 0, done.output
    return done.output


def test_two_reviewers_are_compared_by_decision_and_field(tmp_path: Path, claims: list[str]) -> None:
    assert "Decided on claims: nobody" in run(tmp_path, "agreement")
    for claim in claims:
        run(tmp_path, "review", claim, "accept", "--by", "Ann")
    run(tmp_path, "review", claims[0], "accept", "--by", "Bo [b]")
    run(tmp_path, "review", claims[1], "reject", "--by", "Bo [b]")
    told = json.loads(run(tmp_path, "agreement", "--json"))
    assert told["reviewers"] == [{"name": "Ann", "claims": 2}, {"name": "Bo [b]", "claims": 2}]
    decision = told["fields"][0]
    assert (decision["name"], decision["claims"], decision["raw"]) == ("decision", 2, 0.5)
    assert decision["pairs"] == [{"one": "Ann", "other": "Bo [b]", "claims": 2, "raw": 0.5, "kappa": 0.0}]
    assert decision["alpha"] == pytest.approx(0.0)
    assert told["differing"] == [{"claim": claims[1], "field": "decision", "said": {"Ann": "accepted", "Bo [b]": "rejected"}}]
    shown = run(tmp_path, "agreement")
    assert "Ann, Bo [b]" in shown and "0.50" in shown
    assert f"{claims[1]} decision: Ann: accepted; Bo [b]: rejected" in shown
    assert json.loads(run(tmp_path, "agreement", "Finland", "--kind", "signal", "--json"))["claims"] == 1
    assert json.loads(run(tmp_path, "agreement", "--kind", "visit", "--json"))["reviewers"] == []


def test_a_decision_is_taken_back_by_whom_it_was_made(tmp_path: Path, claims: list[str]) -> None:
    run(tmp_path, "review", claims[0], "reject", "--by", "Ann")
    with pytest.raises(InputError, match="Bo has made no decision"):
        run(tmp_path, "review", claims[0], "retract", "--by", "Bo")
    assert "is no longer rejected by Ann" in run(tmp_path, "review", claims[0], "retract", "--by", "Ann", "--reason", "wrong key")
    assert len(pipeline.claims(tmp_path, proposed=True)) == 2
    with pytest.raises(InputError, match="edits with edit"):
        run(tmp_path, "review", claims[0], "retract", "--by", "Ann", "--set", "kind=visit")


def test_a_join_is_taken_back_too_the_later_decision_first(tmp_path: Path, claims: list[str]) -> None:
    acts = pipeline.grouped(tmp_path)[0]
    other = next(act.id for act in acts if claims[1] in act.claims)
    run(tmp_path, "review", claims[0], "accept", "--by", "Ann")
    joined = Merge(claim=claims[0], act=other, decision="joined", by="Ann", at="2999-01-01T00:00:00Z", reason="")
    pipeline.merge(joined, data=tmp_path, now=NOW)
    assert [len(act.claims) for act in pipeline.grouped(tmp_path)[0]] == [2]
    assert "is no longer joined by Ann" in run(tmp_path, "review", claims[0], "retract", "--by", "Ann")
    assert [len(act.claims) for act in pipeline.grouped(tmp_path)[0]] == [1, 1]
    assert "is no longer accepted by Ann" in run(tmp_path, "review", claims[0], "retract", "--by", "Ann")
