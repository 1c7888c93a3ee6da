"""The desk and the command line on one ledger, each in processes of their own: decisions through pages, decisions and texts by commands, readers.

What was acknowledged (a redirect after the form, exit code 0) must stand afterwards, once; whoever finds the ledger busy must be told so.
"""

from __future__ import annotations

import itertools
import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import httpx

import crowds
import held
from detente import pipeline
from detente.keep.ledger import Reader

NOW = "2026-01-01T00:00:00Z"
PAGES = ("/start.json", "/sources.json", "/review.json", "/dyad/PRK/RUS.json?as_of=2014-05-15", "/review")
Log = crowds.Log


@dataclass(frozen=True, slots=True)
class Office:
    """What was acknowledged by whom, what of it is missing or there twice, refusals as busy, looks, the longest answers in seconds, what broke."""

    by_desk: int
    by_command: int
    texts: int
    missing: int
    doubled: int
    busy: int
    looks: int
    longest_decision: float
    longest_look: float
    broken: int
    faults: tuple[str, ...]

    def tell(self) -> list[str]:
        """Print the figures; returns what is wrong, in words."""
        print(
            f"desk and command line: {self.by_desk} reviews acknowledged by the desk, {self.by_command} by commands, {self.texts} texts read; "
            f"{self.missing} missing, {self.doubled} doubled, {self.busy} told that the ledger is busy; {self.looks} looks; "
            f"longest decision {self.longest_decision:.2f} s, longest look {self.longest_look:.2f} s; {self.broken} processes broke"
        )
        counted = {"missing": self.missing, "doubled": self.doubled, "processes broke": self.broken}
        return [f"{number} {what}" for what, number in counted.items() if number] + list(self.faults)


def run(folder: Path, *, seconds: float) -> Office:
    """Two reviewers at the desk, one by commands, one who reads texts, and two who look, for so many seconds."""
    pipeline.load_case(held.CASES / "russia-dprk", data=folder, now=NOW)
    claims = [item.stored for item in pipeline.claims(folder)]
    with served(folder) as address:
        until = time.monotonic() + seconds
        decides, looks = partial(_deciding, address, claims, until), partial(_looking, address, until)
        tasks: list[Callable[[Log], None]] = [decides, decides, looks, looks]
        tasks += [partial(_reviewing, folder, claims, until), partial(_reading, folder, until)]
        told, broken = crowds.together(tasks, folder)
    return _counted(folder, told, broken)


def _counted(folder: Path, told: list[dict[str, Any]], broken: int) -> Office:
    with Reader.open(folder) as ledger:
        kept = [review.reason for _, review in ledger.reviews()]
        texts = set(ledger.texts())
    of = {what: [row for row in told if row["what"] == what] for what in ("desk", "command", "text", "busy", "look")}
    acknowledged = {row["key"] for row in (*of["desk"], *of["command"])}
    missing = len(acknowledged - set(kept)) + len({row["key"] for row in of["text"]} - texts)
    return Office(
        by_desk=len(of["desk"]),
        by_command=len(of["command"]),
        texts=len(of["text"]),
        missing=missing,
        doubled=len(kept) - len(set(kept)),
        busy=len(of["busy"]),
        looks=len(of["look"]),
        longest_decision=_longest(of["desk"]),
        longest_look=_longest(of["look"]),
        broken=broken,
        faults=tuple(pipeline.verify(folder)),
    )


def _longest(rows: Iterable[dict[str, Any]]) -> float:
    return max((row["seconds"] for row in rows), default=0.0)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The desk in a process of its own, at an address that nobody else listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen([*_detente(folder), "serve", "--port", str(port)], stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        while not _answers(address):
            assert server.poll() is None, "the desk ended before it answered"
            time.sleep(0.1)
        yield address
    finally:
        server.terminate()
        server.wait()


def _answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/bring", timeout=60).status_code == 200
    except httpx.ConnectError:
        return False


def _detente(folder: Path) -> list[str]:
    return [sys.executable, "-m", "detente", "--data", str(folder), "--wait", "60"]


def _deciding(address: str, claims: list[str], until: float, log: Log) -> None:
    """Decide on one claim after the other as a browser does: open its page, send its form, be led on."""
    with httpx.Client(base_url=address, headers={"origin": address}, timeout=600) as client:
        for number in itertools.count():
            if time.monotonic() > until:
                return
            claim, key = claims[number % len(claims)], f"desk {os.getpid()} {number}"
            page = client.get("/review", params={"claim": claim}).text
            found = re.search(r'name="csrf" value="([^"]+)"', page)
            assert found is not None, page
            began = time.monotonic()
            form = {"csrf": found[1], "claim": claim, "decision": "accepted", "reviewer": "A", "reason": key}
            answer = client.post("/review", data=form)
            assert answer.status_code in (303, 503), answer.text
            log("desk" if answer.status_code == 303 else "busy", key, time.monotonic() - began)


def _looking(address: str, until: float, log: Log) -> None:
    with httpx.Client(base_url=address, timeout=600) as client:
        for page in itertools.cycle(PAGES):
            if time.monotonic() > until:
                return
            began = time.monotonic()
            assert client.get(page).status_code == 200, page
            log("look", page, time.monotonic() - began)


def _command(folder: Path, *order: str) -> str | None:
    """What a command printed; None when it was told that the ledger is busy."""
    done = subprocess.run([*_detente(folder), *order], capture_output=True, text=True, check=False)
    if done.returncode != 0 and "another process is writing" in " ".join(done.stderr.split()):
        return None
    assert done.returncode == 0, done.stderr
    return done.stdout


def _reviewing(folder: Path, claims: list[str], until: float, log: Log) -> None:
    for number in itertools.count():
        if time.monotonic() > until:
            return
        key, began = f"command {number}", time.monotonic()
        told = _command(folder, "review", claims[-1 - number % len(claims)], "accept", "--by", "B", "--reason", key)
        log("busy" if told is None else "command", key, time.monotonic() - began)


def _reading(folder: Path, until: float, log: Log) -> None:
    """Read one text after the other; what is acknowledged is the document that the command names."""
    for number in itertools.count():
        if time.monotonic() > until:
            return
        text = folder / f"{number}.txt"
        text.write_text(f"Russia and North Korea signed agreement number {number} in Pyongyang on Monday.", encoding="utf-8")
        began = time.monotonic()
        told = _command(folder, "read", str(text), "--published", "2014-05-08", "--source", "Wire", "--json")
        key = "" if told is None else json.loads(told.splitlines()[0])["document"]
        log("busy" if told is None else "text", key, time.monotonic() - began)
