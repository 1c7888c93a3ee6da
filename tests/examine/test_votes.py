from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.examine import votes
from detente.records import Act
from looked import act, material

CHOICES = ("yes", "no", "abstain")


def cast(voter: str, choice: str, resolution: str = "1/1", when: str = "2014-03-27", **more: str) -> Act:
    return act("vote", when, source=voter, target="NOR", forum="UNGA", resolution=resolution, choice=choice, issue="fish", more=more)


def test_no_vote_is_no_agreement() -> None:
    assert votes.find(material()) == ()
    assert votes.agreement(()) == ()


def test_a_vote_that_only_one_cast_is_compared_with_nothing() -> None:
    found = votes.find(material(cast("FIN", "yes")))
    assert [v.other for v in found] == [""]
    assert votes.agreement(found)[0].share is None


def test_both_votes_on_a_resolution_are_compared() -> None:
    held = [cast("FIN", "yes"), cast("ISL", "no"), cast("FIN", "yes", "1/2"), cast("ISL", "yes", "1/2")]
    (counted,) = votes.agreement(votes.find(material(*held)))
    assert (counted.both, counted.alike, counted.share) == (2, 1, 0.5)


def test_a_favour_may_have_been_returned_within_a_year() -> None:
    given_ = act("obligation", "2013-09-01")
    vote = act("vote", "2014-03-27", source="ISL", target="FIN", forum="UNGA", choice="no", effect="1")
    (found,) = votes.favours(material(given_, vote))
    assert (found.giver, found.voter, found.days) == ("FIN", "ISL", 207)
    assert found.by_chance == 0.0
    assert votes.favours(material(act("obligation", "2010-09-01"), vote)) == ()
    cool = act("vote", "2014-03-27", source="ISL", target="FIN", forum="UNGA", choice="yes", effect="-1")
    assert votes.favours(material(given_, cool)) == ()


@given(st.integers(0, 50), st.integers(0, 50), st.integers(1, 400))
def test_more_votes_before_make_a_link_less_sure(fewer: int, more: int, days: int) -> None:
    low, high = (votes.by_chance(n, years=5, days=days) for n in sorted((fewer, more)))
    assert 0 <= low <= high < 1 or high == pytest.approx(1)


@given(st.lists(st.tuples(st.sampled_from(CHOICES), st.sampled_from(CHOICES)), max_size=6))
def test_agreement_is_the_same_whoever_is_asked_first(pairs: list[tuple[str, str]]) -> None:
    held = [c for n, (a, b) in enumerate(pairs) for c in (cast("FIN", a, f"1/{n}"), cast("ISL", b, f"1/{n}"))]
    counted = votes.agreement(votes.find(material(*held)))
    assert sum(c.both for c in counted) == len(pairs)
    assert sum(c.alike for c in counted) == sum(a == b for a, b in pairs)


@given(st.lists(st.tuples(st.dates(date(2009, 1, 1), date(2015, 1, 1)), st.booleans(), st.booleans()), max_size=12))
def test_a_favour_is_the_latest_of_the_other_side_within_a_year(told: list[tuple[date, bool, bool]]) -> None:
    acts = [
        act("vote" if vote else "exception", str(day), source="FIN" if ours else "ISL", target="ISL" if ours else "FIN", text=f"{n}.", effect="1")
        for n, (day, vote, ours) in enumerate(told)
    ]
    found = {(each.voter, each.returned, each.favour) for each in votes.favours(material(*acts))}
    cast = [(row, one) for row, one in zip(told, acts, strict=True) if row[1]]
    given = [(row, one) for row, one in zip(told, acts, strict=True) if not row[1]]
    wanted = set()
    for (day, _, ours), vote in cast:
        before = [(row[0], one.id, one) for row, one in given if row[2] != ours and 0 < (day - row[0]).days <= votes.RETURN_DAYS]
        if before:
            wanted.add(("FIN" if ours else "ISL", vote.claim.quote, max(before)[2].claim.quote))
    assert found == wanted
