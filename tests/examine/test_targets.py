from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import held
import made
from detente.errors import InputError
from detente.examine import targets
from detente.records import Target
from looked import act

GOAL = "measure=trade_turnover; baseline=100; baseline_period=2010; goal=200; unit=USD mn; deadline=2014-12-31"


def followed(folder: Path, day: str, values: list[dict[str, str]], details: str = GOAL) -> Target | None:
    acts, _ = held.of(made.case(folder, acts=[made.act("goal", "2010-06-01", kind="target", details=details)], values=values))
    known = [act for act in acts if act.known is not None and act.known <= date.fromisoformat(day)]
    (goal,) = [act for act in acts if act.claim.kind == "target"]
    return targets.follow(goal, known, as_of=date.fromisoformat(day))


def test_a_target_without_values_is_open_until_its_day_and_then_unmeasured(tmp_path: Path) -> None:
    for n, (day, state) in enumerate((("2012-01-01", "open"), ("2014-12-31", "open"), ("2015-06-01", "unmeasured"))):
        found = followed(tmp_path / str(n), day, [])
        assert found is not None
        assert found.state == state
        assert found.actuals == ()


@pytest.mark.parametrize(("amount", "state"), [("199.9", "missed"), ("200", "met"), ("250", "met")])
def test_only_the_value_of_the_last_year_decides(tmp_path: Path, amount: str, state: str) -> None:
    values = [made.value(2012, "500"), made.value(2014, amount)]
    found = followed(tmp_path, "2015-06-01", values)
    assert found is not None
    assert found.state == state


def test_sources_stand_side_by_side(tmp_path: Path) -> None:
    values = [made.value(2012, "110"), made.value(2012, "120", key="other", text="Another office says 120.")]
    found = followed(tmp_path, "2013-06-01", values)
    assert found is not None
    assert sorted(a.value for a in found.actuals) == [Decimal(110), Decimal(120)]


def test_the_course_is_that_of_the_year(tmp_path: Path) -> None:
    found = followed(tmp_path, "2012-06-01", [])
    assert found is not None
    assert found.on_course == Decimal("141.42")


def test_a_target_without_a_number_cannot_be_followed() -> None:
    assert targets.follow(act("target", "2010-06-01", measure="trade_turnover"), [], as_of=date(2012, 6, 1)) is None


@given(st.decimals("0.01", "1e6", places=2), st.decimals("0.01", "1e6", places=2), st.integers(1, 40))
def test_the_growth_needed_leads_from_the_baseline_to_the_goal(baseline: Decimal, goal: Decimal, years: int) -> None:
    growth = targets.growth_needed(baseline, goal, years=years)
    assert float(targets.course(baseline, growth, years=years)) == pytest.approx(float(goal), rel=1e-6, abs=0.01)
    assert targets.course(baseline, growth, years=0) == baseline


@pytest.mark.parametrize(("baseline", "goal", "years"), [(0, 1, 1), (1, 0, 1), (1, 2, 0), (-1, 2, 3)])
def test_growth_without_a_base_is_refused(baseline: int, goal: int, years: int) -> None:
    with pytest.raises(InputError):
        targets.growth_needed(Decimal(baseline), Decimal(goal), years=years)
