"""A Russian sentence as words with part of speech, case and the word that each hangs on (Universal Dependencies).

slovnet's news models do the parsing; they lie inside the package natasha and are read from there, nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from detente.coding.sentences import LONGEST
from detente.errors import SourceError

_PARAGRAPH = re.compile(r"[^\n\r]+(?:\r?\n(?![ \t\r]*\n)[^\n\r]+)*")
_ROUND = 64
_LONGEST_LINE = 20_000


@dataclass(frozen=True, slots=True)
class Word:
    """A word at [start, stop) of its sentence; `head` is the index of the word over it, -1 for the root; `feats` as in UD."""

    i: int
    start: int
    stop: int
    text: str
    head: int
    dep: str
    pos: str
    feats: Mapping[str, str]

    def feat(self, name: str) -> str:
        """A feature such as Case, or the empty string."""
        return self.feats.get(name, "")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A parsed sentence at [start, stop) of the document."""

    text: str
    start: int
    stop: int
    paragraph: int
    words: tuple[Word, ...]

    def children(self, word: Word) -> tuple[Word, ...]:
        """The words that hang on a word, in order."""
        return tuple(other for other in self.words if other.head == word.i)

    def above(self, word: Word) -> Iterator[Word]:
        """The words over a word, nearest first; a parse may hold a circle, which is left after one round."""
        seen = {word.i}
        while word.head >= 0 and word.head not in seen:
            word = self.words[word.head]
            seen.add(word.i)
            yield word

    def under(self, word: Word) -> tuple[Word, ...]:
        """The word and all that hangs on it, near or far, in order."""
        return tuple(other for other in self.words if other.i == word.i or any(over.i == word.i for over in self.above(other)))

    def preposition(self, word: Word) -> str:
        """The preposition of a noun in small letters, or the empty string."""
        found = [child.text.lower() for child in self.children(word) if child.dep == "case" and child.i < word.i]
        return " ".join(found)


def sentences(text: str) -> list[tuple[int, int, int]]:
    """[start, stop) and paragraph of every sentence; none longer than the English ones."""
    from razdel import sentenize

    found: list[tuple[int, int, int]] = []
    for number, match in enumerate(_PARAGRAPH.finditer(text)):
        for low, high in _cut(match.start(), match.end(), _LONGEST_LINE, text):
            for sent in sentenize(text[low:high]):
                found += [(start, stop, number) for start, stop in _cut(low + sent.start, low + sent.stop, LONGEST, text)]
    return found


def parse(text: str) -> list[Parsed]:
    """Every sentence of a text with a letter in it, parsed."""
    spans = [span for span in sentences(text) if any(letter.isalpha() for letter in text[span[0] : span[1]])]
    found: list[Parsed] = []
    for at in range(0, len(spans), _ROUND):
        found += _parsed(text, spans[at : at + _ROUND])
    return found


def _parsed(text: str, spans: Sequence[tuple[int, int, int]]) -> Iterator[Parsed]:
    from razdel import tokenize

    morph, syntax = models()
    tokens = [list(tokenize(text[start:stop])) for start, stop, _ in spans]
    words = [[token.text for token in row] for row in tokens]
    for (start, stop, paragraph), row, tagged, bound in zip(spans, tokens, morph.map(words), syntax.map(words), strict=True):
        read = zip(row, tagged.tokens, bound.tokens, strict=True)
        made = tuple(
            Word(i, token.start, token.stop, token.text, int(tie.head_id) - 1, tie.rel, mark.pos, dict(mark.feats))
            for i, (token, mark, tie) in enumerate(read)
        )
        yield Parsed(text[start:stop], start, stop, paragraph, made)


@cache
def models() -> tuple[Any, Any]:
    """The models of morphology and syntax, loaded once; raises SourceError where natasha is not installed."""
    from navec import Navec
    from slovnet import Morph, Syntax

    found = find_spec("natasha")
    if found is None or not found.submodule_search_locations:
        raise SourceError("the Russian models of natasha", came="the package is not installed", do="run `pip install natasha`")
    folder = Path(found.submodule_search_locations[0]) / "data"
    vectors = Navec.load(str(folder / "emb" / "navec_news_v1_1B_250K_300d_100q.tar"))
    morph, syntax = (kind.load(str(folder / "model" / f"slovnet_{name}_news_v1.tar")) for kind, name in ((Morph, "morph"), (Syntax, "syntax")))
    return morph.navec(vectors), syntax.navec(vectors)


def _cut(start: int, stop: int, longest: int, text: str) -> Iterator[tuple[int, int]]:
    while stop - start > longest:
        space = text.rfind(" ", start + longest // 2, start + longest)
        cut = space if space > start else start + longest
        yield start, cut
        start = cut
    if start < stop:
        yield start, stop
