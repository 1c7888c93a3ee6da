from datetime import date
from pathlib import Path

import pytest

from detente.keep import deeds, schema
from detente.keep.deeds import Deed
from detente.keep.ledger import Reader, Writer
from detente.records import Claim, Document, Review

DOC = Document(text="The minister of Finland visited Iceland.", source="The Gazette", published=date(2014, 5, 8))
CLAIM = Claim(kind="visit", spans=(DOC.span(0, 39),), source=(), target=(), made_by="coder")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Writer.open(tmp_path, now="2026-01-01T00:00:00Z") as writer, writer.transaction():
        writer.add_document(DOC)
        writer.add_claim(CLAIM)
        writer.add_coding(DOC.id, [CLAIM.id], now="2026-01-02T00:00:00Z")
        for hour, decision in enumerate(("rejected", "accepted")):
            made = Review(claim=CLAIM.id, decision=decision, reviewer="Aino", at=f"2026-01-03T0{hour}:00:00Z")  # type: ignore[arg-type]
            writer.add_review(made)
    return tmp_path


TABLES = [Deed("2026-01-01T00:00:00Z", f"tables: {step.name}", {}, None) for step in sorted(schema.MIGRATIONS, key=lambda step: step.name)]


def told(folder: Path) -> list[Deed]:
    with Reader.open(folder) as ledger:
        found = deeds.latest(ledger, limit=100)
        assert deeds.count(ledger) == len(found)
        return found


def test_tables_readings_and_days_of_review_are_told_the_latest_first(folder: Path) -> None:
    assert told(folder) == [
        Deed("2026-01-03T01:00:00Z", "review by Aino", {"accepted": 1, "rejected": 1}, None),
        Deed("2026-01-02T00:00:00Z", "read", {"coded": 1, "claims": 1}, None),
        *TABLES,
    ]


def test_a_reading_that_told_its_counts_is_not_told_twice(folder: Path) -> None:
    with Writer.open(folder) as writer, writer.transaction():
        writer.add_run("read a.txt", now="2026-01-02T00:00:00Z", version="1.0", counts={"coded": 1, "refused": 2, "failed": 0})
    assert [(each.what, each.counts, each.version) for each in told(folder)][1] == ("read a.txt", {"coded": 1, "refused": 2}, "1.0")
    assert len(told(folder)) == 2 + len(TABLES)


def test_a_part_is_given(folder: Path) -> None:
    with Reader.open(folder) as ledger:
        assert [each.what for each in deeds.latest(ledger, limit=1, offset=1)] == ["read"]
