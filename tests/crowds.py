"""Two writers and eight readers of one ledger, each a process of its own: no decision is lost, no reader sees an unsound or shrinking ledger."""

from __future__ import annotations

import os
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import held
from detente import pipeline
from detente.keep.ledger import Reader
from detente.records import Review

WRITERS, READERS = 2, 8


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
    tasks = [_writing] * WRITERS + [_looking] * READERS
    logs = [folder / f"{number}.log" for number in range(len(tasks))]
    pids = [_forked(task, folder, log, until) for task, log in zip(tasks, logs, strict=True)]
    ended = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids]
    waits = [float(line) for log in logs[:WRITERS] for line in log.read_text().split()]
    looks = sum(len(log.read_text().split()) for log in logs[WRITERS:])
    with Reader.open(folder) as ledger:
        kept = ledger.counts()["reviews"]
    return Crowd(len(waits), kept, looks, max(waits, default=0.0), sum(code != 0 for code in ended), tuple(pipeline.verify(folder)))


def _forked(task: Callable[[Path, Path, float], None], folder: Path, log: Path, until: float) -> int:
    pid = os.fork()
    if pid == 0:
        try:
            task(folder, log, until)
        except BaseException:  # noqa: BLE001 - the child must end here, whatever came
            sys.stderr.write(traceback.format_exc())
            os._exit(1)
        os._exit(0)
    return pid


def _writing(folder: Path, log: Path, until: float) -> None:
    claims = [item.stored for item in pipeline.claims(folder)]
    number = 0
    with log.open("w", buffering=1) as told:
        while time.monotonic() < until:
            made = Review(claim=claims[number % len(claims)], decision="accepted", reviewer=log.stem, at=f"{number}")
            began = time.monotonic()
            pipeline.review(made, data=folder, now="2026-01-01T00:00:00Z", wait_seconds=60)
            print(f"{time.monotonic() - began:.4f}", file=told, flush=True)
            number += 1
            time.sleep(0.005)


def _looking(folder: Path, log: Path, until: float) -> None:
    seen = 0
    with log.open("w", buffering=1) as told:
        while time.monotonic() < until:
            with Reader.open(folder) as ledger:
                ledger.run("BEGIN")
                reviews = list(ledger.reviews())
                assert len(reviews) == ledger.counts()["reviews"] >= seen, "one look sees one state, and nothing goes away"
                seen = len(reviews)
            print("1", file=told, flush=True)
            time.sleep(0.05)
