"""The queue of review: which claims are in it, which of them somebody asks for, and how far the review has come."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import made
from detente import pipeline
from detente.keep.entries import Entry
from detente.keep.ledger import Writer
from detente.keep.queues import Sought
from detente.keep.sentences import sentence
from detente.records import Claim, Document, Party, Review

NOW = "2026-01-01T00:00:00Z"
DOC = Document(
    text="Finland's minister visited Iceland. Later Norway praised Iceland for its fish.", source="The Evening Post", published=date(2019, 5, 5)
)


def proposed(kind: str, words: str, source: str, status: str = "happened") -> Claim:
    start = DOC.text.index(words)
    made = Claim(
        kind=kind, spans=(DOC.span(start, start + len(words)),), source=(Party(state=source),), target=(Party(state="ISL"),), made_by="coder"
    )
    return replace(made, status=status, known=DOC.published)  # type: ignore[arg-type]


VISIT, PRAISE = proposed("visit", "visited", "FIN"), proposed("signal", "praised", "NOR", "planned")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    pipeline.load_case(made.case(tmp_path / "case", acts=[made.act("old", "2001-01-01")]), data=tmp_path / "data", now=NOW)
    with Writer.open(tmp_path / "data", now=NOW) as writer, writer.transaction():
        writer.add_document(DOC)
        for claim in (VISIT, PRAISE):
            writer.add_claim(claim)
        writer.add_coding(DOC.id, [VISIT.id, PRAISE.id], now=NOW)
    return tmp_path / "data"


def decide(data: Path, claim: Claim, decision: str, by: str = "Ann", *edits: tuple[str, str]) -> None:
    made = Review(claim=claim.id, decision=decision, reviewer=by, at=f"{NOW} {by} {decision}", edits=edits)  # type: ignore[arg-type]
    pipeline.review(made, data=data, now=NOW)


def found(data: Path, **asked: object) -> list[str]:
    return [each.stored for each in pipeline.queue(data, Sought(**asked))]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, [VISIT, PRAISE]),
        ({"states": frozenset({"FIN", "ISL"})}, [VISIT]),
        ({"states": frozenset({"ISL"})}, [VISIT, PRAISE]),
        ({"kind": "signal"}, [PRAISE]),
        ({"status": "planned"}, [PRAISE]),
        ({"publication": "evening"}, [VISIT, PRAISE]),
        ({"publication": "morning"}, []),
        ({"maker": "coder"}, [VISIT, PRAISE]),
        ({"maker": "person"}, []),
        ({"words": "FISH norway"}, [PRAISE]),
        ({"words": "minister"}, [VISIT]),
        ({"words": "minister fish"}, []),
        ({"document": DOC.id}, [VISIT, PRAISE]),
        ({"document": "doc:other"}, []),
    ],
)
def test_what_is_asked_for_is_what_comes(data: Path, asked: dict[str, object], expected: list[Claim]) -> None:
    assert found(data, **asked) == [claim.id for claim in expected]


def test_rows_of_tables_come_when_asked_for_or_decided_on(data: Path) -> None:
    (row,) = found(data, maker="table")
    assert row not in found(data)
    pipeline.review(Review(claim=row, decision="disputed", reviewer="Ann", at=NOW), data=data, now=NOW)
    assert row in found(data)


def count(data: Path, state: str, reviewer: str = "Ann") -> tuple[int, int]:
    return pipeline.progress(Sought(state=state, reviewer=reviewer), None, data=data)[:2]


def wanted(data: Path, state: str, reviewer: str = "Ann") -> list[str]:
    return [each.stored for each in pipeline.queue(data, Sought(state=state, reviewer=reviewer))]


def test_a_decided_claim_keeps_its_place_whatever_was_decided(data: Path) -> None:
    assert count(data, "open") == (0, 2)
    decide(data, VISIT, "rejected")
    assert (wanted(data, "open"), wanted(data, "decided"), wanted(data, "all")) == ([PRAISE.id], [VISIT.id], [VISIT.id, PRAISE.id])
    decide(data, PRAISE, "disputed", "Bo")
    assert (wanted(data, "open"), wanted(data, "disputed")) == ([], [PRAISE.id])
    assert (count(data, "open"), count(data, "mine"), count(data, "mine", "Cy")) == ((2, 2), (1, 2), (0, 2))
    assert wanted(data, "mine") == [PRAISE.id]


def test_an_edited_kind_does_not_lose_the_decision(data: Path) -> None:
    decide(data, VISIT, "edited", "Ann", ("kind", "meeting"))
    first: Entry = pipeline.queue(data)[1]
    assert first.stored == VISIT.id
    assert first.kind == "meeting"
    assert first.judged.review is not None and first.deciders == {"Ann"}


def test_a_sentence_ends_where_its_text_does() -> None:
    text = "A first one. The second, with 1.5 tons, is here! 第三。第四"
    at = text.index("second")
    assert sentence(text, at, at + 6) == "The second, with 1.5 tons, is here"
    assert sentence("whole", 0, 5) == "whole"
    assert sentence(text, text.index("四"), len(text)) == "第四"
