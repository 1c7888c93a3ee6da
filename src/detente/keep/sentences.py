"""The sentence around a quote, and which claims stand in a sentence that holds some words. Texts and quotes never change, so this stays true."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from detente.keep.ledger import Reader

_ENDS = re.compile(r"[.!?…]\s+|[。！？]|\n\s*\n")


def sentence(text: str, start: int, stop: int) -> str:
    """A piece of a text with what stands before and after it up to the next sign that ends a sentence, at most 1,000 characters on either side.

    >>> sentence("He left. She saw him on Monday. It rained.", 9, 12)
    'She saw him on Monday'
    """
    after = text[stop : stop + 1000]
    return _begun(text, start) + text[start:stop] + _ENDS.split(after, maxsplit=1)[0]


def _begun(text: str, start: int) -> str:
    """What stands before a place since the last sign that ends a sentence; most sentences are short, so the next letters are looked at first."""
    pieces = _ENDS.split(text[max(0, start - 150) : start])
    return pieces[-1] if len(pieces) > 1 else _ENDS.split(text[max(0, start - 1000) : start])[-1]


@dataclass(frozen=True, slots=True)
class Told:
    """Claims whose sentence holds some words, by their numbers in order, among those up to the claim `last` of the ledger by number and identity."""

    numbers: array[int]
    last: tuple[int, str]


def holding(ledger: Reader, words: str, *, within: tuple[str, tuple[str, ...]], before: Told | None = None) -> Told:
    """The claims whose sentence holds all the words, as parts of longer ones too and in whatever case.

    Of the documents that `within`, a clause with its values, keeps each text is looked through, and only where it holds the words its claims are: a
    search by whole words would miss what stands inside one, as most words of a Chinese text do. What was found `before` is not looked at again.
    """
    last = ledger.run("SELECT number, id FROM claims ORDER BY number DESC LIMIT 1").fetchone() or (0, "")
    if before is None or ledger.run("SELECT 1 FROM claims WHERE (number, id) = (?, ?)", before.last).fetchone() is None:
        before = Told(array("q"), (0, ""))
    clause, values = within
    after = before.last[0]
    new = f" AND id IN (SELECT document FROM claims WHERE number > {after})" if after else ""
    found = array("q")
    for key, text in ledger.run(f"SELECT id, text FROM documents WHERE {clause}{new}", values):
        found.extend(_within(ledger, key, text, words.casefold().split(), (after, last[0])))
    return Told(before.numbers + array("q", sorted(found)), last)


def _within(ledger: Reader, key: str, text: str, words: Sequence[str], numbers: tuple[int, int]) -> Iterator[int]:
    """The claims of a text, above the first of two numbers and up to the second, whose sentence holds the words."""
    if _holds(text, words):
        for number, start, stop in ledger.run(_SPANS, (key, *numbers)):
            if _holds(text[start:stop], words) or _holds(sentence(text, start, stop), words):  # the quote alone is looked at sooner
                yield number


def _holds(text: str, words: Sequence[str]) -> bool:
    folded = text.casefold()
    return all(word in folded for word in words)


_SPANS = """
    SELECT number, json_extract(record, '$.spans[0].start'), json_extract(record, '$.spans[0].stop') FROM claims WHERE document = ?
    AND number > ? AND number <= ?
"""
