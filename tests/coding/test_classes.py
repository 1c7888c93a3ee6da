"""The classifier on sentences written for the test; none of them stands among the examples it learnt from."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.coding import classes, marked, readers, training, weights
from detente.coding.classes import LABELS, NONE, Classifier
from detente.coding.examples import Example
from detente.coding.readers import Batch, Reader
from detente.coding.training import Lesson, Recipe
from detente.errors import SourceError

PLAIN = """
ACCUSE|Norway|Russia|Norway accused Russia of jamming satellite signals in the far north.
SANCTION|Chile|the Nicaraguan ambassador|Chile expelled the Nicaraguan ambassador on Friday.
CONSULT|The Estonian president|his Latvian counterpart|The Estonian president met his Latvian counterpart in Valka.
ASSAULT|Insurgents|an army outpost|Insurgents attacked an army outpost overnight, killing six soldiers.
AID|Japan|Peru|Japan sent tents and blankets to Peru after the earthquake.
REJECT|Tunisia|the proposal of the creditors|Tunisia rejected the proposal of the creditors.
THREATEN|Algeria|Spain|Algeria threatened to cut off gas to Spain if it sold the fuel on.
COERCE|Police|two opposition members|Police arrested two opposition members at the airport of Conakry.
PROTEST|Thousands of students|the government|Thousands of students marched through Quito against the government.
REQUEST|Moldova|Romania|Moldova asked Romania to send electricity.
RETREAT|The guerrillas|a Swiss engineer|The guerrillas released a Swiss engineer after five weeks.
NONE|Portugal|Ghana|Portugal beat Ghana 3-2 in a match full of goals.
"""
ROWS = [tuple(line.split("|")) for line in PLAIN.strip().splitlines()]


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return Classifier.load()


def test_labels_are_the_sixteen_classes_and_none() -> None:
    assert len(LABELS) == 17
    assert LABELS[-1] == NONE


@pytest.mark.parametrize(("label", "source", "target", "text"), ROWS)
def test_a_plain_sentence_gets_its_class(classifier: Classifier, label: str, source: str, target: str, text: str) -> None:
    found = classifier.probabilities([text], [source], [target])[0]
    assert LABELS[int(found.argmax())] == label


def test_no_rows_give_no_probabilities(classifier: Classifier) -> None:
    assert classifier.probabilities([], [], []).shape == (0, 17)


def test_probabilities_sum_to_one_and_do_not_depend_on_the_other_rows(classifier: Classifier) -> None:
    texts, sources, targets = [row[3] for row in ROWS], [row[1] for row in ROWS], [row[2] for row in ROWS]
    together = classifier.probabilities(texts, sources, targets)
    alone = np.concatenate([classifier.probabilities([row[3]], [row[1]], [row[2]]) for row in ROWS])
    assert together.sum(axis=1) == pytest.approx(np.ones(len(ROWS)), abs=1e-4)
    assert together == pytest.approx(alone, abs=1e-4)


def test_a_side_that_is_not_named_is_allowed(classifier: Classifier) -> None:
    found = classifier.probabilities(["Sanctions were imposed on Syria."], [""], ["Syria"])[0]
    assert LABELS[int(found.argmax())] == "SANCTION"


def test_an_answer_below_the_wanted_probability_is_none() -> None:
    spread = np.full(17, 0.04, dtype=np.float32)
    spread[3] = 0.36
    assert classes.answer(spread).label == LABELS[3]
    assert classes.answer(spread, at_least=0.5).label is None


def test_none_is_no_class() -> None:
    sure = np.zeros(17, dtype=np.float32)
    sure[-1] = 1
    assert classes.answer(sure).label is None


def test_the_look_falls_on_the_deed(classifier: Classifier) -> None:
    text = "Norway accused Russia of jamming satellite signals."
    pieces = classifier.focus(text, "Norway", "Russia")
    assert sum(piece.share for piece in pieces) == pytest.approx(1, abs=0.02)
    assert "accused" in [text[piece.start : piece.stop] for piece in pieces[:3]]


def test_weights_for_other_classes_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.npz"
    weights.write(path, {}, {"labels": ["A"], "readers": []})
    with pytest.raises(SourceError, match="train"):
        Classifier.load(path)


def test_a_file_that_holds_no_weights_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "broken.npz"
    path.write_bytes(b"no archive")
    with pytest.raises(SourceError, match="weights"):
        weights.load(path)


def test_the_same_training_writes_the_same_bytes(tmp_path: Path, classifier: Classifier) -> None:
    rows = [_example(number, row) for number, row in enumerate(ROWS * 3)]
    recipes = (Recipe("weigher", 0, 2), Recipe("looker", 2, 2, seed=1))
    for name, order in (("one", rows), ("two", rows[::-1])):
        training.train(order, classifier.encoder, recipes=recipes).write(tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_a_reader_learns_what_it_is_taught(classifier: Classifier) -> None:
    lesson = training.lesson_of([_example(number, row) for number, row in enumerate(ROWS)], classifier.encoder)
    for recipe in (Recipe("weigher", 0, 60), Recipe("looker", 2, 60)):
        reader = training.learn(lesson, recipe)
        scores = classes.together((reader,), lesson.readings, emphasis=training.EMPHASIS)
        assert (scores.argmax(axis=1) == lesson.labels).all()


@pytest.mark.parametrize("part", ["questions", "leanings", "seen", "flat", "shift"])
def test_the_slope_is_the_measured_slope(classifier: Classifier, part: str) -> None:
    lesson = training.lesson_of([_example(number, row) for number, row in enumerate(ROWS)], classifier.encoder)
    reader = training.learn(lesson, Recipe("looker", 2, 3))
    batch = readers.batch(lesson.readings, readers.wordy(lesson.readings))
    slope = training._slopes(reader, batch, lesson.labels)[part]
    way = slope / np.linalg.norm(slope)
    step = np.float32(0.02)
    up, down = (_mean_loss(replace(reader, **{part: getattr(reader, part) + sign * step * way}), batch, lesson) for sign in (1, -1))
    assert (up - down) / (2 * step) == pytest.approx(float(np.linalg.norm(slope)), rel=0.05)


def test_the_target_is_looked_for_outside_the_source() -> None:
    found = marked.mark("Sudan's army shelled a town in Sudan.", "Sudan's army", "Sudan")
    assert (found.source, found.target) == ((0, 12), (31, 36))


def test_a_span_that_is_not_in_the_text_counts_as_not_named() -> None:
    assert marked.mark("Sudan's army shelled a town.", "Chad", "").source == (0, 0)


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60), st.text(max_size=8), st.text(max_size=8))
def test_any_text_gets_probabilities(text: str, source: str, target: str) -> None:
    if not _KNOWN:
        _KNOWN.append(Classifier.load())
    found = _KNOWN[0].probabilities([text], [source], [target])
    assert np.isfinite(found).all()
    assert found.sum() == pytest.approx(1, abs=1e-4)


_KNOWN: list[Classifier] = []


def _example(number: int, row: tuple[str, ...]) -> Example:
    label, source, target, text = row
    event_class = None if label == NONE else label
    return Example(f"{number:04d}", text, source, target, event_class, None, None, "happened", "international", label == NONE)


def _mean_loss(reader: Reader, batch: Batch, lesson: Lesson) -> float:
    sure = readers.soft(reader.scores(batch).astype(np.float64), axis=1)
    return float(-np.log(sure[np.arange(len(lesson.labels)), lesson.labels]).mean())
