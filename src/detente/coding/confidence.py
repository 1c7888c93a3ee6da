"""How sure a claim is: the strength of its frame and the encoder's reading of the same words, joined by one logistic formula.

p = 1 / (1 + exp(-w.x)) over five features; the weights stand in data/weights/confidence.json and were fitted on sentences kept back from the
classifier's training (calibration.py). Where a strong frame joins two states the encoder is not asked, for it costs as much as the parser:
there the formula has two features. Claims without a PLOVER class have no reading by the encoder; their strength stands as it is.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from detente.coding.classes import LABELS, NONE, Classifier
from detente.records import Claim

FEATURES = ("constant", "strength", "class", "nothing", "two_states")
ALONE = ("constant", "strength")
SURE = 0.5
"""From this strength on a frame that joins two states is not put to the encoder."""
_SMALLEST = 0.03


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim before it is rated: its sentence [start, stop) and its words, those of either side, the frame's strength 0 to 1.

    `source` and `target` are "" where the sentence does not name them.
    """

    claim: Claim
    start: int
    stop: int
    words: str
    source: str
    target: str
    strength: float


@dataclass(frozen=True, slots=True)
class Judge:
    """The classifier with the weights that join it to the frames."""

    classifier: Classifier
    weights: Mapping[str, float]
    alone: Mapping[str, float]

    @classmethod
    def load(cls, classifier: Classifier | None = None) -> Judge:
        """The judge with the shipped weights."""
        return cls(Classifier.load() if classifier is None else classifier, shipped("weights"), shipped("alone"))

    def rate(self, drafts: Sequence[Draft]) -> list[float]:
        """The probability of each draft, in their order."""
        asked = [draft for draft in drafts if draft.claim.event_class is not None and not sure(draft)]
        read = iter(self.features(asked).tolist())
        return [self._rate(draft, next(read) if draft.claim.event_class is not None and not sure(draft) else None) for draft in drafts]

    def _rate(self, draft: Draft, row: Sequence[float] | None) -> float:
        if draft.claim.event_class is None:
            return draft.strength
        if row is None:
            return logistic(sum(self.alone[name] * value for name, value in zip(ALONE, (1.0, odds(draft.strength)), strict=True)))
        return logistic(sum(self.weights[name] * value for name, value in zip(FEATURES, row, strict=True)))

    def features(self, drafts: Sequence[Draft]) -> NDArray[np.float64]:
        """Float64 [n, 5] in the order of FEATURES, of drafts that have a class."""
        read = self.classifier.probabilities([d.words for d in drafts], [d.source for d in drafts], [d.target for d in drafts])
        rows = [_row(draft, shares) for draft, shares in zip(drafts, read.tolist(), strict=True)]
        return np.asarray(rows, dtype=np.float64).reshape(-1, len(FEATURES))


def _row(draft: Draft, shares: Sequence[float]) -> list[float]:
    named = draft.claim.event_class or NONE
    own, nothing = (max(_SMALLEST, shares[LABELS.index(label)]) for label in (named, NONE))
    return [1.0, odds(draft.strength), math.log(own), math.log(nothing), float(len(draft.claim.states) > 1)]


def sure(draft: Draft) -> bool:
    """Whether a strong frame joins two states, so that the encoder need not be asked."""
    return draft.strength >= SURE and len(draft.claim.states) > 1


def odds(strength: float) -> float:
    """The logarithm of the odds of a strength, within bounds."""
    bound = min(0.99, max(_SMALLEST, strength))
    return math.log(bound / (1 - bound))


@cache
def shipped(name: str) -> Mapping[str, float]:
    """The shipped weights by the names of their features: `weights` with the encoder, `alone` without."""
    text = (files("detente") / "data" / "weights" / "confidence.json").read_text(encoding="utf-8")
    found: dict[str, float] = json.loads(text)[name]
    return found


def logistic(score: float) -> float:
    """1 / (1 + exp(-score)), within bounds for any score."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))
