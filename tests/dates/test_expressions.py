"""Date expressions in running text, counted from the day of the text."""

import json
import os
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.dates import Interval, between, day, find, month, parse, resolve, year
from detente.dates.spans import table
from detente.dates.words import lexicon

THURSDAY = date(2014, 5, 8)

PLAIN = """
2014-02-03 = 2014-02-03
2014-02 = 2014-02
3 February = 2014-02-03
February 3 = 2014-02-03
Feb. 3 = 2014-02-03
February 3rd = 2014-02-03
the 3rd of February = 2014-02-03
the third of February 2012 = 2012-02-03
Feb 3, 2013 = 2013-02-03
11 Nov 1918 = 1918-11-11
MAY 6, 2014 = 2014-05-06
Wednesday, May 7 = 2014-05-07
Wednesday, 7 May 2014 = 2014-05-07
13/02/2014 = 2014-02-13
13.02.2014 = 2014-02-13
03.02.2014 = 2014-02-03
June 2012 = 2012-06
June of 2012 = 2012-06
in June = 2014-06
in September = 2013-09
In May = 2014-05
October 3 = 2013-10-03
May 9 = 2014-05-09
in 2009 = 2009
the year 2009 = 2009
spring 2013 = 2013-03-01/2013-05-31
the fall of 2013 = 2013-09-01/2013-11-30
winter 2012-13 = 2012-12-01/2013-02-28
last spring = 2013-03-01/2013-05-31
next winter = 2014-12-01/2015-02-28
this summer = 2014-06-01/2014-08-31
the summer of last year = 2013-06-01/2013-08-31
1950-53 = 1950-01-01/1953-12-31
2013-14 = 2013-01-01/2014-12-31
the 1980s = 1980-01-01/1989-12-31
'80s = 1980-01-01/1989-12-31
the 60s = 1960-01-01/1969-12-31
the nineties = 1990-01-01/1999-12-31
the 1980s and 1990s = 1980-01-01/1999-12-31
the 19th century = 1801-01-01/1900-12-31
Christmas 2013 = 2013-12-25
New Year's Day = 2014-01-01
Juche 102 (2013) = 2013
Juche 101 = 2012
fiscal 2012 = 2012
fiscal year 2012 = 2012
FY2012 = 2012
today = 2014-05-08
yesterday = 2014-05-07
tomorrow morning = 2014-05-09
this morning = 2014-05-08
last night = 2014-05-07
the day before yesterday = 2014-05-06
the day after tomorrow = 2014-05-10
Thursday = 2014-05-08
on Friday = 2014-05-02
on Monday evening = 2014-05-05
late Sunday = 2014-05-04
last Thursday = 2014-05-01
last Tuesday = 2014-05-06
next Tuesday = 2014-05-13
next Thursday = 2014-05-15
this Friday = 2014-05-09
Tuesday last week = 2014-04-29
Monday of next week = 2014-05-12
at the weekend = 2014-05-03/2014-05-04
this weekend = 2014-05-10/2014-05-11
next weekend = 2014-05-17/2014-05-18
this week = 2014-05-05/2014-05-11
next week = 2014-05-12/2014-05-18
this year = 2014
next year = 2015
the current month = 2014-05
last June = 2013-06
last December = 2013-12
last April = 2014-04
next June = 2014-06
next May = 2015-05
July last year = 2013-07
27 July last year = 2013-07-27
the 15th of last month = 2014-04-15
three days ago = 2014-05-05
twenty-one days ago = 2014-04-17
a few days ago = 2014-05-03/2014-05-05
three months ago = 2014-02
nearly two years ago = 2012
a decade ago = 2004
half a century ago = 1964
five hours ago = 2014-05-08
two weeks from now = 2014-05-22
in the past five years = 2009-05-08/2014-05-08
over the last decade = 2004-05-08/2014-05-08
for the past two months = 2014-03-08/2014-05-08
in the next five years = 2014-05-08/2019-05-08
over the coming two weeks = 2014-05-08/2014-05-22
the past year = 2013-05-08/2014-05-08
in recent weeks = 2014-04-11/2014-05-08
in recent years = 2009-05-09/2014-05-08
within 15 days = 2014-05-08/2014-05-23
early May = 2014-05-01/2014-05-10
mid-May = 2014-05-11/2014-05-20
in late April = 2014-04-21/2014-04-30
the end of February 2012 = 2012-02-21/2012-02-29
early 2013 = 2013-01-01/2013-04-30
late last year = 2013-09-01/2013-12-31
the end of the year = 2014-09-01/2014-12-31
early next week = 2014-05-12/2014-05-13
early 1990s = 1990-01-01/1993-12-31
the mid-1990s = 1994-01-01/1996-12-31
the late 1990s = 1997-01-01/1999-12-31
earlier this year = 2014-01-01/2014-05-08
earlier this month = 2014-05-01/2014-05-08
earlier in the day = 2014-05-08
in the coming weeks = 2014-05-08/2014-06-04
earlier this week = 2014-05-05/2014-05-08
later this year = 2014-05-08/2014-12-31
the first half of May = 2014-05-01/2014-05-15
the second half of 2013 = 2013-07-01/2013-12-31
1st quarter of 2013 = 2013-01-01/2013-03-31
the last quarter of 2013 = 2013-10-01/2013-12-31
Q3 2013 = 2013-07-01/2013-09-30
in the first half = 2014-01-01/2014-06-30
the first three months of 2014 = 2014-01-01/2014-03-31
the first two months of the year = 2014-01-01/2014-02-28
the first week of May = 2014-05-01/2014-05-07
the last week of April = 2014-04-24/2014-04-30
the last day of June 2013 = 2013-06-30
from March 3 to 5 = 2014-03-03/2014-03-05
March 3-5, 2012 = 2012-03-03/2012-03-05
3 to 5 March 2012 = 2012-03-03/2012-03-05
between March 3 and 5 = 2014-03-03/2014-03-05
April 28 to May 2 = 2014-04-28/2014-05-02
28 April - 2 May 2012 = 2012-04-28/2012-05-02
from June to August 2013 = 2013-06-01/2013-08-31
from December to February = 2013-12-01/2014-02-28
March and April 2013 = 2013-03-01/2013-04-30
from 2010 to 2013 = 2010-01-01/2013-12-31
between 1998 and 2003 = 1998-01-01/2003-12-31
from Monday to Wednesday = 2014-05-05/2014-05-07
April/May 2013 = 2013-04-01/2013-05-31
May through July 2013 = 2013-05-01/2013-07-31
in 2010 and 2011 = 2010-01-01/2011-12-31
in 2012/2013 = 2012-01-01/2013-12-31
in March or April = 2014-03-01/2014-04-30
two and a half years ago = 2011-11
the past three and a half years = 2010-11-08/2014-05-08
as early as 2010 = 2010
from May 5 onwards = 2014-05-05/..
within the next year = 2014-05-08/2015-05-08
the week of May 5 = 2014-05-05/2014-05-11
the month of June = 2014-06
the last two weeks of April = 2014-04-17/2014-04-30
on Tuesday (6 May) = 2014-05-06
since Monday = 2014-05-05/..
since late 2012 = 2012-09-01/..
since last month = 2014-04-01/..
from 2010 = 2010-01-01/..
as of May 1 = 2014-05-01/..
starting in June = 2014-06-01/..
after 2010 = 2011-01-01/..
until June = ../2014-06-30
through 2020 = ../2020-12-31
by mid-2015 = ../2015-08-31
by the end of 2014 = ../2014-12-31
by Friday = ../2014-05-09
by the year 2020 = ../2020-12-31
no later than June 30, 2014 = ../2014-06-30
before 2010 = ../2009-12-31
prior to March 2014 = ../2014-02-28
on the eve of July 27, 2013 = 2013-07-26
two days before July 27, 2013 = 2013-07-25
a year after March 2012 = 2013
"""

SPOKEN_OF = """
the same day = 2013-02-12 = 2013-02-12
that same day = 2013-02-12 = 2013-02-12
the same month = 2013-02-12 = 2013-02
in the same year = 2013-02-12 = 2013
that year = 2013-02 = 2013
the next day = 2013-02-12 = 2013-02-13
the following day = 2013-02-12 = 2013-02-13
the day before = 2013-02-12 = 2013-02-11
the previous year = 2013-02-12 = 2012
the following week = 2013-02-12 = 2013-02-18/2013-02-24
the following two months = 2013-02 = 2013-03-01/2013-04-30
over the following three weeks = 2013-02-12 = 2013-02-13/2013-03-05
the preceding two years = 2013 = 2011-01-01/2012-12-31
a year earlier = 2013-02 = 2012
two days later = 2013-02-12 = 2013-02-14
three months later = 2013-02-12 = 2013-05
two weeks ago = 2013-02-12 = 2014-04-24
last month = 2013-02-12 = 2014-04
"""

NOT_DATES = """
He may march in the second row.
It employs 2000 workers and 1,000 guards.
Some 2014 people died in 2000 cases.
She said that Mrs May may go, as May said.
The Long March ended and the March on the capital began.
It cost $2014, or 2013 won, or 1999 euros.
The fall of the wall and the spring in his step.
Resolution 1874 was read out on page 1999.
The three-day visit and the two-week talks.
The second half of the match and the third day.
A day after the minister spoke, nothing happened.
Sun and wed, sat and mon.
He is in his 60s, aged 31, one of 12.
The letter was signed by May.
03/02/2014
February 30
"""


def _rows(table_of_cases: str) -> list[list[str]]:
    return [line.split(" = ") for line in table_of_cases.strip().splitlines()]


@pytest.mark.parametrize(("expression", "expected"), _rows(PLAIN))
def test_expression_is_counted_from_the_day_of_the_text(expression: str, expected: str) -> None:
    assert str(resolve(expression, anchor=THURSDAY)) == str(parse(expected)) or _ends(resolve(expression, anchor=THURSDAY)) == _ends(parse(expected))


def _ends(interval: Interval | None) -> tuple[date | None, date | None] | None:
    return None if interval is None else (interval.start, interval.stop)


@pytest.mark.parametrize(("expression", "context", "expected"), _rows(SPOKEN_OF))
def test_expression_is_counted_from_what_was_last_spoken_of(expression: str, context: str, expected: str) -> None:
    assert _ends(resolve(expression, anchor=THURSDAY, context=parse(context))) == _ends(parse(expected))


@pytest.mark.parametrize("text", NOT_DATES.strip().splitlines())
def test_other_words_and_numbers_are_no_dates(text: str) -> None:
    assert find(text, anchor=THURSDAY) == ()


@pytest.mark.parametrize(
    ("anchor", "expression", "expected"),
    [
        (date(2014, 1, 1), "yesterday", "2013-12-31"),
        (date(2014, 1, 1), "last month", "2013-12"),
        (date(2014, 1, 1), "last week", "2013-12-23/2013-12-29"),
        (date(2014, 1, 1), "last year", "2013"),
        (date(2014, 1, 2), "on Tuesday", "2013-12-31"),
        (date(2014, 1, 15), "last December", "2013-12"),
        (date(2014, 1, 15), "last January", "2013-01"),
        (date(2013, 12, 31), "tomorrow", "2014-01-01"),
        (date(2013, 12, 31), "next month", "2014-01"),
        (date(2013, 12, 31), "next Wednesday", "2014-01-01"),
        (date(2013, 12, 20), "January 10", "2014-01-10"),
        (date(2013, 12, 20), "this winter", "2013-12-01/2014-02-28"),
        (date(2016, 2, 29), "a year ago", "2015-02"),
        (date(2016, 2, 29), "about a year ago", "2015"),
        (date(2016, 2, 29), "in the past year", "2015-02-28/2016-02-29"),
        (date(2016, 2, 29), "last month", "2016-01"),
        (date(2016, 2, 29), "in the last four years", "2012-02-29/2016-02-29"),
        (date(2016, 3, 1), "yesterday", "2016-02-29"),
        (date(2015, 3, 1), "February 29", "2012-02-29"),
        (date(2016, 3, 31), "a month ago", "2016-02"),
        (date(2016, 1, 31), "next month", "2016-02"),
    ],
)
def test_year_ends_and_leap_days(anchor: date, expression: str, expected: str) -> None:
    assert _ends(resolve(expression, anchor=anchor)) == _ends(parse(expected))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The summit was held on December 20.", "2013-12-20"),
        ("The summit will be held on December 20.", "2014-12-20"),
        ("The minister visited in June.", "2013-06"),
        ("The minister is to visit in June.", "2014-06"),
        ("The two sides plan to meet on Monday.", "2014-05-12"),
        ("The two sides met on Monday.", "2014-05-05"),
        ("The weekend: talks will be held at the weekend.", "2014-05-10/2014-05-11"),
        ("It was the first visit in five years.", None),
        ("It was the first time in five years.", "2009-05-08/2014-05-08"),
        ("The bridge will open in two weeks.", "2014-05-22"),
        ("Both March meetings ended well.", "2014-03"),
        ("He came by Friday.", "../2014-05-09"),
        ("By Friday he had left.", "../2014-05-02"),
    ],
)
def test_the_sentence_shows_whether_it_looks_back_or_ahead(sentence: str, expected: str | None) -> None:
    found = find(sentence, anchor=THURSDAY)
    assert _ends(found[-1].interval if found else None) == _ends(None if expected is None else parse(expected))


def test_each_date_becomes_the_context_of_the_next() -> None:
    text = (
        "The test was made on Feb. 12, 2013. The next day the council met, and the talks lasted two months longer. A year later nothing had changed."
    )
    assert [(each.text, str(each.interval)) for each in find(text, anchor=THURSDAY)] == [
        ("on Feb. 12, 2013", "2013-02-12"),
        ("The next day", "2013-02-13"),
        ("A year later", "2014"),
    ]


def test_the_longest_expression_wins_and_none_overlap() -> None:
    found = find("He stayed from March 24 to 28 and returned at the end of last month.", anchor=THURSDAY)
    assert [each.text for each in found] == ["from March 24 to 28", "at the end of last month"]


def test_expression_stops_at_the_end_of_a_sentence_and_of_a_paragraph() -> None:
    assert [each.text for each in find("It was in March. 2013 was worse.\n\nMay\n\n2014", anchor=THURSDAY)] == ["in March"]


def test_abbreviated_month_does_not_end_the_sentence() -> None:
    assert [each.text for each in find("They met on Feb. 3 in Geneva.", anchor=THURSDAY)] == ["on Feb. 3"]


def test_this_before_a_full_date_leaves_it_whole() -> None:
    assert [str(each.interval) for each in find("In this April 25, 2006 photo they meet.", anchor=THURSDAY)] == ["2006-04-25"]


def test_year_before_one_thing_is_a_year_and_before_many_a_number() -> None:
    assert [each.text for each in find("A 2011 report said 1998 soldiers and 2002 people signed.", anchor=THURSDAY)] == ["2011"]


def test_verbs_are_no_parts() -> None:
    assert [each.text for each in find("They start on Monday and end in June.", anchor=THURSDAY)] == ["on Monday", "in June"]


def test_year_after_the_or_in_brackets_is_found_without_preposition() -> None:
    found = find("The 2001 declaration and the resolution (2006) followed the crisis of 1962.", anchor=THURSDAY)
    assert [each.text for each in found] == ["2001", "2006", "1962"]


@pytest.mark.parametrize("text", ["", " ", "no date here", "3 February or 4 March", "2014 and more"])
def test_what_is_no_single_expression_resolves_to_nothing(text: str) -> None:
    assert resolve(text, anchor=THURSDAY) is None


def test_the_same_day_of_nothing_is_nothing() -> None:
    assert resolve("on the same day", anchor=THURSDAY) is None


@pytest.mark.parametrize("anchor", [date.min, date.max, date(1, 12, 31), date(9999, 1, 1)])
@pytest.mark.parametrize(
    "expression", ["last year", "next year", "two decades ago", "in the next 30 years", "yesterday", "tomorrow", "July 27", "on Monday"]
)
def test_the_ends_of_the_calendar_do_no_harm(anchor: date, expression: str) -> None:
    found = resolve(expression, anchor=anchor)
    assert found is None or found.start is not None


@given(st.text(max_size=200), st.dates())
def test_any_text_is_read_and_every_span_is_verbatim(text: str, anchor: date) -> None:
    found = find(text, anchor=anchor)
    assert all(text[each.start : each.stop] == each.text for each in found)
    assert all(before.stop <= after.start for before, after in pairwise(found))


WORDS = [row["word"] for row in table("words")] + [
    "2014",
    "31",
    "24-28",
    "1,000",
    "'90s",
    "Q1",
    "03/02/2014",
    "x",
    ".",
    "-",
    "(",
    ")",
    ",",
    "workers",
    "\n\n",
]


@given(st.lists(st.sampled_from(WORDS), max_size=25), st.dates(), st.none() | st.dates().map(day))
def test_any_row_of_date_words_is_read(words: list[str], anchor: date, context: Interval | None) -> None:
    text = " ".join(words)
    assert all(text[each.start : each.stop] == each.text for each in find(text, anchor=anchor, context=context))


@given(st.lists(st.sampled_from(WORDS), max_size=12), st.dates(date(1600, 1, 1), date(2300, 1, 1)))
def test_no_date_is_lost_by_looking_for_its_core_first(words: list[str], anchor: date) -> None:
    text = " ".join(words)
    assert find(text, anchor=anchor) == find(f"{text}\n\nIn 2014", anchor=anchor)[:-1]


CALENDAR = ["last month", "next year", "last July", "in the first half", "early this year", "two years ago", "December 20", "mid-March"]


# Steps of four years within 1901-2099: "mid-March" may be ahead by a number of days, and only such a step keeps the leap day where it was.
MOVABLE = st.dates(date(1950, 1, 1), date(2050, 12, 28)).filter(lambda day: day.day < 29)


@given(st.sampled_from(CALENDAR), MOVABLE, st.integers(-12, 12).map(lambda n: 4 * n))
def test_an_anchor_moved_by_years_moves_the_answer_by_as_many(expression: str, anchor: date, years: int) -> None:
    here, there = resolve(expression, anchor=anchor), resolve(expression, anchor=anchor.replace(year=anchor.year + years))
    assert here is not None
    assert there is not None
    assert there.start is not None
    assert here.start is not None
    assert there.start == here.start.replace(year=here.start.year + years)


@given(
    st.sampled_from(["on Tuesday", "last week", "ten days ago", "next Friday", "at the weekend", "in recent weeks"]),
    st.dates(date(1600, 1, 1), date(2300, 1, 1)),
)
def test_an_anchor_moved_by_weeks_moves_the_answer_by_as_many(expression: str, anchor: date) -> None:
    here, there = resolve(expression, anchor=anchor), resolve(expression, anchor=anchor + timedelta(days=21))
    assert here is not None
    assert there is not None
    assert here.start is not None
    assert there.start == here.start + timedelta(days=21)


@given(st.dates(date(1600, 1, 1), date(2100, 1, 1)))
def test_relative_days_lie_where_they_should(anchor: date) -> None:
    past, ahead = resolve("last Tuesday", anchor=anchor), resolve("next Tuesday", anchor=anchor)
    assert past is not None
    assert past.over_by(anchor - timedelta(days=1))
    assert ahead is not None
    assert not ahead.begun_by(anchor)
    assert resolve("yesterday", anchor=anchor) == day(anchor - timedelta(days=1))


def test_every_code_of_the_words_is_explained() -> None:
    explained = {row["code"] for row in table("codes")}
    assert {code for code, _ in lexicon().values()} <= explained


def test_long_and_nested_text_is_read_in_time() -> None:
    nasty = "." * 200_000 + "(" * 10_000 + "1,111," * 30_000 + "March 3 - " * 5_000 + "\n" * 50_000 + "‏in 2014‏"
    assert find(nasty, anchor=THURSDAY)[-1].interval == year(2014)


def test_hand_made_cases_of_the_gold() -> None:
    folder = os.environ.get("DETENTE_GOLD")
    if folder is None:
        pytest.skip("DETENTE_GOLD is not set: the gold is not part of the project")
    rows = json.loads((Path(folder) / "date_cases.json").read_text(encoding="utf-8"))
    right = [row[0] for row in rows if _shown(row) == row[1:3]]
    assert len(right) >= 32


def _shown(row: list[str]) -> list[str]:
    context = None if len(row) < 4 else (day(date(2013, 7, 27)) if "same" in row[0] else month(2013, 2))
    found = resolve(row[0], anchor=THURSDAY, context=context)
    return [] if found is None else [str(found.first or "*"), str(found.last or "*")]


def test_between_and_from_give_the_same_days() -> None:
    assert (
        resolve("from 3 to 5 March", anchor=THURSDAY)
        == resolve("between 3 and 5 March", anchor=THURSDAY)
        == between(date(2014, 3, 3), date(2014, 3, 5))
    )
