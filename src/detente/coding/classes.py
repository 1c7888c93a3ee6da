"""Which PLOVER class passes between two spans of a sentence, with a probability; NONE where nothing that a class describes passes.

Several readers, trained on sentences written for the project under docs/codebook.md, answer together: one weighs fixed places and words, the
others look where a class shows. Their scores are averaged and cooled by one temperature, fitted on sentences kept back from the training.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from detente.coding import marked, readers, weights
from detente.coding.encoder import Encoder, Floats
from detente.coding.marked import Reading
from detente.coding.readers import Reader
from detente.errors import SourceError
from detente.ontology import family

NONE = "NONE"
LABELS: tuple[str, ...] = (*family("classes"), NONE)
_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class Answer:
    """The class of a row, None for nothing or too unsure, and the probability of the likeliest of the 17."""

    label: str | None
    probability: float


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the text [start, stop) and the share of the attentive readers' look that fell on it."""

    start: int
    stop: int
    share: float


@dataclass(frozen=True, slots=True)
class Classifier:
    """The encoder with the readers and what was noted when they were trained."""

    encoder: Encoder
    readers: tuple[Reader, ...]
    notes: Mapping[str, Any]

    @classmethod
    def load(cls, path: Path | None = None, *, encoder: Encoder | None = None) -> Classifier:
        """The classifier with the weights of a file, by default those shipped; SourceError when they were made for other classes."""
        arrays, notes = weights.load(path)
        if tuple(notes.get("labels", ())) != LABELS:
            raise SourceError("weights for the classes of the vocabulary", came=f"labels {notes.get('labels')} came", do="run `make train`")
        found = tuple(Reader(**_of(arrays, name)) for name in notes["readers"])
        return cls(Encoder.load() if encoder is None else encoder, found, notes)

    def probabilities(self, texts: Sequence[str], sources: Sequence[str], targets: Sequence[str]) -> Floats:
        """Calibrated probabilities [n, 17] in the order of LABELS; a side that is "" or not verbatim in its text counts as not named."""
        rows = [marked.mark(*row) for row in zip(texts, sources, targets, strict=True)]
        parts = [self._some([marked.read(self.encoder, row) for row in rows[at : at + _AT_ONCE]]) for at in range(0, len(rows), _AT_ONCE)]
        return np.concatenate(parts) if parts else np.zeros((0, len(LABELS)), dtype=np.float32)

    def focus(self, text: str, source: str, target: str) -> tuple[Piece, ...]:
        """Where the attentive readers looked, the most looked-at piece first; shares sum to one."""
        sentence = marked.mark(text, source, target)
        reading, tokens = marked.read(self.encoder, sentence), self.encoder.tokens(text)
        batch = readers.batch([reading], readers.wordy([reading]))
        looks = [reader.attention(batch)[0].mean(axis=1) for reader in self.readers if reader.questions.shape[1]]
        shares = np.mean(looks, axis=0)[: len(tokens.starts)]
        order = np.argsort(-shares, kind="stable")
        return tuple(Piece(int(tokens.starts[i]), int(tokens.stops[i]), float(shares[i])) for i in order)

    def _some(self, readings: list[Reading]) -> Floats:
        scores = together(self.readers, readings, emphasis=float(self.notes["emphasis"]))
        return readers.soft(scores / np.float32(self.notes["temperature"]), axis=1)


def together(found: Sequence[Reader], readings: Sequence[Reading], *, emphasis: float) -> Floats:
    """Scores [n, 17]: the mean over all readers."""
    looking, weighing = readers.batch(readings, readers.wordy(readings)), readers.batch(readings, readers.plain(readings, emphasis=emphasis))
    scores = [reader.scores(looking if reader.questions.shape[1] else weighing) for reader in found]
    return np.asarray(np.mean(scores, axis=0), dtype=np.float32)


def answer(probabilities: Floats, *, at_least: float = 0.0) -> Answer:
    """The likeliest label of one row; None when that is NONE or below `at_least`."""
    best = int(np.argmax(probabilities))
    label, share = LABELS[best], float(probabilities[best])
    return Answer(None if label == NONE or share < at_least else label, share)


def _of(arrays: Mapping[str, Floats], name: str) -> dict[str, Floats]:
    return {key.partition(".")[2]: array for key, array in arrays.items() if key.partition(".")[0] == name}
