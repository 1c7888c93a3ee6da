"""What costs much in a large ledger is worked out in a process of its own, so that every other page is answered meanwhile.

The process is started when it is first needed, does one thing after another, and ends with the desk. Work that a reader waits for goes first.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import subprocess
import sys
import threading
import traceback
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, TypeVar

from detente.errors import DetenteError, LedgerError

State = TypeVar("State")
Found = TypeVar("Found")
RARELY = (200_000, 50, 50)
"""How rarely the process looks for rings of records: claims and acts form none, and looking through millions of them takes a third of the time."""
NICE = 5
"""How far behind the pages that cost little the process stands when both want to run."""


class Apart:
    """The process, and whose turn it is."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._turn = threading.Condition()
        self._busy, self._waiting = False, 0

    def work(self, call: Callable[[State], Found], state: State, *, patient: bool) -> Found:
        """What a function finds in a state; `patient` work lets all other go first. Both must be of modules, so that the process can find them.

        Raises what the function raises, and LedgerError when the process ended before it answered.
        """
        with self._turn:
            self._waiting += not patient
            self._turn.wait_for(lambda: not self._busy and not (patient and self._waiting))
            self._waiting -= not patient
            self._busy = True
        try:
            return self._asked(call, state)
        finally:
            with self._turn:
                self._busy = False
                self._turn.notify_all()

    def _asked(self, call: Callable[[State], Found], state: State) -> Found:
        process = self._started()
        try:
            pickle.dump((call, state), _pipe(process.stdin))
            _pipe(process.stdin).flush()
            found, fault = pickle.load(_pipe(process.stdout))  # noqa: S301 - written by this program
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            self._process = None
            came = f"the process that works it out ended (code {_ended(process)})"
            do = "close other programs if the memory was full, ask for an earlier day, or open the page again"
            raise LedgerError("a page that can be worked out", came=came, do=do) from error
        if fault is not None:
            raise fault
        made: Found = found
        return made

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            command = [sys.executable, "-m", "detente.desk.apart"]
            process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True)  # noqa: S603
            weakref.finalize(self, _ended, process)
            self._process = process
        return self._process


def _ended(process: subprocess.Popen[bytes]) -> int:
    """End a process, if it has not, and let go of its pipes."""
    process.kill()
    for stream in (process.stdin, process.stdout):
        with contextlib.suppress(BrokenPipeError):  # what was still to be written to it
            _pipe(stream).close()
    return process.wait()


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise EOFError
    return stream


def serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    """Do what is asked, one after another, until nothing more comes."""
    while True:
        try:
            call, state = pickle.load(requests)  # noqa: S301 - written by this program
        except EOFError:
            return
        try:
            pickle.dump(_done(call, state), answers)
            answers.flush()
        except BrokenPipeError:  # the desk has ended
            return


def _done(call: Callable[[Any], Any], state: Any) -> tuple[Any, Exception | None]:
    """What was found, or why nothing was."""
    try:
        return call(state), None
    except (DetenteError, TimeoutError) as error:
        return None, error
    except Exception:  # noqa: BLE001 - a fault of the program, told where the page was asked for
        return None, RuntimeError(traceback.format_exc())


def main() -> None:
    """The process: requests on standard input, answers on standard output, everything else to standard error."""
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 1)
    if hasattr(os, "nice"):
        os.nice(NICE)
    gc.freeze()
    gc.set_threshold(*RARELY)
    serve(requests, answers)


if __name__ == "__main__":
    main()
