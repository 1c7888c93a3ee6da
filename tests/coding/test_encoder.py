"""The encoder: unit vectors, places in the text, and no dependence on neighbours."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.coding.encoder import KEPT, WIDTH, Encoder
from detente.errors import SourceError

ARRESTS = "Police arrested ten demonstrators in the capital."


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder.load()


def test_no_texts_give_no_rows(encoder: Encoder) -> None:
    assert encoder.embed([]).shape == (0, WIDTH)


def test_a_text_without_words_still_gives_a_unit_vector(encoder: Encoder) -> None:
    assert np.linalg.norm(encoder.embed([""])[0]) == pytest.approx(1, abs=1e-5)
    assert len(encoder.tokens("").starts) == 0


def test_vectors_are_of_unit_length_and_single_precision(encoder: Encoder) -> None:
    found = encoder.embed([ARRESTS, "The cup final ended in a draw."])
    assert found.dtype == np.float32
    assert np.linalg.norm(found, axis=1) == pytest.approx([1, 1], abs=1e-5)


def test_likeness_follows_meaning(encoder: Encoder) -> None:
    one, near, far = encoder.embed([ARRESTS, "Officers detained protesters in the city.", "The striker signed for a new club."])
    assert one @ near > one @ far + 0.2


def test_a_sentence_does_not_depend_on_its_neighbours(encoder: Encoder) -> None:
    fresh = Encoder.load()
    alone = fresh.embed([ARRESTS])[0]
    beside = encoder.embed(["A very long sentence about the weather in the mountains of the far north.", ARRESTS])[1]
    assert np.array_equal(alone, beside)


def test_pieces_know_their_place_in_the_text(encoder: Encoder) -> None:
    text = "Müller met Nguyễn Văn Thiệu."
    tokens = encoder.tokens(text)
    assert text[tokens.starts[0] : tokens.stops[0]] == "Müller"
    assert tokens.within(0, 6).sum() == 1
    assert len(tokens.vectors) == len(tokens.starts) == len(tokens.stops)


def test_a_missing_model_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="ONNX"):
        Encoder.load(tmp_path / "none.onnx")


def test_only_the_latest_texts_are_remembered(encoder: Encoder) -> None:
    encoder.tokens(ARRESTS)
    assert encoder.tokens(ARRESTS) is encoder.tokens(ARRESTS)
    assert len(encoder.known) <= KEPT


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_encoded_within_its_bounds(text: str) -> None:
    tokens = _shared().tokens(text)
    assert np.isfinite(tokens.mean).all()
    assert ((tokens.starts >= 0) & (tokens.stops <= len(text))).all()


def test_a_lone_surrogate_is_no_reason_to_fail(encoder: Encoder) -> None:
    assert np.isfinite(encoder.embed(["broken \ud800 text"])).all()


def test_a_very_long_text_is_cut(encoder: Encoder) -> None:
    assert len(encoder.tokens("peace " * 5000).starts) <= 256


_KNOWN: list[Encoder] = []


def _shared() -> Encoder:
    if not _KNOWN:
        _KNOWN.append(Encoder.load())
    return _KNOWN[0]
