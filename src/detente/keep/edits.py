"""A person's edits of a claim: which fields they may change, and how each is read. What stands is the stored claim with its edits."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from detente import dates, ontology
from detente.errors import InputError
from detente.records import Claim, Party, notation


def edited(claim: Claim, edits: Iterable[tuple[str, str]]) -> Claim:
    """The claim with a person's edits; raises InputError for a field that cannot be edited or a value that is none of its kind."""
    changes: dict[str, Any] = {}
    for name, value in edits:
        if name not in _EDITABLE:
            raise InputError(f"one of the fields {', '.join(_EDITABLE)}", came=f"{name!r} came", do="edit one of these")
        changes[name] = _EDITABLE[name](value)
    return replace(claim, **changes) if changes else claim


def _coded(family: str) -> Callable[[str], str]:
    return lambda code: ontology.term(family, code).code


def _optional(read: Callable[[str], Any]) -> Callable[[str], Any]:
    """An empty value takes the field away."""
    return lambda value: read(value) if value else None


def _speaker(value: str) -> Party | None:
    return next(iter(notation.parties(value)), None)


_EDITABLE: dict[str, Callable[[str], Any]] = {
    "kind": _coded("kinds"),
    "status": _coded("statuses"),
    "event_class": _optional(_coded("classes")),
    "mode": _optional(_coded("modes")),
    "valid": _optional(dates.parse),
    "known": dates.parse_day,
    "place": _optional(str),
    "source": notation.parties,
    "target": notation.parties,
    "speaker": _speaker,
    "hedge": _optional(str),
    "dimensions": lambda value: tuple(ontology.term("dimensions", code).code for code in value.split()),
    "details": notation.details,
}
