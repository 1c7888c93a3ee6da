from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import made
from detente import pipeline
from detente.errors import InputError
from detente.keep.ledger import Writer
from detente.records import Claim, Document, Merge, Party

NOW = "2024-01-01T00:00:00Z"
TEXT = "Finland's minister visited Iceland on 4 May 2019."


def told(data: Path, source: str, day: date = date(2019, 5, 5)) -> str:
    """A proposed visit in a document of its own; its claim's identity."""
    from detente import dates

    doc = Document(text=f"{source}: {TEXT}", source=source, published=day)
    claim = Claim(
        kind="visit",
        spans=(doc.span(0, len(doc.text)),),
        source=(Party(state="FIN"),),
        target=(Party(state="ISL"),),
        valid=dates.day(date(2019, 5, 4)),
        known=day,
        event_class="CONSULT",
        made_by="coder",
    )
    with Writer.open(data, wait_seconds=1.0, now=NOW) as writer, writer.transaction():
        writer.add_document(doc)
        writer.add_claim(claim)
        writer.add_coding(doc.id, [claim.id], now=NOW)
    return claim.id


@pytest.fixture
def data(tmp_path: Path) -> Path:
    pipeline.load_case(made.case(tmp_path / "case", acts=[made.act("old", "2001-01-01")]), data=tmp_path / "data", now=NOW)
    return tmp_path / "data"


def sizes(data: Path) -> list[int]:
    return sorted(len(act.claims) for act in pipeline.grouped(data)[0])


def decided(claim: str, act: str, decision: str, at: str = NOW) -> Merge:
    return Merge(claim=claim, act=act, decision=decision, by="A. Reader", at=at, reason="read both")  # type: ignore[arg-type]


def test_two_reports_of_one_visit_are_one_act_with_a_reason(data: Path) -> None:
    first, second = told(data, "One"), told(data, "Two")
    found, joined = pipeline.grouped(data)
    assert sizes(data) == [1, 2]
    assert {first, second} in [set(act.claims) for act in found]
    assert [each.reason for each in joined] == ["kind, states and days agree"]


def test_a_split_holds_whatever_is_read_again_and_a_join_undoes_it(data: Path) -> None:
    told(data, "One")
    second = told(data, "Two")
    act = pipeline.act_of(second, data=data)
    apart = next(claim for claim in act.claims if claim != act.claim.id)
    pipeline.merge(decided(apart, act.id, "parted"), data=data, now=NOW)
    assert sizes(data) == [1, 1, 1]
    told(data, "One")
    told(data, "Two")
    assert sizes(data) == [1, 1, 1]
    rest = next(found for found in pipeline.grouped(data)[0] if apart not in found.claims and found.claim.kind == "visit" and len(found.claims) == 1)
    assert rest.id == act.id or rest.claim.made_by == "table"
    pipeline.merge(decided(apart, act.id, "joined", at="2024-02-01T00:00:00Z"), data=data, now=NOW)
    assert sizes(data) == [1, 2]


def test_what_is_not_there_cannot_be_joined_or_split(data: Path) -> None:
    claim = told(data, "One")
    act = next(found for found in pipeline.grouped(data)[0] if claim in found.claims)
    with pytest.raises(InputError, match="the identity of a claim"):
        pipeline.merge(decided("clm:none", act.id, "joined"), data=data, now=NOW)
    with pytest.raises(InputError, match="the identity of an act"):
        pipeline.merge(decided(claim, "act:none", "joined"), data=data, now=NOW)
    with pytest.raises(InputError, match="shares its act"):
        pipeline.act_of(claim, data=data)


def test_only_the_acts_of_the_documents_asked_for_are_counted(data: Path) -> None:
    told(data, "One")
    doc = next(act.citations[0].document for act in pipeline.grouped(data)[0] if act.claim.made_by == "coder")
    assert len(pipeline.grouped(data, documents={doc})[0]) == 1
    assert pipeline.grouped(data, documents=set())[0] == ()


def test_reports_that_repeat_one_another_have_one_origin(data: Path) -> None:
    told(data, "One"), told(data, "Two")
    act = next(act for act in pipeline.grouped(data)[0] if len(act.claims) == 2)
    assert pipeline.origins([act], data=data) == {}, "two of one day: nobody can tell who came first"
    late = told(data, "Three", day=date(2019, 5, 7))
    act = next(act for act in pipeline.grouped(data)[0] if late in act.claims)
    found = {each.publication: pipeline.origins([act], data=data).get(each.document) for each in act.citations}
    assert found["Three"] in ("One", "Two") and found["One"] is None


def test_an_act_that_one_document_tells_of_is_not_traced(data: Path) -> None:
    told(data, "One")
    assert pipeline.origins(pipeline.grouped(data)[0], data=data) == {}
