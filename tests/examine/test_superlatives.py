from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.examine import superlatives
from detente.examine.coverage import Graded, graded
from detente.examine.superlatives import decide
from detente.records import Act, Coverage
from looked import act, material

DEPUTY = ("Aino Virta", "Deputy Prime Minister", 3)
VISIT = act("visit", "2014-04-28/2014-04-30", people=[DEPUTY])
CLAIM = act("superlative", "2014-04-28", people=[DEPUTY], scope="visit of a deputy premier", since="1985")


def test_nothing_claimed_is_nothing_to_check() -> None:
    assert superlatives.find(material(VISIT)) == ()


def test_a_first_stands_when_the_years_were_read_and_hold_no_other() -> None:
    (found,) = superlatives.find(material(VISIT, CLAIM))
    assert (found.answer, found.counter) == ("stands", ())


def test_under_thin_coverage_the_ledger_cannot_tell() -> None:
    (found,) = superlatives.find(material(VISIT, CLAIM, graded="thin"))
    assert found.answer == "cannot_tell"
    assert found.why == "the ledger cannot tell, coverage of those years is thin"
    assert superlatives.find(material(VISIT, CLAIM, graded=None))[0].answer == "cannot_tell"


@pytest.mark.parametrize("grade", ["full", "thin", None])
def test_one_counter_example_decides_whatever_the_coverage(grade: str | None) -> None:
    other = act("visit", "1996-04-10/1996-04-12", people=[("Olli Salo", "Deputy Prime Minister", 3)])
    (found,) = superlatives.find(material(VISIT, CLAIM, other, graded=grade))
    assert found.answer == "contradicted"
    assert len(found.counter) == 1
    assert {proof.id for proof in found.proofs} >= {other.id, VISIT.id, CLAIM.id}


@pytest.mark.parametrize(
    "other",
    [
        act("visit", "1985-08-01", people=[("Olli Salo", "Deputy Prime Minister", 3)]),
        act("visit", "1996-04-10", people=[("Olli Salo", "Foreign Minister", 4)]),
        act("visit", "1996-04-10", source="ISL", target="FIN", people=[("Jon Storm", "Deputy Prime Minister", 3)]),
        act("visit", "1996-04-10", target="NOR", people=[("Olli Salo", "Deputy Prime Minister", 3)]),
        act("visit", "2016-04-10", people=[("Olli Salo", "Deputy Prime Minister", 3)]),
        act("visit", "1996-04-10", people=[("Olli Salo", "Deputy Prime Minister", 3)], known="2021-01-01"),
    ],
    ids=["the one it refers to", "another office", "the other direction", "another host", "later", "not known yet"],
)
def test_what_is_no_counter_example(other: Act) -> None:
    (found,) = superlatives.find(material(VISIT, CLAIM, other))
    assert found.answer == "stands"


def test_the_highest_is_contradicted_by_a_higher_rank_only() -> None:
    claim = act("superlative", "2014-04-28", people=[DEPUTY], scope="highest-ranking officials in Iceland", since="1985")
    same = act("visit", "1996-04-10", people=[("Olli Salo", "Deputy Prime Minister", 3)])
    higher = act("visit", "2000-07-19", people=[("Eero Lahti", "President", 1)])
    assert superlatives.find(material(VISIT, claim, same))[0].answer == "stands"
    (found,) = superlatives.find(material(VISIT, claim, same, higher))
    assert (found.answer, len(found.counter)) == ("contradicted", 1)


def test_the_largest_cannot_be_told() -> None:
    claim = act("superlative", "2014-04-28", people=[DEPUTY], scope="largest delegation", since="1985")
    assert superlatives.find(material(VISIT, claim))[0].answer == "cannot_tell"


def value(year: str, amount: str, unit: str = "USD mn") -> Act:
    return act("trade_value", year, measure="trade_turnover", value=amount, unit=unit, period=year)


@pytest.mark.parametrize(("amount", "answer"), [("112.7", "contradicted"), ("20", "stands")])
def test_a_record_is_held_against_recorded_values(amount: str, answer: str) -> None:
    claim = act("superlative", "2018", known="2019-06-01", scope="record trade turnover", since="1991")
    (found,) = superlatives.find(material(claim, value("2018", "34"), value("2013", amount)))
    assert found.answer == answer


def test_a_value_in_another_unit_of_the_same_currency_is_compared() -> None:
    claim = act("superlative", "2018", known="2019-06-01", scope="record trade turnover", since="1991")
    (found,) = superlatives.find(material(claim, value("2018", "34"), value("2013", "112700000", "USD")))
    assert found.answer == "contradicted"


SHARES = st.lists(st.floats(0, 1), min_size=4, max_size=4).filter(lambda parts: sum(parts) > 0)


@given(SHARES, st.booleans())
def test_silence_never_proves_what_was_not_read(parts: list[float], comparable: bool) -> None:
    full, fair, thin, none = (part / sum(parts) for part in parts)
    answer, why = decide(counter=0, read=Graded(full, fair, thin, none), comparable=comparable)
    assert answer in ("stands", "cannot_tell")
    assert (answer == "stands") == (comparable and full + fair >= superlatives.LEAST_SHARE)
    assert why


@given(st.integers(1, 9), SHARES)
def test_a_counter_example_is_never_outweighed(number: int, parts: list[float]) -> None:
    full, fair, thin, none = (part / sum(parts) for part in parts)
    assert decide(counter=number, read=Graded(full, fair, thin, none), comparable=True)[0] == "contradicted"


GRADES = st.sampled_from(("full", "fair", "thin"))
SPANS = st.lists(st.tuples(st.integers(1985, 2020), st.integers(1, 10), GRADES), max_size=5)


@given(SPANS, st.integers(1985, 2019), st.integers(1, 12))
def test_shares_of_coverage_add_up_to_the_whole(rows: list[tuple[int, int, str]], first: int, years: int) -> None:
    spans = [Coverage("FIN", "ISL", date(y, 1, 1), date(y + n, 1, 1), g, "") for y, n, g in rows]
    found = graded(spans, ("FIN", "ISL"), start=date(first, 1, 1), stop=date(first + years, 1, 1))
    assert found.full + found.fair + found.thin + found.none == pytest.approx(1.0)
    assert graded([], ("FIN", "ISL"), start=date(first, 1, 1), stop=date(first + years, 1, 1)).none == 1.0
    assert graded(spans, ("FIN", "ISL"), start=date(2000, 1, 1), stop=date(2000, 1, 1)).none == 1.0
