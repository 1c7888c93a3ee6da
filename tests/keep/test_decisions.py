"""Taking a decision back: what stood before it stands again, whoever else decided since, and nothing is erased."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente import pipeline
from detente.errors import InputError
from detente.keep import decisions
from detente.keep.ledger import Reader, Writer
from detente.read.corrections import Decided
from detente.records import Claim, Document, Party, Review

NOW = "2026-01-01T00:00:00Z"
DOC = Document(text="The minister of Finland visited Iceland.", source="The Gazette", published=date(2014, 5, 8))
CLAIM = Claim(
    kind="visit", spans=(DOC.span(0, 39),), source=(Party(state="FIN"),), target=(Party(state="ISL"),), known=DOC.published, made_by="coder"
)  # fmt: skip
DECIDED = ("accepted", "rejected", "disputed", "retracted")


def made(steps: list[tuple[str, str]]) -> list[tuple[str, Review]]:
    return [("slot", Review(claim="c", decision=d, reviewer=who, at=str(n))) for n, (who, d) in enumerate(steps)]  # type: ignore[arg-type]


def holds(*steps: tuple[str, str]) -> tuple[str, str] | None:
    found = decisions.in_force(made(list(steps))).get("slot")
    return None if found is None else (found.reviewer, found.decision)


def test_what_stood_before_stands_again() -> None:
    assert holds() is None
    assert holds(("Ann", "accepted"), ("Ann", "retracted")) is None
    assert holds(("Ann", "accepted"), ("Ann", "rejected"), ("Ann", "retracted")) == ("Ann", "accepted")
    assert holds(("Ann", "accepted"), ("Bo", "rejected"), ("Bo", "retracted")) == ("Ann", "accepted")


def test_a_person_takes_back_only_what_is_the_persons_own() -> None:
    assert holds(("Ann", "accepted"), ("Bo", "rejected"), ("Ann", "retracted")) == ("Bo", "rejected")
    assert holds(("Ann", "accepted"), ("Bo", "retracted")) == ("Ann", "accepted")


@given(st.lists(st.tuples(st.sampled_from(("Ann", "Bo", "Cy")), st.sampled_from(DECIDED)), max_size=12))
def test_each_retraction_takes_away_one_decision_of_its_person_at_most(steps: list[tuple[str, str]]) -> None:
    left = Counter(each.reviewer for each in decisions.kept(made(steps)).get("slot", []))
    for who in ("Ann", "Bo", "Cy"):
        count = 0
        for person, decision in steps:
            if person == who:
                count = max(0, count - 1) if decision == "retracted" else count + 1
        assert left[who] == count


@pytest.fixture
def data(tmp_path: Path) -> Path:
    with Writer.open(tmp_path, now=NOW) as writer, writer.transaction():
        writer.add_document(DOC)
        writer.add_claim(CLAIM)
        writer.add_coding(DOC.id, [CLAIM.id], now=NOW)
    return tmp_path


def decide(data: Path, decision: str, second: int, by: str = "Ann") -> None:
    made = Review(claim=CLAIM.id, decision=decision, reviewer=by, at=f"2026-01-01T00:00:0{second}Z")  # type: ignore[arg-type]
    pipeline.review(made, data=data, now=NOW)


def retract(data: Path, second: int, by: str = "Ann") -> str:
    return pipeline.retract(CLAIM.id, by=Decided(by, f"2026-01-01T00:00:0{second}Z"), data=data).decision


def test_a_retraction_is_one_more_row_and_the_ledger_stays_sound(data: Path) -> None:
    decide(data, "rejected", 1)
    assert pipeline.claims(data) == []
    assert retract(data, 2) == "rejected"
    (item,) = pipeline.claims(data, proposed=True)
    assert item.stored == CLAIM.id
    with Reader.open(data) as ledger:
        assert [review.decision for _, review in ledger.reviews()] == ["rejected", "retracted"]
    assert list(pipeline.verify(data)) == []


def test_a_reading_after_it_proposes_anew_what_nobody_decides_on_any_more(data: Path) -> None:
    decide(data, "accepted", 1)
    other = replace(CLAIM, status="planned")
    with Writer.open(data, now=NOW) as writer, writer.transaction():
        writer.add_claim(other)
        writer.add_coding(DOC.id, [other.id], now=NOW)
    assert [item.stored for item in pipeline.claims(data)] == [CLAIM.id], "a reading does not undo a person"
    retract(data, 2)
    assert [item.stored for item in pipeline.claims(data)] == [other.id]


def test_who_has_decided_nothing_has_nothing_to_take_back(data: Path) -> None:
    with pytest.raises(InputError, match="Ann has made no decision"):
        retract(data, 1)
    decide(data, "accepted", 1, by="Bo")
    with pytest.raises(InputError, match="Ann has made no decision"):
        retract(data, 2)
    retract(data, 3, by="Bo")
    with pytest.raises(InputError, match="Bo has made no decision"):
        retract(data, 4, by="Bo")


def test_the_same_moment_cannot_hold_a_decision_twice(data: Path) -> None:
    decide(data, "accepted", 1)
    decide(data, "accepted", 1)
    retract(data, 1)
    with pytest.raises(InputError, match="once more"):
        decide(data, "accepted", 1)
    decide(data, "accepted", 2)
    with pytest.raises(InputError, match="once more"):
        retract(data, 1)
    assert pipeline.claims(data)[0].accepted


def test_records_show_what_holds_and_not_what_was_taken_back(data: Path) -> None:
    decide(data, "accepted", 1)
    decide(data, "rejected", 2)
    retract(data, 3)
    (row,) = pipeline.records(data)
    assert (row.cells["decision"], row.cells["decided_at"]) == ("accepted", "2026-01-01T00:00:01Z")
    retract(data, 4)
    (row,) = pipeline.records(data)
    assert (row.cells["decision"], row.cells["decided_by"]) == ("proposed", "")
