"""Reading apart: files that need a parser are opened in a process of their own, which is ended when it takes too long or too much.

A hostile PDF or page can so cost one document and never the run. The process gets bytes and answers with JSON; it is started
when the first such file comes, serves all that follow, and is started anew after it had to be ended.
"""

from __future__ import annotations

import dataclasses
import json
import logging
import os
import subprocess
import sys
import threading
import traceback
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, Any

from detente.read import extracting
from detente.read.outcomes import Extract, Limits, Refusal, refusal


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault of the program in the process apart."""

    traceback: str


Answer = Extract | Refusal | Fault


class Reader:
    """Extracts texts in a process apart; a context manager, so that the process ends with the run."""

    def __init__(self, *, limits: Limits) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def extract(self, data: bytes, *, kind: str, charset: str | None, address: str | None) -> tuple[Answer, ...]:
        """What the file gave up: extracts and refusals, one refusal `too_complex` where it took too much time or memory."""
        process = self._started()
        head = {"kind": kind, "charset": charset, "address": address, "bytes": len(data), "limits": dataclasses.asdict(self._limits)}
        overdue = threading.Timer(self._limits.seconds, process.kill)
        overdue.start()
        answers = _asked(process, head, data=data)
        overdue.cancel()
        if answers is not None:
            return answers
        self._end()
        return (_spent(self._limits, code=process.returncode),)

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            command = [sys.executable, "-m", "detente.read.apart", str(self._limits.memory_bytes)]
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)  # noqa: S603
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    _closed(stream)


def _closed(stream: IO[bytes]) -> None:
    try:
        stream.close()
    except BrokenPipeError:  # what was still to be written to a process that has ended
        return


def _asked(process: subprocess.Popen[bytes], head: dict[str, Any], *, data: bytes) -> tuple[Answer, ...] | None:
    """The answers of the process, or None when it ended before it answered."""
    if process.stdin is None or process.stdout is None:
        return None
    try:
        process.stdin.write(json.dumps(head).encode("ascii") + b"\n" + data)
        process.stdin.flush()
        line = process.stdout.readline()
    except (BrokenPipeError, ConnectionResetError):
        return None
    return tuple(map(_answer, json.loads(line))) if line.endswith(b"\n") else None


def _spent(limits: Limits, *, code: int | None) -> Refusal:
    expected = f"a file that can be read within {limits.seconds:g} s and {limits.memory_bytes // 1_000_000} MB"
    return refusal("too_complex", expected, came=f"reading it took more and was ended (code {code})", do="save its text as plain text")


def _answer(told: dict[str, Any]) -> Answer:
    if "traceback" in told:
        return Fault(told["traceback"])
    if "reason" in told:
        return Refusal(told["reason"], told["message"])
    day = told.pop("published")
    return Extract(**{**told, "notes": tuple(told["notes"])}, published=None if day is None else date.fromisoformat(day))


def serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    """Answer one request after the other until there are no more."""
    while line := requests.readline():
        head = json.loads(line)
        data = requests.read(head.pop("bytes"))
        told = [dataclasses.asdict(answer) for answer in _work(data, **head)]
        answers.write(json.dumps(told, default=str).encode("ascii") + b"\n")
        answers.flush()


def _work(data: bytes, *, kind: str, charset: str | None, address: str | None, limits: dict[str, Any]) -> Iterator[Answer]:
    bounds = Limits(**limits)
    try:
        yield from list(extracting.extract(data, kind=kind, charset=charset, address=address, limits=bounds))
    except (MemoryError, RecursionError):
        yield _spent(bounds, code=None)
    except Exception:  # noqa: BLE001 - whatever a parser raises becomes the third fate, with its traceback
        yield Fault(traceback.format_exc())


def _bounded(memory_bytes: int) -> None:
    """Let the process have so much memory and no more, and start no picture of a crash; where the system has such limits."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """The process apart: requests on standard input, answers on standard output, everything else nowhere."""
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 1)
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    _bounded(int(sys.argv[1]))
    serve(requests, answers)


if __name__ == "__main__":
    main()
