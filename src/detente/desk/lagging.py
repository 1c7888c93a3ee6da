"""Pages that cost much are shown as the ledger stood a moment ago while they are worked out anew, and say so; cheap ones are always of now.

Who changes the ledger through this desk always sees the change: what was worked out before it is not shown any more.
"""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from detente.errors import DetenteError

State = TypeVar("State", bound=Hashable)
Found = TypeVar("Found")
CHEAP_SECONDS = 0.2
"""What took less is worked out whenever the ledger has changed."""
LAG_SECONDS = 300.0
LAG_COSTS = 6.0
"""A page lags by at most LAG_SECONDS or by so many times what it costs, whichever is longer."""
KEPT = 256
"""Pages kept, the one shown longest ago let go first."""


@dataclass(frozen=True, slots=True)
class Answer(Generic[State, Found]):
    """What was found in a state of the ledger, when that began (seconds since 1970), and what it took in seconds."""

    state: State
    found: Found
    began: float
    cost: float


class Lagging(Generic[State, Found]):
    """Answers by what was asked; one of another state is given while it is young enough, and worked out anew behind it."""

    def __init__(self, state: Callable[[], State]) -> None:
        self._state = state
        self._kept: OrderedDict[Hashable, Answer[State, Found]] = OrderedDict()
        self._turns: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()
        self._waiting: queue.SimpleQueue[tuple[Hashable, Callable[[State], Found]]] = queue.SimpleQueue()
        self._asked: set[Hashable] = set()
        self._changed = 0.0
        self._worker: threading.Thread | None = None

    def changed(self) -> None:
        """The ledger was changed through this desk: nothing that was worked out before is shown again."""
        self._changed = time.time()

    def answer(self, key: Hashable, work: Callable[[State], Found]) -> Answer[State, Found]:
        """The answer of now, or a young one of a moment ago while that of now is being worked out."""
        state = self._state()
        held = self._kept.get(key)
        if held is not None and held.state == state:
            return held
        if held is not None and self._may_lag(held):
            self._ask(key, work)
            return held
        return self._worked(key, work)

    def _may_lag(self, held: Answer[State, Found]) -> bool:
        young = time.time() - held.began < max(LAG_SECONDS, LAG_COSTS * held.cost) + held.cost
        return held.cost >= CHEAP_SECONDS and young and held.began > self._changed

    def _worked(self, key: Hashable, work: Callable[[State], Found]) -> Answer[State, Found]:
        """Work out an answer, once for all who ask for it at the same time."""
        with self._lock:
            turn = self._turns.setdefault(key, threading.Lock())
        with turn:
            state, began = self._state(), time.time()
            held = self._kept.get(key)
            if held is not None and held.state == state:
                return held
            made = Answer(state, work(state), began, time.time() - began)
        with self._lock:
            self._kept[key] = made
            self._kept.move_to_end(key)
            while len(self._kept) > KEPT:
                self._turns.pop(self._kept.popitem(last=False)[0], None)
        return made

    def _ask(self, key: Hashable, work: Callable[[State], Found]) -> None:
        with self._lock:
            if key in self._asked:
                return
            self._asked.add(key)
            if self._worker is None:
                self._worker = threading.Thread(target=self._renew, name="pages worked out anew", daemon=True)
                self._worker.start()
        self._waiting.put((key, work))

    def _renew(self) -> None:
        """Work out what is asked for, one after another; what fails is let go, so that the next reader waits for it and is told why."""
        while True:
            key, work = self._waiting.get()
            with self._lock:
                self._asked.discard(key)
            with contextlib.suppress(DetenteError, OSError, ValueError, LookupError):
                self._worked(key, work)
                continue
            with self._lock:
                self._kept.pop(key, None)


class Noticing:
    """Passes requests on, and tells of each that may have changed something before its answer is sent."""

    def __init__(self, app: ASGIApp, changed: Callable[[], None]) -> None:
        self._app, self._changed = app, changed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""

        async def noticed(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._changed()
            await send(message)

        reads = scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS")
        await self._app(scope, receive, send if reads else noticed)
