from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import made
from detente import pipeline
from detente.errors import InputError
from detente.keep.ledger import Reader
from detente.pipeline import forecasting
from detente.pipeline.forecasting import Resolution
from detente.records import Review

NOW = "2026-01-01T00:00:00Z"
AS_OF = date(2020, 1, 1)
ROWS = [
    made.act("stance", "2014-05-08", kind="forecast", known="2014-05-08", details="band=unlikely; horizon=2016", text="A change is unlikely."),
    made.act("visit", "2014-05-10", known="2014-05-10"),
]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    pipeline.load_case(made.case(tmp_path / "case", acts=ROWS), data=tmp_path / "data", now=NOW)
    return tmp_path / "data"


def log(data: Path, day: date = AS_OF) -> list[tuple[str, str]]:
    return [(f.claim, f.state) for f in forecasting.forecasts(("FIN", "ISL"), data=data, as_of=day)]


def test_a_person_resolves_a_forecast_and_the_decision_is_kept(data: Path) -> None:
    [(claim, state)] = log(data)
    assert state == "unresolved"
    made_by = forecasting.resolve(Resolution(claim, "dropped", "Aino", "no turn was seen"), data=data, now=NOW)
    assert log(data) == [(claim, "dropped")]
    assert log(data, date(2016, 1, 1)) == [(claim, "open")]
    with Reader.open(data) as ledger:
        assert [review for _, review in ledger.reviews()] == [made_by]
    assert (made_by.reviewer, made_by.reason) == ("Aino", "no turn was seen")
    assert list(pipeline.verify(data)) == []


def test_a_later_resolution_holds_and_earlier_edits_are_carried_over(data: Path) -> None:
    [(claim, _)] = log(data)
    edit = Review(claim=claim, decision="edited", reviewer="Aino", at=NOW, edits=(("place", "Oulu"),))
    pipeline.review(edit, data=data, now=NOW)
    for outcome in ("dropped", "happened"):
        forecasting.resolve(Resolution(claim, outcome, "Aino", outcome), data=data, now=NOW)
    assert log(data) == [(claim, "happened")]
    held = next(item for item in pipeline.claims(data) if item.stored == claim)
    assert held.claim.place == "Oulu"
    assert held.claim.detail("band") == "unlikely"


def test_what_is_no_outcome_or_no_forecast_is_refused(data: Path) -> None:
    [(claim, _)] = log(data)
    visit = next(item.stored for item in pipeline.claims(data) if item.claim.kind == "visit")
    for ended, words in (
        (Resolution(claim, "maybe", "Aino", ""), "happened, slipped, dropped, void"),
        (Resolution(visit, "happened", "Aino", ""), "is of kind visit"),
        (Resolution("clm:0", "happened", "Aino", ""), "no claim that stands"),
    ):
        with pytest.raises(InputError, match=words):
            forecasting.resolve(ended, data=data, now=NOW)
