import itertools
import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.detect.alarms import APART, WARM_UP, alarms

QUIET = [200.0, 240.0, 180.0, 210.0, 190.0, 260.0] * 5
CALM = [40.0, 60.0, 30.0, 50.0, 45.0, 70.0] * 5


def test_a_crisis_raises_conflict_and_the_talk_about_it() -> None:
    (alarm,) = alarms([*QUIET, 2500.0, 2000.0], [*CALM, 3000.0, 2500.0])
    assert (alarm.index, alarm.direction) == (30, "conflict")
    assert alarm.first <= 30 < alarm.last
    assert 0.5 < alarm.probability <= 1.0
    assert 0.0 < alarm.persists < 1.0


def test_an_opening_raises_cooperation_alone() -> None:
    (alarm,) = alarms([*QUIET, 2500.0, 3000.0, 2800.0], [*CALM, 20.0, 10.0, 30.0])
    assert alarm.direction == "cooperate"


def test_a_quiet_pair_raises_no_alarm() -> None:
    assert alarms(QUIET, CALM) == ()


def test_all_zero_one_month_and_short_series_raise_no_alarm() -> None:
    assert alarms([0.0] * 60, [0.0] * 60) == ()
    assert alarms([5.0], [5.0]) == ()
    assert alarms([1.0] * 6 + [9000.0] * 4, [1.0] * 10) == ()


def test_months_that_nobody_read_raise_no_alarm() -> None:
    gap = [math.nan] * 6
    assert alarms([*QUIET, *gap, *QUIET[:6]], [*CALM, *gap, *CALM[:6]]) == ()


MONTHS = st.lists(st.floats(0.0, 5000.0), min_size=WARM_UP + 6, max_size=40)


@settings(max_examples=40, deadline=None)
@given(MONTHS, st.lists(st.floats(0.0, 20000.0), min_size=1, max_size=10))
def test_appending_months_never_alters_an_earlier_alarm(cooperation: list[float], later: list[float]) -> None:
    conflict = list(reversed(cooperation))
    before = alarms(cooperation, conflict)
    after = alarms([*cooperation, *later], [*conflict, *later])
    known = [alarm for alarm in after if alarm.index < len(cooperation)]
    assert [(a.index, a.direction, a.first, a.last) for a in before] == [(a.index, a.direction, a.first, a.last) for a in known]
    np.testing.assert_allclose([a.probability for a in before], [a.probability for a in known], rtol=1e-6)


@settings(max_examples=40, deadline=None)
@given(MONTHS)
def test_alarms_lie_half_a_year_apart(cooperation: list[float]) -> None:
    places = [alarm.index for alarm in alarms(cooperation, cooperation)]
    assert all(later - earlier > APART for earlier, later in itertools.pairwise(places))
    assert all(place >= WARM_UP for place in places)
