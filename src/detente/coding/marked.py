"""A sentence with two spans marked in it, who acts and who is acted upon, and what can be read off it before anything is learnt.

Three readings: the place of every word piece with regard to the two spans, the mean of the word pieces of each place, and the words and
pairs of words outside the spans, hashed. Names stay out of the words, so that who acts does not decide what was done.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from detente.coding.encoder import WIDTH, Encoder, Floats, Tokens

PLACES = 18
"""Within the source, within the target, between, before and after both, each for either order of the spans; the eight pieces after the source."""
WORDS = 4096
NEAR = 8
_NEXT = 5
_SOURCE, _TARGET = " \ue000 ", " \ue001 "
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|[\ue000\ue001]")
_ENDINGS = ("ing", "ied", "ed", "es", "s")


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with the spans [start, stop) of source and target; an empty span (0, 0) is a side that the text does not name."""

    text: str
    source: tuple[int, int]
    target: tuple[int, int]

    @property
    def between(self) -> tuple[int, int]:
        """What stands between the two spans; (0, 0) when they touch or overlap."""
        (first, last) = sorted((self.source, self.target))
        return (first[1], last[0]) if first[1] < last[0] else (0, 0)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader gets of one marked sentence: `vectors` [t, 384] of unit length, `places` [t, 18], `means` [6 * 384], `words` [4096]."""

    vectors: Floats
    places: Floats
    means: Floats
    words: Floats


def mark(text: str, source: str, target: str) -> Marked:
    """Find the two spans, the target outside the source first; a side that is "" or not verbatim in the text counts as not named."""
    one = _outside(text, source, (0, 0))
    return Marked(text, one, _outside(text, target, one))


def _outside(text: str, words: str, taken: tuple[int, int]) -> tuple[int, int]:
    starts = [found.start() for found in re.finditer(re.escape(words), text)] if words else []
    if not starts:
        return (0, 0)
    free = [start for start in starts if start >= taken[1] or start + len(words) <= taken[0]]
    start = (free or starts)[0]
    return (start, start + len(words))


def read(encoder: Encoder, sentence: Marked) -> Reading:
    """Everything the readers see of one sentence."""
    tokens = encoder.tokens(sentence.text)
    vectors = _unit(tokens.vectors)
    return Reading(vectors, _places(tokens, sentence), _means(tokens, sentence), _words(sentence))


def _places(tokens: Tokens, sentence: Marked) -> Floats:
    regions = _regions(tokens, sentence)
    shift = 0 if sentence.source <= sentence.target else len(regions)
    table = np.zeros((len(tokens.starts), PLACES), dtype=np.float32)
    for column, region in enumerate(regions):
        table[region, shift + column] = 1
    for step, piece in enumerate(np.flatnonzero(tokens.starts >= sentence.source[1])[:NEAR]):
        table[piece, 2 * len(regions) + step] = 1
    return table


def _regions(tokens: Tokens, sentence: Marked) -> tuple[NDArray[np.bool_], ...]:
    source, target = tokens.within(*sentence.source), tokens.within(*sentence.target)
    free = ~source & ~target
    spans = [span for span in (sentence.source, sentence.target) if span[1] > 0] or [(0, 0)]
    before = free & (tokens.stops <= min(span[0] for span in spans))
    after = free & (tokens.starts >= max(span[1] for span in spans))
    return source, target, free & ~before & ~after, before, after


def _means(tokens: Tokens, sentence: Marked) -> Floats:
    source, target, between, _, _ = _regions(tokens, sentence)
    following = np.zeros(len(source), dtype=np.bool_)
    following[np.flatnonzero(tokens.starts >= sentence.source[1])[:_NEXT]] = True
    chosen = (~source & ~target, between, following, source, target)
    means = [_mean(tokens, which) for which in chosen]
    return np.concatenate([*means, _unit(tokens.mean)]).astype(np.float32)


def _mean(tokens: Tokens, which: NDArray[np.bool_]) -> Floats:
    if not which.any():
        return np.zeros(WIDTH, dtype=np.float32)
    return _unit(np.asarray(tokens.vectors[which].mean(axis=0), dtype=np.float32))


def _words(sentence: Marked) -> Floats:
    found = [_stem(word) for word in _WORD.findall(_masked(sentence))]
    vector = np.zeros(WORDS, dtype=np.float32)
    for feature in [*found, *("_".join(pair) for pair in pairwise(found))]:
        vector[zlib.crc32(feature.encode("utf-8", "replace")) % WORDS] = 1
    return vector / np.float32(max(1, len(found)) ** 0.5)


def _masked(sentence: Marked) -> str:
    text, ordered = sentence.text, sorted(((sentence.source, _SOURCE), (sentence.target, _TARGET)), reverse=True)
    if sentence.between == (0, 0) and ordered[0][0][0] < ordered[1][0][1]:
        ordered = ordered[1:]
    for (start, stop), sign in ordered:
        text = text[:start] + sign + text[stop:] if stop else text
    return text


def _stem(word: str) -> str:
    small = word.casefold()
    fitting = (ending for ending in _ENDINGS if small.endswith(ending) and len(small) - len(ending) >= 3)
    return small.removesuffix(next(fitting, ""))


def _unit(vectors: Floats) -> Floats:
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), dtype=np.float32)
