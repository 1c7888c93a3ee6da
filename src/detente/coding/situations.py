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

from detente.coding.parse import Word
from detente.coding.predicates import Predicate, denied, modifiers
from detente.coding.words import among


@dataclass(frozen=True, slots=True)
class Shift:
    """The class after the shift, its mode where the class changed, what it says of the status, how far it lowers the weight (0 to 1)."""

    event_class: str | None
    mode: str | None
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
    return Shift(None if becomes == "none" else becomes, row["mode"] or None, row["hint"] or None, float(row["weight"]))


def shift(situation: str, event_class: str | None) -> Shift:
    """The shift for a class in a situation; a plain deed stays what it is."""
    return shifts().get((situation, event_class or "none"), Shift(event_class, None, None, 1.0))


@cache
def _modes() -> Mapping[tuple[str, str], str]:
    rows = csv.DictReader((files("detente") / "data" / "ontology" / "frame_modes.csv").read_text(encoding="utf-8").splitlines())
    return {(row["class"], name): row["mode"] for row in rows for name in row["lower"].split()}


def mode(upper: str | None, lower: str | None) -> str | None:
    """The mode of a threat, request or refusal by the deed that it speaks of: asking for aid is `assist`; None when it has no such modes."""
    return _modes().get((upper or "", lower or ""))


def of(pred: Predicate) -> str:
    """One of done, future, unless, refused, negated, possible, conditional, wanted."""
    if pred.clause is None:
        return _of_noun(pred.token)
    verb = _carrier(pred.clause)
    words = _auxiliaries(verb)
    negated = denied(verb) or any(_no(token) for token in (*pred.subjects, *pred.objects, pred.token))
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
    return _of_noun(pred.token) if pred.token.pos in ("NOUN", "PROPN") else "done"


def _carrier(verb: Word) -> Word:
    """The verb that carries tense and negation: above `continue to`, `begin to` and their like."""
    while verb.dep in ("xcomp", "acomp") and verb.head.i < verb.i and among("transparent", verb.head.lemma) and not _announced(verb):
        verb = verb.head
    return verb


def _of_noun(noun: Word) -> str:
    if any(among("planned", word.lemma) for word in modifiers(noun)):
        return "future"
    if any(among("possible", word.lemma) for word in modifiers(noun)):
        return "possible"
    if _no(noun):
        return "negated"
    if noun.dep == "pobj" and among("mentioned", noun.head.head.lemma):
        return "possible"
    verb = _setting(noun)
    if verb is None:
        return "done"
    if _conditional(verb):
        return "conditional"
    return "future" if any(among("future", word) for word in _auxiliaries(verb)) else "done"


def _setting(noun: Word) -> Word | None:
    """The verb that a noun of action is subject of or gives the occasion for: `will be signed at the meeting`, `if a strike kills`."""
    if noun.dep in ("nsubj", "nsubjpass") and noun.head.pos in ("VERB", "AUX"):
        return noun.head
    if noun.dep == "pobj" and among("occasion", noun.head.lemma) and noun.head.head.pos == "VERB":
        return noun.head.head
    return None


def _auxiliaries(verb: Word) -> set[str]:
    words = {child.lemma for child in verb.children if child.dep in ("aux", "auxpass")}
    if words or verb.dep != "conj":
        return words
    return _auxiliaries(verb.head) if verb.tag in ("VB", "VBN") else words


def _announced(verb: Word) -> bool:
    if not _infinitive(verb) or verb.dep not in ("xcomp", "ccomp"):
        return False
    above = verb.head
    return above.lemma == "be" or (above.lemma == "go" and above.tag == "VBG") or among("due", above.lemma) or among("due", above.lower)


def _no(noun: Word) -> bool:
    return any(child.dep == "det" and child.lower in ("no", "neither") for child in noun.children)


def _conditional(verb: Word) -> bool:
    clause = verb
    while clause.dep in ("conj", "xcomp") and clause.head.i != clause.i:
        clause = clause.head
    return any(child.dep == "mark" and among("conditional", child.lower) for child in clause.children)


def _unless(verb: Word) -> bool:
    clauses = [child for child in verb.children if child.dep == "advcl"]
    return any(child.dep == "mark" and among("unless", child.lower) for clause in clauses for child in clause.children)


def _purpose(verb: Word) -> bool:
    """An infinitive of purpose or wish, unless a verb above it says that the deed goes on or began."""
    if not _infinitive(verb):
        return verb.dep == "pcomp" and any(among("aim", word.lemma) for word in verb.head.ancestors)
    return verb.dep in ("advcl", "acl", "xcomp", "ccomp") and not among("transparent", verb.head.lemma) and not _attempted(verb)


def _attempted(verb: Word) -> bool:
    """Whether steps are taken or efforts made for the deed: `did its best to persuade`, `took steps to show`."""
    words = (verb.head, *(child for child in verb.head.children if child.dep == "dobj"))
    return verb.dep in ("advcl", "acl") and any(among("attempt", word.lemma) or among("attempt", word.lower) for word in words)


def _infinitive(verb: Word) -> bool:
    return any(child.tag == "TO" for child in verb.children)
