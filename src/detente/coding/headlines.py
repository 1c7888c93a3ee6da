"""Headlines: sentences whose verb the parser took for a noun (`Moscow Expels Two Envoys`), read word by word instead.

Used only where no verb gave an action. The verb is a word in -s between a name and what follows; subject, object and prepositions are
the noun phrases beside it, in their order.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from detente.coding.parse import Word
from detente.coding.predicates import Predicate

LONGEST = 22
"""Words of a sentence that may be a headline."""
_NOMINAL = ("NOUN", "PROPN", "PRON")
_AFTER = (*_NOMINAL, "ADJ", "NUM", "DET")


@dataclass(frozen=True, slots=True)
class Headline:
    """The key of a frame, the places as the frame asks for them, and the phrases [start, stop) of word indices before and after the verb."""

    key: str
    pred: Predicate
    before: tuple[int, int]
    after: tuple[tuple[int, int], ...]


def read(sent: Sequence[Word], known: Container[str]) -> Headline | None:
    """The first word that a frame knows as a verb (`v:expel` in `known`), with its neighbours for places; None when there is none."""
    if len(sent) > LONGEST:
        return None
    capitals = _capitals(sent)
    for verb in sent[1:]:
        if verb.pos in _NOMINAL and _stands(verb, capitals=capitals):
            key = next((f"v:{stem}" for stem in _stems(verb.lower) if f"v:{stem}" in known), None)
            if key is not None:
                return _beside(sent, verb, key)
    return None


def _capitals(sent: Sequence[Word]) -> bool:
    """Whether the longer words begin with capitals, as the titles of some agencies do."""
    longer = [word.text for word in sent if len(word.text) > 3]
    return len(longer) > 1 and sum(text[0].isupper() for text in longer) > 0.8 * len(longer)


def _stands(verb: Word, *, capitals: bool) -> bool:
    """Whether a verb may stand here: after a name and before an object; in capitals after any noun, before a preposition or the end."""
    if verb.before is None:
        return False
    if capitals and verb.text[0].isupper():
        return verb.before.pos in _NOMINAL and (verb.after is None or verb.after.pos in (*_AFTER, "ADP") or _noun(verb.after))
    return verb.before.pos == "PROPN" and verb.after is not None and (verb.after.pos in _AFTER or _noun(verb.after))


def _noun(word: Word) -> bool:
    return word.pos in _NOMINAL or word.tag in ("VB", "VBP")


def _stems(word: str) -> Iterator[str]:
    if word.endswith("ies"):
        yield word[:-3] + "y"
    if word.endswith("es"):
        yield word[:-2]
    if word.endswith("s"):
        yield word[:-1]


def _beside(sent: Sequence[Word], verb: Word, key: str) -> Headline:
    pred = Predicate(verb, verb, subjects=[verb.before] if verb.before is not None else [])
    phrases: list[tuple[int, int]] = []
    place, first = "obj", verb.i + 1
    for token in _ends(sent, verb):
        if token.pos == "ADP":
            place, first = token.lemma, token.i + 1
            continue
        held = pred.objects if place == "obj" else pred.prepositions.setdefault(place, [])
        held.append(token)
        phrases.append((first, token.i + 1))
        first = token.i + 1
    return Headline(key, pred, (_start(sent, verb), verb.i), tuple(phrases))


def _ends(sent: Sequence[Word], verb: Word) -> Iterator[Word]:
    """Prepositions, and the last word of each noun phrase, from the verb to the end."""
    rest = [token for token in sent if token.i > verb.i]
    for token, following in zip(rest, [*rest[1:], None], strict=True):
        if token.pos == "ADP" or (_noun(token) and (following is None or not _noun(following))):
            yield token


def _start(sent: Sequence[Word], verb: Word) -> int:
    marks = [token.i for token in sent if token.i < verb.i and token.text in (":", "-", "–", "—")]
    return marks[-1] + 1 if marks else sent[0].i
