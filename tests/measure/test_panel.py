from pathlib import Path

import numpy as np
import pytest

from detente.errors import SourceError
from detente.measure.panel import pairs, panel, read

HEADER = ["a", "b", "month", "cooperation", "conflict"]


def test_unsorted_rows_are_put_in_order_of_time() -> None:
    found = panel([HEADER, ["AAA", "BBB", "2020-02", "2", "0"], ["AAA", "BBB", "2020-01", "1", "0"]], name="t.csv")
    assert found.months == ("2020-01", "2020-02")
    assert found.values["AAA", "BBB"][:, 0].tolist() == [1.0, 2.0]


def test_a_month_that_is_lacking_or_empty_was_not_read() -> None:
    rows = [HEADER, ["AAA", "BBB", "2020-01", "", "3"], ["AAA", "BBB", "2020-03", "5", "0"]]
    values = panel(rows, name="t.csv").values["AAA", "BBB"]
    assert np.isnan(values[:, 0]).tolist() == [True, True, False]
    assert np.isnan(values[:, 1]).tolist() == [False, True, False]


def test_the_two_states_may_change_places() -> None:
    found = panel([HEADER, ["AAA", "BBB", "2020-01", "1", "1"], ["BBB", "AAA", "2020-02", "2", "2"]], name="t.csv")
    assert list(found.values) == [("AAA", "BBB")]


def test_a_pair_that_nobody_looked_at_is_left_out() -> None:
    found = panel([HEADER, ["AAA", "BBB", "2020-01", "1", "nan"]], name="t.csv")
    assert list(pairs(found)) == []


def test_a_header_alone_is_an_empty_panel() -> None:
    assert panel([HEADER], name="t.csv").months == ()


@pytest.mark.parametrize(
    "row",
    [
        ["AAA", "BBB", "2020-01", "-1", "0"],
        ["AAA", "BBB", "2020-01", "inf", "0"],
        ["AAA", "BBB", "2020-01", "many", "0"],
        ["AAA", "BBB", "2020-13", "1", "0"],
        ["AAA", "BBB", "January", "1", "0"],
        ["AAA", "AAA", "2020-01", "1", "0"],
        ["AAA", "BBB", "2020-01"],
    ],
)
def test_an_impossible_row_is_refused_with_its_line(row: list[str]) -> None:
    with pytest.raises(SourceError, match="line 3"):
        panel([HEADER, ["AAA", "CCC", "2020-01", "1", "0"], row], name="t.csv")


def test_a_month_given_twice_is_refused() -> None:
    row = ["AAA", "BBB", "2020-01", "1", "0"]
    with pytest.raises(SourceError, match="repeats"):
        panel([HEADER, row, row], name="t.csv")


@pytest.mark.parametrize("rows", [[], [["a", "b", "month", "cooperation"]]])
def test_a_table_without_its_columns_is_refused(rows: list[list[str]]) -> None:
    with pytest.raises(SourceError, match="columns"):
        panel(rows, name="t.csv")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError):
        read(tmp_path / "none.csv")


def test_a_mistyped_year_is_refused_before_it_fills_the_memory() -> None:
    rows = [HEADER, ["AAA", "BBB", "0202-01", "1", "1"], ["AAA", "BBB", "2020-01", "1", "1"]]
    with pytest.raises(SourceError, match="year"):
        panel(rows, name="t.csv")
