"""Numbers in running text as decimals."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.coding import figures


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7", "7"),
        ("1,234,567", "1234567"),
        ("2.5 million", "2500000"),
        ("3 bn", "3000000000"),
        ("three", "3"),
        ("forty-two", "42"),
        ("two hundred and six", "206"),
        ("a hundred thousand", "100000"),
        ("one million two hundred thousand", "1200000"),
        ("half a billion", "500000000"),
        ("two and a half million", "2500000"),
    ],
)
def test_a_number_is_read_in_digits_and_in_words(text: str, value: str) -> None:
    (found,) = figures.find(text)
    assert (found.low, found.high, found.start, found.stop) == (Decimal(value), Decimal(value), 0, len(text))


def test_the_scale_of_the_second_end_holds_for_the_first() -> None:
    (found,) = figures.find("10 to 15 million")
    assert (found.low, found.high) == (Decimal(10_000_000), Decimal(15_000_000))


def test_a_falling_pair_is_no_range() -> None:
    assert len(figures.find("15 to 10")) == 2


@pytest.mark.parametrize("text", ["", "none", "S-400", "B52", "No. 7", "a dog"])
def test_names_and_words_are_no_figures(text: str) -> None:
    assert figures.find(text) == ()


@given(st.integers(0, 10**12))
def test_grouped_digits_are_read_back(number: int) -> None:
    (found,) = figures.find(f"{number:,}")
    assert found.low == number


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=4))
def test_plain_changes_no_value(number: Decimal) -> None:
    assert figures.plain(number) == number
