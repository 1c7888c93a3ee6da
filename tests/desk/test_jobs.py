import threading
import time

import pytest

from detente.desk.jobs import AT_ONCE, Job, Jobs
from detente.errors import InputError, LedgerBusy


def over(jobs: Jobs[int], key: str) -> Job[int]:
    job = jobs.get(key)
    assert job is not None
    until = time.monotonic() + 5
    while not job.is_over and time.monotonic() < until:
        time.sleep(0.005)
    assert job.is_over
    return job


def test_what_came_is_seen_while_it_runs_and_its_time_stands_still_when_it_is_over() -> None:
    go, jobs = threading.Event(), Jobs[int]()

    def work(job: Job[int]) -> None:
        job.came.append(1)
        go.wait(5)
        job.came.append(2)

    key = jobs.begin("counting", work)
    job = jobs.get(key)
    assert job is not None and not job.is_over
    go.set()
    assert over(jobs, key).came == [1, 2]
    assert job.fault is None
    assert job.seconds == job.seconds


def test_a_fault_is_told_in_its_words() -> None:
    def work(_: Job[int]) -> None:
        raise InputError("a text", came="nothing came", do="write one")

    jobs = Jobs[int]()
    assert over(jobs, jobs.begin("x", work)).fault == "expected a text, but nothing came; write one"


def test_no_more_run_at_once_than_there_is_room_for() -> None:
    go, jobs = threading.Event(), Jobs[int]()

    def waits(_: Job[int]) -> None:
        go.wait(5)

    keys = [jobs.begin("x", waits) for _ in range(AT_ONCE)]
    with pytest.raises(LedgerBusy):
        jobs.begin("one more", lambda _: None)
    go.set()
    for key in keys:
        over(jobs, key)
    over(jobs, jobs.begin("now there is room", lambda _: None))


@pytest.mark.parametrize("kept", [0, 3])
def test_the_oldest_are_let_go(kept: int) -> None:
    jobs = Jobs[int](kept=kept)
    keys: list[str] = []
    for _ in range(kept + 3):
        keys.append(jobs.begin("x", lambda _: None))
        over(jobs, keys[-1])
    assert jobs.get(keys[0]) is None
    assert jobs.get(keys[-1]) is not None
