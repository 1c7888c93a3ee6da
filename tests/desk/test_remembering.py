import threading
import time

import pytest

from detente.desk.remembering import remembered


def test_many_who_ask_at_once_have_it_worked_out_once() -> None:
    made: list[int] = []

    @remembered(4)
    def squared(state: str, number: int) -> int:
        time.sleep(0.02)
        made.append(number)
        return number * number

    found: list[int] = []
    asking = [threading.Thread(target=lambda: found.append(squared("now", 7))) for _ in range(8)]
    for each in asking:
        each.start()
    for each in asking:
        each.join()
    assert found == [49] * 8
    assert made == [7]


def test_what_holds_for_another_state_is_let_go_and_so_is_the_oldest() -> None:
    made: list[tuple[str, int]] = []

    @remembered(2)
    def noted(state: str, number: int) -> None:
        made.append((state, number))

    for number in (1, 2, 3, 3, 2):
        noted("before", number)
    assert made == [("before", 1), ("before", 2), ("before", 3)], "an answer of None is kept too"
    noted("before", 1)
    noted("after", 3)
    noted("before", 3)
    assert made[3:] == [("before", 1), ("after", 3), ("before", 3)]


def test_an_error_is_not_kept() -> None:
    tried: list[int] = []

    @remembered(2)
    def odd(state: str) -> int:
        tried.append(1)
        if len(tried) == 1:
            raise ValueError(state)
        return len(tried)

    with pytest.raises(ValueError, match="now"):
        odd("now")
    assert odd("now") == 2
