from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.examine import conflicts, dependence
from detente.records import Act
from looked import act, material


def value(amount: str, *, known: str = "2014-06-01", text: str | None = None, **more: str) -> Act:
    plain = {"measure": "trade_turnover", "unit": "USD mn", "period": "2013", **more}
    return act("trade_value", "2013", known=known, value=amount, text=text, more=plain)


def test_one_source_does_not_disagree() -> None:
    assert conflicts.find(material()) == ()
    assert conflicts.find(material(value("112.7"))) == ()


def test_two_values_of_a_year_stand_side_by_side() -> None:
    (found,) = conflicts.find(material(value("112.7"), value("104.2", known="2014-05-22")))
    assert [told.value for told in found.told] == ["104.2 USD mn", "112.7 USD mn"]
    assert found.spread == Decimal("1.08")
    assert len(found.proofs) == 2


@pytest.mark.parametrize(
    "other", [value("112.7", text="Another paper says so."), value("113"), value("104", period="2014"), value("104", measure="x")]
)
def test_what_is_no_disagreement(other: Act) -> None:
    assert conflicts.find(material(value("112.7"), other)) == ()


def test_two_days_of_one_step_disagree() -> None:
    steps = [act("agreement", when, instrument="t", step="ratified") for when in ("2000-06-23", "2000-07-19")]
    (found,) = conflicts.find(material(*steps))
    assert [told.value for told in found.told] == ["2000-06-23", "2000-07-19"]
    assert found.spread is None


@given(st.lists(st.decimals("0.1", "1000", places=1), min_size=2, max_size=5))
def test_every_source_is_kept(amounts: list[Decimal]) -> None:
    acts = [value(str(a), text=f"Office {n} says {a}.") for n, a in enumerate(amounts)]
    found = conflicts.find(material(*acts))
    assert bool(found) == conflicts.differ(str(a) for a in amounts)
    assert all(len(c.told) == len(amounts) for c in found)


def test_a_share_is_the_first_sides_part_of_the_seconds_trade() -> None:
    assert dependence.find(material()) == ()
    share = act("trade_value", "2013", source="NOR", target="ISL", measure="trade_share", value="89.1", unit="percent", period="2013")
    (found,) = dependence.find(material(share))
    assert (found.of, found.partner, found.share) == ("ISL", "NOR", Decimal("0.891"))


@given(st.decimals("-200", "300", places=1))
def test_what_is_no_share_is_left_out(number: Decimal) -> None:
    found = dependence.fraction(str(number), "percent")
    assert (found is not None) == (0 <= number <= 100)
    assert dependence.fraction("much", "percent") is None
