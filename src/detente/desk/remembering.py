"""Answers that the desk keeps while its ledger does not change: each is worked out once, however many readers ask for it at the same time."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

S = TypeVar("S")
P = ParamSpec("P")
T = TypeVar("T")


def remembered(size: int) -> Callable[[Callable[Concatenate[S, P], T]], Callable[Concatenate[S, P], T]]:
    """Keep the last `size` answers of a function whose first argument is the state that they hold for; answers of another state are let go.

    Who asks for what is being worked out waits for it. A function may ask another one that is remembered, never itself. Errors are not kept.
    """

    def around(find: Callable[Concatenate[S, P], T]) -> Callable[Concatenate[S, P], T]:
        kept: dict[tuple[object, ...], tuple[T]] = {}
        turn = threading.Lock()

        @wraps(find)
        def found(state: S, /, *rest: P.args, **named: P.kwargs) -> T:
            key = (state, *rest, *named.items())
            if (held := kept.get(key)) is not None:
                return held[0]
            with turn:
                if key not in kept:
                    answer = find(state, *rest, **named)
                    for past in [each for each in kept if each[0] != state]:
                        del kept[past]
                    kept[key] = (answer,)
                    while len(kept) > size:
                        del kept[next(iter(kept))]
                return kept[key][0]

        return found

    return around
