"""Mere words: appeals, announcements and accounts have no class; deeds told by somebody keep theirs."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from detente.coding import claims
from detente.coding.claims import Coder
from detente.records import Claim, Document

STATEMENTS = Path(__file__).parent / "golden" / "statements.txt"


@pytest.fixture(scope="module")
def coder() -> Coder:
    return claims.load()


def code(coder: Coder, text: str) -> tuple[Claim, ...]:
    return coder.code(Document(text=text, source="test", published=date(2020, 6, 1))).claims


def classes(coder: Coder, text: str) -> set[str]:
    return {claim.event_class for claim in code(coder, text) if claim.event_class is not None}


def test_at_most_one_statement_in_ten_is_coded_as_an_event(coder: Coder) -> None:
    sentences = STATEMENTS.read_text(encoding="utf-8").splitlines()
    coded = [sentence for sentence in sentences if classes(coder, sentence)]
    assert len(coded) <= len(sentences) / 10, coded


@pytest.mark.parametrize(
    ("words", "deed", "name"),
    [
        (
            "Union leaders in Argentina urged their members to join a strike.",
            "Union leaders in Argentina urged the government to raise wages.",
            "REQUEST",
        ),
        (
            "Peru's defence minister said Peru would send two battalions to the border with Ecuador.",
            "Peru sent two battalions to the border with Ecuador, the minister said.",
            "MOBILIZE",
        ),
        (
            "The Canadian prime minister made a visit to a camp of Canadian soldiers in Latvia.",
            "The Canadian prime minister made a visit to Latvia.",
            "CONSULT",
        ),
        (
            "The Malian editor said he had been arrested.",
            "The Malian editor said he had been arrested by Senegalese police.",
            "COERCE",
        ),
    ],
)
def test_words_have_no_class_and_the_deed_beside_them_has(coder: Coder, words: str, deed: str, name: str) -> None:
    assert name not in classes(coder, words)
    assert name in classes(coder, deed)


def test_an_appeal_stays_a_request_without_class(coder: Coder) -> None:
    found = code(coder, "Party officials in Malaysia called on members to vote for unity.")
    assert [(claim.kind, claim.event_class) for claim in found] == [("request", None)]


def test_forces_announced_are_a_signal_to_where_they_are_to_go(coder: Coder) -> None:
    found = code(coder, "Peru's defence minister said Peru would send two battalions to the border with Ecuador.")
    assert ("signal", None, ["PER"], ["ECU"]) in [
        (claim.kind, claim.event_class, [party.state for party in claim.source], [party.state for party in claim.target]) for claim in found
    ]
