"""Two writers and eight readers of one ledger, each a process of its own: no decision is lost, no reader sees an unsound or shrinking ledger."""

from __future__ import annotations

import json
import os
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import held
from detente import pipeline
from detente.keep.ledger import Reader
from detente.records import Review

WRITERS, READERS = 2, 8
Log = Callable[[str, str, float], None]
"""What was done, to what, and how many seconds it took."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """Decisions acknowledged and kept, looks made, the longest wait of a writer in seconds, processes that broke, faults of the ledger."""

    acknowledged: int
    kept: int
    looks: int
    longest: float
    broken: int
    faults: tuple[str, ...]

    def tell(self) -> list[str]:
        """Print the figures; returns what is wrong, in words."""
        print(
            f"two writers, eight readers: {self.acknowledged} reviews acknowledged, {self.kept} kept; "
            f"{self.looks} looks; longest wait {self.longest:.2f} s; {self.broken} of {WRITERS + READERS} processes broke"
        )
        wrong = [f"{self.acknowledged} acknowledged and {self.kept} kept"] if self.acknowledged != self.kept else []
        return [*wrong, *self.faults, *([f"{self.broken} processes broke"] if self.broken else [])]


def run(folder: Path, *, seconds: float) -> Crowd:
    """Let them work for so many seconds and count."""
    pipeline.load_case(held.CASES / "russia-dprk", data=folder, now="2026-01-01T00:00:00Z")
    until = time.monotonic() + seconds
    writers = [partial(_writing, folder, str(number), until) for number in range(WRITERS)]
    told, broken = together([*writers, *[partial(_looking, folder, until)] * READERS], folder)
    waits = [row["seconds"] for row in told if row["what"] == "review"]
    with Reader.open(folder) as ledger:
        kept = ledger.counts()["reviews"]
    return Crowd(len(waits), kept, len(told) - len(waits), max(waits, default=0.0), broken, tuple(pipeline.verify(folder)))


def together(tasks: Sequence[Callable[[Log], None]], folder: Path) -> tuple[list[dict[str, Any]], int]:
    """Let each task run in a process of its own; what all of them noted (what, key, seconds), and how many broke."""
    logs = [folder / f"{number}.log" for number in range(len(tasks))]
    pids = [_forked(task, log) for task, log in zip(tasks, logs, strict=True)]
    ended = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids]
    return [json.loads(line) for log in logs for line in log.read_text().splitlines()], sum(code != 0 for code in ended)


def _forked(task: Callable[[Log], None], log: Path) -> int:
    pid = os.fork()
    if pid == 0:
        try:
            with log.open("w", buffering=1) as lines:
                task(lambda what, key, seconds: print(json.dumps({"what": what, "key": key, "seconds": seconds}), file=lines, flush=True))
        except BaseException:  # noqa: BLE001 - the child must end here, whatever came
            sys.stderr.write(traceback.format_exc())
            os._exit(1)
        os._exit(0)
    return pid


def _writing(folder: Path, name: str, until: float, log: Log) -> None:
    claims = [item.stored for item in pipeline.claims(folder)]
    number = 0
    while time.monotonic() < until:
        made = Review(claim=claims[number % len(claims)], decision="accepted", reviewer=name, at=f"{number}")
        began = time.monotonic()
        pipeline.review(made, data=folder, now="2026-01-01T00:00:00Z", wait_seconds=60)
        log("review", made.id, time.monotonic() - began)
        number += 1
        time.sleep(0.005)


def _looking(folder: Path, until: float, log: Log) -> None:
    seen = 0
    while time.monotonic() < until:
        began = time.monotonic()
        with Reader.open(folder) as ledger:
            ledger.run("BEGIN")
            reviews = list(ledger.reviews())
            assert len(reviews) == ledger.counts()["reviews"] >= seen, "one look sees one state, and nothing goes away"
            seen = len(reviews)
        log("look", "", time.monotonic() - began)
        time.sleep(0.05)
