"""Which decisions hold where several were made on one thing: those that whoever made them has not taken back, the latest above the others.

Nothing is erased: `retracted` is a decision of its own that takes back the last one of the same person on the same thing.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from detente.records import Merge, Review

Made = TypeVar("Made", Review, Merge)


def kept(made: Iterable[tuple[str, Made]]) -> dict[str, list[Made]]:
    """Decisions that nobody took back, by what they were made on, in the order of arrival."""
    found: dict[str, list[Made]] = {}
    for key, each in made:
        held = found.setdefault(key, [])
        if each.decision != "retracted":
            held.append(each)
        elif mine := [number for number, other in enumerate(held) if (person(other), other.claim) == (person(each), each.claim)]:
            del held[mine[-1]]
    return {key: held for key, held in found.items() if held}


def in_force(made: Iterable[tuple[str, Made]]) -> dict[str, Made]:
    """The decision that holds, by what it was made on."""
    return {key: held[-1] for key, held in kept(made).items()}


def person(made: Review | Merge) -> str:
    """Who made a decision."""
    return made.reviewer if isinstance(made, Review) else made.by
