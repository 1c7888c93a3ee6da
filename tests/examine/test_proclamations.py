from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.examine import proclamations
from detente.examine.proclamations import follow
from looked import act, material

SAID = act("proclaimed_stage", "2010-01-01", words="a new stage", people=[("Aino Virta", "Minister", 4)])
TREATY = act("agreement", "2011-06-01", scope="framework", rung="treaty_signed")
DAYS = st.lists(st.dates(date(2000, 1, 1), date(2020, 1, 1)), max_size=30)


def test_nobody_proclaimed_anything() -> None:
    assert proclamations.find(material()) == ()
    assert [rate.share for rate in proclamations.base_rates(())] == [None, None, None]


def test_words_that_nothing_followed_did_not_come_true() -> None:
    (found,) = proclamations.find(material(SAID))
    assert (found.speaker, found.words) == ("Aino Virta, Minister", "a new stage")
    assert [f.true for f in found.followed] == [False, False, False]
    assert [rate.share for rate in proclamations.base_rates([found])] == [0.0, 0.0, 0.0]


def test_a_treaty_within_the_years_makes_it_true() -> None:
    (found,) = proclamations.find(material(SAID, TREATY))
    assert [f.true for f in found.followed] == [False, True, True]


def test_the_same_pace_as_before_is_no_new_stage() -> None:
    before = [act("visit", f"{year}-03-01") for year in range(2005, 2010)]
    (found,) = proclamations.find(material(SAID, TREATY, *before))
    assert found.followed[2].true is False


def test_years_that_are_not_over_are_open() -> None:
    (found,) = proclamations.find(material(SAID, as_of=date(2012, 1, 1)))
    assert [f.true for f in found.followed] == [False, None, None]
    assert [rate.claims for rate in proclamations.base_rates([found])] == [1, 0, 0]


def test_as_of_then_nothing_of_later_is_known() -> None:
    (found,) = proclamations.find(material(SAID, TREATY, as_of=date(2010, 6, 1)))
    assert all(f.deep == 0 for f in found.followed)


@pytest.mark.parametrize("kind", ["superlative", "forecast", "trade_value", "proclaimed_stage"])
def test_words_and_statistics_do_not_warm(kind: str) -> None:
    assert not proclamations.warms(act(kind, "2011-06-01"))


@given(DAYS, DAYS, st.sampled_from(proclamations.HORIZONS))
def test_longer_years_never_hold_fewer_deep_acts(days: list[date], deep: list[date], years: int) -> None:
    said = date(2010, 1, 1)
    short, long = (follow(said, days, deep, years=n, as_of=date(2021, 1, 1)) for n in (years, years + 1))
    assert long.deep >= short.deep
    assert long.after * long.years >= short.after * short.years
    assert short.true is not None
