from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from detente import pipeline
from detente.errors import LedgerUnsound, TermError
from detente.keep.ledger import Reader, Writer
from detente.keep.reviews import standing
from detente.records import Claim, Document, Party, Review

NOW = "2026-01-01T00:00:00Z"
DOC = Document(text="The minister of Finland visited Iceland.", source="The Gazette", published=date(2014, 5, 8))
CLAIM = Claim(
    kind="visit",
    spans=(DOC.span(0, 39),),
    source=(Party(state="FIN"),),
    target=(Party(state="ISL"),),
    known=DOC.published,
    made_by="coder",
)


def coded(folder: Path, *claims: Claim) -> None:
    with Writer.open(folder, now=NOW) as writer, writer.transaction():
        writer.add_document(DOC)
        for claim in claims:
            writer.add_claim(claim)
        writer.add_coding(DOC.id, [claim.id for claim in claims], now=NOW)


def reviewed(folder: Path, decision: str, *edits: tuple[str, str], at: str = NOW) -> None:
    made = Review(claim=CLAIM.id, decision=decision, reviewer="Aino", at=at, edits=edits)  # type: ignore[arg-type]
    pipeline.review(made, data=folder, now=NOW)


def stands(folder: Path) -> list[tuple[str, str, bool]]:
    with Reader.open(folder) as ledger:
        return [(item.claim.kind, item.claim.status, item.accepted) for item in standing(ledger)]


def test_what_the_coder_proposes_stands_as_proposed(tmp_path: Path) -> None:
    coded(tmp_path, CLAIM)
    assert stands(tmp_path) == [("visit", "happened", False)]


def test_a_later_coding_replaces_what_nobody_decided_on(tmp_path: Path) -> None:
    coded(tmp_path, CLAIM)
    coded(tmp_path, replace(CLAIM, status="planned"))
    assert stands(tmp_path) == [("visit", "planned", False)]
    coded(tmp_path)
    assert stands(tmp_path) == []


@pytest.mark.parametrize(
    ("decision", "edits", "expected"),
    [
        ("accepted", (), [("visit", "happened", True)]),
        ("edited", (("status", "planned"),), [("visit", "planned", True)]),
        ("disputed", (), [("visit", "happened", False)]),
        ("rejected", (), []),
    ],
)
def test_a_decision_holds_whatever_the_coder_makes_of_the_words_later(
    tmp_path: Path, decision: str, edits: tuple[tuple[str, str], ...], expected: list[tuple[str, str, bool]]
) -> None:
    coded(tmp_path, CLAIM)
    reviewed(tmp_path, decision, *edits)
    assert stands(tmp_path) == expected
    coded(tmp_path, replace(CLAIM, status="hypothetical"))
    assert stands(tmp_path) == expected
    coded(tmp_path)
    assert stands(tmp_path) == expected


def test_a_later_decision_holds_instead_and_the_earlier_one_is_kept(tmp_path: Path) -> None:
    coded(tmp_path, CLAIM)
    reviewed(tmp_path, "rejected")
    reviewed(tmp_path, "accepted", at="2026-01-02T00:00:00Z")
    assert stands(tmp_path) == [("visit", "happened", True)]
    with Reader.open(tmp_path) as ledger:
        assert ledger.counts()["reviews"] == 2


def test_an_edit_that_fits_nothing_is_refused_and_not_kept(tmp_path: Path) -> None:
    coded(tmp_path, CLAIM)
    with pytest.raises(TermError):
        reviewed(tmp_path, "edited", ("status", "perhaps"))
    with pytest.raises(LedgerUnsound, match="unknown"):
        pipeline.review(Review(claim="clm:none", decision="accepted", reviewer="Aino", at=NOW), data=tmp_path, now=NOW)
    assert stands(tmp_path) == [("visit", "happened", False)]
