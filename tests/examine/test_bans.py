from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from detente.examine import bans
from detente.examine.bans import Ban, standing
from looked import act, material

BAN = act("sanction", "2010-05-24", source="NOR", target="ISL", key="ban", scope="coal and arms", instrument="act-1")
PORT = act("project_milestone", "2014-02-11", text="A first cargo of coal was shipped.", key="cargo", step="delivered")
LET = act("exception", "2014-02-11", source="NOR", target="ISL", ban="ban", act="cargo")
DAYS = st.dates(date(1990, 1, 1), date(2030, 1, 1))


def test_nothing_forbidden_is_no_ban() -> None:
    assert bans.find(material()) == ()
    assert bans.exemptions(material()) == ()
    assert bans.checks(material(PORT)) == ()


def test_a_ban_holds_on_until_a_row_of_its_instrument_ends_it() -> None:
    (found,) = bans.find(material(BAN))
    assert (found.begins, found.ends, found.state) == (date(2010, 5, 24), None, "in force")
    lifted = act("sanction", "2016-01-01", source="NOR", target="ISL", instrument="act-1", effect="1")
    (ended,) = bans.find(material(BAN, lifted))
    assert (ended.ends, ended.state) == (date(2016, 1, 1), "ended")


def test_an_exception_is_no_repeal() -> None:
    (ban,) = bans.find(material(BAN, LET, PORT))
    assert (ban.state, ban.exceptions) == ("in force with exceptions", 1)
    (found,) = bans.exemptions(material(BAN, LET, PORT))
    assert found.state == "in force with exception"
    assert found.ban == "ban"
    assert found.lets_through == "A first cargo of coal was shipped."


def test_an_exception_that_outlives_its_ban_says_so() -> None:
    short = act("sanction", "2010-05-24/2012-12-31", source="NOR", target="ISL", key="ban", scope="coal")
    (found,) = bans.exemptions(material(short, LET, PORT))
    assert found.state == "outlives its ban"


def test_an_exception_of_a_proposal_without_a_ban_says_that_it_is_unknown() -> None:
    (found,) = bans.exemptions(material(act("exception", "2014-02-11", made_by="coder")))
    assert (found.state, found.ban) == ("ban unknown", "")


def test_an_act_is_held_against_the_bans_in_force_on_its_day() -> None:
    (found,) = bans.checks(material(BAN, PORT))
    assert (found.ban, found.touches, found.excepted) == ("ban", ("minerals",), "")
    (let,) = bans.checks(material(BAN, PORT, LET))
    assert let.excepted.startswith("act:") or let.excepted
    early = act("project_milestone", "2009-02-11", text="A cargo of coal was shipped.")
    assert bans.checks(material(BAN, early)) == ()
    other = act("project_milestone", "2014-02-11", text="A choir sang.")
    assert bans.checks(material(BAN, other)) == ()


@given(DAYS, DAYS, DAYS)
def test_an_exception_stands_to_its_ban_by_the_days_alone(begins: date, ends: date, day: date) -> None:
    (made,) = bans.find(material(BAN))
    low, high = sorted((begins, ends))
    ban: Ban = replace(made, begins=low, ends=high)
    expected = "before its ban" if day < low else "outlives its ban" if day > high else "in force with exception"
    assert standing(ban, day) == expected
    assert standing(replace(ban, ends=None), day) != "outlives its ban"
    assert bans.in_force(ban, day) == (low <= day <= high)
