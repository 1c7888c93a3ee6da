"""What becomes of a class in a situation."""

from __future__ import annotations

import pytest

from detente.coding import situations
from detente.coding.situations import Shift


@pytest.mark.parametrize(
    ("situation", "before", "after", "hint"),
    [
        ("future", "CONSULT", "AGREE", "planned"),
        ("future", "ASSAULT", "THREATEN", "planned"),
        ("refused", "AID", "REJECT", None),
        ("refused", "ASSAULT", "ASSAULT", "negated"),
        ("negated", "CONSULT", "CONSULT", "negated"),
        ("unless", "RETREAT", "THREATEN", "hypothetical"),
        ("decided", "RETREAT", "CONCEDE", "planned"),
        ("prepared", "ASSAULT", "MOBILIZE", None),
        ("charged", "ASSAULT", "ASSAULT", "attributed"),
    ],
)
def test_shift(situation: str, before: str, after: str, hint: str | None) -> None:
    shift = situations.shift(situation, before)
    assert (shift.event_class, shift.hint) == (after, hint)


def test_a_plain_deed_and_no_class_stay_what_they_are() -> None:
    assert situations.shift("done", "AID") == Shift("AID", None, None, 1.0)
    assert situations.shift("future", None).event_class is None


def test_mode_by_the_deed_that_is_spoken_of() -> None:
    assert situations.mode("REQUEST", "AID") == "assist"
    assert situations.mode("THREATEN", "ASSAULT") == "violence"
    assert situations.mode("CONSULT", "AID") is None
    assert situations.mode(None, None) is None
