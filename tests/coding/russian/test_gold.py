"""The Russian gold that ships with the project: the coder stays above the figures of docs/russian.md, less a margin."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from detente.coding import gold, scoring
from detente.coding.events import event
from detente.coding.russian import claims
from detente.records import Document

FOLDER = Path(__file__).parents[3] / "benchmarks" / "gold"


@pytest.mark.parametrize("name", ["russian.jsonl", "russian_kept_back.jsonl"])
def test_class_and_dyad_stay_above_nine_tenths(name: str) -> None:
    tallies = []
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        owed = gold.text(json.loads(line))
        coding = claims.code(Document(text=owed.text, source=owed.id, published=owed.published, language="ru"))
        rows = [event(claim) for claim in coding.claims]
        stated = [{**row, **{side: [code for code in row[side] if len(code) == 3] for side in ("source", "target")}} for row in rows]
        tallies.append(scoring.tally(owed.events, [gold.event(row) for row in stated]))
    assert scoring.scores(tallies, samples=1, seed=1)["class and dyad"].f1 > 0.9
