from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from detente.coding import scoring
from detente.coding.gold import Event, pairs

ONE = Event(0, 10, "CONSULT", pairs(["PER"], ["NOR"], unordered=False), "happened", accept=frozenset({"CONSULT"}))
FAR = replace(ONE, start=1000, stop=1010)
EVENTS = st.lists(
    st.builds(
        lambda start, label, source: Event(start, start + 5, label, pairs([source], ["NOR"], unordered=False), accept=frozenset({label})),
        st.integers(0, 50),
        st.sampled_from(["CONSULT", "AGREE"]),
        st.sampled_from(["PER", "CHL"]),
    ),
    max_size=6,
)


def test_nothing_against_nothing_counts_nothing() -> None:
    (span, *_) = scoring.scores([scoring.tally((), ())], samples=10, seed=1).values()
    assert (span.precision, span.recall, span.f1) == (0, 0, 0)


def test_perfect_answer_scores_one() -> None:
    scores = scoring.scores([scoring.tally([ONE, FAR], [ONE, FAR])], samples=10, seed=1)
    assert [score.f1 for score in scores.values()] == [1, 1, 1]


def test_wrong_class_is_found_with_the_dyad_only() -> None:
    coded = replace(ONE, label="AGREE")
    found = scoring.tally([ONE], [coded])
    assert (found.found, found.dyads, found.tuples) == (1, 1, 0)
    assert found.confusion == {("CONSULT", "AGREE"): 1}


def test_far_event_is_missed_and_extra() -> None:
    found = scoring.tally([ONE], [FAR])
    assert found.found == 0 and found.confusion == {("CONSULT", "missed"): 1, ("none", "CONSULT"): 1}


def test_second_tier_is_neither_owed_nor_wrong() -> None:
    found = scoring.tally([replace(ONE, tier=2)], [ONE])
    assert (found.owed, found.coded) == (0, 0)


def test_each_event_is_met_once() -> None:
    assert len(scoring.match([ONE], [ONE, ONE])) == 1


def test_days_may_be_three_times_as_long_and_no_more() -> None:
    may = date(2014, 5, 1), date(2014, 5, 2)
    assert scoring.same_days(may, (date(2014, 5, 1), date(2014, 5, 6)))
    assert not scoring.same_days(may, (date(2014, 5, 1), date(2014, 5, 7)))
    assert not scoring.same_days(may, None)
    assert scoring.same_days((None, date(2014, 5, 1)), (date(2000, 1, 1), date(2000, 1, 1)))


def test_ratio_of_nothing_is_unknown() -> None:
    assert scoring.Ratio(0, 0).share is None


def test_same_seed_gives_the_same_interval() -> None:
    tallies = [scoring.tally([ONE], [ONE]), scoring.tally([ONE], [FAR])]
    assert scoring.scores(tallies, samples=50, seed=3) == scoring.scores(tallies, samples=50, seed=3)


@given(EVENTS, EVENTS)
def test_counts_add_up(gold: list[Event], coded: list[Event]) -> None:
    found = scoring.tally(gold, coded)
    assert found.tuples <= found.dyads <= found.found <= min(len(gold), len(coded))
    assert sum(times for (owed, _), times in found.confusion.items() if owed != "none") == len(gold)
