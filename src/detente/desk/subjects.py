"""The state of the ledger as far as it concerns two states: it changes only when something came that can change what is known of them."""

from __future__ import annotations

import threading
from collections.abc import Hashable
from dataclasses import dataclass
from pathlib import Path

from detente.desk import views
from detente.desk.views import Seen
from detente.keep import growth
from detente.keep.growth import Marks
from detente.keep.ledger import Reader
from detente.pipeline import selecting
from detente.pipeline.selecting import Scope

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Subject:
    """What a page is about: a pair, and how much is looked at for it; no pair: the whole ledger."""

    pair: Pair | None = None
    scope: Scope = "verdict"


@dataclass(frozen=True, slots=True)
class _Looked:
    """The ledger when it was last looked at, how far it had grown, and the state that still holds."""

    seen: Seen
    marks: Marks
    state: Seen


class Subjects:
    """The states of what pages are about. A look costs one pass over what came since the last one."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._looked: dict[Hashable, _Looked] = {}
        self._lock = threading.Lock()

    def state(self, subject: Subject) -> Seen:
        """The state that holds now."""
        now = views.seen(self._data)
        if subject.pair is None or not now.stamp:
            return now
        with self._lock:
            held = self._looked.get(subject)
            if held is None or held.seen != now:
                held = self._looked[subject] = self._look(subject, subject.pair, held, now)
        return held.state

    def _look(self, subject: Subject, pair: Pair, held: _Looked | None, now: Seen) -> _Looked:
        with Reader.open(self._data) as ledger:
            marks = growth.marks(ledger)
            moved = held is None or selecting.touched(ledger, pair, held.marks, subject.scope)
        return _Looked(now, marks, now if held is None or moved else held.state)
