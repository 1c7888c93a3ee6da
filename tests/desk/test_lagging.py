"""A page that costs much may be of a moment ago, never of before a change made here, and is worked out anew behind the reader."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field

import pytest

from detente.desk import lagging
from detente.desk.lagging import Lagging, Task
from detente.errors import InputError


@dataclass
class Ledger:
    """A state that changes, and work on it that takes a while."""

    state: int = 0
    takes: float = 0.3
    done: list[int] = field(default_factory=list)
    patient: list[bool] = field(default_factory=list)
    fails: bool = False

    @property
    def task(self) -> Task[int, str]:
        return Task(lambda: self.state, self.work)

    def work(self, state: int, patient: bool) -> str:
        self.patient.append(patient)
        time.sleep(self.takes)
        self.done.append(state)
        if self.fails:
            raise InputError("a page", came="it failed", do="wait")
        return f"page of {state}"


def until(true: object, seconds: float = 10.0) -> None:
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:  # type: ignore[operator]
        time.sleep(0.02)


def test_what_costs_much_is_of_a_moment_ago_and_then_of_now() -> None:
    ledger = Ledger()
    pages: Lagging[int, str] = Lagging()
    assert pages.answer("a", ledger.task).found == "page of 0"
    ledger.state = 1
    began = time.monotonic()
    assert pages.answer("a", ledger.task).found == "page of 0"
    assert time.monotonic() - began < ledger.takes
    until(lambda: ledger.done == [0, 1])
    time.sleep(0.1)
    assert pages.answer("a", ledger.task).found == "page of 1"
    assert ledger.done == [0, 1]


def test_what_is_cheap_is_always_of_now() -> None:
    ledger = Ledger(takes=0.0)
    pages: Lagging[int, str] = Lagging()
    pages.answer("a", ledger.task)
    ledger.state = 1
    assert pages.answer("a", ledger.task).found == "page of 1"


def test_what_costs_little_lags_where_what_it_rests_on_costs_much() -> None:
    ledger = Ledger(takes=0.0)
    pages: Lagging[int, str] = Lagging()
    task = Task(lambda: ledger.state, ledger.work, lags=True)
    pages.answer("a", task)
    ledger.state = 1
    assert pages.answer("a", task).late
    until(lambda: ledger.done == [0, 1])


def test_who_changed_the_ledger_here_sees_the_change() -> None:
    ledger = Ledger()
    pages: Lagging[int, str] = Lagging()
    pages.answer("a", ledger.task)
    ledger.state = 1
    pages.changed()
    assert pages.answer("a", ledger.task).found == "page of 1"


def test_what_is_old_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lagging, "LAG_SECONDS", 0.0)
    monkeypatch.setattr(lagging, "LAG_COSTS", 0.0)
    ledger = Ledger()
    pages: Lagging[int, str] = Lagging()
    pages.answer("a", ledger.task)
    ledger.state = 1
    time.sleep(0.1)
    assert pages.answer("a", ledger.task).found == "page of 1"


def test_readers_who_come_together_wait_for_one_working_out() -> None:
    ledger = Ledger()
    pages: Lagging[int, str] = Lagging()
    readers = [threading.Thread(target=pages.answer, args=("a", ledger.task)) for _ in range(8)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert ledger.done == [0]


def test_a_failure_behind_the_reader_is_told_to_the_next_one() -> None:
    ledger = Ledger()
    pages: Lagging[int, str] = Lagging()
    pages.answer("a", ledger.task)
    ledger.state, ledger.fails = 1, True
    pages.answer("a", ledger.task)
    until(lambda: ledger.done == [0, 1])
    time.sleep(0.1)
    with pytest.raises(InputError):
        pages.answer("a", ledger.task)


def test_no_more_pages_are_kept_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lagging, "KEPT", 2)
    ledger = Ledger(takes=0.0)
    pages: Lagging[int, str] = Lagging()
    for key in "abacab":  # b was shown longest ago when c came, and c when b came again
        pages.answer(key, ledger.task)
    assert len(ledger.done) == 4


def test_what_cost_much_is_kept_while_what_costs_little_comes_and_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lagging, "KEPT", 3)
    ledger = Ledger()
    pages: Lagging[int, str] = Lagging()
    pages.answer("costly", ledger.task)
    ledger.takes = 0.0
    for key in "abcdef":
        pages.answer(key, ledger.task)
    assert len(ledger.done) == 7
    pages.answer("costly", ledger.task)
    assert len(ledger.done) == 7


def test_a_reader_may_wait_so_long_and_find_it_when_asking_again() -> None:
    ledger = Ledger(takes=0.4)
    pages: Lagging[int, str] = Lagging()
    with pytest.raises(TimeoutError):
        pages.answer("a", ledger.task, seconds=0.05)
    assert pages.since("a") is not None
    assert pages.answer("a", ledger.task, seconds=5).found == "page of 0"
    assert pages.since("a") is None
    assert ledger.done == [0]


def test_what_is_worked_out_anew_behind_the_reader_is_patient() -> None:
    ledger = Ledger()
    pages: Lagging[int, str] = Lagging()
    first = pages.answer("a", ledger.task)
    ledger.state = 1
    held = pages.answer("a", ledger.task)
    assert (first.late, held.late, held.state) == (False, True, 0)
    until(lambda: ledger.done == [0, 1])
    assert ledger.patient == [False, True]


def test_work_that_began_before_a_change_made_here_is_not_shown() -> None:
    ledger = Ledger(takes=0.5)
    pages: Lagging[int, str] = Lagging()
    threading.Thread(target=pages.answer, args=("a", ledger.task), daemon=True).start()
    until(lambda: pages.since("a") is not None)
    ledger.state = 1
    pages.changed()
    assert pages.answer("a", ledger.task).found == "page of 1"
