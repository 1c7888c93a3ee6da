"""By what means: the mode of an attack or a mobilisation, told by the words around the trigger (`jets`, `artillery`, `a bomb`).

A frame that names its mode itself is not asked. The earlier row of the table wins.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from detente.coding.places import words_in
from detente.coding.predicates import Predicate

_TOLD_BY = ("with", "by", "in", "from")


@cache
def _table() -> tuple[tuple[str, frozenset[str], str], ...]:
    rows = csv.DictReader((files("detente") / "data" / "ontology" / "frame_means.csv").read_text(encoding="utf-8").splitlines())
    return tuple((row["class"], frozenset(row["words"].split()), row["mode"]) for row in rows)


def mode(event_class: str | None, pred: Predicate) -> str | None:
    """The mode for a class by the words of the trigger, of who acts, of what is used; None when nothing tells."""
    wanted = [(words, name) for known, words, name in _table() if known == event_class]
    if not wanted:
        return None
    near = [pred.token, *pred.subjects, *pred.objects, *(word for place in _TOLD_BY for word in pred.prepositions.get(place, []))]
    found = {word for token in near for word in words_in(token, deep=True)}
    return next((name for words, name in wanted if not words.isdisjoint(found)), None)
