"""News that is no politics: crimes among private people and matters of sport fall silent, deeds of the state do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.coding import claims
from detente.coding.claims import Coder
from detente.records import Document

PRIVATE = Path(__file__).parent / "golden" / "private.txt"


@pytest.fixture(scope="module")
def coder() -> Coder:
    return claims.load()


def classes(coder: Coder, text: str) -> set[str]:
    return {claim.event_class for claim in coder.code(Document(text=text, source="test")).claims if claim.event_class is not None}


@pytest.mark.parametrize(
    "text",
    [
        "Two teenagers were shot dead in a parking lot in Denver after a quarrel over a car.",
        "A Texas man died in a shooting at a bar, police said.",
        "The Dutch striker signed a two-year contract with Galatasaray.",
        "The Nigerian midfielder was released by his club after a dispute over pay.",
    ],
)
def test_private_matters_have_no_class(coder: Coder, text: str) -> None:
    assert classes(coder, text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Two teenagers were shot dead by soldiers in Harare.",
        "Gunmen shot dead a candidate for parliament in Honduras.",
        "A bomb killed four people in a market in Karachi.",
    ],
)
def test_violence_with_a_cause_is_an_assault(coder: Coder, text: str) -> None:
    assert classes(coder, text) == {"ASSAULT"}


def test_few_private_matters_pass(coder: Coder) -> None:
    sentences = PRIVATE.read_text(encoding="utf-8").splitlines()
    coded = [sentence for sentence in sentences if classes(coder, sentence)]
    assert len(coded) <= len(sentences) / 8, coded
