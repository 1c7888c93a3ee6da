from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from detente import ontology
from detente.examine import agreements
from looked import act, material

RUNGS = tuple(ontology.family("agreements"))


def test_nothing_written_is_no_instrument() -> None:
    assert agreements.find(material()) == ()
    assert agreements.obligations(material()) == ()


def test_the_steps_of_an_instrument_are_its_history() -> None:
    steps = [("2000-02-09", "treaty_signed", "signed"), ("2000-07-19", "ratified", "ratified"), ("2000-10-01", "in_force", "in_force")]
    acts = [act("agreement", when, instrument="friendship", rung=rung, step=step, scope="framework") for when, rung, step in steps]
    (found,) = agreements.find(material(*reversed(acts)))
    assert [step.step for step in found.history] == ["signed", "ratified", "in_force"]
    assert (found.rung, found.binding, found.status) == ("in_force", 7, "in force")
    (before,) = agreements.find(material(*acts, as_of=date(2000, 8, 1)))
    assert (before.rung, before.status) == ("ratified", "ratified")


def test_a_lapsed_treaty_keeps_its_rung_and_loses_its_force() -> None:
    acts = [
        act("agreement", "1961-07-06", instrument="t", rung="treaty_signed", step="signed"),
        act("agreement", "1996-09-10", instrument="t", step="lapsed"),
    ]
    (found,) = agreements.find(material(*acts))
    assert (found.rung, found.status) == ("treaty_signed", "lapsed")


def test_acts_without_a_name_are_instruments_of_their_own() -> None:
    assert len(agreements.find(material(act("agreement", "2014-03-01"), act("agreement", "2014-03-02")))) == 2


def test_a_debt_shows_face_and_market_value() -> None:
    (found,) = agreements.obligations(material(act("obligation", "2012-09-17", face_value="11000", market_value="238", unit="USD mn", step="agreed")))
    assert found.market_share == Decimal("0.022")
    (bare,) = agreements.obligations(material(act("obligation", "2012-09-17")))
    assert bare.market_share is None


@given(st.lists(st.sampled_from((*RUNGS, "", "handshake")), max_size=8))
def test_the_rung_is_the_highest_told_and_never_falls(codes: list[str]) -> None:
    found = agreements.rung(codes)
    known = [code for code in codes if code in RUNGS]
    assert (found == "") == (not known)
    assert all(RUNGS.index(code) <= RUNGS.index(found) for code in known)
    assert agreements.rung([*codes, "in_force"]) == "in_force"
