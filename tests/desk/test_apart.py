"""What costs much in a large ledger is worked out in a process apart: the same pages, its faults told, and readers before what may wait."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from detente import pipeline
from detente.desk import showing, views
from detente.desk.apart import Apart
from detente.desk.application import application
from detente.errors import LedgerError, QuestionError

HERE, NOW = "http://127.0.0.1:8765", "2025-01-01T00:00:00Z"
CASE = Path(__file__).parents[2] / "cases" / "russia-dprk"
PAGES = (
    "/dyad/PRK/RUS",
    "/dyad/PRK/RUS/timeline",
    "/dyad/PRK/RUS/examined/visits",
    "/dyad/PRK/RUS/hypotheses",
    "/dyad/PRK/RUS/moved",
    "/dyad/PRK/RUS/take",
    "/dyad/PRK/RUS/timeline.svg",
    "/dyad/PRK/RUS/take/jsonl",
    "/world",
    "/take",
    "/ask?q=Are+relations+between+Russia+and+North+Korea+at+a+new+stage",
)


def named(state: str) -> tuple[str, int]:
    return state, os.getpid()


def told(state: str, *, go: Path, into: Path) -> str:
    """Write the state down, once somebody lets it."""
    while not go.exists():
        time.sleep(0.01)
    with into.open("a") as kept:
        kept.write(f"{state}\n")
    return state


def refused(state: str) -> str:
    raise QuestionError("a question", came=state, do="ask")


def broken(_: str) -> str:
    found: dict[str, str] = {}
    return found["nothing"]


def killed(_: str) -> str:
    os.kill(os.getpid(), signal.SIGKILL)
    return ""


def test_work_is_done_in_one_other_process() -> None:
    apart = Apart()
    told = [apart.work(named, state, patient=False) for state in ("a", "b")]
    assert [state for state, _ in told] == ["a", "b"]
    assert len({process for _, process in told}) == 1
    assert told[0][1] != os.getpid()


def test_faults_of_a_person_and_of_the_program_are_told_where_the_page_was_asked_for() -> None:
    apart = Apart()
    with pytest.raises(QuestionError, match="expected a question, but a state; ask"):
        apart.work(refused, "a state", patient=False)
    with pytest.raises(RuntimeError, match="KeyError: 'nothing'"):
        apart.work(broken, "", patient=False)


def test_a_process_that_was_killed_is_told_and_begun_again() -> None:
    apart = Apart()
    with pytest.raises(LedgerError, match="ended"):
        apart.work(killed, "", patient=False)
    assert apart.work(named, "again", patient=False)[0] == "again"


def test_what_a_reader_waits_for_goes_before_what_is_patient(tmp_path: Path) -> None:
    apart, go, into = Apart(), tmp_path / "go", tmp_path / "order"

    def begin(state: str, until: Callable[[], bool], *, patient: bool) -> threading.Thread:
        thread = threading.Thread(target=apart.work, args=(partial(told, go=go, into=into), state), kwargs={"patient": patient})
        thread.start()
        while not until():
            time.sleep(0.01)
        return thread

    threads = [begin("first", lambda: apart._busy, patient=True)]
    threads.append(begin("patient", lambda: True, patient=True))
    threads.append(begin("reader", lambda: apart._waiting == 1, patient=False))
    go.touch()
    for thread in threads:
        thread.join()
    assert into.read_text().split() == ["first", "reader", "patient"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("data")
    pipeline.load_case(CASE, data=data, now=NOW)
    return data


def test_a_large_ledger_shows_the_same_pages(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(showing, "PATIENCE_SECONDS", 60.0)
    monkeypatch.setattr("secrets.token_urlsafe", lambda _: "the same secret")
    dated = [f"{page}{'&' if '?' in page else '?'}as_of=2014-12-31" if "moved" not in page else f"{page}?to=2014-12-31" for page in PAGES]
    with TestClient(application(folder), base_url=HERE) as client:
        small = [client.get(page) for page in dated]
    monkeypatch.setattr(views, "LARGE_BYTES", 0)
    with TestClient(application(folder), base_url=HERE) as client:
        large = [client.get(page) for page in dated]
        assert client.get("/dyad/AAA/RUS").status_code == 400
    assert [each.status_code for each in small] == [200] * len(PAGES)
    for page, one, other in zip(PAGES, small, large, strict=True):
        assert one.content == other.content, page


def test_a_page_that_is_not_there_yet_says_so_and_comes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(showing, "PATIENCE_SECONDS", 0.0)
    monkeypatch.setattr(views, "LARGE_BYTES", 0)
    with TestClient(application(folder), base_url=HERE) as client:
        page = "/dyad/PRK/RUS?as_of=2014-12-31"
        first = client.get(page)
        assert first.status_code == 202
        assert "Being worked out" in first.text
        assert 'hx-get="/dyad/PRK/RUS?as_of=2014-12-31"' in first.text
        assert client.get("/dyad/PRK/RUS.json?as_of=2014-12-31").status_code == 200
        end = time.monotonic() + 60
        while (answer := client.get(page)).status_code == 202 and time.monotonic() < end:
            time.sleep(0.1)
        assert answer.status_code == 200
        assert "North Korea and Russia" in answer.text
