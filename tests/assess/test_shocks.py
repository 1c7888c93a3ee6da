from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import held
import made
from detente.assess import facts, moves, shocks

EVEN = [made.act(f"v{year}-{month}", f"{year}-{month:02d}-10") for year in range(2000, 2016) for month in (1, 5, 9)]


def examined(folder: Path, rows: list[dict[str, str]], day: str, as_of: str, graded: str = "full") -> shocks.Shock:
    acts, coverage = held.of(made.case(folder, acts=rows, graded=graded))
    known = facts.known(acts, dyad=("FIN", "ISL"), as_of=date.fromisoformat(as_of), coverage=coverage)
    return shocks.examine(known, date.fromisoformat(day))


def monthly(first: int, last: int) -> list[dict[str, str]]:
    """Four visits a month from the `first` month of 2013 on to the `last`, counted from January 2013."""
    months = [(2013 + n // 12, n % 12 + 1) for n in range(first, last)]
    return [made.act(f"r{y}-{m}-{d}", f"{y}-{m:02d}-{d}") for y, m in months for d in (13, 17, 21, 25)]


def test_a_rise_that_began_half_a_year_before_was_at_most_sped_up(tmp_path: Path) -> None:
    found = examined(tmp_path, EVEN + monthly(8, 24), "2014-03-18", "2014-12-31")
    assert found.course == "acceleration"
    assert found.acts_before


def test_a_rise_that_began_half_a_year_after_can_have_its_origin_there(tmp_path: Path) -> None:
    assert examined(tmp_path, EVEN + monthly(18, 30), "2014-03-18", "2015-03-17").course == "origin"


def test_even_contact_shows_no_rise_and_thin_reading_cannot_tell(tmp_path: Path) -> None:
    assert examined(tmp_path / "a", EVEN, "2014-03-18", "2014-12-31").course == "no_rise"
    assert examined(tmp_path / "b", EVEN, "2014-03-18", "2014-12-31", graded="thin").course == "cannot_tell"
    assert examined(tmp_path / "c", EVEN[:3], "2014-03-18", "2014-12-31").course == "cannot_tell"


def test_the_warming_of_2014_was_under_way_before_crimea() -> None:
    acts, coverage = held.of(held.CASES / "russia-dprk")
    known = facts.known(acts, dyad=("PRK", "RUS"), as_of=date(2014, 12, 31), coverage=coverage)
    found = shocks.examine(known, date(2014, 3, 18))
    assert found.course == "acceleration"
    assert found.placebo is not None
    assert found.placebo <= 0.2


@pytest.mark.parametrize("day", ["2014-03-18", "2013-06-01"])
def test_nothing_after_the_as_of_day_is_seen(tmp_path: Path, day: str) -> None:
    early = examined(tmp_path / "a", EVEN, day, "2014-06-30")
    assert examined(tmp_path / "b", EVEN + monthly(20, 36), day, "2014-06-30") == early


def test_what_moved_is_told_by_dimension_and_by_act() -> None:
    acts, coverage = held.of(held.CASES / "russia-dprk")
    old, new = (held.ask(acts, coverage, ("PRK", "RUS"), day) for day in ("2014-05-15", "2024-12-31"))
    found = {move.dimension: move for move in moves.between(old, new)}
    assert found["legal"].moved
    texts = {act.id: act.claim.quote for act in acts}
    assert any("entered into force" in texts[act] for act in found["legal"].came)
    assert not any(move.moved or move.came or move.left for move in moves.between(old, old))
