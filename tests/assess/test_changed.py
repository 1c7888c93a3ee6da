from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import held
import made
from detente.assess import changed
from detente.assess.changed import Changed

DAY = date(2024, 6, 30)
EARLY = [made.act(f"early-{year}", f"{year}-03-01") for year in range(2014, 2023)]


def found(folder: Path, *rows: made.Row, graded: str = "full", day: date = DAY) -> tuple[Changed, ...]:
    acts, cover = held.of(made.case(folder, acts=rows, graded=graded))
    return changed.pairs(acts, cover, as_of=day)


def months(number: int, *, year: int = 2024) -> list[dict[str, str]]:
    return [made.act(f"late-{month}", f"{year}-{month:02d}-02") for month in range(1, number + 1)]


def test_a_pair_that_does_more_than_usual_is_named_with_its_acts_and_its_dimension(tmp_path: Path) -> None:
    (pair,) = found(tmp_path, *EARLY, *months(6))
    assert (pair.pair, pair.now, pair.direction, pair.dimension, pair.read) == (("FIN", "ISL"), 6, "more", "contact", "full")
    assert pair.usual == pytest.approx(0.9, abs=0.05)
    assert len(pair.acts) == 6


def test_many_acts_of_one_day_are_one_day(tmp_path: Path) -> None:
    summit = [made.act(f"summit-{n}", "2024-05-01", text=f"Minister {n} of Finland visited Iceland.") for n in range(5)]
    (pair,) = found(tmp_path, *EARLY, *summit)
    assert pair.now == 1


def test_a_quiet_year_counts_only_where_the_pair_was_read(tmp_path: Path) -> None:
    acts, cover = held.of(made.case(tmp_path, acts=EARLY))
    assert [each.direction for each in changed.pairs(acts, cover, as_of=DAY)] == ["fewer"]
    assert [(each.direction, each.read) for each in changed.pairs(acts, (), as_of=DAY)] == [("not read", None)]


def test_a_few_acts_say_nothing(tmp_path: Path) -> None:
    (pair,) = found(tmp_path, *months(4))
    assert pair.direction == "too few"


def test_a_usual_year_is_as_before(tmp_path: Path) -> None:
    (pair,) = found(tmp_path, *EARLY, made.act("late", "2024-03-01"))
    assert pair.direction == "as before"


def test_pairs_that_changed_come_before_those_of_which_nothing_can_be_said(tmp_path: Path) -> None:
    others = [made.act(f"other-{n}", f"2024-0{n}-09", source="NOR", target="SWE") for n in range(1, 5)]
    assert [each.pair for each in found(tmp_path, *EARLY, *others)] == [("FIN", "ISL"), ("NOR", "SWE")]


def test_no_acts_make_no_pairs() -> None:
    assert changed.pairs((), (), as_of=DAY) == ()


def test_the_year_ends_with_the_day_and_begins_the_day_after_the_same_one_a_year_before(tmp_path: Path) -> None:
    edge = [made.act("in", "2023-07-01"), made.act("out", "2023-06-30"), made.act("later", "2024-07-01")]
    (pair,) = found(tmp_path, *edge)
    assert len(pair.acts) == pair.now == 1
    assert changed.span(date(2024, 2, 29)).since == date(2023, 3, 1)


@given(st.floats(0, 1000), st.floats(0, 1000))
def test_a_score_has_the_sign_of_the_change(now: float, usual: float) -> None:
    told = changed.score(now, usual)
    assert told == pytest.approx(-changed.score(usual, now))
    assert told >= 0 if now >= usual else told <= 0


def test_years_are_counted_from_the_first_to_that_of_the_day(tmp_path: Path) -> None:
    acts, _ = held.of(made.case(tmp_path, acts=[*EARLY, *months(3)]))
    told = changed.yearly(acts, [("FIN", "ISL"), ("NOR", "SWE")], since=date(2021, 1, 1), as_of=DAY)
    assert told == {("FIN", "ISL"): (1, 1, 0, 3), ("NOR", "SWE"): (0, 0, 0, 0)}
