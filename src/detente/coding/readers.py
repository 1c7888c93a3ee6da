"""Readers: what weighs the reading of a marked sentence into a score for each class.

A reader has a few heads, each with a question (a direction in the space of word pieces) and a leaning to places around the two spans; a head
looks at the word pieces that answer its question best (attention as in Bahdanau et al. 2015) and passes on their mean. The heads' means, the
means of fixed places and the words outside the spans are weighed linearly. A reader without heads is a plain multinomial regression.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from detente.coding.encoder import WIDTH, Floats
from detente.coding.marked import PLACES, Reading

SHARPNESS = 4.0
"""How fast a head's attention falls off; pieces are unit vectors, so that their likeness to a question stays within its length."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Readings side by side: `vectors` [n, t, 384], `places` [n, t, 18], `real` [n, t] 1 where a piece is no filling, `flat` [n, f]."""

    vectors: Floats
    places: Floats
    real: Floats
    flat: Floats


@dataclass(frozen=True, slots=True)
class Reader:
    """The weights of one reader: `questions` [384, k], `leanings` [18, k], `seen` [k * 384, c], `flat` [f, c], `shift` [c]; c classes."""

    questions: Floats
    leanings: Floats
    seen: Floats
    flat: Floats
    shift: Floats

    def attention(self, batch: Batch) -> Floats:
        """How much each head looks at each piece, [n, t, k]; every sentence's column sums to one, filling gets nothing."""
        raw = SHARPNESS * (batch.vectors @ self.questions) + batch.places @ self.leanings - 1e9 * (1 - batch.real)[:, :, None]
        return soft(raw, axis=1)

    def gather(self, batch: Batch, attention: Floats) -> Floats:
        """The mean of the pieces under each head's attention, [n, k * 384]."""
        return np.asarray(np.matmul(attention.transpose(0, 2, 1), batch.vectors).reshape(len(batch.flat), -1), dtype=np.float32)

    def scores(self, batch: Batch) -> Floats:
        """Scores before the exponential, [n, c]."""
        flat = batch.flat @ self.flat + self.shift
        if self.questions.shape[1] == 0:
            return np.asarray(flat, dtype=np.float32)
        return np.asarray(flat + self.gather(batch, self.attention(batch)) @ self.seen, dtype=np.float32)

    def parts(self) -> dict[str, Floats]:
        """The weights by name."""
        return {part.name: getattr(self, part.name) for part in fields(self)}


def batch(readings: Sequence[Reading], flat: Floats) -> Batch:
    """Lay readings of different length side by side; `flat` [n, f] is passed on as it is."""
    longest = max((len(reading.vectors) for reading in readings), default=0)
    shape = (len(readings), max(1, longest))
    vectors, places = np.zeros((*shape, WIDTH), dtype=np.float32), np.zeros((*shape, PLACES), dtype=np.float32)
    real = np.zeros(shape, dtype=np.float32)
    for row, reading in enumerate(readings):
        length = len(reading.vectors)
        vectors[row, :length], places[row, :length], real[row, :length] = reading.vectors, reading.places, 1
    return Batch(vectors, places, real, flat)


def plain(readings: Sequence[Reading], *, emphasis: float) -> Floats:
    """Means of places and words in one row a reading, the words weighed by `emphasis`: what the reader without heads sees."""
    return np.stack([np.concatenate([reading.means, np.float32(emphasis) * reading.words]) for reading in readings])


def wordy(readings: Sequence[Reading]) -> Floats:
    """The words alone, one row a reading: what stands beside the heads."""
    return np.stack([reading.words for reading in readings])


def soft(scores: Floats, *, axis: int) -> Floats:
    """Exponentials that sum to one along an axis."""
    raised = np.exp(scores - scores.max(axis=axis, keepdims=True))
    return np.asarray(raised / raised.sum(axis=axis, keepdims=True), dtype=np.float32)
