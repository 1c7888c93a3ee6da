"""The sentences written for the project: enough, varied, well marked, and none of them from a gold standard."""

import json
import os
import re
from collections import Counter
from pathlib import Path

import pytest

from detente.coding import examples
from detente.ontology import family

ROWS = examples.load()


def test_there_are_enough_sentences() -> None:
    assert len(ROWS) >= 3000


def test_every_class_has_many_sentences_and_none_has_more() -> None:
    counts = Counter(row.event_class for row in ROWS)
    assert set(counts) == {*family("classes"), None}
    assert min(counts.values()) >= 100


def test_ids_and_texts_are_unique() -> None:
    assert len({row.id for row in ROWS}) == len({_bare(row.text) for row in ROWS}) == len(ROWS)


def test_spans_stand_verbatim_in_the_text() -> None:
    assert [row.id for row in ROWS if not (row.source_text and row.source_text in row.text)] == []
    assert [row.id for row in ROWS if not (row.target_text and row.target_text in row.text)] == []


def test_codes_are_of_the_vocabulary() -> None:
    assert {row.status for row in ROWS} <= set(family("statuses"))
    assert {row.kind for row in ROWS} <= {*family("kinds"), None}


def test_every_region_is_written_about() -> None:
    assert min(Counter(row.region for row in ROWS).values()) >= 50


def test_hard_negatives_carry_no_class() -> None:
    assert all(row.event_class is None for row in ROWS if row.hard_negative)
    assert sum(row.hard_negative for row in ROWS) >= 150


def test_no_sentence_is_one_of_the_gold() -> None:
    folder = os.environ.get("DETENTE_GOLD")
    if folder is None:
        pytest.skip("DETENTE_GOLD names no folder of gold to compare with")
    gold = {_bare(text) for path in sorted(Path(folder).glob("*.jsonl")) for text in _texts(path)}
    assert [row.id for row in ROWS if _bare(row.text) in gold] == []


def _texts(path: Path) -> list[str]:
    return [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines() if '"text"' in line]


def _bare(text: str) -> str:
    return re.sub(r"\W+", " ", text.casefold()).strip()
