from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.examine import goals
from looked import act, material

WHOLE = {
    "measure": "trade_turnover", "baseline": "112", "baseline_period": "2013", "goal": "1000", "unit": "USD mn", "deadline": "2020-12-31",
}  # fmt: skip


def test_no_target_is_none() -> None:
    assert goals.find(material()) == ()
    assert goals.aspirations(material()) == ()


def test_a_whole_target_is_followed() -> None:
    value = act("trade_value", "2018", measure="trade_turnover", value="34", unit="USD mn", period="2018")
    (found,) = goals.find(material(act("target", "2014-03-28", more=WHOLE), value))
    assert found.growth == pytest.approx(0.367, abs=0.001)
    assert found.state == "open"
    assert [a.value for a in found.actuals] == [Decimal(34)]


@pytest.mark.parametrize("missing", sorted(WHOLE))
def test_a_target_that_lacks_something_says_what_and_is_not_followed(missing: str) -> None:
    details = {name: value for name, value in WHOLE.items() if name != missing}
    found = [
        *goals.find(material(act("target", "2014-03-28", more=details))),
        *goals.aspirations(material(act("target", "2014-03-28", more=details))),
    ]
    assert len(found) == 1
    if missing != "goal":
        assert isinstance(found[0], goals.Goal)
        assert (found[0].lacks, found[0].state, found[0].growth) == ((missing,), "incomplete", None)


@pytest.mark.parametrize(("name", "value"), [("baseline", "0"), ("baseline", "much"), ("goal", "-5"), ("deadline", "2013"), ("deadline", "soon")])
def test_a_target_with_an_impossible_part_is_incomplete(name: str, value: str) -> None:
    (found,) = goals.find(material(act("target", "2014-03-28", more={**WHOLE, name: value})))
    assert found.lacks == (name,)


def test_a_proposal_in_full_dollars_is_held_against_values_in_millions() -> None:
    proposed = {**WHOLE, "measure": "bilateral trade volume", "baseline": "112000000", "goal": "1000000000", "unit": "USD"}
    value = act("trade_value", "2018", measure="trade_turnover", value="34", unit="USD mn", period="2018")
    (found,) = goals.find(material(act("target", "2014-03-28", made_by="coder", more=proposed), value))
    assert [a.value for a in found.actuals] == [Decimal(34_000_000)]
    assert found.how == "coded"


def test_wishes_stand_apart_from_targets() -> None:
    wish = act("signal", "2014-05-08", words="a second Venice", dimensions=("economic_declared",))
    toast = act("signal", "2014-05-08", words="friendship", dimensions=("symbolic",))
    assert [a.words for a in goals.aspirations(material(wish, toast, act("target", "2014-03-28", more=WHOLE)))] == ["a second Venice"]


@given(st.decimals("0.01", "1e9", places=2), st.sampled_from(("USD", "USD mn", "USD bn", "persons")))
def test_a_value_keeps_its_worth_in_another_unit(value: Decimal, unit: str) -> None:
    assert goals.in_unit(str(value), unit, unit) == value
    if unit != "persons":
        there = goals.in_unit(str(value), unit, "USD")
        assert there is not None
        assert goals.in_unit(str(there), "USD", unit) == value
        assert goals.in_unit(str(value), unit, "EUR") is None
