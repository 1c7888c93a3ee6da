"""The verdict of the load on its figures: flat, explained by rows, or faster than rows."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

import load

ROWS = [1000.0 * hour for hour in range(1, 25)]


@pytest.mark.parametrize(
    ("grows", "verdict"),
    [
        (lambda rows: 400.0, "flat"),
        (lambda rows: 400.0 - rows / 1000, "flat"),
        (lambda rows: 50 + rows / 100, "explained by rows"),
        (lambda rows: rows**0.5, "explained by rows"),
        (lambda rows: rows**2 / 1e6, "faster than rows"),
        (lambda rows: 100 + max(0.0, rows - 14_000) / 10, "faster than rows"),
    ],
)
def test_a_figure_is_judged_by_its_slope(grows: Callable[[float], float], verdict: str) -> None:
    chance = random.Random(3)
    assert load.judged(ROWS, [grows(rows) * (1 + chance.uniform(-0.01, 0.01)) for rows in ROWS])[0] == verdict


def test_what_is_loaded_in_the_first_hours_is_not_taken_for_growth() -> None:
    assert load.judged(ROWS, [100.0 if hour < 2 else 400.0 for hour in range(24)])[0] == "flat"


def test_a_feed_cut_into_hours_is_whole(tmp_path: Path) -> None:
    lines = sum(path.read_bytes().count(b"\n") for path in load.feed(tmp_path, 1001, 7))
    assert lines == 1001
    assert sum(len(list(folder.iterdir())) for folder in load.texts(tmp_path, 23, 7)) == 23
