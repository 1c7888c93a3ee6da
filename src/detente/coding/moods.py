"""What the words of one clause or noun phrase make of it: auxiliaries, negation, tense and aspect, adverbs and adjectives.

The word groups stand in data/status/words.csv. Ignores the words above the clause (see modality).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from spacy.tokens import Token

from detente.records import Status

NOMINAL = ("NOUN", "PROPN", "PRON", "ADJ", "NUM")


@dataclass(frozen=True, slots=True)
class Finding:
    """A status and the word that decided it."""

    status: Status
    word: Token


@cache
def groups() -> Mapping[str, frozenset[str]]:
    """Every group of words by name."""
    text = (files("detente") / "data" / "status" / "words.csv").read_text(encoding="utf-8")
    return MappingProxyType({row["group"]: frozenset(row["words"].split()) for row in csv.DictReader(text.splitlines())})


def among(group: str, token: Token) -> bool:
    """Whether the word, its lemma, or the verb with its particle ("call_off") belongs to a group."""
    words = groups()[group]
    if token.lemma_.lower() in words or token.lower_ in words:
        return True
    return any(f"{token.lemma_.lower()}_{child.lower_}" in words for child in token.children if child.dep_ == "prt")


def own(token: Token, *, reported: bool) -> Finding | None:
    """What the word's own clause or noun phrase says of it."""
    return _of_noun(token) if token.pos_ in NOMINAL else _of_verb(token, reported=reported)


def is_speech(token: Token) -> bool:
    """Whether the word is a verb of speech or judgement."""
    return token.pos_ in ("VERB", "AUX") and among("reporting", token)


def infinitival(verb: Token) -> bool:
    """Whether the verb stands with "to"."""
    return any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.children)


def passive(verb: Token) -> bool:
    """Whether the verb is in the passive."""
    return any(child.dep_ == "auxpass" for child in verb.children)


def perfect(verb: Token) -> bool:
    """Whether the verb is in the perfect."""
    return any(child.dep_ == "aux" and child.lemma_ == "have" for child in verb.children)


def _of_noun(noun: Token) -> Finding | None:
    kinds: tuple[tuple[str, Status], ...] = (
        ("negated_modifier", "negated"),
        ("planned_modifier", "planned"),
        ("possible_modifier", "hypothetical"),
        ("unsure_modifier", "attributed"),
        ("ongoing_modifier", "ongoing"),
        ("past_modifier", "historical"),
    )
    words = [child for child in noun.children if child.dep_ in ("det", "amod", "advmod", "compound")]
    found = next((Finding(status, word) for group, status in kinds for word in words if among(group, word)), None)
    return Finding("planned", noun) if found is None and among("planning_trigger", noun) else found


def _of_verb(verb: Token, *, reported: bool) -> Finding | None:
    found = negation(verb) or _inverted(verb) or _modal(verb, reported=reported) or _adverb(verb) or _order(verb) or _aspect(verb, reported=reported)
    return Finding("planned", verb) if found is None and among("planning_verb", verb) else found


def negation(verb: Token) -> Finding | None:
    """What denies the verb: "not", "never", "no" before its subject or object."""
    for child in verb.children:
        if child.dep_ == "neg" and not _not_only(child):
            return Finding("negated", child)
        if child.dep_ in ("advmod", "preconj") and among("never", child):
            return Finding("negated", child)
        if child.dep_ in ("nsubj", "nsubjpass", "dobj", "attr") and (none := _no(child)) is not None:
            return Finding("negated", none)
    return None


def _not_only(word: Token) -> bool:
    return word.i + 1 < len(word.doc) and word.nbor().lower_ in ("only", "just", "merely", "least")


def _no(noun: Token) -> Token | None:
    if noun.lower_ in ("nobody", "none", "nothing"):
        return noun
    return next((child for child in noun.children if child.dep_ == "det" and child.lower_ in ("no", "neither")), None)


def auxiliaries(verb: Token) -> Iterator[Token]:
    """The auxiliaries of a verb, shared ones of a coordination included."""
    helpers = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    yield from helpers
    shares = verb.dep_ == "conj" and not any(child.dep_ in ("nsubj", "nsubjpass") for child in verb.children)
    if shares and not helpers and verb.tag_ in ("VB", "VBN", "VBG"):
        yield from (child for child in verb.head.children if child.dep_ in ("aux", "auxpass") and child.lower_ != "to")


def _inverted(verb: Token) -> Finding | None:
    """ "Were they to agree, ...", "Had he known, ...": a condition without "if"."""
    first = verb.sent[0]
    if first.lower_ not in ("were", "had", "should") or len(verb.sent) < 2 or first.nbor().pos_ in ("VERB", "PUNCT"):
        return None
    clause = verb.i == first.i or first.head.i == verb.i or any(above.i == first.i for above in verb.ancestors)
    return Finding("hypothetical", first) if clause else None


def _modal(verb: Token, *, reported: bool) -> Finding | None:
    for helper in auxiliaries(verb):
        if among("future", helper) or (reported and among("reported_future", helper)):
            return _condition(verb) or Finding("planned", helper)
        if helper.tag_ == "MD" and among("possible", helper):
            return Finding("hypothetical", helper)
    return None


def _condition(verb: Token) -> Finding | None:
    """ "will grow if ...": what hangs on a condition is no plan yet."""
    clauses = (child for child in verb.children if child.dep_ == "advcl")
    words = (word for clause in clauses for word in clause.children if word.dep_ == "mark" and word.lower_ in ("if", "unless"))
    return next((Finding("hypothetical", word) for word in words), None)


def _adverb(verb: Token) -> Finding | None:
    for child in verb.children:
        if child.dep_ not in ("advmod", "acomp"):
            continue
        if among("chance", child):
            return Finding("hypothetical", child)
        if child.dep_ == "advmod" and among("ongoing_adverb", child) and verb.tag_ != "VBD":
            return Finding("ongoing", child)
    return None


def _order(verb: Token) -> Finding | None:
    """Infinitives on their own ("Leader to visit capital") are to come, orders ("tell him") need not be followed."""
    if verb.tag_ != "VB" or verb.dep_ not in ("ROOT", "ccomp", "conj"):
        return None
    if any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.children):
        return Finding("planned", verb) if verb.dep_ == "ROOT" else None
    alone = not any(child.dep_ in ("nsubj", "nsubjpass", "aux") for child in verb.children)
    return Finding("hypothetical", verb) if alone and verb.dep_ == "ROOT" else None


def _aspect(verb: Token, *, reported: bool) -> Finding | None:
    helpers = [helper.lower_ for helper in auxiliaries(verb)]
    if verb.lemma_ == "be" and (verb.tag_ in ("VBZ", "VBP") or "has" in helpers or "have" in helpers):
        return next((Finding("ongoing", verb) for child in verb.children if child.dep_ == "prep" and child.lower_ in ("in", "under")), None)
    if verb.tag_ == "VBN" and among("lasting", verb) and any(child.dep_ == "auxpass" for child in verb.children):
        return Finding("ongoing", verb)
    if verb.tag_ in ("VBZ", "VBP") and among("lasting_present", verb) and verb.sent[-1].pos_ == "PUNCT":
        return Finding("ongoing", verb)
    if any(child.lower_ == "long" and child.dep_ == "advmod" for child in verb.children) and perfect(verb):
        return Finding("ongoing", verb)
    if verb.tag_ != "VBG":
        return None
    now = any(word in ("is", "are", "am", "'s", "'re", "’s", "’re") for word in helpers)
    lasting = "been" in helpers and any(word in ("has", "have", "'ve", "’ve") for word in helpers)
    then = reported and any(word in ("was", "were") for word in helpers)
    return Finding("ongoing", verb) if now or lasting or then else None
