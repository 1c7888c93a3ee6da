"""Who says it: the speaker, the one addressed and who passed it on, and the words that hedge.

"X told Y that ...", "..., said X", "according to X", "it was announced by X", "A quoted B as saying". Offsets are characters of the spaCy document.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Span, Token

from detente.coding.moods import among, is_speech

Place = tuple[int, int]
_FIRST_PERSON = ("i", "we", "my", "our", "us", "me")
_OWNED = ("his", "her", "their", "its")
_THIRD_PERSON = ("he", "she", "they", "it", "his", "her", "their", "its")


@dataclass(frozen=True, slots=True)
class Voice:
    """[start, stop) of the speaker, of the one addressed and of the one who relays it, where the sentence names them."""

    speaker: Place | None = None
    addressee: Place | None = None
    relay: Place | None = None


def of(sent: Span, speech: Token | None) -> Voice:
    """The voice of a clause under a verb or noun of speech; without one, whoever "according to" names."""
    named = according(sent)
    source = None if named is None else place(named[1])
    if speech is None:
        return Voice(speaker=source)
    outer = next((token for token in speech.ancestors if is_speech(token)), None)
    if outer is not None and _passed_on(speech):
        return Voice(_speaker(outer) or source, _addressee(speech), _addressee(outer))
    if outer is not None and (quoted := _quoted_by(speech, outer)) is not None:
        return Voice(place(quoted), None, _subject_place(outer, quoted))
    speaker, relay = _speaker(speech), source if outer is None else _speaker(outer)
    if speaker is None:
        return Voice(relay or source, _addressee(speech), None)
    return Voice(speaker, _addressee(speech), relay if relay != speaker else None)


def _passed_on(speech: Token) -> bool:
    """ "Tell your minister that ...": the one addressed is to pass it on."""
    alone = not any(child.dep_ in ("nsubj", "nsubjpass", "aux") for child in speech.children)
    return alone and speech.tag_ in ("VB", "VBP") and among("addressing", speech)


def _quoted_by(speech: Token, outer: Token) -> Token | None:
    """The one quoted in "the daily quoted the envoy as saying" and "the envoy was quoted as saying"."""
    if outer.lemma_ not in ("quote", "cite") or speech.dep_ != "pcomp":
        return None
    wanted = "nsubjpass" if any(child.dep_ == "auxpass" for child in outer.children) else "dobj"
    return next((child for child in outer.children if child.dep_ == wanted), None)


def _subject_place(outer: Token, quoted: Token) -> Place | None:
    teller = teller_of(outer)
    return None if teller is None or teller.i == quoted.i else place(teller)


def hedge(sent: Span, trigger: Token, decided: Token | None) -> Token | None:
    """The word that hedges the deed: the one that decided its status, or an adverb such as "reportedly" in its clause."""
    if decided is not None and (among("hedge_word", decided) or among("appearing", decided) or among("unsure_modifier", decided)):
        return decided
    if decided is not None and decided.lower_ in ("may", "might", "could"):
        return decided
    clause = {trigger.i, *(token.i for token in trigger.ancestors)}
    near = (token for token in sent if among("hedge_word", token) and token.dep_ in ("advmod", "amod", "acomp"))
    return next((token for token in near if token.head.i in clause), None)


def same(speech: Token, subject: Token | None) -> bool:
    """Whether the speaker seems to speak of an own deed: "he said he met", "her spokesman said", the same name twice."""
    if subject is None:
        return False
    if subject.lower_ in _FIRST_PERSON or subject.lower_ in _THIRD_PERSON:
        return True
    teller = teller_of(speech)
    if teller is None:
        return False
    own_mouth = any(child.dep_ == "poss" and child.lower_ in _OWNED for child in teller.children)
    return own_mouth or bool(_names(subject) & _names(teller))


def subject_of(token: Token) -> Token | None:
    """The grammatical subject of a verb, or of the verb it is coordinated with or depends on as an infinitive."""
    for verb in (token, *token.ancestors):
        found = next((child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass", "poss")), None)
        if found is not None:
            return found
        if verb.dep_ not in ("conj", "xcomp", "advcl", "pcomp", "dobj", "pobj", "prep", "attr"):
            return None
    return None


def place(token: Token) -> Place:
    """[start, stop) of the noun phrase of a word with its appositions, without relative clauses."""
    inside = [token, *(each for each in token.lefts if each.dep_ not in ("punct", "cc", "advcl", "prep"))]
    first = min(each.left_edge.i for each in inside)
    rights = (each for each in token.rights if each.dep_ == "appos" or (each.dep_ == "prep" and each.lower_ in ("of", "for")))
    last = max([token.i, *(each.right_edge.i for each in rights)])
    whole = token.doc[first : last + 1]
    return whole.start_char, whole.end_char


def _names(token: Token) -> set[str]:
    return {
        each.lemma_.lower()
        for each in token.subtree
        if each.pos_ in ("PROPN", "NOUN") and each.dep_ in ("nsubj", "nsubjpass", "compound", "poss", "pobj", "conj")
    }


def teller_of(speech: Token) -> Token | None:
    """The noun that speaks: the subject, the agent of a passive, the owner of a statement."""
    if speech.pos_ not in ("VERB", "AUX"):
        return next((child for child in speech.children if child.dep_ == "poss"), None) or subject_of(speech)
    passive = any(child.dep_ == "auxpass" for child in speech.children)
    if passive:
        agents = (child for child in speech.children if child.dep_ == "agent")
        return next((noun for agent in agents for noun in agent.children if noun.dep_ == "pobj"), None)
    found = next((child for child in speech.children if child.dep_ == "nsubj"), None)
    return found if found is not None or speech.dep_ not in ("conj", "xcomp", "advcl") else subject_of(speech.head)


def _speaker(speech: Token) -> Place | None:
    teller = teller_of(speech)
    return None if teller is None or teller.lower_ in ("it", "there", "that", "which") else place(teller)


def _addressee(speech: Token) -> Place | None:
    passive = any(child.dep_ == "auxpass" for child in speech.children)
    for child in speech.children:
        if child.dep_ in ("dobj", "dative") and child.pos_ in ("NOUN", "PROPN", "PRON") and among("addressing", speech):
            return place(child)
        if child.dep_ in ("prep", "dative") and child.lower_ == "to":
            return next((place(noun) for noun in child.children if noun.dep_ == "pobj"), None)
        if passive and child.dep_ == "nsubjpass" and among("addressing", speech):
            return place(child)
    return None


def according(sent: Span) -> tuple[Token, Token] | None:
    """The word "according" of a sentence and the noun it names."""
    for token in sent:
        if token.lower_ == "according":
            nouns = (noun for prep in token.children if prep.lower_ == "to" for noun in prep.children if noun.dep_ == "pobj")
            found = next(nouns, None)
            return None if found is None else (token, found)
    return None


def passes_on(teller: Token | None) -> bool:
    """Whether it is a news medium, which passes on and is no party: what it reports, the text vouches for."""
    return teller is not None and any(among("medium", word) for word in teller.subtree if word.dep_ in ("compound", "nsubj", "pobj", "appos", "amod"))
