from __future__ import annotations

from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

import held
import made
from detente.measure.occasions import Occasion, add_months, months_between, occasions, quarters
from detente.records import Act


def acts(folder: Path, *spans: tuple[str, str]) -> tuple[Act, ...]:
    rows = [made.act(f"a{n}", begins, ends=ends) for n, (begins, ends) in enumerate(spans)]
    return held.of(made.case(folder, acts=rows))[0]


def test_no_acts_make_no_occasion() -> None:
    assert occasions(()) == ()


def test_acts_that_share_days_are_one_occasion(tmp_path: Path) -> None:
    found = occasions(acts(tmp_path, ("2014-04-28", "2014-04-30"), ("2014-04-30", ""), ("2014-05-01", "")))
    assert [(o.day, len(o.acts)) for o in found] == [(date(2014, 4, 28), 2), (date(2014, 5, 1), 1)]


def test_a_vague_act_swallows_nothing(tmp_path: Path) -> None:
    assert len(occasions(acts(tmp_path, ("2014", ""), ("2014-03-01", ""), ("2014-06-01", "")))) == 3


def test_quarters_reach_to_the_day_and_the_last_one_only_counts_in_part() -> None:
    found = quarters([Occasion(date(2014, 2, 7), ("a",)), Occasion(date(2014, 5, 16), ("b",))], start=date(2013, 8, 20), as_of=date(2014, 5, 15))
    assert found.start == date(2013, 7, 1)
    assert found.counts == (0, 0, 1, 0)
    assert found.exposure == (1, 1, 1, 45 / 91)
    assert found.acts_from(2) == ("a",)


@given(st.lists(st.dates(date(2000, 1, 1), date(2014, 12, 31)), max_size=30), st.dates(date(2000, 1, 1), date(2014, 12, 31)))
def test_every_occasion_up_to_the_day_is_counted_once(days: list[date], as_of: date) -> None:
    found = quarters([Occasion(day, (str(n),)) for n, day in enumerate(days)], start=date(2000, 1, 1), as_of=as_of)
    assert sum(found.counts) == sum(day <= as_of for day in days)
    assert 0 < found.exposure[-1] <= 1


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(-500, 500))
def test_months_add_up(day: date, months: int) -> None:
    assert months_between(day, add_months(day, months)) == months
