"""Who does what in a parsed sentence: verbs and nouns of action with their subject, objects and prepositions.

A predicate is a trigger word and the words that fill its places, whatever the voice: passives are turned round, subjects are shared
over coordination, relative clauses, participles and infinitives. It knows the parse and nothing of classes or states.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from detente.coding.words import among

_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass")
_OBJECTS = ("dobj", "attr", "oprd")
_CLIMB = ("xcomp", "advcl", "conj", "pcomp", "ccomp", "acomp", "dep", "parataxis")
_MODIFIERS = ("amod", "compound", "nmod", "nummod", "poss")
_DEPTH = 12


@dataclass(slots=True)
class Predicate:
    """A trigger with its filled places. `clause` is the verb that carries tense and negation: itself, or a noun's light verb."""

    token: Token
    clause: Token | None
    subjects: list[Token] = field(default_factory=list)
    objects: list[Token] = field(default_factory=list)
    receivers: list[Token] = field(default_factory=list)
    prepositions: dict[str, list[Token]] = field(default_factory=dict)
    passive: bool = False


def of_verb(verb: Token) -> Predicate:
    """The places of a verb; in the passive the agent is the subject and the surface subject the object."""
    passive = is_passive(verb)
    surface = subjects_of(verb)
    agents = [leaf for child in verb.children if child.dep_ == "agent" for leaf in child.children if leaf.dep_ == "pobj"]
    own = [child for child in verb.children if child.dep_ in _OBJECTS]
    objects = _spread(surface) if passive else _spread(own or relative_object(verb) or _of_small_clause(verb))
    second = _spread(own) if passive else []
    receivers = [child for child in verb.children if child.dep_ == "dative" and child.pos_ != "ADP"]
    holders = (verb, *own, *(relative_object(verb) if not own else ()))
    table = prepositions_of(holders)
    return Predicate(verb, verb, _spread(agents) if passive else _spread(surface), objects + second, receivers, table, passive)


def of_noun(noun: Token) -> Predicate:
    """The places of a noun of action: possessor and maker as subject, prepositions of the noun and of the verb that it completes."""
    verb = governing_verb(noun)
    light = verb is not None and among("light", lemma(verb))
    found = Predicate(noun, verb if light else None, prepositions=prepositions_of((noun,) if verb is None else (noun, verb)))
    if light and verb is not None:
        whole = of_verb(verb)
        found.subjects = [token for token in whole.subjects if token.i != noun.i]
        found.receivers = whole.receivers
        found.passive = whole.passive
    return found


def lemma(token: Token) -> str:
    """The lemma in lower case; the `e` that the lemmatizer drops in `staged` or `rejecting` is put back where the frames know the verb."""
    plain = str(token.lemma_).lower()
    if token.pos_ == "VERB" and token.lower_ in (plain + "ed", plain + "ing") and among("mute", plain + "e"):
        return plain + "e"
    return plain


def phrasal(verb: Token) -> str | None:
    """The lemma joined to its particle, `call_off`, whatever the parser calls the particle; None without one."""
    found = [child for child in verb.children if child.dep_ == "prt" or (child.i == verb.i + 1 and among("particle", child.lower_))]
    return f"{lemma(verb)}_{found[0].lower_}" if found else None


def is_passive(verb: Token) -> bool:
    """Whether the grammatical subject undergoes the verb."""
    marks = {child.dep_ for child in verb.children}
    if marks & {"auxpass", "nsubjpass"}:
        return True
    if verb.tag_ != "VBN" or "aux" in marks or "nsubj" in marks:
        return False
    return verb.dep_ in ("acl", "advcl", "amod") or "agent" in marks or (verb.dep_ == "conj" and is_passive(verb.head))


def subjects_of(verb: Token, depth: int = _DEPTH) -> list[Token]:
    """The grammatical subject, found in the verb itself or in what it hangs on; a relative pronoun gives its antecedent."""
    own = [child for child in verb.children if (child.dep_ in _SUBJECTS and child.tag_ != "EX") or _listed(child, verb)]
    if own:
        return [_antecedent(token, verb) for token in own]
    if depth == 0:
        return []
    if verb.dep_ in ("acl", "relcl"):
        return _of_modified(verb, depth)
    if verb.dep_ == "amod" or verb.dep_ not in _CLIMB:
        return []
    return _of_governor(verb, depth)


def _listed(word: Token, verb: Token) -> bool:
    """A name before a comma that the parser hung on the verb: `Seoul, Tokyo sign pact`."""
    return word.dep_ == "npadvmod" and word.tag_ == "NNP" and word.i < verb.i and word.nbor(1).text == "," and not among("calendar", lemma(word))


def _of_modified(verb: Token, depth: int) -> list[Token]:
    noun = verb.head
    if any(child.tag_ == "TO" for child in verb.children):
        maker = [child for child in noun.children if child.dep_ == "poss"]
        governor = governing_verb(noun)
        return maker or (subjects_of(governor, depth - 1) if governor is not None else [])
    if among("utterance", lemma(noun)) and noun.dep_ in _OBJECTS and noun.head.pos_ == "VERB":
        return subjects_of(noun.head, depth - 1) or [noun]
    return [noun]


def _of_governor(verb: Token, depth: int) -> list[Token]:
    governor = verb.head
    if verb.dep_ == "pcomp":
        governor = next((word for word in governor.ancestors if word.pos_ in ("VERB", "AUX", "NOUN")), governor)
    if verb.dep_ in ("xcomp", "ccomp"):
        controlled = [child for child in governor.children if child.dep_ in ("dobj", "dative") and child.i < verb.i]
        controlled += [leaf for child in governor.children if child.dep_ == "prep" and lemma(governor) == "call" for leaf in child.children]
        if controlled:
            return controlled
        if verb.dep_ == "ccomp" and governor.i < verb.i and not any(child.tag_ == "TO" for child in verb.children):
            return []
    if governor.pos_ in ("VERB", "AUX", "ADJ") and governor.i != verb.i:
        return subjects_of(governor, depth - 1)
    return []


def _antecedent(token: Token, verb: Token) -> Token:
    if token.tag_ not in ("WP", "WDT"):
        return token
    clause = verb
    while clause.dep_ in ("conj", "xcomp", "ccomp") and clause.head.i != clause.i:
        clause = clause.head
    return clause.head if clause.dep_ in ("relcl", "acl") else token


def _of_small_clause(verb: Token) -> list[Token]:
    """What the parser makes the subject of a participle after the verb: `welcomed the envoy visiting Rome`."""
    clauses = [child for child in verb.children if child.dep_ in ("advcl", "ccomp") and child.i > verb.i and child.tag_ in ("VBG", "VBN")]
    bare = [clause for clause in clauses if not any(leaf.dep_ in ("mark", "aux", "auxpass") for leaf in clause.children)]
    return [leaf for clause in bare for leaf in clause.children if leaf.dep_ in ("nsubj", "nsubjpass") and verb.i < leaf.i < clause.i]


def relative_object(verb: Token) -> list[Token]:
    """The noun that a relative clause without object of its own speaks of: `the treaty that they signed`."""
    if verb.dep_ != "relcl" or is_passive(verb):
        return []
    subjects = [child for child in verb.children if child.dep_ in _SUBJECTS]
    if not subjects or subjects[0].tag_ in ("WP", "WDT"):
        return []
    return [verb.head]


def governing_verb(noun: Token) -> Token | None:
    """The verb whose subject or object the noun is, coordination looked through."""
    word = noun
    while word.dep_ == "conj" and word.head.pos_ in ("NOUN", "PROPN"):
        word = word.head
    if word.dep_ in (*_OBJECTS, "nsubjpass", "nsubj") and word.head.pos_ in ("VERB", "AUX"):
        return word.head
    if word.dep_ == "pobj" and word.head.head.pos_ == "VERB" and among("light", f"{lemma(word.head.head)}_{lemma(word.head)}"):
        return word.head.head
    return None


def prepositions_of(holders: Sequence[Token]) -> dict[str, list[Token]]:
    """Prepositional objects by lemma: those of the holders first; what hangs on such objects only where the holders have none."""
    table: dict[str, list[Token]] = {}
    near = [noun for holder in holders for noun in _file(table, holder)]
    far: dict[str, list[Token]] = {}
    for noun in near:
        _file(far, noun)
    return {**far, **table}


def _file(table: dict[str, list[Token]], holder: Token) -> list[Token]:
    added: list[Token] = []
    for child in holder.children:
        if child.dep_ in ("prep", "agent", "dative", "prt") or (child.dep_ in ("advmod", "mark") and child.pos_ in ("ADP", "SCONJ")):
            spread = [word for word in _spread(_fillers(child)) if not among("calendar", lemma(word))]
            known = table.setdefault(lemma(child), [])
            known += [token for token in spread if token not in known]
            added += spread
    return added


def _fillers(preposition: Token) -> list[Token]:
    """The objects of a preposition, a second preposition looked through: `out of the talks`."""
    found = [leaf for leaf in preposition.children if leaf.dep_ in ("pobj", "pcomp")]
    second = [leaf for leaf in preposition.children if leaf.dep_ in ("prep", "pcomp") and leaf.pos_ == "ADP"]
    return found + [deep for leaf in second for deep in leaf.children if deep.dep_ in ("pobj", "pcomp")]


def _spread(tokens: list[Token]) -> list[Token]:
    """Each word followed by what is coordinated with it."""
    return [word for token in tokens for word in (token, *conjuncts(token))]


def conjuncts(token: Token) -> Iterator[Token]:
    """The nouns coordinated to the right of a word, and theirs."""
    for child in token.children:
        if child.dep_ == "conj" and child.pos_ in ("NOUN", "PROPN", "PRON", "VERB", "ADJ", "NUM"):
            yield child
            yield from conjuncts(child)


def complements(pred: Predicate) -> list[Token]:
    """The verbs that complete a predicate: infinitives, that-clauses, gerunds after prepositions; coordination included."""
    heads = [child for child in pred.token.children if child.dep_ in ("xcomp", "ccomp") or (child.dep_ in ("acl", "advcl") and _infinitive(child))]
    heads += [token for fillers in pred.prepositions.values() for token in fillers if token.dep_ == "pcomp" and token.pos_ == "VERB"]
    if pred.clause is not None and pred.clause.i != pred.token.i:
        heads += [child for child in pred.clause.children if child.dep_ in ("xcomp", "advcl") and _infinitive(child)]
    inner = [token for head in heads if head.pos_ in ("AUX", "ADJ") for token in head.children if token.dep_ in ("xcomp", "acomp")]
    return [word for head in (*heads, *inner) for word in (head, *conjuncts(head))]


def _infinitive(verb: Token) -> bool:
    return any(child.tag_ == "TO" for child in verb.children)


def modifiers(token: Token) -> list[Token]:
    """What stands before a noun and qualifies it."""
    return [child for child in token.lefts if child.dep_ in _MODIFIERS]
