"""The statements of a Markdown text with the lines they stand on: sentences of paragraphs and lists, rows of tables, and what is cited where.

Headings, captions, code, quotations of others and the bodies of footnotes are no statements of the writer and are told apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token

from detente.publish import rulebook

NOTE = re.compile(r"\[\^([^\]\s]+)\](?!:)")
_DEFINED = re.compile(r"^ {0,3}\[\^([^\]\s]+)\]:[ \t]?(.*)$")
_CITED = re.compile(r"\[\^[^\]\s]+\](?!:)|\[@[^\]]+\]|\]\([^)\s]+|<https?://[^>]+>|https?://\S+|\[\d{1,4}(?:[-–,; ]+\d{1,4})*\]")
_BRACKETED = re.compile(r"\(([^()]*)\)")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d[a-z]?\b")
_NAME = re.compile(r"(?<!\w)[^\W\d_]{3,}")
_STOP = re.compile(r"(?P<end>[.!?…]+[\"”’')\]*_]*(?:[ \t]*\[\^[^\]\s]+\])*)(?=\s+[^\s.a-z]|\s*$)")
_QUOTED = re.compile(r"“[^”]*”|«[^»]*»|\"[^\"\n]*\"|`[^`]*`")
_MARKS = re.compile(r"\[\^[^\]\s]+\]|<https?://[^>]+>|https?://\S+|[*_~]+|!?\[([^\]]*)\]\([^)]*\)")
_CAPTION = re.compile(r"^(?:\*\*[^*]+\*\*|\*[^*]+\*|__[^_]+__|_[^_]+_)$")
CAPTION_WORDS, LABEL_WORDS = 24, 3


@dataclass(frozen=True, slots=True)
class Statement:
    """Words of the writer on a line (from 1): `parts` are what a sentence is judged by (the sentence, or each cell of a row)."""

    line: int
    text: str
    parts: tuple[str, ...]
    section: str
    cited: bool


@dataclass(frozen=True, slots=True)
class Prose:
    """A text taken apart: its statements, headings with their lines, footnotes as defined and as used with the lines of each."""

    statements: tuple[Statement, ...]
    headings: tuple[tuple[int, str], ...]
    defined: dict[str, int]
    used: dict[str, int]


def read(text: str) -> Prose:
    """Take a Markdown text apart; an empty one has nothing."""
    body, defined, cited_in_notes = _without_notes(text)
    found = list(_blocks(MarkdownIt("commonmark").enable("table").parse(body)))
    used: dict[str, int] = dict(cited_in_notes)
    for number, line in enumerate(body.split("\n"), 1):
        for name in NOTE.findall(line):
            used.setdefault(name, number)
    headings = tuple((block.line, block.section) for block in found if block.kind == "heading")
    statements = tuple(said for block in found for said in _said(block))
    return Prose(statements, headings, defined, used)


def plain(text: str) -> str:
    """The writer's own words of a statement: without marks, addresses and what stands in quotation marks."""
    bare = _MARKS.sub(lambda m: m.group(1) or "", text)
    return _QUOTED.sub(lambda m: " " * len(m.group()), bare)


def sentences(text: str) -> tuple[str, ...]:
    """The grammatical sentences of a text.

    >>> sentences("It held. The U.S. left.")
    ('It held.', 'The U.S. left.')
    """
    return tuple(sentence for _, sentence in _sentences(text))


def _lines(text: str) -> list[str]:
    """Lines as editors number them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def is_cited(text: str) -> bool:
    """True with a footnote, link, address or number in square brackets, or with a name and a year in round ones.

    >>> is_cited("It rose (Smith 2014)."), is_cited("It rose (May 2014).")
    (True, False)
    """
    return _CITED.search(text) is not None or any(_names_a_work(inner) for inner in _BRACKETED.findall(text))


def _names_a_work(inner: str) -> bool:
    """A name in capitals that is no month, and a year."""
    names = (word for word in _NAME.findall(inner) if word[0].isupper() and word.casefold() not in rulebook.months())
    return _YEAR.search(inner) is not None and any(names)


def _without_notes(text: str) -> tuple[str, dict[str, int], dict[str, int]]:
    """The text with blank lines for footnotes, the lines where they are defined, and what they cite in turn."""
    kept: list[str] = []
    defined: dict[str, int] = {}
    used: dict[str, int] = {}
    inside = False
    for number, line in enumerate(_lines(text), 1):
        found = _DEFINED.match(line)
        inside = found is not None or (inside and line.startswith(("    ", "\t")))
        if found is not None:
            defined.setdefault(found.group(1), number)
        if inside:
            for name in NOTE.findall(line if found is None else found.group(2)):
                used.setdefault(name, number)
        kept.append("" if inside else line)
    return "\n".join(kept), defined, used


@dataclass(frozen=True, slots=True)
class _Block:
    """A heading, a paragraph or the cells of a row, on a line, under a heading."""

    kind: Literal["heading", "text", "row"]
    line: int
    cells: tuple[str, ...]
    section: str


def _blocks(tokens: list[Token]) -> Iterator[_Block]:
    """Headings, paragraphs and the body rows of tables; quotations of others are left out."""
    section, quoted = "", 0
    row: list[tuple[int, str]] = []
    for before, token in pairwise(tokens):
        quoted += {"blockquote_open": 1, "blockquote_close": -1}.get(before.type, 0)
        line = 1 + (token.map or [0])[0]
        if token.type == "tr_close" and row:
            yield _Block("row", row[0][0], tuple(cell for _, cell in row), section)
            row = []
        elif token.type == "inline" and before.type == "td_open":
            row.append((line, token.content))
        elif token.type == "inline" and before.type == "heading_open":
            section = token.content
            yield _Block("heading", line, (section,), section)
        elif token.type == "inline" and before.type == "paragraph_open" and not quoted:
            yield _Block("text", line, (token.content,), section)


def _said(block: _Block) -> Iterator[Statement]:
    words = " | ".join(block.cells)
    if block.kind == "row":
        parts = tuple(part for cell in block.cells for _, part in _sentences(cell))
        yield Statement(block.line, words, parts, block.section, is_cited(words))
    elif block.kind == "text" and not _is_caption(words):
        for start, sentence in _sentences(words):
            bare = plain(sentence).strip()
            if not bare.endswith("?") and not _is_label(bare):
                line = block.line + words.count("\n", 0, start)
                yield Statement(line, sentence, (sentence,), block.section, is_cited(sentence))


def _is_caption(words: str) -> bool:
    return _CAPTION.match(words.strip()) is not None and len(words.split()) <= CAPTION_WORDS


def _is_label(bare: str) -> bool:
    """Nothing but marks, or a few words without a stop: "Source:" says nothing that could be wrong."""
    words = re.findall(r"\w+", bare)
    return not words or (len(words) <= LABEL_WORDS and not bare.endswith((".", "!", "…")))


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    """(offset, sentence); stops of abbreviations, initials and numbers end none."""
    start = 0
    for stop in _STOP.finditer(text):
        head = text[start : stop.start("end")]
        if text[stop.start("end")] == "." and rulebook.abbreviated(head) and stop.end() < len(text):
            continue
        if text[start : stop.end()].strip():
            yield _trimmed(text, start, stop.end())
        start = stop.end()
    if text[start:].strip():
        yield _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, stop: int) -> tuple[int, str]:
    piece = text[start:stop]
    return start + len(piece) - len(piece.lstrip()), piece.strip()
