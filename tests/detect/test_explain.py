from detente.detect.changes import segment
from detente.detect.explain import placebo, source_breaks, without_largest
from detente.detect.levels import COUNTS
from detente.detect.stages import question

CALM = [2.0, 3.0, 1.0, 2.0] * 8


def test_a_rise_that_three_observations_carry_falls_without_them() -> None:
    counts = [*CALM, 9.0, 12.0, 11.0, 2.0]
    found = segment(counts)
    weighed = without_largest(found, counts, exposure=None, since=32)
    assert weighed.left_out == (32, 33, 34)
    assert weighed.answer.above < question(found).above


def test_a_broad_rise_stands_without_its_largest() -> None:
    counts = [*CALM, *([14.0, 11.0, 12.0, 13.0] * 4)]
    assert without_largest(segment(counts), counts, exposure=None, since=32).answer.above > 0.9


def test_nothing_is_left_out_when_nothing_would_be_left() -> None:
    assert without_largest(segment([3.0]), [3.0], exposure=None, since=0).left_out == ()


def test_a_calm_past_announces_nothing_and_a_short_one_has_nothing_to_say() -> None:
    assert placebo(CALM, exposure=None, model=COUNTS, apart=8) == 0.0
    assert placebo([4.0, 5.0], exposure=None, model=COUNTS, apart=8) == 0.0


def test_a_restless_past_shows() -> None:
    assert placebo([*CALM, 30.0, 28.0, 33.0, 29.0, *CALM], exposure=None, model=COUNTS, apart=8) > 0.0


def test_a_source_that_starts_with_the_change_is_named() -> None:
    seen = [["old"]] * 20 + [["old", "new"]] * 10
    assert source_breaks(seen, 20) == (("new", "starts"),)


def test_a_source_that_stops_with_the_change_is_named() -> None:
    assert source_breaks([["old", "gone"]] * 20 + [["old"]] * 10, 21) == (("gone", "stops"),)


def test_sources_that_speak_seldom_or_elsewhere_break_nothing() -> None:
    seen: list[list[str]] = [["old"]] * 30
    seen[21] = ["old", "rare"]
    assert source_breaks(seen, 20) == ()
    assert source_breaks([], 0) == ()
