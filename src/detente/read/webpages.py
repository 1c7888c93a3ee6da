"""A web page: the article without the furniture (trafilatura), and what its own marks say of title, outlet and day of publication.

The day is taken only from marks that say so (data/read/date_marks.csv). Search by likeness, as htmldate does it, turned
a month into a day, a picture's folder and a "last modified" into days of publication; nothing of it is used here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import lxml.html  # type: ignore[import-untyped]
import trafilatura
from lxml.etree import LxmlError, iterwalk  # type: ignore[import-untyped]
from lxml.html import HtmlElement
from trafilatura.settings import Document as Page

from detente.read import lists, marks
from detente.read.outcomes import Extract, Refusal, refusal

_NESTING = 800
_ELEMENTS = 300_000
_CHARACTERS = 10_000_000
_CELL_CHARACTERS = 200
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)([^<>]{0,2000})>")
_DROPPED = ("script", "style", "noscript", "template", "iframe", "object", "form")


def extract(text: str, *, address: str | None) -> Extract | Refusal:
    """The article of a page, paragraphs divided by blank lines; `address` is where it was fetched from (None: a file)."""
    if is_too_complex(text):
        expected = f"a page of at most {_CHARACTERS} characters and {_ELEMENTS} elements, nested at most {_NESTING} deep"
        return refusal("too_complex", expected, came="it has more", do="save the text of the page and read that")
    tree = _tree(text)
    if tree is None:
        return _nothing()
    day, changed = marks.day(tree, address=address), marks.changed(tree)
    _free_from_layout(tree)
    found = trafilatura.bare_extraction(tree, url=address, include_comments=False, include_tables=True, with_metadata=True)
    body = found.text if isinstance(found, Page) else None
    if not isinstance(found, Page) or body is None or not body.strip():
        return _nothing()
    return Extract(
        text=re.sub(r"\n+", "\n\n", body.strip()),
        title=found.title,
        source=found.sitename,
        address=address or found.url,
        published=day,
        weak_day=None if day is not None else changed,
    )


def _nothing() -> Refusal:
    do = "save the page from the browser after it has loaded"
    return refusal("empty", "a page with an article", came="no running text was found in it", do=do)


def _free_from_layout(tree: HtmlElement) -> None:
    """Tables that older pages use to place their columns become plain blocks, so that an article in a cell keeps its paragraphs."""
    for table in list(tree.iter("table")):
        own = [part for part in table.iter("tbody", "thead", "tr", "td", "th") if next(part.iterancestors("table")) is table]
        if any(len(part.text_content()) > _CELL_CHARACTERS for part in own if part.tag in ("td", "th")):
            for part in (table, *own):
                part.tag = "div"


def words(fragment: str) -> str:
    """The words of a piece of markup, its blocks divided by blank lines; for the entries of feeds, which have no furniture."""
    if not fragment.strip() or is_too_complex(fragment):
        return ""
    tree = _tree(f"<div>{fragment}</div>")
    if tree is None:
        return ""
    blocks = re.split(r"\n[ \t]*\n", "".join(_pieces(tree)))
    return "\n\n".join(" ".join(block.split()) for block in blocks if block.strip())


def _pieces(tree: HtmlElement) -> Iterator[str]:
    walk = iterwalk(tree, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        kind = _kinds().get(str(element.tag), "")
        edge = "\n\n" if kind.endswith("block") else "\n" if kind.endswith("line") else ""
        if event == "start":
            is_dropped = element.tag in _DROPPED
            if is_dropped:
                walk.skip_subtree()
            yield edge + ("" if is_dropped else element.text or "")
        else:
            yield ("" if kind.endswith("line") else edge) + (element.tail or "")


def is_too_complex(text: str) -> bool:
    """True when elements are nested so deeply, or are so many, that reading them would cost more than any article is worth."""
    if len(text) > _CHARACTERS:
        return True
    depth = 0
    for number, found in enumerate(_TAG.finditer(text)):
        closing, name, rest = found.groups()
        if number > _ELEMENTS or depth > _NESTING:
            return True
        if not (_kinds().get(name.lower(), "").startswith(("void", "open")) or rest.endswith("/")):
            depth = max(0, depth - 1) if closing else depth + 1
    return depth > _NESTING


@cache
def _kinds() -> dict[str, str]:
    """Elements that hold nothing, that a page may leave open, or that begin a new block."""
    return {row["element"]: row["kind"] for row in lists.rows("elements")}


def _tree(text: str) -> HtmlElement | None:
    try:
        parser = lxml.html.HTMLParser(no_network=True, huge_tree=False, encoding="utf-8")
        return lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (LxmlError, ValueError):
        return None
