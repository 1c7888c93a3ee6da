"""Sentences that remember where they stand: paragraphs first, then sentences, each with its place in the document.

Quotations, abbreviations, footnote marks and missing stops are met; headings, footnotes and the furniture of a page are told from text.
No character is dropped or changed: `text[start:stop]` is the sentence.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

Role = Literal["text", "heading", "furniture", "noise"]
LONGEST = 1200
"""Characters of a sentence; longer ones are cut at a space, so that no line of a megabyte reaches the parser."""

_PARAGRAPH = re.compile(r"[^\n\r]+(?:\r?\n(?![ \t\r]*\n)[^\n\r]+)*")
_END = re.compile(r"[.!?…](?:[.!?…]*[\"”’'»)\]]*(?:\[\d{1,3}\])*(?=\s+[\"“‘'«(\[]*[^\W_a-z])|(?<=[a-z]{2}[.!?])(?=[A-Z][a-z]))")
_LAST_WORD = re.compile(r"[\w.]+$")
_NOTE = re.compile(r"\[\d{1,3}\]\s|\d{1,2}\.\s+(?:See|Ibid)|\*\s")
_CLOSED = re.compile(r"[.!?…:;][\"”’')\]]*(?:\[\d{1,3}\])*\s*$")
_DATELINE = re.compile(
    r"(?:[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,3}(?:, [A-Z][\w.]+(?: [A-Z][\w.]+)?)?(?:, [A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?)?"
    r"|[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,3}, [A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?)?"
    r"[.,]? ?(?P<agency>\([A-Z][\w ./&-]{1,30}\)|/[A-Z][\w .-]{1,30}/)?[.,]? ?(?P<dash>--|[–—-])\s+(?=[\"“'‘]?[A-Z])"
)
_OPEN, _CLOSE = "“«", "”»"
_QUOTE = re.compile(r"[\"“«”»]")
_HEADING_WORDS = 24
_SHORTEST_DATELINE = 4
"""A dash alone opens a list and names neither place nor agency."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """[start, stop) of a document; `quoted` when it stands inside a quotation that began before it or spans it; `dateline`: furniture that says
    where the news is from."""

    text: str
    start: int
    stop: int
    paragraph: int
    role: Role = "text"
    quoted: bool = False
    dateline: bool = False


def split(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text in their order; () for a text of blanks."""
    found: list[Sentence] = []
    block = False
    for number, (start, stop) in enumerate(_paragraphs(text)):
        role, block = _role(text[start:stop], number, block=block)
        found += _cut(text, start, stop, number, role)
    return tuple(found)


def dateline(paragraph: str) -> str:
    """The words before the news that say where, when or through whom it came; "" where there are none.

    >>> dateline("OSLO, May 5 (Reuters) - Norway signed."), dateline("NATO - Russia ties froze.")
    ('OSLO, May 5 (Reuters) -', '')
    """
    found = _DATELINE.match(paragraph)
    if found is None or found.end() <= _SHORTEST_DATELINE:
        return ""
    clear = found["agency"] or any(letter.isdigit() for letter in found.group()) or found["dash"] in ("--", "—")
    return found.group().rstrip() if clear else ""


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    for match in _PARAGRAPH.finditer(text):
        start, stop = _trimmed(text, match.start(), match.end())
        if start < stop:
            yield start, stop


def _trimmed(text: str, start: int, stop: int) -> tuple[int, int]:
    while start < stop and text[start].isspace():
        start += 1
    while stop > start and text[stop - 1].isspace():
        stop -= 1
    return start, stop


def _role(paragraph: str, number: int, *, block: bool) -> tuple[Role, bool]:
    sample = paragraph[:LONGEST]
    words = sample.split()
    if sum(map(str.isalpha, sample)) * 2 < len(sample) or max(map(len, words), default=0) > LONGEST // 4:
        return "noise", block
    opened = _furniture(sample.casefold().replace("’", "'"), len(words))
    if opened is not None or _NOTE.match(sample):
        return "furniture", block or opened == "block"
    closed = _CLOSED.search(paragraph) is not None
    if block and not closed:
        return "furniture", True
    short = len(words) <= _HEADING_WORDS and not closed
    return ("heading" if short and (number == 0 or len(words) > 1) else "text"), False


def _furniture(lowered: str, words: int) -> str | None:
    for phrase, anywhere, opens in _phrases():
        if lowered.startswith(phrase) or (anywhere and words <= 30 and phrase in lowered):
            return opens
    return None


def _cut(text: str, start: int, stop: int, number: int, role: Role) -> Iterator[Sentence]:
    inside = straight = False
    if role == "text" and (line := dateline(text[start:stop])):
        yield Sentence(line, start, start + len(line), number, "furniture", dateline=True)
        start += len(line)
    if _QUOTE.search(text, start, stop) is None:
        yield from (Sentence(text[first:last], first, last, number, role) for first, last in _sentences(text, start, stop))
        return
    for first, last in _sentences(text, start, stop):
        body = text[first:last]
        whole = body[0] in '“«"' and (body[-1] in '”»"' or body.count(body[0]) + body.count("”") == 1)
        yield Sentence(body, first, last, number, role, inside or straight or whole)
        inside = _left_open(body, inside=inside)
        straight = straight != (body.count('"') % 2 == 1)


def _left_open(body: str, *, inside: bool) -> bool:
    """Whether a curly quotation goes on after this sentence; one that opens in mid-sentence with a small letter was never meant to."""
    opened, closed = max(map(body.rfind, _OPEN)), max(map(body.rfind, _CLOSE))
    if opened < 0 and closed < 0:
        return inside
    return opened > closed and not body[opened + 1 : opened + 2].islower()


def _sentences(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    at = start
    for match in _END.finditer(text, start, stop):
        if match.end() > at and not _abbreviated(text, at, match):
            yield from _pieces(text, at, match.end())
            at = match.end()
    yield from _pieces(text, at, stop)


def _abbreviated(text: str, start: int, match: re.Match[str]) -> bool:
    if match.group() != ".":
        return False
    before = _LAST_WORD.search(text, max(start, match.start() - 20), match.start())
    if before is None:
        return False
    word = before.group().casefold()
    single = len(word) == 1 and before.group().isupper()
    return single or word.removesuffix(".") in _abbreviations()


def _pieces(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    start, stop = _trimmed(text, start, stop)
    while stop - start > LONGEST:
        space = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        cut = space if space > start else start + LONGEST
        first, last = _trimmed(text, start, cut)
        if first < last:
            yield first, last
        start, stop = _trimmed(text, cut, stop)
    if start < stop:
        yield start, stop


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(row["word"] for row in _rows("abbreviations.csv") if row["use"] != "last")


@cache
def _phrases() -> tuple[tuple[str, bool, str], ...]:
    return tuple((row["phrase"], row["place"] == "anywhere", row["opens"]) for row in _rows("furniture.csv"))


def _rows(name: str) -> list[dict[str, str]]:
    text = (files("detente") / "data" / "coding" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
