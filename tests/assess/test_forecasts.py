from __future__ import annotations

from datetime import date

import pytest

from detente import ontology
from detente.assess import forecasts
from detente.assess.forecasts import Forecast
from detente.records import Act
from looked import act, material


def one(*acts: Act, as_of: str = "2020-01-01") -> Forecast:
    """The first entry of the log."""
    return forecasts.log(material(*acts, as_of=date.fromisoformat(as_of)))[0]


def judged(text: str = "A change is unlikely.", *, known: str = "2014-05-08", **details: str) -> Act:
    return act("forecast", known, known=known, text=text, more=details)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The stance is unlikely to change.", "unlikely"),
        ("The project has good prospects.", "likely"),
        ("It is very unlikely to be undone.", "very_unlikely"),
        ("A visit is highly probable.", "very_likely"),
        ("Whether they meet is an open question.", "roughly_even"),
        ("Trade will grow.", "very_likely"),
        ("Trade will not grow.", "very_unlikely"),
        ("Trade is bound to grow.", "almost_certain"),
        ("Exports were 313 million.", None),
        ("", None),
    ],
)
def test_words_give_a_band(text: str, code: str | None) -> None:
    found = forecasts.band(text)
    assert (None if found is None else found[0]) == code


def test_every_phrase_has_a_band_of_the_scale() -> None:
    assert set(forecasts.bands().values()) <= set(ontology.family("probabilities"))


def test_a_row_that_states_its_band_is_believed_before_its_words() -> None:
    found = one(judged("A change is unlikely.", band="likely"))
    assert (found.band, found.band_from, found.low, found.high) == ("likely", "likely", 0.55, 0.8)
    assert found.probability == pytest.approx(0.675)


def test_a_forecast_without_a_band_is_kept_and_not_scored() -> None:
    found = one(judged("Exports were 313 million.", horizon="2015", outcome="happened"))
    assert (found.band, found.probability, found.state, found.came, found.brier) == (None, None, "happened", True, None)


def test_an_open_horizon_closes_after_three_years_and_a_stated_one_at_its_end() -> None:
    assert (one(judged()).due, one(judged()).due_from) == (date(2017, 5, 1), "default")
    assert (one(judged(horizon="2016")).due, one(judged(horizon="2016")).due_from) == (date(2016, 12, 31), "stated")
    assert one(judged(horizon="after the removal")).due_from == "default"


def test_the_log_goes_from_open_to_unresolved_and_an_outcome_counts_only_after_the_day() -> None:
    told = judged(horizon="2016", outcome="dropped")
    assert one(told, as_of="2016-12-31").state == "open"
    assert one(judged(horizon="2016"), as_of="2017-01-01").state == "unresolved"
    after = one(told, as_of="2017-01-01")
    assert (after.state, after.came) == ("dropped", False)


def test_brier_is_the_square_of_the_middle_of_the_band_and_the_base_rate_stands_beside() -> None:
    found = one(judged(horizon="2016", outcome="dropped"))
    assert found.brier == pytest.approx(0.325**2)
    assert (found.base_rate, found.base_brier) == (0.5, 0.25)


def test_the_base_rate_is_that_of_the_others() -> None:
    others = [judged(f"A visit {n} is likely.", horizon="2015", outcome="happened") for n in range(3)]
    found = {f.state: f for f in forecasts.log(material(*others, judged(horizon="2016", outcome="dropped")))}
    assert found["dropped"].base_rate == pytest.approx(4 / 5)
    assert found["happened"].base_rate == pytest.approx(3 / 5)


def test_what_is_void_or_open_has_no_score() -> None:
    for outcome in ("void", "nonsense"):
        found = one(judged(horizon="2016", outcome=outcome))
        assert (found.came, found.brier) == (None, None)


def test_an_act_that_a_row_names_resolves_it_once_it_is_known() -> None:
    came = act("visit", "2015-03-01", known="2015-04-01", key="the-visit")
    told = judged("A visit is likely.", horizon="2016", outcome="the-visit")
    assert one(told, came, as_of="2015-03-15").state == "open"
    assert one(told, came, as_of="2015-04-01").state == "happened"
    late = act("visit", "2017-03-01", known="2017-03-01", key="the-visit")
    assert one(told, late).state == "slipped"


def test_an_announcement_enters_the_log_as_very_likely() -> None:
    found = one(act("expectation", "2014-05-08", known="2014-05-08", due="2014-06", outcome="dropped", status="planned"))
    assert (found.origin, found.band, found.band_from, found.state) == ("announced", "very_likely", "announced", "dropped")
    assert found.brier == pytest.approx(0.875**2)


def test_what_was_told_after_its_day_is_no_forecast() -> None:
    found = one(act("expectation", "2014-05-08", known="2014-05-08", due="2014-04", outcome="slipped", status="planned"))
    assert (found.state, found.brier) == ("void", None)


def test_others_and_later_words_are_left_out() -> None:
    other = act("forecast", "2014-05-08", source="PER", target="CHL", text="A change is unlikely.")
    assert forecasts.log(material(other, judged(known="2021-01-01"))) == ()
    assert forecasts.log(material()) == ()


def test_scores_are_means_by_origin_and_proposals_apart() -> None:
    told = [judged(f"A visit {n} is unlikely.", horizon="2016", outcome=o) for n, o in enumerate(("dropped", "happened"))]
    proposed = act("forecast", "2014-05-08", text="A treaty is likely.", made_by="coder", horizon="2016", outcome="dropped")
    found = forecasts.scores(forecasts.log(material(*told, proposed)))
    assert [(s.origin, s.accepted, s.resolved, s.came_true) for s in found] == [("judged", True, 2, 1), ("judged", False, 1, 0)]
    assert found[0].brier == pytest.approx((0.325**2 + 0.675**2) / 2, abs=1e-4)
    assert forecasts.scores(()) == ()
