"""How a deed stands in its sentence: done, future, refused, denied, possible, conditional, wanted.

Grammar alone decides here: auxiliaries, negation, conditions, and the verbs between a deed and its subject (`continued to send`).
A table (data/ontology/frame_shifts.csv) then says what a situation makes of a class: a future visit is AGREE, a future attack THREATEN.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from spacy.tokens import Token

from detente.coding.predicates import Predicate, lemma, modifiers
from detente.coding.words import among


@dataclass(frozen=True, slots=True)
class Shift:
    """The class after the shift, what it says of the status, and how far it lowers the weight (0 to 1)."""

    event_class: str | None
    hint: str | None
    weight: float


@cache
def shifts() -> Mapping[tuple[str, str], Shift]:
    """What becomes of a class (`none` for no class) in a situation."""
    text = (files("detente") / "data" / "ontology" / "frame_shifts.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {(row["situation"], name): _shift(row, name) for row in rows for name in row["classes"].split()}


def _shift(row: dict[str, str], name: str) -> Shift:
    becomes = row["becomes"] or name
    return Shift(None if becomes == "none" else becomes, row["hint"] or None, float(row["weight"]))


def shift(situation: str, event_class: str | None) -> Shift:
    """The shift for a class in a situation; a plain deed stays what it is."""
    return shifts().get((situation, event_class or "none"), Shift(event_class, None, 1.0))


def of(pred: Predicate) -> str:
    """One of done, future, unless, refused, negated, possible, conditional, wanted."""
    if pred.clause is None:
        return _of_noun(pred.token)
    verb = _carrier(pred.clause)
    words = _auxiliaries(verb)
    negated = _negated(verb) or any(_no(token) for token in (*pred.subjects, *pred.objects, pred.token))
    future = any(among("future", word) for word in words) or _announced(verb)
    if _conditional(verb):
        return "conditional"
    if negated:
        return "refused" if future else "negated"
    if any(among("modal", word) for word in words):
        return "possible"
    if future:
        return "unless" if _unless(verb) else "future"
    if _purpose(verb):
        return "wanted"
    return _of_noun(pred.token) if pred.token.pos_ in ("NOUN", "PROPN") else "done"


def _carrier(verb: Token) -> Token:
    """The verb that carries tense and negation: above `continue to`, `begin to` and their like."""
    while verb.dep_ in ("xcomp", "acomp") and verb.head.i < verb.i and among("transparent", lemma(verb.head)) and not _announced(verb):
        verb = verb.head
    return verb


def _of_noun(noun: Token) -> str:
    if any(among("planned", lemma(word)) for word in modifiers(noun)):
        return "future"
    if any(among("possible", lemma(word)) for word in modifiers(noun)):
        return "possible"
    return "negated" if _no(noun) else "done"


def _auxiliaries(verb: Token) -> set[str]:
    words = {lemma(child) for child in verb.children if child.dep_ in ("aux", "auxpass")}
    if words or verb.dep_ != "conj":
        return words
    return _auxiliaries(verb.head) if verb.tag_ in ("VB", "VBN") else words


def _announced(verb: Token) -> bool:
    if not _infinitive(verb) or verb.dep_ not in ("xcomp", "ccomp"):
        return False
    above = verb.head
    return lemma(above) == "be" or (lemma(above) == "go" and above.tag_ == "VBG") or among("due", lemma(above)) or among("due", above.lower_)


def _negated(verb: Token) -> bool:
    return any(child.dep_ == "neg" or among("never", lemma(child)) for child in verb.children)


def _no(noun: Token) -> bool:
    return any(child.dep_ == "det" and child.lower_ in ("no", "neither") for child in noun.children)


def _conditional(verb: Token) -> bool:
    clause = verb
    while clause.dep_ in ("conj", "xcomp") and clause.head.i != clause.i:
        clause = clause.head
    return any(child.dep_ == "mark" and among("conditional", child.lower_) for child in clause.children)


def _unless(verb: Token) -> bool:
    clauses = [child for child in verb.children if child.dep_ == "advcl"]
    return any(child.dep_ == "mark" and among("unless", child.lower_) for clause in clauses for child in clause.children)


def _purpose(verb: Token) -> bool:
    """An infinitive of purpose or wish, unless a verb above it says that the deed goes on or began."""
    if not _infinitive(verb):
        return verb.dep_ == "pcomp" and any(among("aim", lemma(word)) for word in verb.head.ancestors)
    return verb.dep_ in ("advcl", "acl", "xcomp", "ccomp") and not among("transparent", lemma(verb.head))


def _infinitive(verb: Token) -> bool:
    return any(child.tag_ == "TO" for child in verb.children)
