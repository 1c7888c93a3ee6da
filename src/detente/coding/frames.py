"""The table of frames: which words in which company make which action. Read once from data/ontology/frames*.csv.

A row names triggers (`v:` verbs, `n:` nouns, `a:` adjectives), conditions on their places, a PLOVER class or none, a mode, a kind, and
the places that hold source and target. Of the rows that fit, the one with the most conditions wins, then the earlier one.
Conditions: `obj` (place filled), `!obj` (empty), `obj=@talks` (its head is such a word), `obj~@talks` (it holds such a word), and
passive, active, inf, clause, ing, light, must, joint; `in^` holds a proper name.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from detente.coding.parse import Word
from detente.coding.places import fill, words_in
from detente.coding.predicates import Predicate, complements, denied, phrasal
from detente.coding.words import among, sets
from detente.errors import TermError

Test = Callable[[Predicate], bool]
_COLUMNS = ("id", "trigger", "when", "class", "upon", "mode", "kind", "source", "target", "lower", "strength")
_DEFAULTS = {"v": ("subj", "obj"), "a": ("subj", "to/with/of/about/at"), "n": ("subj/poss/by/between/mod", "with/between/on/against/to/into/in/of")}
_POS = {"VERB": "v", "AUX": "v", "NOUN": "n", "ADJ": "a", "PROPN": "n"}


@dataclass(frozen=True, slots=True)
class Row:
    """One frame. `upon` is the class when the complement is hostile; `lower` says what becomes of the complement's own frames.

    `optional`: the deed is whole without a target, and none is guessed.
    """

    id: str
    tests: tuple[Test, ...]
    weight: int
    event_class: str | None
    upon: str | None
    mode: str | None
    kind: str
    source: str
    target: str
    lower: str
    strength: float
    consumes: bool
    optional: bool


@cache
def table() -> Mapping[str, tuple[Row, ...]]:
    """Rows by trigger, such as `v:visit`, the most demanding first, those with a class before those without."""
    found: dict[str, list[Row]] = {}
    folder = files("detente") / "data" / "ontology"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.startswith("frames") and entry.name.endswith(".csv"))
    for name in names:
        for raw in csv.DictReader((folder / name).read_text(encoding="utf-8").splitlines()):
            for trigger, row in _rows(raw):
                found.setdefault(trigger, []).append(row)
    return {trigger: tuple(sorted(rows, key=lambda row: (-row.weight, row.event_class is None))) for trigger, rows in found.items()}


def match(key: str, pred: Predicate) -> Row | None:
    """The best row for a trigger in this company, or None."""
    return next((row for row in table().get(key, ()) if all(test(pred) for test in row.tests)), None)


def keys(token: Word) -> tuple[str, ...]:
    """What a word may be looked up as: `v:call_off` before `v:call`; participles as adjectives too."""
    letter = _POS.get(token.pos)
    if letter is None:
        return ()
    plain = token.lemma
    if letter == "v":
        joined = phrasal(token)
        return (*(() if joined is None else (f"v:{joined}",)), f"v:{plain}", f"a:{token.lower}")
    return (f"{letter}:{plain}",)


def _rows(raw: dict[str, str]) -> list[tuple[str, Row]]:
    if any(raw.get(column) is None for column in _COLUMNS) or None in raw:
        raise TermError(f"a frame with the columns {', '.join(_COLUMNS)}", came=f"row {raw.get('id')!r} came", do="mend the table of frames")
    letter, _, words = raw["trigger"].partition(":")
    source, target = (raw[side] or _DEFAULTS[letter][n] for n, side in enumerate(("source", "target")))
    terms = raw["when"].split()
    row = Row(
        id=raw["id"],
        tests=tuple(_test(term) for term in terms),
        weight=sum(2 if "=" in term or "~" in term else 1 for term in terms),
        event_class=raw["class"] or None,
        upon=raw["upon"] or None,
        mode=raw["mode"] or None,
        kind=raw["kind"] or "event",
        source=source,
        target="" if target == "none" else target.rstrip("?"),
        lower=raw["lower"],
        strength=float(raw["strength"] or 0.8),
        consumes=any(term.startswith("obj") for term in terms),
        optional=target.endswith("?"),
    )
    return [(f"{letter}:{word}", row) for word in _alternatives(words)]


def _alternatives(words: str) -> list[str]:
    return [word for part in words.split("|") for word in (sorted(sets()[part[1:]]) if part.startswith("@") else (part,))]


def _test(term: str) -> Test:
    if term.startswith("!"):
        inner = _test(term[1:])
        return lambda pred: not inner(pred)
    mark = next((mark for mark in ("=", "~") if mark in term), "")
    places, _, words = term.partition(mark) if mark else (term, "", "")
    *plain, last = places.split("|")
    parts = [_filled(place) for place in plain]
    parts.append(_holds(last, frozenset(_alternatives(words)), deep=mark == "~") if mark else _filled(last))
    return parts[0] if len(parts) == 1 else lambda pred: any(part(pred) for part in parts)


def _filled(place: str) -> Test:
    if place.endswith("^"):
        return lambda pred: any(_proper(token) for token in fill(pred, place[:-1]))
    return _FLAGS.get(place) or (lambda pred: bool(fill(pred, place)))


def _holds(place: str, wanted: frozenset[str], *, deep: bool) -> Test:
    return lambda pred: any(not wanted.isdisjoint(words_in(token, deep=deep)) for token in fill(pred, place))


def _infinitive(pred: Predicate) -> bool:
    return any(child.tag == "TO" for verb in complements(pred) for child in verb.children)


def _clause(pred: Predicate) -> bool:
    return any(child.dep in ("ccomp", "xcomp") and not any(leaf.tag == "TO" for leaf in child.children) for child in pred.token.children)


def _helped(verb: Word) -> bool:
    return any(child.tag in ("TO", "MD") or child.dep == "aux" for child in verb.children)


def _obliged(words: str) -> Test:
    return lambda pred: any(child.dep == "aux" and among(words, child.lemma) for verb in complements(pred) for child in (verb, *verb.children))


def _person(token: Word) -> bool:
    return _proper(token) or among("office", token.lemma)


def _proper(token: Word) -> bool:
    return token.pos == "PROPN" and not among("calendar", token.lemma)


_FLAGS: Mapping[str, Test] = {
    "passive": lambda pred: pred.passive,
    "active": lambda pred: not pred.passive,
    "inf": _infinitive,
    "clause": _clause,
    "ing": lambda pred: any(verb.tag == "VBG" for verb in complements(pred)),
    "comp": lambda pred: bool(complements(pred)),
    "subjunctive": lambda pred: any(verb.tag == "VB" and not _helped(verb) for verb in complements(pred)),
    "must": _obliged("must"),
    "should": _obliged("should"),
    "objperson": lambda pred: any(_person(token) for token in pred.objects),
    "refused": lambda pred: any(denied(verb) for verb in complements(pred)),
    "negated": lambda pred: pred.clause is not None and denied(pred.clause),
    "none": lambda pred: any(child.lower == "no" for child in pred.token.children),
    "light": lambda pred: pred.clause is not None and pred.clause.i != pred.token.i,
    "joint": lambda pred: len(pred.subjects) > 1 or any(word.dep == "conj" for who in pred.subjects for left in who.lefts for word in left.children),
}
