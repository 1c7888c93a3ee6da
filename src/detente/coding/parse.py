"""The parse of a sentence as plain values: words with their heads and children, read once, so that frames are matched quickly.

Holds what the frames ask of a parser and nothing else; another parser with Universal-like labels could stand behind it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Span

from detente.coding.words import among

DEEPEST = 120
"""A chain of heads longer than this is cut, so that endless lists cannot exhaust the stack."""


@dataclass(slots=True, eq=False)
class Word:
    """One word: its place in the document (index `i`, code point `idx`), its forms in lower case, its labels and its neighbours.

    `head` of the root is the root itself; children stand in the order of the text.
    """

    i: int
    idx: int
    text: str
    lower: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: Word = field(init=False, repr=False)
    children: list[Word] = field(default_factory=list, repr=False)
    before: Word | None = field(default=None, repr=False)
    after: Word | None = field(default=None, repr=False)

    @property
    def lefts(self) -> list[Word]:
        """Children before the word."""
        return [child for child in self.children if child.i < self.i]

    @property
    def rights(self) -> list[Word]:
        """Children after the word."""
        return [child for child in self.children if child.i > self.i]

    @property
    def stop(self) -> int:
        """The code point after the word."""
        return self.idx + len(self.text)

    @property
    def left_edge(self) -> Word:
        """The first word of the phrase."""
        word = self
        while word.children and word.children[0].i < word.i:
            word = word.children[0]
        return word

    @property
    def ancestors(self) -> Iterator[Word]:
        """The heads above, nearest first."""
        word = self
        while word.head is not word:
            word = word.head
            yield word

    @property
    def subtree(self) -> Iterator[Word]:
        """The word and all below it, in the order of the text."""
        for child in self.lefts:
            yield from child.subtree
        yield self
        for child in self.rights:
            yield from child.subtree


def read(sent: Span) -> list[Word]:
    """The words of a sentence; a head outside it makes its word a root."""
    tokens = list(sent)
    words = [
        Word(token.i, token.idx, token.text, token.lower_, _lemma(token.lemma_.lower(), token.lower_, token.pos_), token.pos_, token.tag_, token.dep_)
        for token in tokens
    ]
    link(words, [token.head.i - sent.start for token in tokens])
    return words


def link(words: Sequence[Word], heads: Sequence[int]) -> None:
    """Tie words to their heads, given as positions in the sentence, and to their neighbours."""
    last: Word | None = None
    depths = _depths(heads)
    for word, head, depth in zip(words, heads, depths, strict=True):
        word.head = words[head] if 0 <= head < len(words) and depth % DEEPEST else word
        if word.head is not word:
            word.head.children.append(word)
        word.before = last
        if last is not None:
            last.after = word
        last = word


def _depths(heads: Sequence[int]) -> list[int]:
    """How many heads stand above each word, without recursion."""
    known = [-1] * len(heads)
    for start in range(len(heads)):
        path, at = [], start
        while known[at] < 0 and 0 <= heads[at] < len(heads) and heads[at] != at:
            path.append(at)
            at = heads[at]
        known[at] = max(known[at], 0)
        for number, word in enumerate(reversed(path), start=1):
            known[word] = known[at] + number
    return known


def _lemma(plain: str, lower: str, pos: str) -> str:
    """The lemma; the `e` that the lemmatizer drops in `staged` or `accusing` is put back where the frames know the verb."""
    if pos == "VERB" and lower in (plain + "ed", plain + "ing") and among("mute", plain + "e"):
        return plain + "e"
    return plain
