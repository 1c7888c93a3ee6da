"""Spans of source and target: the noun phrases in the places that a frame names, narrowed to what can name an actor.

When no place holds a name, the nearest name before the trigger is taken for the source and the nearest after it for the target;
such a guess is marked. Which state a phrase stands for is not decided here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Span, Token

from detente.coding.places import fill, words_in
from detente.coding.predicates import Predicate, lemma
from detente.coding.words import among

Pair = tuple[int, int]
_SUBCLAUSES = ("relcl", "acl", "advcl", "ccomp", "parataxis")
_CLAUSES = ("relcl", "acl", "conj", "cc", "advcl", "ccomp", "parataxis")


@dataclass(frozen=True, slots=True)
class Names:
    """Which words of a sentence name somebody: given mentions, or else what looks like a name."""

    mentions: frozenset[int] | None

    def holds(self, token: Token) -> bool:
        """Whether this very word is a name."""
        if self.mentions is not None:
            return token.i in self.mentions
        if not token.text[:1].isupper() or among("calendar", lemma(token)):
            return False
        return token.pos_ == "PROPN" or (token.pos_ == "ADJ" and token.i > token.sent.start)

    def within(self, token: Token) -> bool:
        """Whether the phrase of this word, without its clauses, holds a name."""
        return self.holds(token) or any(self.within(child) for child in token.children if _nominal(child))


def _nominal(child: Token) -> bool:
    return child.dep_ not in _CLAUSES and (child.dep_ != "prep" or among("belonging", lemma(child)))


@dataclass(frozen=True, slots=True)
class Argument:
    """Words that fill a side, from which place, and how.

    `named` and `bare` are in their place with and without a name, `vague` without even a word for somebody who can act,
    `guessed` nearby, `empty` nowhere.
    """

    tokens: tuple[Token, ...]
    how: str
    place: str = ""


def resolve(pred: Predicate, place: str, names: Names) -> Argument:
    """What fills one place: the words with a name among them, or those that are filled at all."""
    filled = fill(pred, place)
    named = [token for token in filled if names.within(token)]
    if named:
        return Argument(tuple(filled if _all_nouns(filled) else named), "named", place)
    bare = tuple(token for token in filled if token.pos_ in ("NOUN", "PRON", "PROPN") or among("joint", token.lower_))
    if not bare:
        return Argument((), "empty")
    return Argument(bare, "bare" if any(_can_act(token) for token in bare) else "vague", place)


def _can_act(token: Token) -> bool:
    return token.pos_ == "PRON" or any(among("actor", word) for word in words_in(token, deep=False))


def joint(argument: Argument, names: Names) -> bool:
    """Whether two or more act together: coordinated names, `Thai and Laotian troops`, `ministers of Mali and Chad`, `both sides`."""
    if len(argument.tokens) > 1:
        return True
    return any(_two_names(token, names) or _counted(token) for token in argument.tokens)


def _two_names(token: Token, names: Names) -> bool:
    inner = [leaf for child in token.children if lemma(child) in ("of", "from") for leaf in child.children if leaf.dep_ == "pobj"]
    first = [word for word in (*token.lefts, *inner) if word.dep_ in ("amod", "compound", "nmod", "pobj", "poss")]
    return any(child.dep_ == "conj" and names.holds(child) for word in first for child in word.children) or _hyphenated(token, names)


def _hyphenated(token: Token, names: Names) -> bool:
    words = [word for word in token.lefts if word.dep_ in ("amod", "compound", "nmod") and names.holds(word)]
    marks = [mark for word in (token, *words) for mark in word.lefts if mark.text in ("-", "–")]
    return len(words) + sum(names.holds(child) for word in words for child in word.lefts) > 1 and bool(marks)


def _counted(token: Token) -> bool:
    return among("parties", lemma(token)) and any(among("joint", child.lower_) for child in token.lefts)


def _all_nouns(tokens: Iterable[Token]) -> bool:
    return all(token.pos_ in ("NOUN", "PROPN", "PRON", "NUM") for token in tokens)


def nearest(sent: Span, pred: Predicate, names: Names, *, before: bool) -> Argument:
    """The name nearest to the trigger on one side of it, within the sentence."""
    words = [token for token in sent if (token.i < pred.token.i) == before and token.i != pred.token.i and names.holds(token)]
    if not words:
        return Argument((), "empty")
    return Argument((_head(words[-1] if before else words[0]),), "guessed")


def _head(word: Token) -> Token:
    while word.dep_ in ("compound", "amod", "nmod") and word.head.pos_ in ("NOUN", "PROPN") and word.head.i > word.i:
        word = word.head
    return word


def inside(pred: Predicate, names: Names) -> Argument:
    """The first name after the trigger that belongs to its own clause, participles included."""
    words = [token for token in pred.token.subtree if token.i > pred.token.i and names.holds(token) and _same_clause(token, pred.token)]
    return Argument(tuple(_head(word) for word in words[:1]), "guessed" if words else "empty")


def _same_clause(token: Token, trigger: Token) -> bool:
    while token.i != trigger.i and token.head.i != token.i:
        if token.dep_ in ("relcl", "advcl", "ccomp", "parataxis", "npadvmod") or (token.dep_ == "conj" and token.pos_ == "VERB"):
            return False
        token = token.head
    return True


def pronominal(argument: Argument) -> bool:
    """Whether pronouns fill it: somebody is meant who was named before."""
    return any(token.pos_ == "PRON" for token in argument.tokens)


def antecedent(argument: Argument, names: Names) -> Argument:
    """A pronoun inside a reported clause stands for who reports: `Syria says it is willing`; other pronouns stay."""
    if len(argument.tokens) != 1 or not among("pronoun", argument.tokens[0].lower_):
        return argument
    pronoun = argument.tokens[0]
    for verb in pronoun.ancestors:
        if verb.pos_ not in ("VERB", "AUX") or pronoun.i < verb.left_edge.i:
            continue
        nouns = [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass") and child.i < pronoun.i and child.pos_ != "PRON"]
        if nouns:
            return Argument((nouns[0],), "named" if names.within(nouns[0]) else "bare", argument.place)
    return argument


def spans(argument: Argument, names: Names) -> tuple[Pair, ...]:
    """Character spans, one for each coordinated phrase, in the order of the text and without repetition."""
    return tuple(sorted({_phrase(token, names) for token in argument.tokens}))


def _phrase(token: Token, names: Names) -> Pair:
    token = _head(token)
    owner = next((child for child in token.lefts if child.dep_ == "poss" and names.within(child)), None)
    if owner is not None and not names.holds(token):
        return _phrase(owner, names)
    tight = names.holds(token) or any(names.within(child) for child in token.lefts)
    first = token.left_edge
    return first.idx, _stop(token, tight=tight)


def _stop(token: Token, *, tight: bool, outer: bool = True) -> int:
    end = token.idx + len(token.text)
    for child in token.rights:
        if child.dep_ in (_CLAUSES if outer else _SUBCLAUSES) or (tight and child.dep_ == "prep" and lemma(child) != "of"):
            break
        if child.dep_ not in ("punct", "case"):
            end = _stop(child, tight=False, outer=False)
    return end
