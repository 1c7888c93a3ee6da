"""Quantities in running text: what is written, how much it is, in which unit."""

import itertools
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.coding import quantities
from detente.coding.figures import table
from detente.coding.quantities import Quantity

CASES = """
It cost 112 USD million. = 112 USD million = money = 112000000 = USD
It cost $1.09bn. = $1.09bn = money = 1090000000 = USD
It cost US$25 million. = US$25 million = money = 25000000 = USD
It cost 1 billion dollars. = 1 billion dollars = money = 1000000000 = USD
It cost 3 million US dollars. = 3 million US dollars = money = 3000000 = USD
It cost €5bn. = €5bn = money = 5000000000 = EUR
It cost 5 million euros. = 5 million euros = money = 5000000 = EUR
It cost RUB 300 million. = RUB 300 million = money = 300000000 = RUB
It cost 300 million roubles. = 300 million roubles = money = 300000000 = RUB
It cost 500 billion won. = 500 billion won = money = 500000000000 = KRW
It cost 5,000 North Korean won. = 5,000 North Korean won = money = 5000 = KPW
It cost RMB 30m. = RMB 30m = money = 30000000 = CNY
It cost 10 billion yen. = 10 billion yen = money = 10000000000 = JPY
It cost 100 Hong Kong dollars. = 100 Hong Kong dollars = money = 100 = HKD
It cost 1,234,567.89 pounds. = 1,234,567.89 pounds = money = 1234567.89 = GBP
It cost half a million dollars. = half a million dollars = money = 500000 = USD
It cost one and a half million euros. = one and a half million euros = money = 1500000 = EUR
It cost five hundred thousand won. = five hundred thousand won = money = 500000 = KRW
It killed 24 foreign soldiers. = 24 foreign soldiers = people = 24 = person
It killed two hundred and fifty workers. = two hundred and fifty workers = people = 250 = person
It hosts twenty-four students. = twenty-four students = people = 24 = person
It hosts 1.2 million refugees. = 1.2 million refugees = people = 1200000 = person
It lost 100 of its citizens. = 100 of its citizens = people = 100 = person
It holds 49 percent of the firm. = 49 percent = share = 49 = percent
It holds 49% of the firm. = 49% = share = 49 = percent
It holds a third of the firm. = a third = share = 33.33 = percent
It holds two-thirds of the firm. = two-thirds = share = 66.67 = percent
Trade grew by 37.3 percent. = 37.3 percent = growth = 37.3 = percent
Trade fell 5 per cent. = 5 per cent = growth = -5 = percent
It was a 12 percent increase. = 12 percent = growth = 12 = percent
Trade rose to 12 percent of output. = 12 percent = share = 12 = percent
Rates rose by 2 percentage points. = 2 percentage points = growth = 2 = percentage point
It sent 50,000 tons of rice. = 50,000 tons = mass = 50000 = tonne
It sent 300 kg of paper. = 300 kg = mass = 300 = kg
It is 54 km long. = 54 km = length = 54 = km
It is 100 miles long. = 100 miles = length = 160.9344 = km
It leased 3,000 hectares. = 3,000 hectares = area = 3000 = ha
It is a 500-megawatt plant. = 500-megawatt = power = 500 = MW
It is a 2 gigawatts plant. = 2 gigawatts = power = 2000 = MW
It pumps 40,000 barrels per day. = 40,000 barrels per day = volume = 40000 = barrel per day
It sent 100 million cubic meters of gas. = 100 million cubic meters = volume = 100000000 = m3
It was a three-day visit. = three-day = duration = 3 = day
It took two weeks. = two weeks = duration = 14 = day
It took 30 years. = 30 years = duration = 30 = year
It made zero rockets. = zero rockets = count = 0 = rockets
It fired 36 shells. = 36 shells = count = 36 = shells
It borders three provinces. = three provinces = count = 3 = provinces
It pleased both sides. = both sides = count = 2 = sides
It sent 2,000 special forces. = 2,000 special forces = count = 2000 = forces
It was the 60th anniversary of the war. = 60th anniversary = ordinal = 60 = anniversary
It was its third nuclear test. = third nuclear test = ordinal = 3 = test
It was the sixth meeting of the board. = sixth meeting = ordinal = 6 = meeting
"""


@pytest.mark.parametrize(("sentence", "words", "kind", "value", "unit"), [line.split(" = ") for line in CASES.strip().splitlines()])
def test_quantity_is_read_in_a_normal_unit(sentence: str, words: str, kind: str, value: str, unit: str) -> None:
    (found,) = quantities.find(sentence)
    assert (found.text, found.kind, found.value, found.unit) == (words, kind, Decimal(value), unit)


@pytest.mark.parametrize(
    ("sentence", "low", "high"),
    [
        ("It grew 10-15 percent.", 10, 15),
        ("It grew by between 10 and 15 percent.", 10, 15),
        ("It holds 10 to 15 million dollars.", 10_000_000, 15_000_000),
        ("It holds $1-2 billion.", 1_000_000_000, 2_000_000_000),
        ("It killed two or three soldiers.", 2, 3),
        ("It killed dozens of soldiers.", 24, 99),
        ("It sent several ships.", 3, 7),
        ("It sent tens of thousands of workers.", 20_000, 99_999),
    ],
)
def test_range_keeps_both_ends(sentence: str, low: int, high: int) -> None:
    (found,) = quantities.find(sentence)
    assert (found.low, found.high, found.value) == (Decimal(low), Decimal(high), None)


def test_a_change_from_one_amount_to_another_is_two_amounts() -> None:
    assert [found.low for found in quantities.find("from 112 million dollars to 1 billion dollars")] == [112_000_000, 1_000_000_000]


@pytest.mark.parametrize(
    ("sentence", "approximation"),
    [
        ("It sent about 300 workers.", "about"),
        ("It sent more than 300 workers.", "more than"),
        ("It sent at least 300 workers.", "at least"),
        ("It sent as many as 300 workers.", "as many as"),
        ("It cost nearly $5 million.", "nearly"),
        ("It sent 300 workers.", None),
    ],
)
def test_approximation_is_kept_word_for_word(sentence: str, approximation: str | None) -> None:
    assert quantities.find(sentence)[0].approximation == approximation


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "no number here",
        "The S-400 and the G20 met over Resolution 1718.",
        "It is article No. 5.",
        "It was in 2014 elections.",
        "It is one of them.",
        "One thing remains.",
        "It first opened.",
        "12.05.2014",
    ],
)
def test_names_and_bare_numbers_are_no_quantities(text: str) -> None:
    assert quantities.find(text) == ()


def test_dates_are_left_apart() -> None:
    text = "From 24 to 28 March workers built 3 piers."
    assert [found.text for found in quantities.find(text, apart=[(0, 16)])] == ["3 piers"]


def test_counted_nouns_are_kept() -> None:
    assert quantities.find("It hired 46,000 North Korean workers.")[0].noun == "North Korean workers"


@given(st.text(max_size=200))
def test_any_text_is_read_and_every_span_is_verbatim(text: str) -> None:
    found = quantities.find(text)
    assert all(text[each.start : each.stop] == each.text for each in found)
    assert all(each.low <= each.high for each in found)


PARTS = [
    "3",
    "1,000",
    "2.5",
    "million",
    "bn",
    "$",
    "USD",
    "dollars",
    "percent",
    "to",
    "-",
    "from",
    "half a",
    "a third",
    "of",
    "dozens of",
    "workers",
    "km",
    "second",
    "and",
    "two",
]


@given(st.lists(st.sampled_from(PARTS), max_size=14))
def test_any_row_of_number_words_is_read_without_overlap(words: list[str]) -> None:
    found = quantities.find(" ".join(words))
    assert all(before.stop <= after.start for before, after in itertools.pairwise(found))


def test_a_long_row_of_digits_is_read_in_time() -> None:
    assert quantities.find("1" * 100_000 + " workers") == ()
    assert len(quantities.find("7 workers " * 2_000)) == 2_000


def test_every_unit_is_of_a_known_kind() -> None:
    kinds = Quantity.__annotations__["kind"]
    assert kinds == "Kind"
    assert {row["kind"] for row in table("units")} <= {"share", "mass", "length", "area", "volume", "power", "energy", "duration"}
