"""How the judge learns: the coder drafts the example sentences that a trial classifier has not seen, and a logistic formula is fitted on them.

A draft is right when its class is the example's. Newton's method with a light ridge; no chance is involved, so the same sentences give the
same weights. The report holds the reliability curve: for each fifth of the probability, how many drafts and the share that was right.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.coding.claims import Coder
from detente.coding.classes import Classifier
from detente.coding.confidence import ALONE, FEATURES, Draft, Judge
from detente.coding.examples import Example
from detente.errors import InputError
from detente.records import Document

RIDGE = 1.0
_ROUNDS = 50
Floats = NDArray[np.float64]


def learn(rows: Sequence[Example], coder: Coder, trial: Classifier) -> dict[str, Any]:
    """Weights and their report from example sentences that `trial` was not trained on."""
    drafts = [(draft, draft.claim.event_class == row.event_class) for row in rows for draft in _drafts(coder, row)]
    if not drafts:
        raise InputError("drafts of the example sentences", came="the coder made none", do="check the frames and the examples")
    judge = Judge(trial, {}, {})
    features = judge.features([draft for draft, _ in drafts])
    right = np.asarray([label for _, label in drafts], dtype=np.float64)
    weights = fit(features, right)
    sure = _logistic(features @ weights)
    return {
        "weights": _named(FEATURES, weights),
        "alone": _named(ALONE, fit(features[:, : len(ALONE)], right)),
        "sentences": len(rows),
        "drafts": len(drafts),
        "right": round(float(right.mean()), 3),
        "reliability": reliability(sure, right),
    }


def _named(names: Sequence[str], weights: Floats) -> dict[str, float]:
    return {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)}


def write(path: Path, learnt: Mapping[str, Any]) -> None:
    """Write weights and report as JSON, the same bytes for the same content."""
    path.write_text(json.dumps(learnt, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def fit(features: Floats, right: Floats) -> Floats:
    """Weights [k] of the logistic formula for features [n, k] and labels [n] of 0 and 1; the constant in column 0 is not drawn to zero."""
    weights = np.zeros(features.shape[1])
    pull = np.full(features.shape[1], RIDGE)
    pull[0] = 1e-6
    for _ in range(_ROUNDS):
        sure = _logistic(features @ weights)
        slope = features.T @ (right - sure) - pull * weights
        bend = (features * (sure * (1 - sure))[:, None]).T @ features + np.diag(pull)
        weights = weights + np.linalg.solve(bend, slope)
    return weights


def reliability(sure: Floats, right: Floats) -> dict[str, list[float]]:
    """For each fifth of the probability the number of drafts, their mean probability and the share that was right."""
    fifths = np.floor(sure * 5).clip(0, 4)
    return {f"{fifth / 5:.1f}-{(fifth + 1) / 5:.1f}": _of_fifth(sure, right, fifths == fifth) for fifth in np.unique(fifths)}


def _of_fifth(sure: Floats, right: Floats, inside: NDArray[np.bool_]) -> list[float]:
    return [int(inside.sum()), round(float(sure[inside].mean()), 3), round(float(right[inside].mean()), 3)]


def _drafts(coder: Coder, row: Example) -> list[Draft]:
    drafts, _ = coder.draft(Document(text=row.text, source="example"))
    return [draft for draft in drafts if draft.claim.event_class is not None]


def _logistic(scores: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(scores, -30, 30))))
