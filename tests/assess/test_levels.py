import json
from datetime import date
from pathlib import Path

import pytest

from detente import pipeline
from detente.assess.levels import Level, Unknown, of, rated
from detente.errors import TermError
from detente.publish.levels import document, drawn
from made import act, case

DYAD = ("FIN", "ISL")
DAY = date(2020, 12, 31)


def levels(folder: Path, days: list[str], *, graded: str = "full", dimension: str | None = "contact") -> tuple[Level | Unknown, ...]:
    acts = [act(f"v{i}", day, known=day) for i, day in enumerate(days)]
    pipeline.load_case(case(folder / "case", acts=acts, graded=graded), data=folder / "data", now="2024-01-01T00:00:00Z")
    held = pipeline.known(folder / "data", as_of=DAY)
    return of(held.acts, held.coverage, dyads=(DYAD,), dimension=dimension, as_of=DAY)


SPARSE = [f"{year}-05-10" for year in range(2008, 2019)]
DENSE = [f"{year}-{month:02d}-{day}" for year in (2019, 2020) for month in range(1, 13) for day in (10, 20)]


def test_a_rise_of_visits_is_a_risen_level_carried_by_them(tmp_path: Path) -> None:
    (level,) = levels(tmp_path, [*SPARSE, *DENSE])
    assert isinstance(level, Level)
    assert level.present.above > 0.9
    assert {found.claim.valid.start.year for found in level.acts if found.claim.valid and found.claim.valid.start} <= {2018, 2019, 2020}
    assert level.weighed.answer.above > 0.5
    assert 1.0 > level.holds[0] > level.holds[1]


def test_an_even_series_of_visits_has_not_risen(tmp_path: Path) -> None:
    (level,) = levels(tmp_path, [f"{year}-{month}-10" for year in range(2008, 2021) for month in ("03", "09")])
    assert isinstance(level, Level)
    assert level.present.above < 0.5
    assert level.placebo == 0.0


def test_few_acts_and_thin_reading_cannot_tell(tmp_path: Path) -> None:
    (few,) = levels(tmp_path / "few", ["2019-05-10"])
    (thin,) = levels(tmp_path / "thin", [*SPARSE, *DENSE], graded="thin")
    assert isinstance(few, Unknown)
    assert "too few" in few.reason
    assert isinstance(thin, Unknown)
    assert "read" in thin.reason


def test_every_rate_is_answered_when_none_is_named(tmp_path: Path) -> None:
    assert tuple(level.dimension for level in levels(tmp_path, SPARSE, dimension=None)) == rated()


def test_a_dimension_that_is_no_rate_is_refused() -> None:
    with pytest.raises(TermError):
        of((), (), dyads=(DYAD,), dimension="legal", as_of=DAY)


def test_levels_are_plain_data_with_days_for_indices(tmp_path: Path) -> None:
    found = levels(tmp_path, [*SPARSE, *DENSE])
    data = json.loads(json.dumps(document(found, dyad=DYAD, as_of=DAY)))
    (entry,) = data["dimensions"]
    assert len(entry["counts"]) == len(entry["quarters"])
    assert [change["direction"] for change in entry["changes"]] == ["up"]
    assert entry["changes"][0]["first"] <= entry["changes"][0]["begins"] < entry["changes"][0]["last"]
    assert [each.name for each in drawn(found)] == ["contact"]
