"""Pages are kept until what they show changes; what costs much is shown as it stood a moment ago while it is worked out anew, and says so.

Who changes the ledger through this desk always sees the change: what was worked out before it is not shown any more.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

from starlette.types import ASGIApp, Message, Receive, Scope, Send

State = TypeVar("State", bound=Hashable)
Found = TypeVar("Found")
CHEAP_SECONDS = 0.2
"""What took less is worked out whenever the ledger has changed."""
LAG_SECONDS = 300.0
LAG_COSTS = 6.0
"""A page lags by at most LAG_SECONDS or by so many times what it costs, whichever is longer."""
KEPT = 256
"""Pages kept; let go first are those that cost little, and of them the one shown longest ago."""


@dataclass(frozen=True, slots=True)
class Task(Generic[State, Found]):
    """What a page needs: the state that it is found in as it is now, and the work; `patient` work may be put off for the sake of other work.

    One that `lags` may be of a moment ago even if it cost little: what it shares with other pages may have to be found anew.
    """

    state: Callable[[], State]
    work: Callable[[State, bool], Found]
    lags: bool = False


@dataclass(frozen=True, slots=True)
class Answer(Generic[State, Found]):
    """What was found in a state, when that began (seconds since 1970), what it took in seconds, and whether the state is of a moment ago."""

    state: State
    found: Found
    began: float
    cost: float
    late: bool = False


@dataclass(slots=True)
class _Flight(Generic[State, Found]):
    """Work that is being done, for all who wait for it."""

    state: State
    began: float = field(default_factory=time.time)
    answer: Future[Answer[State, Found]] = field(default_factory=Future)


class Lagging(Generic[State, Found]):
    """Answers by what was asked; one of another state is given while it is young enough, and worked out anew behind it."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, Answer[State, Found]] = OrderedDict()
        self._flights: dict[Hashable, _Flight[State, Found]] = {}
        self._lock = threading.Lock()
        self._changed = 0.0

    def changed(self) -> None:
        """The ledger was changed through this desk: nothing that was worked out before is shown again."""
        self._changed = time.time()

    def answer(self, key: Hashable, task: Task[State, Found], *, seconds: float | None = None) -> Answer[State, Found]:
        """The answer of now, or a young one of a moment ago while that of now is being worked out. Raises what the work raises.

        Raises TimeoutError when it is not there after some `seconds`; the work goes on, and who asks again finds it.
        """
        asked, state, held = time.time(), task.state(), self._held(key)
        if held is not None and held.state == state:
            return held
        if held is not None and self._may_lag(held, task):
            self._fly(key, task, patient=True)
            return replace(held, late=True)
        while True:
            left = None if seconds is None else max(0.0, asked + seconds - time.time())
            made = self._fly(key, task, patient=False).answer.result(left)
            if made.state == task.state() or made.began >= asked or self._may_lag(made, task):
                return made

    def since(self, key: Hashable) -> float | None:
        """When the work that is being done for a page began; None when none is."""
        flight = self._flights.get(key)
        return None if flight is None else flight.began

    def _held(self, key: Hashable) -> Answer[State, Found] | None:
        with self._lock:
            held = self._kept.get(key)
            if held is not None:
                self._kept.move_to_end(key)
        return held

    def _may_lag(self, held: Answer[State, Found], task: Task[State, Found]) -> bool:
        young = time.time() - held.began < max(LAG_SECONDS, LAG_COSTS * held.cost) + held.cost
        return (task.lags or held.cost >= CHEAP_SECONDS) and young and held.began > self._changed

    def _fly(self, key: Hashable, task: Task[State, Found], *, patient: bool) -> _Flight[State, Found]:
        """The work for a page, begun once for all who ask for it at the same time."""
        with self._lock:
            flight = self._flights.get(key)
            if flight is None:
                flight = self._flights[key] = _Flight(task.state())
                threading.Thread(target=self._work, args=(key, task, flight, patient), name="a page worked out", daemon=True).start()
        return flight

    def _work(self, key: Hashable, task: Task[State, Found], flight: _Flight[State, Found], patient: bool) -> None:
        """What fails is told to all who wait, and the former answer is let go: the next reader waits for it and is told why."""
        try:
            found = task.work(flight.state, patient)
        except BaseException as error:  # noqa: BLE001 - raised again in each reader who waits
            with self._lock:
                self._kept.pop(key, None)
                del self._flights[key]
            flight.answer.set_exception(error)
            return
        made = Answer(flight.state, found, flight.began, time.time() - flight.began)
        with self._lock:
            self._kept[key] = made
            self._kept.move_to_end(key)
            del self._flights[key]
            while len(self._kept) > KEPT:
                cheap = (name for name, each in self._kept.items() if each.cost < CHEAP_SECONDS and name != key)
                del self._kept[next(cheap, next(iter(self._kept)))]
        flight.answer.set_result(made)


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
