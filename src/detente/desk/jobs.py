"""Work that takes longer than a page may: it is begun on a press, runs beside the desk, and a page tells how far it is.

Jobs live as long as the desk; what they make is in the ledger or is remembered.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from detente.errors import DetenteError, LedgerBusy

T = TypeVar("T")
AT_ONCE = 4
KEPT = 100


@dataclass(slots=True)
class Job(Generic[T]):
    """One piece of work: what it is about, how far it is in words, what came of it so far, the fault that ended it, and how long it has run."""

    about: str
    far: str = ""
    came: list[T] = field(default_factory=list)
    fault: str | None = None
    is_over: bool = False
    began: float = field(default_factory=time.monotonic)
    lasted: float = 0.0

    @property
    def seconds(self) -> float:
        """How long it has run."""
        return self.lasted if self.is_over else time.monotonic() - self.began


class Jobs(Generic[T]):
    """Jobs by their keys, which nobody can guess; when one is begun, of those that are over all but about the last `kept` are let go."""

    def __init__(self, *, kept: int = KEPT) -> None:
        self._held: dict[str, Job[T]] = {}
        self._kept = kept
        self._turn = threading.Lock()

    def begin(self, about: str, work: Callable[[Job[T]], None]) -> str:
        """Begin a piece of work and give its key. Raises LedgerBusy when `AT_ONCE` of them run already."""
        with self._turn:
            running = sum(not job.is_over for job in self._held.values())
            if running >= AT_ONCE:
                raise LedgerBusy("room for one more", came=f"{running} are under way", do="wait until one of them is over")
            for key in [key for key, job in self._held.items() if job.is_over][: max(0, len(self._held) - self._kept)]:
                del self._held[key]
            key, job = secrets.token_urlsafe(12), Job[T](about)
            self._held[key] = job
        threading.Thread(target=_run, args=(job, work), daemon=True).start()
        return key

    def get(self, key: str) -> Job[T] | None:
        """A job by its key; None when there is none, or it was let go."""
        return self._held.get(key)


def _run(job: Job[T], work: Callable[[Job[T]], None]) -> None:
    """Do the work; a fault that is told ends it with its words, another one with its name, and the thread hook hears of it."""
    job.fault = "it was broken off by a fault of the program"
    try:
        work(job)
    except DetenteError as error:
        job.fault = f"expected {error.expected}, but {error.came}; {error.do}"
    else:
        job.fault = None
    finally:
        job.lasted = job.seconds
        job.is_over = True
