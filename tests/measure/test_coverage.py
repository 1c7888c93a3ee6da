from datetime import date

import pytest

from detente.measure.coverage import grade
from detente.records import Coverage

PAIR = ("FIN", "ISL")


def read(start: int, stop: int, graded: str) -> Coverage:
    return Coverage("FIN", "ISL", date(start, 1, 1), date(stop, 1, 1), graded, "")


@pytest.mark.parametrize(
    ("coverage", "found"),
    [
        ([], None),
        ([read(2000, 2010, "full")], "full"),
        ([read(2000, 2005, "full"), read(2005, 2010, "thin")], "thin"),
        ([read(2000, 2003, "full"), read(2004, 2010, "full")], None),
        ([read(2000, 2004, "full")], None),
        ([read(1990, 2001, "thin")], None),
    ],
)
def test_the_worst_grade_counts_and_a_gap_is_unknown(coverage: list[Coverage], found: str | None) -> None:
    assert grade(coverage, dyad=PAIR, start=date(2001, 1, 1), stop=date(2006, 1, 1)) == found


def test_the_order_of_the_two_states_is_free() -> None:
    assert grade([read(2000, 2010, "fair")], dyad=("ISL", "FIN"), start=date(2001, 1, 1), stop=date(2002, 1, 1)) == "fair"
