from datetime import date

from detente.coding.formers import ends, successor
from detente.coding.gazetteer import Entry, Hit

HIT = Hit(0, 4, Entry("USSR", "name", "SUN"))


def test_state_that_lasts_is_left_alone() -> None:
    hit = Hit(0, 4, Entry("Peru", "name", "PER"))
    assert successor(hit, date(1900, 1, 1)) is hit


def test_the_day_of_the_end_belongs_to_the_successor() -> None:
    until, heir = ends()["SUN"]
    assert successor(HIT, until).entry.state == heir == "RUS"
    assert successor(HIT, date(1991, 12, 25)).entry.state == "SUN"


def test_text_without_a_day_is_of_today() -> None:
    assert successor(HIT, None).entry.state == "RUS"
