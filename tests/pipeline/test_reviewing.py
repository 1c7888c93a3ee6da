"""What stands beside a claim of the queue is what the whole ledger makes of it, though only claims nearby are read."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from detente import dates, pipeline
from detente.dates import Interval
from detente.keep import acts
from detente.keep.ledger import Writer
from detente.records import Act, Claim, Document, Merge, Party

NOW = "2026-01-01T00:00:00Z"


def claim(number: int, valid: Interval | None, states: tuple[str, str], kind: str = "meeting") -> tuple[Document, Claim]:
    doc = Document(text=f"Paper {number}: they met.", source=f"Paper {number}", published=date(2014, 1, 1) + timedelta(days=number))
    sides = {"source": (Party(state=states[0]),), "target": (Party(state=states[1]),)}
    return doc, Claim(kind=kind, spans=(doc.span(0, 7),), valid=valid, known=doc.published, made_by="coder", **sides)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("beside")
    days = [dates.day(date(2014, 1, 1) + timedelta(days=3 * n)) for n in range(12)]
    valid = [*days, dates.parse("2014-02"), dates.parse("2014"), None, dates.day(date(1, 1, 1)), dates.day(date(9999, 12, 30))]
    pairs = (("FIN", "ISL"), ("ISL", "FIN"), ("FIN", "NOR"))
    told = [claim(n, valid[n % len(valid)], pairs[n % 3], "visit" if n % 4 == 0 else "meeting") for n in range(3 * len(valid))]
    with Writer.open(folder, now=NOW) as writer, writer.transaction():
        for doc, made in told:
            writer.add_document(doc)
            writer.add_claim(made)
            writer.add_coding(doc.id, [made.id], now=NOW)
    return folder


def compared(data: Path) -> None:
    found = pipeline.queue(data)
    whole = pipeline.grouped(data)[0]
    held = {item.stored: item for item in pipeline.claims(data)}
    assert len(found) == len(held)
    for entry in found:
        own, near = pipeline.beside(entry, data=data)
        assert own == next(act for act in whole if entry.stored in act.claims)
        assert [named(act) for act in near] == [named(act) for act in acts.candidates(held[entry.stored], whole)]


def named(act: Act) -> tuple[str, int]:
    return act.id, len(act.claims)


def test_the_acts_beside_each_claim_are_those_of_the_whole_ledger(data: Path) -> None:
    compared(data)


def test_with_decisions_of_persons_too(data: Path) -> None:
    found = pipeline.grouped(data)[0]
    several = next(act for act in found if len(act.claims) > 1)
    far = next(act for act in found if act.claim.states != several.claim.states)
    merges = (
        Merge(claim=several.claims[-1], act=far.id, decision="joined", by="me", at="2026-01-01", reason=""),
        Merge(claim=far.claims[0], act=several.id, decision="parted", by="me", at="2026-01-02", reason=""),
    )
    for merge in merges:
        pipeline.merge(merge, data=data, now=NOW)
    compared(data)
