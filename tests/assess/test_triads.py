from __future__ import annotations

from datetime import date
from pathlib import Path

import held
import made
from detente.assess import facts, triads
from detente.publish import wording

YEARS = range(2000, 2018)
EVEN = [made.act(f"v{year}", f"{year}-05-10") for year in YEARS]


def ban(key: str, begins: str, target: str, source: str = "NOR") -> dict[str, str]:
    return made.act(key, begins, kind="sanction", source=source, target=target, text=f"A ban on {target} ({key}).", details="form=decree; scope=fish")


def found(folder: Path, rows: list[dict[str, str]], *, graded: str = "full", as_of: str = "2018-12-31") -> tuple[triads.Triad, ...]:
    acts, coverage = held.of(made.case(folder, acts=rows, graded=graded))
    return triads.find(facts.known(acts, dyad=("FIN", "ISL"), as_of=date.fromisoformat(as_of), coverage=coverage))


BOTH = [ban("b1", "2010-02-01", "FIN"), ban("b2", "2012-02-01", "ISL"), ban("b3", "2014-02-01", "FIN")]


def test_visits_that_follow_common_pressure_are_a_rise_beyond_placebo(tmp_path: Path) -> None:
    after = [made.act(f"w{year}-{month}", f"{year}-{month:02d}-20") for year in (2012, 2014) for month in (3, 6, 8, 10)]
    (triad,) = found(tmp_path, EVEN + BOTH + after)
    assert (triad.third, triad.pressures, triad.both_since) == ("NOR", 2, date(2012, 2, 1))
    assert triad.told
    assert triad.rise == 4
    assert triad.placebo == 0
    assert triad.lag_days is not None
    assert triad.lag_days < 60
    assert "no cause" in wording.triad(triad)


def test_even_visits_show_no_rise(tmp_path: Path) -> None:
    (triad,) = found(tmp_path, EVEN + BOTH)
    assert triad.rise == 0
    assert "no rise followed" in wording.triad(triad)


def test_a_third_that_pressed_only_one_is_no_triad_and_neither_is_one_of_the_two(tmp_path: Path) -> None:
    assert found(tmp_path / "a", [*EVEN, BOTH[0]]) == ()
    assert found(tmp_path / "b", [*EVEN, ban("x", "2010-01-01", "FIN", source="ISL"), ban("y", "2011-01-01", "ISL", source="FIN")]) == ()
    assert found(tmp_path / "c", []) == ()


def test_where_the_years_before_were_not_read_nothing_is_told(tmp_path: Path) -> None:
    (triad,) = found(tmp_path, EVEN + BOTH, graded="thin")
    assert not triad.told
    assert "not read" in wording.triad(triad)


def test_pressure_whose_year_is_not_over_is_not_counted(tmp_path: Path) -> None:
    (triad,) = found(tmp_path, EVEN + BOTH, as_of="2014-06-30")
    assert triad.pressures == 1
    assert not triad.told
