"""Who does what in a parsed sentence: verbs and nouns of action with their subject, objects and prepositions.

A predicate is a trigger word and the words that fill its places, whatever the voice: passives are turned round, subjects are shared
over coordination, relative clauses, participles and infinitives. It knows the parse and nothing of classes or states.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from detente.coding.parse import Word
from detente.coding.words import among

_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass")
_OBJECTS = ("dobj", "attr", "oprd")
_CLIMB = ("xcomp", "advcl", "conj", "pcomp", "ccomp", "acomp", "dep", "parataxis")
_MODIFIERS = ("amod", "compound", "nmod", "nummod", "poss")
_DEPTH = 12


@dataclass(slots=True)
class Predicate:
    """A trigger with its filled places. `clause` is the verb that carries tense and negation: itself, or a noun's light verb."""

    token: Word
    clause: Word | None
    subjects: list[Word] = field(default_factory=list)
    objects: list[Word] = field(default_factory=list)
    receivers: list[Word] = field(default_factory=list)
    prepositions: dict[str, list[Word]] = field(default_factory=dict)
    passive: bool = False


def of_verb(verb: Word) -> Predicate:
    """The places of a verb; in the passive the agent is the subject and the surface subject the object."""
    passive = is_passive(verb)
    surface = subjects_of(verb)
    agents = [leaf for child in verb.children if child.dep == "agent" for leaf in child.children if leaf.dep == "pobj"] or _at_whose_request(verb)
    own = [child for child in verb.children if child.dep in _OBJECTS]
    objects = _spread(surface) if passive else _spread(own or relative_object(verb) or _of_small_clause(verb))
    second = _spread(own) if passive else []
    receivers = [child for child in verb.children if child.dep == "dative" and child.pos != "ADP"]
    holders = (verb, *own, *(objects if passive or not own else ()))
    table = prepositions_of(holders)
    return Predicate(verb, verb, _spread(agents) if passive else _spread(surface), objects + second, receivers, table, passive)


def _at_whose_request(verb: Word) -> list[Word]:
    """Who had it done, where nobody else is named: `was dissolved at the request of the government`, `on the orders of the king`."""
    nouns = [noun for child in verb.children if child.lemma in ("at", "on") for noun in child.children if among("bidding", noun.lemma)]
    return [leaf for noun in nouns for child in noun.children if child.lemma == "of" for leaf in child.children if leaf.dep == "pobj"]


def of_noun(noun: Word) -> Predicate:
    """The places of a noun of action: possessor and maker as subject, prepositions of the noun and of the verb that it completes."""
    verb = governing_verb(noun)
    light = verb is not None and among("light", verb.lemma)
    found = Predicate(noun, verb if light else None, prepositions=prepositions_of((noun,) if verb is None else (noun, verb)))
    if light and verb is not None:
        whole = of_verb(verb)
        found.subjects = [token for token in whole.subjects if token.i != noun.i]
        found.receivers = whole.receivers
        found.passive = whole.passive
    return found


def phrasal(verb: Word) -> str | None:
    """The lemma joined to its particle, `call_off`, whatever the parser calls the particle; None without one."""
    found = [child for child in verb.children if child.dep == "prt" or (child.i == verb.i + 1 and among("particle", child.lower))]
    return f"{verb.lemma}_{found[0].lower}" if found else None


def denied(verb: Word) -> bool:
    """Whether the verb is negated: not, never, no longer."""
    words = [child for child in verb.children if child.dep in ("neg", "advmod")]
    return any(word.dep == "neg" or among("never", word.lemma) or (word.lower == "longer" and _less(word)) for word in words)


def _less(word: Word) -> bool:
    return word.before is not None and word.before.lower in ("no", "any")


def is_passive(verb: Word) -> bool:
    """Whether the grammatical subject undergoes the verb."""
    marks = {child.dep for child in verb.children}
    if marks & {"auxpass", "nsubjpass"}:
        return True
    if verb.tag != "VBN" or "aux" in marks or "nsubj" in marks or among("intransitive", verb.lemma):
        return False
    return verb.dep in ("acl", "advcl", "amod") or "agent" in marks or (verb.dep == "conj" and is_passive(verb.head))


def subjects_of(verb: Word, depth: int = _DEPTH) -> list[Word]:
    """The grammatical subject, found in the verb itself or in what it hangs on; a relative pronoun gives its antecedent."""
    own = [child for child in verb.children if (child.dep in _SUBJECTS and child.tag != "EX") or _listed(child, verb)]
    if own:
        return [_antecedent(token, verb) for token in own]
    if depth == 0:
        return []
    if verb.dep in ("acl", "relcl"):
        return _of_modified(verb, depth)
    if verb.dep == "amod" or verb.dep not in _CLIMB:
        return []
    return _of_governor(verb, depth)


def _listed(word: Word, verb: Word) -> bool:
    """A name before a comma that the parser hung on the verb: `Seoul, Tokyo sign pact`."""
    if word.dep != "npadvmod" or word.tag != "NNP" or word.i > verb.i or word.after is None:
        return False
    return word.after.text == "," and not among("calendar", word.lemma)


def _of_modified(verb: Word, depth: int) -> list[Word]:
    noun = verb.head
    if any(child.tag == "TO" for child in verb.children):
        maker = [child for child in noun.children if child.dep == "poss"]
        governor = governing_verb(noun)
        return maker or (subjects_of(governor, depth - 1) if governor is not None else [])
    if among("utterance", noun.lemma) and noun.dep in _OBJECTS and noun.head.pos == "VERB":
        return subjects_of(noun.head, depth - 1) or [noun]
    return [noun]


def _of_governor(verb: Word, depth: int) -> list[Word]:
    governor = verb.head
    if verb.dep == "pcomp":
        governor = next((word for word in governor.ancestors if word.pos in ("VERB", "AUX", "NOUN")), governor)
    if verb.dep in ("xcomp", "ccomp"):
        controlled = [child for child in governor.children if child.dep in ("dobj", "dative") and child.i < verb.i]
        controlled += [leaf for child in governor.children if child.dep == "prep" and governor.lemma == "call" for leaf in child.children]
        if controlled:
            return controlled
        if verb.dep == "ccomp" and governor.i < verb.i and not any(child.tag == "TO" for child in verb.children):
            return []
    if governor.pos in ("VERB", "AUX", "ADJ") and governor.i != verb.i:
        return subjects_of(governor, depth - 1)
    return []


def _antecedent(token: Word, verb: Word) -> Word:
    if token.tag not in ("WP", "WDT"):
        return token
    clause = verb
    while clause.dep in ("conj", "xcomp", "ccomp") and clause.head.i != clause.i:
        clause = clause.head
    if clause.dep not in ("relcl", "acl"):
        return token
    return _sent(clause.head) if token.lower in ("who", "whom") else clause.head


def _sent(noun: Word) -> Word:
    """Whom `who` means behind a place: `sent an envoy to Oslo who was seen`, the envoy."""
    verb = noun.head.head
    if noun.dep != "pobj" or verb.pos != "VERB":
        return noun
    sent = [child for child in verb.children if child.dep == "dobj" and child.i < noun.i]
    return next((word for word in sent if among("office", word.lemma) or among("person", word.lemma)), noun)


def _of_small_clause(verb: Word) -> list[Word]:
    """What the parser makes the subject of a participle after the verb: `welcomed the envoy visiting Rome`."""
    clauses = [child for child in verb.children if child.dep in ("advcl", "ccomp") and child.i > verb.i and child.tag in ("VBG", "VBN")]
    bare = [clause for clause in clauses if not any(leaf.dep in ("mark", "aux", "auxpass") for leaf in clause.children)]
    return [leaf for clause in bare for leaf in clause.children if leaf.dep in ("nsubj", "nsubjpass") and verb.i < leaf.i < clause.i]


def relative_object(verb: Word) -> list[Word]:
    """The noun that a relative clause without object of its own speaks of: `the treaty that they signed`."""
    if verb.dep != "relcl" or is_passive(verb):
        return []
    subjects = [child for child in verb.children if child.dep in _SUBJECTS]
    if not subjects or subjects[0].tag in ("WP", "WDT"):
        return []
    return [verb.head]


def governing_verb(noun: Word) -> Word | None:
    """The verb whose subject or object the noun is, coordination looked through."""
    word = noun
    while word.dep == "conj" and word.head.pos in ("NOUN", "PROPN"):
        word = word.head
    if word.dep in (*_OBJECTS, "nsubjpass", "nsubj") and word.head.pos in ("VERB", "AUX"):
        return word.head
    if word.dep == "pobj" and word.head.head.pos == "VERB" and among("light", f"{word.head.head.lemma}_{word.head.lemma}"):
        return word.head.head
    return None


def prepositions_of(holders: Sequence[Word]) -> dict[str, list[Word]]:
    """Prepositional objects by lemma: those of the holders first; what hangs on such objects only where the holders have none."""
    table: dict[str, list[Word]] = {}
    near = [noun for holder in holders for noun in _file(table, holder)]
    far: dict[str, list[Word]] = {}
    for noun in near:
        _file(far, noun)
    return {**far, **table}


def _file(table: dict[str, list[Word]], holder: Word) -> list[Word]:
    added: list[Word] = []
    for child in holder.children:
        if child.dep in ("prep", "agent", "dative", "prt") or (child.dep in ("advmod", "mark") and child.pos in ("ADP", "SCONJ")):
            spread = [_antecedent(word, holder) for word in _spread(_fillers(child)) if not among("calendar", word.lemma)]
            known = table.setdefault(child.lemma, [])
            known += [token for token in spread if token not in known]
            added += spread
    return added


def _fillers(preposition: Word) -> list[Word]:
    """The objects of a preposition, a second preposition looked through: `out of the talks`."""
    found = [leaf for leaf in preposition.children if leaf.dep in ("pobj", "pcomp")]
    second = [leaf for leaf in preposition.children if leaf.dep in ("prep", "pcomp") and leaf.pos == "ADP"]
    return found + [deep for leaf in second for deep in leaf.children if deep.dep in ("pobj", "pcomp")]


def _spread(tokens: list[Word]) -> list[Word]:
    """Each word followed by what is coordinated with it."""
    return [word for token in tokens for word in (token, *conjuncts(token))]


def conjuncts(token: Word) -> Iterator[Word]:
    """The nouns coordinated to the right of a word, and theirs."""
    for child in token.children:
        if child.dep == "conj" and child.pos in ("NOUN", "PROPN", "PRON", "VERB", "ADJ", "NUM"):
            yield child
            yield from conjuncts(child)


def complements(pred: Predicate) -> list[Word]:
    """The verbs that complete a predicate: infinitives, that-clauses, gerunds after prepositions; coordination included."""
    heads = [child for child in pred.token.children if child.dep in ("xcomp", "ccomp") or (child.dep in ("acl", "advcl") and _infinitive(child))]
    heads += [token for fillers in pred.prepositions.values() for token in fillers if token.dep == "pcomp" and token.pos == "VERB"]
    if pred.clause is not None and pred.clause.i != pred.token.i:
        heads += [child for child in pred.clause.children if child.dep in ("xcomp", "advcl") and _infinitive(child)]
    inner = [token for head in heads if head.pos in ("AUX", "ADJ") for token in head.children if token.dep in ("xcomp", "acomp")]
    return [word for head in (*heads, *inner) for word in (head, *conjuncts(head))]


def _infinitive(verb: Word) -> bool:
    return any(child.tag == "TO" for child in verb.children)


def modifiers(token: Word) -> list[Word]:
    """What stands before a noun and qualifies it."""
    return [child for child in token.lefts if child.dep in _MODIFIERS]
