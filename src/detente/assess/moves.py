"""What moved a verdict between two days: the dimensions whose call changed, and the acts that carry the new call and did not carry the old."""

from __future__ import annotations

from dataclasses import dataclass

from detente.records import Call, Finding, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One dimension, or the whole: the calls and probabilities of the two days, the acts that came, and those that no longer carry it."""

    dimension: str
    before: Call
    after: Call
    probability_before: float | None
    probability_after: float | None
    came: tuple[str, ...]
    left: tuple[str, ...]

    @property
    def moved(self) -> bool:
        """True when the call changed."""
        return self.before != self.after


def between(before: Verdict, after: Verdict) -> tuple[Move, ...]:
    """The whole first, then each dimension in its order; raises nothing, also when nothing moved."""
    pairs = [(before.overall, after.overall), *zip(before.dimensions, after.dimensions, strict=True)]
    return tuple(_move(old, new) for old, new in pairs)


def _move(old: Finding, new: Finding) -> Move:
    carried, carries = _carrying(old), _carrying(new)
    return Move(
        dimension=new.dimension,
        before=old.call,
        after=new.call,
        probability_before=old.probability,
        probability_after=new.probability,
        came=tuple(act for act in carries if act not in set(carried)),
        left=tuple(act for act in carried if act not in set(carries)),
    )


def _carrying(found: Finding) -> tuple[str, ...]:
    """The acts of the statement that makes the call, or else those for it."""
    return tuple(dict.fromkeys((*found.supports, *found.contradicts)))
