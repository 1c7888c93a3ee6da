"""The places of a predicate by name: `subj`, `obj`, `iobj`, `poss`, `mod`, a preposition, `comp.obj`, `obj.poss`; `a/b` takes the first filled.

It returns words of the parse; arguments.py makes spans of them.
"""

from __future__ import annotations

from collections.abc import Callable

from detente.coding.parse import Word
from detente.coding.predicates import Predicate, complements, conjuncts, modifiers, of_verb
from detente.coding.words import among

_OF_PRED: dict[str, Callable[[Predicate], list[Word]]] = {
    "subj": lambda pred: pred.subjects,
    "obj": lambda pred: pred.objects,
    "iobj": lambda pred: pred.receivers,
    "poss": lambda pred: _left(pred.token, ("poss",)),
    "mod": lambda pred: _left(pred.token, ("amod", "compound", "nmod")),
    "how": lambda pred: [child for child in pred.token.children if child.dep in ("advmod", "acomp", "oprd", "prt", "xcomp", "ccomp")],
    "any": lambda pred: modifiers(pred.token),
    "speaker": lambda pred: _speaker(pred.token),
    "here": lambda pred: [child for child in pred.token.children if child.dep == "advmod" and among("here", child.lower)],
    "condition": lambda pred: _condition(pred),
    "self": lambda pred: [pred.token],
}


def fill(pred: Predicate, place: str) -> list[Word]:
    """The words in a place, [] when it is empty; `to*` looks for the preposition further down.

    `comp.x` looks into the completing verbs, `x.y` into the noun phrase at x.
    """
    outer, _, inner = place.partition(".")
    if outer == "comp":
        return [token for verb in complements(pred) for token in fill(of_verb(verb), inner)]
    if outer.endswith("*"):
        return _anywhere(pred.token, outer[:-1])
    found = _OF_PRED[outer](pred) if outer in _OF_PRED else pred.prepositions.get(outer, [])
    if not inner:
        return found
    return [token for noun in found for token in _within(noun, inner)]


def _anywhere(token: Word, preposition: str) -> list[Word]:
    """Objects of a preposition below the trigger, to its right, clauses apart: `returned a cup stolen in 1911 to Peru`."""
    places = [word for word in token.subtree if word.i > token.i and word.lemma == preposition and word.dep in ("prep", "dative")]
    return [leaf for word in places for leaf in word.children if leaf.dep == "pobj"]


def _condition(pred: Predicate) -> list[Word]:
    """Who is to do or leave something, or else: the subject of `unless` and `if` clauses."""
    clauses = [child for verb in (pred.token, *complements(pred)) for child in verb.children if child.dep == "advcl"]
    marked = [clause for clause in clauses if any(child.dep == "mark" and among("conditional", child.lower) for child in clause.children)]
    return [token for clause in marked for token in of_verb(clause).subjects]


def _speaker(token: Word) -> list[Word]:
    """Who says the clause that the word stands in, with a verb of speech or in a statement."""
    for word in token.ancestors:
        if word.pos == "VERB" and among("speech", word.lemma):
            return of_verb(word).subjects
        if word.pos == "NOUN" and among("utterance", word.lemma) and word.head.pos == "VERB":
            return _left(word, ("poss",)) or of_verb(word.head).subjects
    return []


def _within(noun: Word, place: str) -> list[Word]:
    if place.endswith("*"):
        return [word for leaf in _anywhere(noun, place[:-1]) for word in (leaf, *conjuncts(leaf))]
    if place == "poss":
        return _left(noun, ("poss",))
    if place == "mod":
        return _left(noun, ("amod", "compound", "nmod"))
    return [
        word for child in noun.children if child.lemma == place for leaf in child.children if leaf.dep == "pobj" for word in (leaf, *conjuncts(leaf))
    ]


def _left(noun: Word, deps: tuple[str, ...]) -> list[Word]:
    return [word for child in noun.lefts if child.dep in deps for word in (child, *conjuncts(child))]


def words_in(noun: Word, *, deep: bool) -> set[str]:
    """Lemmas that say what a phrase is about: its head, or what is measured (`tons of grain`); deep adds modifiers and `of` phrases."""
    found = {noun.lemma, noun.lower, noun.lower.removesuffix("s")}
    counted = among("measure", noun.lemma) or noun.pos in ("NUM", "SYM")
    if deep or counted:
        for child in noun.children:
            if child.lemma == "of" or (counted and child.lemma in ("in", "worth")):
                found |= {word for leaf in child.children for word in words_in(leaf, deep=deep)}
    if deep:
        found |= {word.lemma for child in modifiers(noun) for word in child.subtree}
    return found
