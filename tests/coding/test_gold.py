from datetime import date

import pytest

from detente.coding import gold
from detente.errors import InputError

EVENT = {"start": 0, "end": 4, "class": "CONSULT", "source": ["PER"], "target": ["NOR"]}


def test_text_without_events_is_gold_too() -> None:
    assert gold.text({"id": 1, "text": "Peru", "events": []}).events == ()


def test_event_accepts_its_own_label_and_the_listed_ones() -> None:
    assert gold.event({**EVENT, "accept": ["AGREE", None]}).accept == {"CONSULT", "AGREE", "NONE"}


def test_kind_stands_in_for_a_class() -> None:
    assert gold.event({**EVENT, "class": None, "kind": "position"}).label == "POSITION"


def test_unordered_event_holds_both_directions() -> None:
    assert gold.pairs(["PER"], ["NOR"], unordered=True) == {("PER", "NOR"), ("NOR", "PER")}
    assert gold.pairs(["PER", "NOR"], [], unordered=False) == {("PER", "NOR"), ("NOR", "PER")}


def test_empty_side_is_nobody() -> None:
    assert gold.pairs(["PER"], [], unordered=False) == {("PER", None)}


def test_days_keep_open_ends() -> None:
    assert gold.event({**EVENT, "date_start": "2014-05", "date_end": None}).days == (date(2014, 5, 1), None)


@pytest.mark.parametrize("row", [{}, {"id": 1, "text": "x", "events": [{}]}, {"id": 1, "text": "Peru", "events": [{**EVENT, "end": 9}]}])
def test_wrong_row_is_refused(row: dict[str, object]) -> None:
    with pytest.raises(InputError):
        gold.text(row)
