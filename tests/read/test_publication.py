"""A day of publication is found where such days stand, and never made up."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.read import publication
from detente.read.outcomes import Extract

DAY = date(2014, 5, 8)


@pytest.mark.parametrize(
    "value",
    [
        "2014-05-08",
        "2014-05-08T23:10:00+09:00",
        "20140508T101500Z",
        "8 May 2014",
        "May 8, 2014",
        "Thursday, May 8, 2014",
        "Published 8 May 2014, 10:00 GMT",
        "08-May-2014",
        "May 8th, 2014 at 5:30 pm",
    ],
)
def test_a_value_that_is_one_day_is_read(value: str) -> None:
    assert publication.written_day(value) == DAY


@pytest.mark.parametrize(
    "value", ["", "2014", "2014-05", "May 2014", "05/08/2014", "2014-02-30", "soon", "8 May", "28-30 April 2014", "visit of 8 May 2014"]
)
def test_less_or_more_than_one_day_is_none(value: str) -> None:
    assert publication.written_day(value) is None


@pytest.mark.parametrize(
    "first",
    [
        "Friday, May 8, 2014\n\nThey met.",
        "Visit ends\n\nMay 8, 2014\n\nThey met.",
        "Visit ends\nBy Jane Doe | 8 May 2014\n\nThey met.",
        "Posted on: 8 May 2014\n\nThey met.",
        "By Jane Doe 8 May 2014\nThey met.",
        "BY JANE DOE, Thursday, May 8, 2014\n\nThey met.".replace("BY", "By"),
        "(8 May 2014)\nThey met.",
        "Published: 09:41 BST, 8 May 2014 | Updated: 11:00 BST, 9 May 2014\nThey met.",
        "8 May 2014 · 5 min read\nThey met.",
        "PYONGYANG, May 8, 2014 (KCNA) -- They met.",
        "Pyongyang, May 8, 2014 (Wire) — They met.",
        "MOSCOW, May 8, 2014 /WIRE/. They met.",
        "MOSCOW, 8 May 2014 - They met.",
    ],
)
def test_the_first_lines_tell_the_day(first: str) -> None:
    assert publication.first_lines_day(first) == DAY


@pytest.mark.parametrize(
    "first",
    [
        "",
        "They met.",
        "PYONGYANG, May 8 (KCNA) -- They met.",
        "Deputy Premier's visit (April 28-30, 2014) was a success.",
        "They met on May 8, 2014 and agreed.",
        "The accord — signed on 8 May 2014 — was hailed.",
        "The Agreement of May 8, 2014 on Debt",
        "Updated: 9 May 2014",
        "In Moscow, May 8, 2014 was a holiday.",
        "May 2014\n\nThey met.",
        "8 May 2014\n\n12 June 2014\n\nThey met.",
        "line\n" * 13 + "8 May 2014\n",
    ],
)
def test_days_of_events_are_no_days_of_publication(first: str) -> None:
    assert publication.first_lines_day(first) is None


@pytest.mark.parametrize(
    ("name", "day"), [("2014-05-08-visit.txt", DAY), ("2014-05-08.txt", DAY), ("2014-05-081.txt", None), ("20140508.txt", None), ("", None)]
)
def test_the_name_tells_the_day_at_its_beginning(name: str, day: date | None) -> None:
    assert publication.name_day(name) == day


def test_two_days_that_follow_each_other_are_two_zones_and_the_later_holds() -> None:
    assert publication.agreed([DAY, date(2014, 5, 9)]) == date(2014, 5, 9)
    assert publication.agreed([DAY, date(2014, 5, 10)]) is None
    assert publication.agreed([]) is None


def test_given_comes_before_metadata_before_lines_before_name() -> None:
    text, name = "1 March 2014\n\nThey met.", "2014-02-01-x.txt"
    told = Extract(text=text, published=date(2014, 4, 1))
    bare = Extract(text=text)

    def where(extract: Extract, text: str, given_day: date | None) -> tuple[str, int] | None:
        found = publication.find(extract, text=text, name=name, given=given_day)
        return None if found is None else (found.where, found.day.month)

    assert where(told, text, DAY) == ("given by the user", 5)
    assert where(told, text, None) == ("metadata", 4)
    assert where(bare, text, None) == ("first lines", 3)
    assert where(bare, "They met.", None) == ("file name", 2)
    assert publication.find(bare, text="They met.", name="x.txt", given=None) is None


@given(st.text(max_size=120))
def test_any_line_has_a_day_or_none(line: str) -> None:
    for found in (publication.written_day(line), publication.first_lines_day(line), publication.name_day(line)):
        assert found is None or found.year >= 1
