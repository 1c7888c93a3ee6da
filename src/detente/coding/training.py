"""How the readers learn from the project's own sentences, always to the same weights: seeds are fixed, rows sorted, numpy alone does the sums.

Adam (Kingma and Ba 2015) on the multinomial likelihood with weights drawn towards zero. Each sentence is read twice, bare and with surroundings
laid around it. First a seventh of the sentences is kept back to fit the temperature (Guo et al. 2017) and to report on; then the readers that
ship learn from all of them.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.coding import classes, marked, readers, surroundings, weights
from detente.coding.classes import LABELS
from detente.coding.encoder import WIDTH, Encoder, Floats
from detente.coding.examples import Example
from detente.coding.marked import PLACES, Reading
from detente.coding.readers import Batch, Reader

Labels = NDArray[np.int64]
EMPHASIS = 1.5
"""Weight of the words beside the means in the reader without heads."""
_KEPT_BACK = 7
_AT_ONCE = 64
_TEMPERATURES = np.arange(0.5, 3.01, 0.05)


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one reader learns: heads, rounds over the sentences, first step, pull towards zero, seed of the first weights and of the order."""

    name: str
    heads: int
    rounds: int
    step: float = 0.003
    pull: float = 0.3
    seed: int = 0


RECIPES = (Recipe("weigher", 0, 20), Recipe("looker", 8, 30, seed=1), Recipe("seeker", 8, 30, seed=2))


@dataclass(frozen=True, slots=True)
class Lesson:
    """Readings with the index of their class in LABELS."""

    readings: tuple[Reading, ...]
    labels: Labels

    def some(self, which: NDArray[np.bool_]) -> Lesson:
        """The rows of a mask."""
        return Lesson(tuple(self.readings[row] for row in np.flatnonzero(which)), self.labels[which])


@dataclass(frozen=True, slots=True)
class Trained:
    """Readers and what is noted of them: labels, temperature, counts and how they did on the sentences kept back.

    `trial` are readers that have not seen the examples `kept`; on their answers the judge learns how far to trust a reader.
    """

    readers: dict[str, Reader]
    notes: dict[str, Any]
    trial: dict[str, Reader]
    kept: tuple[Example, ...]

    def write(self, path: Path) -> None:
        """Write the weights; the same training always writes the same bytes."""
        arrays = {f"{name}.{part}": array for name, reader in self.readers.items() for part, array in reader.parts().items()}
        weights.write(path, arrays, self.notes)


def train(rows: Sequence[Example], encoder: Encoder, *, recipes: Sequence[Recipe] = RECIPES) -> Trained:
    """Readers for the shipped classifier from example sentences."""
    rows = sorted(rows, key=lambda row: row.id)
    lesson = lesson_of(rows, encoder)
    kept = np.tile(np.asarray([_kept(row) for row in rows], dtype=np.bool_), 2)
    trial = {recipe.name: learn(lesson.some(~kept), recipe) for recipe in recipes}
    report = _report(trial, lesson.some(kept))
    final = {recipe.name: learn(lesson, recipe) for recipe in recipes}
    notes = {"labels": list(LABELS), "readers": [recipe.name for recipe in recipes], "emphasis": EMPHASIS, "sentences": len(rows), **report}
    return Trained(final, notes, trial, tuple(row for row in rows if _kept(row)))


def _kept(row: Example) -> bool:
    """Whether a sentence is kept back, told by its words alone."""
    return zlib.crc32(row.text.encode("utf-8")) % _KEPT_BACK == 0


def lesson_of(rows: Sequence[Example], encoder: Encoder) -> Lesson:
    """The readings of example sentences with their labels: first all bare, then all with surroundings."""
    bare = [marked.mark(row.text, row.source_text, row.target_text) for row in rows]
    around = surroundings.load()
    clad = [around.around(sentence, seed=zlib.crc32(sentence.text.encode("utf-8"))) for sentence in bare]
    labels = [LABELS.index(row.event_class or classes.NONE) for row in rows]
    return Lesson(tuple(marked.read(encoder, sentence) for sentence in [*bare, *clad]), np.asarray(labels * 2, dtype=np.int64))


def learn(lesson: Lesson, recipe: Recipe) -> Reader:
    """One reader from a lesson by its recipe."""
    wide = readers.wordy(lesson.readings) if recipe.heads else readers.plain(lesson.readings, emphasis=EMPHASIS)
    reader = _first(recipe, wide.shape[1])
    steps = recipe.rounds * -(-len(lesson.labels) // _AT_ONCE)
    adam = Adam(recipe.step, recipe.pull)
    for step, chosen in enumerate(_turns(len(lesson.labels), recipe)):
        batch = readers.batch([lesson.readings[row] for row in chosen], wide[chosen])
        slopes = _slopes(reader, batch, lesson.labels[chosen])
        reader = adam.move(reader, slopes, left=1 - step / steps)
    return reader


def _turns(count: int, recipe: Recipe) -> Iterator[Labels]:
    chance = np.random.default_rng(recipe.seed)
    for _ in range(recipe.rounds):
        order = chance.permutation(count)
        for at in range(0, count, _AT_ONCE):
            yield order[at : at + _AT_ONCE]


def _first(recipe: Recipe, width: int) -> Reader:
    chance = np.random.default_rng(recipe.seed)
    questions = chance.normal(0, 0.5, (WIDTH, recipe.heads)).astype(np.float32)
    leanings = np.zeros((PLACES, recipe.heads), dtype=np.float32)
    leanings[[0, 1, 5, 6]] = -1
    seen, flat = (np.zeros((size, len(LABELS)), dtype=np.float32) for size in (recipe.heads * WIDTH, width))
    return Reader(questions, leanings, seen, flat, np.zeros(len(LABELS), dtype=np.float32))


def _slopes(reader: Reader, batch: Batch, labels: Labels) -> dict[str, Floats]:
    """The slope of the mean log loss by each weight; through the attention by the usual rule for a softmax."""
    miss = readers.soft(reader.scores(batch), axis=1)
    miss[np.arange(len(labels)), labels] -= 1
    miss /= len(labels)
    slopes = {"flat": batch.flat.T @ miss, "shift": miss.sum(axis=0)}
    if reader.questions.shape[1] == 0:
        return slopes
    attention = reader.attention(batch)
    pull = (miss @ reader.seen.T).reshape(len(labels), -1, WIDTH)
    worth = np.matmul(batch.vectors, pull.transpose(0, 2, 1))
    raw = attention * (worth - (attention * worth).sum(axis=1, keepdims=True))
    rows = raw.reshape(-1, raw.shape[2])
    slopes["seen"] = reader.gather(batch, attention).T @ miss
    slopes["questions"] = readers.SHARPNESS * (batch.vectors.reshape(-1, WIDTH).T @ rows)
    slopes["leanings"] = batch.places.reshape(-1, PLACES).T @ rows
    return slopes


class Adam:
    """The two running means of Adam; weights but not leanings and shifts are drawn towards zero."""

    def __init__(self, step: float, pull: float) -> None:
        self._step, self._pull, self._turn = step, pull, 0
        self._first: dict[str, Floats] = {}
        self._second: dict[str, Floats] = {}

    def move(self, reader: Reader, slopes: dict[str, Floats], *, left: float) -> Reader:
        """The reader one step on; `left` is the share of the steps still to go and scales the step."""
        self._turn += 1
        moved = {name: self._moved(name, getattr(reader, name), slope, self._step * left + 1e-5) for name, slope in sorted(slopes.items())}
        return replace(reader, **moved)

    def _moved(self, name: str, weight: Floats, slope: Floats, step: float) -> Floats:
        first = 0.9 * self._first.get(name, np.zeros_like(slope)) + 0.1 * slope
        second = 0.99 * self._second.get(name, np.zeros_like(slope)) + 0.01 * slope * slope
        self._first[name], self._second[name] = first, second
        way = first / (1 - 0.9**self._turn) / (np.sqrt(second / (1 - 0.99**self._turn)) + 1e-8)
        drawn = self._pull * weight if name in {"questions", "seen"} else 0.01 * weight if name == "flat" else 0.0
        return np.asarray(weight - step * (way + drawn), dtype=np.float32)


def _report(trial: dict[str, Reader], kept: Lesson) -> dict[str, Any]:
    scores = classes.together(tuple(trial.values()), kept.readings, emphasis=EMPHASIS)
    losses = [_loss(readers.soft(scores / np.float32(heat), axis=1), kept.labels) for heat in _TEMPERATURES]
    heat = round(float(_TEMPERATURES[int(np.argmin(losses))]), 2)
    sure = readers.soft(scores / np.float32(heat), axis=1)
    right = sure.argmax(axis=1) == kept.labels
    return {
        "temperature": heat,
        "kept_back": len(kept.labels),
        "kept_back_right": round(float(right.mean()), 3),
        "kept_back_by_class": _by(kept.labels, right, lambda label: LABELS[int(label)]),
        "reliability": _by(np.floor(sure.max(axis=1) * 5).clip(0, 4), right, lambda fifth: f"{fifth / 5:.1f}-{(fifth + 1) / 5:.1f}"),
    }


def _by(groups: NDArray[Any], right: NDArray[np.bool_], name: Callable[[Any], str]) -> dict[str, list[float]]:
    """For each group how many sentences it holds and the share that was right."""
    return {name(group): [int((groups == group).sum()), round(float(right[groups == group].mean()), 3)] for group in np.unique(groups)}


def _loss(probabilities: Floats, labels: Labels) -> float:
    return float(-np.log(np.maximum(probabilities[np.arange(len(labels)), labels], 1e-9)).mean())
