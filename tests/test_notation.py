from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente import dates
from detente.errors import InputError
from detente.records import Claim, Document, Party, notation

WORDS = st.text(max_size=8) | st.sampled_from(["a;b", "|", "\\", "\\n", " x ", "=", "a\u3000", "\ud800", "x:y", "IGO:UNO", "A B"])
OPTIONAL = st.none() | WORDS.filter(bool)
PARTIES = st.builds(Party, state=OPTIONAL, body=OPTIONAL, person=OPTIONAL, office=OPTIONAL, rank=st.none() | st.integers(1, 7))
DOC = Document(text="A minister of Finland visited Iceland.", source="The Gazette", published=date(2014, 5, 8))


@given(st.lists(PARTIES, max_size=4).map(tuple))
def test_a_side_comes_back_as_it_was(side: tuple[Party, ...]) -> None:
    assert notation.parties(notation.side(side)) == side


@given(st.dictionaries(WORDS.filter(bool), WORDS, max_size=4))
def test_details_come_back_as_they_were(details: dict[str, str]) -> None:
    told = tuple(sorted(details.items()))
    assert notation.details(notation.pairs(told)) == told


@given(PARTIES)
def test_a_side_stands_on_one_line_and_can_be_printed(party: Party) -> None:
    told = notation.side((party,))
    assert len(told.splitlines()) <= 1
    assert notation.visible(told) == told


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("", ()),
        ("FIN ISL", (Party(state="FIN"), Party(state="ISL"))),
        ("IGO:UNO", (Party(body="IGO:UNO"),)),
        ("FIN; ISL;", (Party(state="FIN"), Party(state="ISL"))),
        ("FIN||Aino Virta|Minister|4", (Party(state="FIN", person="Aino Virta", office="Minister", rank=4),)),
        ("| MNC:RZD || Olli Salo", (Party(body="MNC:RZD", office="Olli Salo"),)),
        (r"FIN || A\; B", (Party(state="FIN", person="A; B"),)),
    ],
)
def test_what_a_person_writes(text: str, side: tuple[Party, ...]) -> None:
    assert notation.parties(text) == side


@pytest.mark.parametrize("text", ["FIN | a | b | c | 4 | 5", "FIN || Aino || high", "FIN || Aino || -1", "FIN || Aino || ⁴"])
def test_a_side_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        notation.parties(text)


@pytest.mark.parametrize("text", ["occasion", "a=1; a=2", "=x", "a=b=c"])
def test_details_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(InputError):
        notation.details(text)


def test_the_cells_of_a_claim() -> None:
    claim = Claim(kind="visit", spans=(DOC.span(0, 10),), source=(Party(state="FIN"),), valid=dates.parse("2014-03"), details=(("seat", "left"),))
    told = notation.cells(claim)
    assert set(told) == {*notation.FIELDS, "details"}
    assert {name: value for name, value in told.items() if value} == {
        "kind": "visit", "status": "happened", "source": "FIN", "when": "2014-03", "details": "seat=left",
    }  # fmt: skip
