"""Plain text and Markdown. Plain text is kept letter by letter; Markdown loses its signs and gives up its front matter.

Front matter is `name: value` lines between two lines of `---` at the top; date, title, source and address are read from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from detente.read import publication
from detente.read.outcomes import Extract

_FRONT = re.compile(r"---[ \t]*\n(?P<lines>.{0,8000}?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_PAIR = re.compile(r"(?P<name>[A-Za-z_-]{1,40})[ \t]*:[ \t]*(?P<value>[^\n]*)")
_TITLE_CHARACTERS = 160
_BEGINNING_CHARACTERS = 2_000


def from_text(text: str) -> Extract:
    """The text as it stands; its headline is its title."""
    return Extract(text=text, title=headline(text, named=None))


def headline(text: str, *, named: str | None) -> str | None:
    """The title that a file's properties name where the text begins with it, or the first line where it is short, alone and no sentence."""
    title = (named or "").strip()
    if title and title in text[:_BEGINNING_CHARACTERS]:
        return title
    first, _, rest = text.lstrip("\ufeff\n\r\t ").partition("\n")
    line = first.strip()
    is_sentence = line.endswith((".", ":", "--", "—")) or len(line) > _TITLE_CHARACTERS
    is_alone = bool(rest.strip()) and not rest.split("\n", 1)[0].strip()
    return line if line and is_alone and not is_sentence else None


def from_markdown(text: str) -> Extract:
    """The words of a Markdown text in paragraphs divided by blank lines; links keep their words, pictures their descriptions."""
    lined = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    front = _FRONT.match(lined)
    fields = {} if front is None else _fields(front["lines"])
    tokens = MarkdownIt("commonmark").parse(lined if front is None else lined[front.end() :])
    return Extract(
        text="\n\n".join(_blocks(tokens)),
        title=fields.get("title") or _heading(tokens),
        source=fields.get("source"),
        address=fields.get("address") or fields.get("url"),
        published=publication.written_day(fields.get("date", "")),
    )


def _fields(lines: str) -> Mapping[str, str]:
    pairs = (_PAIR.fullmatch(line.strip()) for line in lines.split("\n"))
    return {pair["name"].lower(): pair["value"].strip().strip("\"'") for pair in pairs if pair is not None}


def _heading(tokens: Sequence[Token]) -> str | None:
    headings = (inline for mark, inline in pairwise(tokens) if mark.type == "heading_open" and mark.tag == "h1")
    return next(map(_words, headings), None)


def _blocks(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        words = _words(token) if token.type == "inline" else token.content if token.type in ("fence", "code_block") else ""
        if words.strip():
            yield words.strip("\n")


def _words(inline: Token) -> str:
    breaks = {"softbreak": " ", "hardbreak": "\n", "html_inline": ""}
    return "".join(breaks.get(child.type, child.content) for child in inline.children or ())
