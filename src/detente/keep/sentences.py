"""The sentence around a quote, and which claims stand in a sentence that holds some words. Texts and quotes never change, so this stays true."""

from __future__ import annotations

import json
import re
from array import array
from collections.abc import Sequence

from detente.keep.ledger import Reader

_ENDS = re.compile(r"[.!?…]\s+|[。！？]|\n\s*\n")


def sentence(text: str, start: int, stop: int) -> str:
    """A piece of a text with what stands before and after it up to the next sign that ends a sentence, at most 1,000 characters on either side.

    >>> sentence("He left. She saw him on Monday. It rained.", 9, 12)
    'She saw him on Monday'
    """
    before, after = text[max(0, start - 1000) : start], text[stop : stop + 1000]
    return _ENDS.split(before)[-1] + text[start:stop] + _ENDS.split(after, maxsplit=1)[0]


def holding(ledger: Reader, words: str, *, clause: str = "1", values: Sequence[str] = ()) -> array[int]:
    """The numbers, in order, of claims whose sentence holds all the words, as parts of longer ones too and in whatever case.

    Of the documents that `clause` keeps each text is looked through, and only where it holds the words its claims are: a search by whole words
    would miss what stands inside one, as most words of a Chinese text do.
    """
    wanted, found = words.casefold().split(), array("q")
    for key, text in ledger.run(f"SELECT id, text FROM documents WHERE {clause}", values):
        folded = text.casefold()
        if all(word in folded for word in wanted):
            for number, record in ledger.run("SELECT number, record FROM claims WHERE document = ?", (key,)):
                span = json.loads(record)["spans"][0]
                told = sentence(text, span["start"], span["stop"]).casefold()
                if all(word in told for word in wanted):
                    found.append(number)
    return array("q", sorted(found))
