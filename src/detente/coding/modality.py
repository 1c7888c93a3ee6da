"""What a sentence makes of a deed it names: done, to come, wanted, denied, lasting - read from the grammar around and above the word.

From the trigger the reading climbs the dependency tree; the innermost word that decides wins, and a verb of speech ends the climb.
Ignores who says it (see voice) and when (see status).
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from detente.coding.moods import NOMINAL, Finding, among, infinitival, is_speech, negation, own, passive, perfect
from detente.records import Status

_DEEPEST = 60


@dataclass(frozen=True, slots=True)
class Climb:
    """What was found between a trigger and the verb of speech above it; both may be missing."""

    finding: Finding | None
    speech: Token | None


@dataclass(frozen=True, slots=True)
class _Step:
    """One step up: the next word, whether its own tense and negation count for the deed, or what ends the climb."""

    up: Token | None = None
    counts: bool = False
    finding: Finding | None = None
    speech: Token | None = None


def climb(trigger: Token) -> Climb:
    """What decides the status of a deed, from the trigger upwards."""
    token, counts = trigger, True
    reported = _speech_above(trigger) is not None
    for _ in range(_DEEPEST):
        if counts and (found := own(token, reported=reported)) is not None:
            if found.status == "planned" and token.pos_ in NOMINAL and (denied := _denied_above(token)) is not None:
                return Climb(denied, _speech_above(token))
            wished = token.dep_ == "ccomp" and found.status == "planned" and among("wishing", token.head)
            return Climb(Finding("hypothetical", token.head) if wished else found, _speech_above(token))
        step = _step(token)
        if step.finding is not None:
            return Climb(step.finding, _speech_above(token))
        if step.up is None:
            return Climb(None, step.speech)
        token, counts = step.up, step.counts
    return Climb(None, None)


def _denied_above(noun: Token) -> Finding | None:
    """ "the planned visit was called off": what was planned and then denied."""
    step = _step(noun)
    found = step.finding if step.up is None else own(step.up, reported=False)
    return found if found is not None and found.status == "negated" else None


def _speech_above(token: Token) -> Token | None:
    below = token
    for above in token.ancestors:
        if below.dep_ in ("ccomp", "parataxis") and is_speech(above):
            return above
        below = above
    return None


def _step(token: Token) -> _Step:
    return _STEPS.get(token.dep_, _stay)(token, token.head) if token.head.i != token.i else _Step()


def _stay(token: Token, _: Token) -> _Step:
    return _Step()


def _conjunct(token: Token, head: Token) -> _Step:
    own_words = any(child.dep_ in ("aux", "auxpass", "nsubj", "nsubjpass") for child in token.children)
    return _Step(head, counts=not own_words and token.pos_ == head.pos_ and not (token.tag_ == "VBD" and head.tag_ != "VBD"))


def _infinitive(token: Token, head: Token) -> _Step:
    """ "plans to visit", "failed to visit", "continued to visit", "was scheduled to take place"."""
    if head.lemma_ == "have" and infinitival(token):
        yet = next((child for child in head.children if child.lower_ == "yet"), None)
        return _Step(finding=Finding("hypothetical", head) if yet is None else Finding("negated", yet))
    if head.lemma_ == "be" and head.pos_ in ("AUX", "VERB"):
        return _Step(finding=Finding("planned", head)) if infinitival(token) else _Step(head, counts=True)
    if head.lemma_ == "go" and token.pos_ == "VERB":
        return _Step(finding=Finding("planned", head)) if head.tag_ == "VBG" else _Step(head, counts=True)
    if head.lemma_ == "use" and head.tag_ in ("VBD", "VBN") and not passive(head):
        return _Step(finding=Finding("historical", head))
    if among("appearing", head) and (passive(head) or head.lemma_ in ("appear", "seem")):
        return (
            _Step(finding=Finding("attributed", head)) if perfect(token) or not infinitival(token) else _Step(finding=Finding("hypothetical", head))
        )
    return _governed(head, counts=True)


def _governed(head: Token, *, counts: bool) -> _Step:
    if among("negating", head):
        return _Step(finding=Finding("negated", head))
    if among("continuing", head):
        return _Step(finding=own(head, reported=_speech_above(head) is not None) or Finding("ongoing", head))
    if among("starting", head) or among("light", head):
        return _Step(head, counts=counts)
    if among("planning", head) or among("wanting", head):
        denied = negation(head)
        return _Step(finding=denied or Finding("planned" if among("planning", head) else "hypothetical", head))
    return _Step(head, counts=counts)


def _clause(token: Token, head: Token) -> _Step:
    """A clause told: "said that", "denied that", "hopes that", "it is possible that"."""
    if among("negating", head):
        return _Step(finding=Finding("negated", head), speech=head)
    if any(child.dep_ == "mark" and child.lower_ in ("if", "whether") for child in token.children):
        return _Step(finding=Finding("hypothetical", head))
    if head.lemma_ in ("appear", "seem"):
        return _Step(finding=negation(head) or Finding("hypothetical", head))
    if is_speech(head):
        return _Step(speech=head)
    wish = next((child for child in head.children if child.dep_ in ("nsubj", "attr") and among("wanting_noun", child)), None)
    if wish is not None and head.lemma_ == "be":
        return _Step(finding=Finding("hypothetical", wish))
    if among("planning", head) or among("wanting", head):
        return _Step(finding=Finding("planned" if among("planning", head) else "hypothetical", head))
    unsure = next((child for child in head.children if child.dep_ == "acomp" and (among("possible_modifier", child) or among("chance", child))), None)
    return _Step() if unsure is None else _Step(finding=Finding("hypothetical", unsure))


def _adverbial(token: Token, head: Token) -> _Step:
    marks = [child for child in token.children if child.dep_ in ("mark", "advmod") and child.i < token.i]
    for mark in marks:
        if mark.dep_ == "mark" and among("condition", mark) and not (mark.lower_ in ("before", "until", "till") and token.tag_ == "VBD"):
            return _Step(finding=Finding("hypothetical", mark))
    subject = any(child.dep_ in ("nsubj", "nsubjpass") for child in token.children)
    if infinitival(token):
        if (among("motion", head) or among("purpose_done", token)) and not subject:
            return _Step(head, counts=True)
        if subject or among("trying", head):
            return _Step(finding=Finding("hypothetical", token if subject else head))
        return _Step(finding=own(head, reported=False) or Finding("planned", token))
    ahead = own(head, reported=False)
    open_ended = token.tag_ in ("VBP", "VBZ") and ahead is not None and ahead.status == "planned" and bool(marks)
    if open_ended:
        return _Step(finding=Finding("hypothetical", marks[0]))
    return _Step() if subject else _Step(head, counts=not marks)


def _relative(token: Token, head: Token) -> _Step:
    """ "sanctions imposed in May" and "a minister who visited" stand by themselves; "the decision to withdraw" hangs on its noun."""
    if token.tag_ == "VBG" and token.dep_ == "acl" and among("planning_noun", head):
        return _Step(finding=Finding("planned", head))
    if not infinitival(token):
        return _Step(speech=head) if among("reporting_noun", head) and token.dep_ == "acl" and token.tag_ not in ("VBN", "VBG") else _Step()
    if among("planning_noun", head):
        return _Step(finding=Finding("planned", head))
    if any(child.dep_ == "amod" and child.lower_ in ("first", "last", "only", "second") for child in head.children):
        return _Step()
    return _Step(finding=Finding("hypothetical", head)) if among("wanting_noun", head) else _Step(head, counts=True)


def _prepositional(token: Token, prep: Token) -> _Step:
    """A noun or gerund after a preposition: "without visiting", "calls for talks", "plans for a visit", "in negotiations"."""
    if prep.pos_ not in ("ADP", "SCONJ", "ADV") or prep.head.i == prep.i:
        return _Step()
    if among("negating_preposition", prep):
        return _Step(finding=Finding("negated", prep))
    return _after_noun(prep, prep.head) if prep.head.pos_ in NOMINAL else _after_verb(token, prep, prep.head)


def _after_noun(prep: Token, noun: Token) -> _Step:
    if prep.lower_ in ("for", "of", "on", "over", "about", "in", "to", "against"):
        if among("planning_noun", noun):
            return _Step(finding=Finding("planned", noun))
        if among("wanting_noun", noun):
            return _Step(finding=Finding("hypothetical", noun))
    return _Step(noun, counts=True) if prep.lower_ == "of" else _Step()


def _after_verb(token: Token, prep: Token, verb: Token) -> _Step:
    if prep.lower_ in ("in", "with", "under") and among("in_light", verb):
        now = verb.lemma_ == "be" and verb.tag_ in ("VBZ", "VBP")
        return _Step(finding=negation(verb) or Finding("ongoing", verb)) if now else _Step(verb, counts=True)
    if token.dep_ == "pcomp" and prep.lower_ in ("of", "with") and is_speech(verb):
        return _Step(speech=verb)
    if prep.lower_ in ("for", "to", "on", "at", "about", "from", "of", "against", "into", "as"):
        kinds: tuple[tuple[str, Status], ...] = (
            ("negating", "negated"),
            ("planning", "planned"),
            ("wanting_object", "hypothetical"),
            ("wanting", "hypothetical"),
        )
        told = token.dep_ == "pcomp" or prep.lower_ in ("for", "from")
        found = next((Finding(status, verb) for group, status in kinds if told and among(group, verb)), None)
        return _Step(finding=found) if found is not None else _Step()
    return _Step()


def _object(_: Token, verb: Token) -> _Step:
    kinds: tuple[tuple[str, Status], ...] = (("negating_object", "negated"), ("planning_object", "planned"), ("wanting_object", "hypothetical"))
    for group, status in kinds:
        if among(group, verb):
            denied = negation(verb)
            return _Step(
                finding=Finding(status, verb) if denied is None else Finding("hypothetical" if status == "negated" else "negated", denied.word)
            )
    return _Step(verb, counts=True) if among("light", verb) else _Step()


def _subject(_: Token, verb: Token) -> _Step:
    if among("occurring", verb):
        return _Step(verb, counts=True)
    likely = next(
        (child for child in verb.children if child.dep_ == "acomp" and (among("possible_modifier", child) or among("planning", child))), None
    )
    if likely is None:
        return _Step()
    return _Step(finding=Finding("planned" if among("planning", likely) else "hypothetical", likely))


def _predicate(_: Token, verb: Token) -> _Step:
    return _Step(verb, counts=True)


def _noun_above(_: Token, noun: Token) -> _Step:
    if among("planning_trigger", noun):
        return _Step(finding=Finding("planned", noun))
    return _Step(noun, counts=noun.pos_ in NOMINAL)


_STEPS = {
    "conj": _conjunct,
    "xcomp": _infinitive,
    "ccomp": _clause,
    "parataxis": _clause,
    "advcl": _adverbial,
    "relcl": _relative,
    "acl": _relative,
    "pcomp": _prepositional,
    "pobj": _prepositional,
    "dobj": _object,
    "nsubjpass": _object,
    "nsubj": _subject,
    "attr": _predicate,
    "acomp": _predicate,
    "compound": _noun_above,
    "nmod": _noun_above,
    "amod": _noun_above,
}
