from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.examine import initiative, occasions, positions, signals, votes
from detente.examine.signals import respond
from looked import act, material

BANNER = act("signal", "2013-07-27", source="ISL", target="FIN", medium="banner", novelty="first", audience="FIN")
DAYS = st.lists(st.dates(date(2008, 1, 1), date(2016, 1, 1)), max_size=20)


def test_no_signal_has_no_answer() -> None:
    assert signals.find(material()) == ()
    (found,) = signals.find(material(BANNER))
    assert found.response is None


def test_the_first_deed_of_the_other_side_is_the_likely_answer() -> None:
    came = act("visit", "2014-03-24")
    later = act("visit", "2014-04-28")
    own = act("visit", "2013-08-01", source="ISL", target="FIN")
    (found,) = signals.find(material(BANNER, came, later, own))
    assert found.response is not None
    assert (found.response.act, found.response.lag_days, found.response.sure) == (came.id, 240, "high")


def test_where_deeds_were_frequent_anyway_the_link_is_unsure() -> None:
    usual = [act("visit", f"{year}-{month:02d}-02") for year in (2011, 2012) for month in range(1, 13)]
    (found,) = signals.find(material(BANNER, act("visit", "2014-03-24"), *usual))
    assert found.response is not None
    assert found.response.sure == "low"


def test_words_of_displeasure_cool_where_no_row_says_otherwise() -> None:
    coded = act("signal", "2013-07-27", made_by="coder", text="Helsinki demonstrated its negative attitude at the parade.")
    (found,) = signals.find(material(coded))
    assert (found.tone, found.medium) == ("cools", "parade")


@given(DAYS)
def test_an_answer_comes_after_its_signal_and_within_a_year(days: list[date]) -> None:
    said = date(2012, 1, 1)
    found = respond(said, sorted(days))
    after = [day for day in days if said < day <= said + timedelta(days=signals.WITHIN_DAYS)]
    assert (found is None) == (not after)
    if found is not None:
        assert found[0] == (min(after) - said).days
        pace = sum(date(2010, 1, 1) <= day < said for day in days)
        assert found[1] == pytest.approx(votes.by_chance(pace, years=signals.PACE_YEARS, days=found[0]))


def test_the_same_occasion_is_compared_across_years_and_senders() -> None:
    low = act("visit", "2013-07-27", people=[("Olli Salo", "Chargé", 7)], occasion="armistice-anniversary-60")
    high = act("visit", "2013-07-25", source="NOR", people=[("Ida Dahl", "Vice President", 2)], occasion="armistice-anniversary-60")
    again = act("visit", "2023-07-25", people=[("Eero Lahti", "Minister", 4)], occasion="armistice-anniversary-70", known="2019-01-01")
    (found,) = occasions.find(material(low, high, again))
    assert (found.senders, found.years, found.compares) == (("NOR", "FIN"), ("2013", "2023"), True)
    assert found.highest == "FIN rank 4, NOR rank 2"
    (single,) = occasions.find(material(low))
    assert single.compares is False
    assert occasions.find(material(act("visit", "2014-01-01"))) == ()


@pytest.mark.parametrize(("one", "other"), [("60th anniversary of the armistice", "70th anniversary of the armistice"), ("games-1", "games-22")])
def test_the_number_of_an_occasion_is_not_its_name(one: str, other: str) -> None:
    assert occasions.family(one) == occasions.family(other)


def test_an_ask_finds_its_answer() -> None:
    ask = act("request", "2014-04-28", source="ISL", target="FIN", asked="credits")
    answer = act("answer", "2014-04-28", asked="credits", answer="refused", reason="market principles")
    other = act("answer", "2014-04-28", asked="visas", answer="granted")
    (found, unasked) = positions.asks(material(ask, answer, other))
    assert (found.asked, found.answer, found.reason) == ("credits", "refused", "market principles")
    assert (unasked.source, unasked.answer) == ("ISL", "granted")
    assert positions.asks(material(ask))[0].answer == ""


def test_a_denied_change_is_a_null_finding() -> None:
    (found,) = positions.find(material(act("position", "2014-05-08", status="negated", issue="fish")))
    assert (found.null, found.issue) == (True, "fish")


def test_who_moves_is_counted_by_direction() -> None:
    assert initiative.find(material()) == ()
    held = [act("visit", f"2014-0{n}-01") for n in (1, 2, 3)] + [BANNER]
    found = {i.source: i for i in initiative.find(material(*held))}
    assert (found["FIN"].acts, found["ISL"].acts) == (3, 1)
    assert sum(i.share for i in found.values()) == pytest.approx(1)
    assert [(t.year, t.contacts) for t in initiative.tempo(material(*held))] == [(2014, 3)]
