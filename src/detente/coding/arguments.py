"""Spans of source and target: the noun phrases in the places that a frame names, narrowed to what can name an actor.

When no place holds a name, the nearest name before the trigger is taken for the source and the nearest after it for the target;
such a guess is marked. Which state a phrase stands for is not decided here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from detente.coding.parse import Word
from detente.coding.places import fill, words_in
from detente.coding.predicates import Predicate, conjuncts
from detente.coding.words import among

Pair = tuple[int, int]
_SUBCLAUSES = ("relcl", "acl", "advcl", "ccomp", "parataxis")
_CLAUSES = ("relcl", "acl", "conj", "cc", "advcl", "ccomp", "parataxis")


@dataclass(frozen=True, slots=True)
class Names:
    """Which words of a sentence name somebody: given mentions, or else what looks like a name."""

    mentions: frozenset[int] | None

    def holds(self, token: Word) -> bool:
        """Whether this very word is a name."""
        if self.mentions is not None:
            return token.i in self.mentions
        if not token.text[:1].isupper() or among("calendar", token.lemma):
            return False
        return token.pos == "PROPN" or (token.pos == "ADJ" and token.before is not None)

    def within(self, token: Word) -> bool:
        """Whether the phrase of this word, without its clauses, holds a name."""
        return self.holds(token) or any(self.within(child) for child in token.children if _nominal(child))


def _nominal(child: Word) -> bool:
    return child.dep not in _CLAUSES and (child.dep != "prep" or among("belonging", child.lemma))


@dataclass(frozen=True, slots=True)
class Argument:
    """Words that fill a side, from which place, and how.

    `named` and `bare` are in their place with and without a name, `referred` by words for those named before, `vague` without even a word for
    somebody who can act, `guessed` nearby, `empty` nowhere.
    """

    tokens: tuple[Word, ...]
    how: str
    place: str = ""


def resolve(pred: Predicate, place: str, names: Names) -> Argument:
    """What fills one place: the words with a name among them, or those that are filled at all."""
    filled = fill(pred, place)
    named = [token for token in filled if names.within(token)]
    if named:
        return Argument(tuple(filled if _all_nouns(filled) else named), "named", place)
    bare = tuple(token for token in filled if token.pos in ("NOUN", "PRON", "PROPN") or among("joint", token.lower))
    if not bare:
        return Argument((), "empty")
    if any(_counted(token) or _between(token) for token in bare):
        return Argument(bare, "referred", place)
    return Argument(bare, "bare" if any(_can_act(token) for token in bare) else "vague", place)


def _between(token: Word) -> bool:
    """Whether a phrase says that it is shared by the two of whom the text speaks: `both negotiations`, `the intergovernmental commission`."""
    return any(among("between", child.lower) for child in token.lefts)


def _can_act(token: Word) -> bool:
    return token.pos == "PRON" or any(among("actor", word) or among("explosive", word) for word in words_in(token, deep=False))


def joint(argument: Argument, names: Names) -> bool:
    """Whether two or more act together: coordinated names, `Thai and Laotian troops`, `ministers of Mali and Chad`, `both sides`."""
    if len(argument.tokens) > 1:
        return True
    return any(_two_names(token, names) or _counted(token) or _between(token) for token in argument.tokens)


def _two_names(token: Word, names: Names) -> bool:
    inner = [leaf for child in token.children if child.lemma in ("of", "from") for leaf in child.children if leaf.dep == "pobj"]
    first = [word for word in (*token.lefts, *inner) if word.dep in ("amod", "compound", "nmod", "pobj", "poss")]
    return any(child.dep == "conj" and names.holds(child) for word in first for child in word.children) or _hyphenated(token, names)


def _hyphenated(token: Word, names: Names) -> bool:
    words = [word for word in token.lefts if word.dep in ("amod", "compound", "nmod") and names.holds(word)]
    marks = [mark for word in (token, *words) for mark in word.lefts if mark.text in ("-", "–")]
    return len(words) + sum(names.holds(child) for word in words for child in word.lefts) > 1 and bool(marks)


def _counted(token: Word) -> bool:
    return among("parties", token.lemma) and any(among("joint", child.lower) or child.lower in ("these", "those") for child in token.lefts)


def _all_nouns(tokens: Iterable[Word]) -> bool:
    return all(token.pos in ("NOUN", "PROPN", "PRON", "NUM") for token in tokens)


def nearest(sent: Sequence[Word], pred: Predicate, names: Names, *, before: bool) -> Argument:
    """The name nearest to the trigger on one side of it, within the sentence."""
    words = [token for token in sent if (token.i < pred.token.i) == before and token.i != pred.token.i and names.holds(token)]
    if not words:
        return Argument((), "empty")
    return Argument((_head(words[-1] if before else words[0]),), "guessed")


def _head(word: Word) -> Word:
    while word.dep in ("compound", "amod", "nmod") and word.head.pos in ("NOUN", "PROPN") and word.head.i > word.i:
        word = word.head
    return word


def inside(pred: Predicate, names: Names) -> Argument:
    """The first name after the trigger that belongs to its own clause, participles included."""
    words = [token for token in pred.token.subtree if token.i > pred.token.i and names.holds(token) and _same_clause(token, pred.token)]
    heads = [_head(word) for word in words[:1]]
    return Argument(tuple(found for head in heads for found in (head, *conjuncts(head))), "guessed" if words else "empty")


def _same_clause(token: Word, trigger: Word) -> bool:
    while token.i != trigger.i and token.head.i != token.i:
        if token.dep in ("relcl", "advcl", "ccomp", "parataxis", "npadvmod") or (token.dep == "conj" and token.pos == "VERB"):
            return False
        token = token.head
    return True


def pronominal(argument: Argument) -> bool:
    """Whether pronouns fill it: somebody is meant who was named before."""
    return any(token.pos == "PRON" for token in argument.tokens)


def antecedent(argument: Argument, names: Names) -> Argument:
    """A pronoun inside a reported clause stands for who reports: `Syria says it is willing`; other pronouns stay."""
    if len(argument.tokens) != 1 or not among("pronoun", argument.tokens[0].lower):
        return argument
    pronoun = argument.tokens[0]
    for verb in pronoun.ancestors:
        if verb.pos not in ("VERB", "AUX") or pronoun.i < verb.left_edge.i:
            continue
        nouns = [child for child in verb.children if child.dep in ("nsubj", "nsubjpass") and child.i < pronoun.i and child.pos != "PRON"]
        if nouns:
            return Argument((nouns[0],), "named" if names.within(nouns[0]) else "bare", argument.place)
    return argument


def spans(argument: Argument, names: Names) -> tuple[Pair, ...]:
    """Character spans, one for each coordinated phrase, in the order of the text and without repetition."""
    return tuple(sorted({_phrase(token, names) for token in argument.tokens}))


def _phrase(token: Word, names: Names) -> Pair:
    token = _head(token)
    owner = next((child for child in token.lefts if child.dep == "poss" and names.within(child)), None)
    if owner is not None and not names.holds(token):
        return _phrase(owner, names)
    tight = names.holds(token) or any(names.within(child) for child in token.lefts)
    first = token.left_edge
    return first.idx, _stop(token, tight=tight)


def _stop(token: Word, *, tight: bool, outer: bool = True) -> int:
    end = token.stop
    for child in token.rights:
        if child.dep in (_CLAUSES if outer else _SUBCLAUSES) or (tight and child.dep == "prep" and child.lemma != "of"):
            break
        if child.dep not in ("punct", "case"):
            end = _stop(child, tight=False, outer=False)
    return end
