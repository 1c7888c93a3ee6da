"""One door to the formats: bytes of a known format become extracts or refusals. Each parser is loaded only when its format comes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from detente.read import encodings
from detente.read.outcomes import Extract, Limits, Refusal

APART = ("html", "pdf", "docx", "feed", "markdown")
"""Formats whose parsers are other people's code and may be led astray; they are read in a process of their own."""


def extract(data: bytes, *, kind: str, charset: str | None, address: str | None, limits: Limits) -> Iterator[Extract | Refusal]:
    """What a file of format `kind` gives up; `charset` is what a server declared, `address` where it was fetched from."""
    if kind == "pdf":
        from detente.read import pdfs

        yield pdfs.extract(data, limits=limits)
    elif kind == "docx":
        from detente.read import worddocs

        yield worddocs.extract(data, limits=limits)
    elif kind == "feed":
        from detente.read import feeds

        yield from feeds.extract(data, charset=charset, limits=limits)
    else:
        yield _of_letters(data, kind=kind, charset=charset, address=address)


def _of_letters(data: bytes, *, kind: str, charset: str | None, address: str | None) -> Extract | Refusal:
    decoded = encodings.decode(data, charset=charset or (encodings.declared(data) if kind == "html" else None))
    if isinstance(decoded, Refusal):
        return decoded
    found = _from_letters(decoded.text, kind=kind, address=address)
    if isinstance(found, Refusal) or not decoded.guessed:
        return found
    return replace(found, notes=(*found.notes, f"encoding guessed as {decoded.encoding}"))


def _from_letters(text: str, *, kind: str, address: str | None) -> Extract | Refusal:
    if kind == "html":
        from detente.read import webpages

        return webpages.extract(text, address=address)
    from detente.read import plaintexts

    return plaintexts.from_markdown(text) if kind == "markdown" else plaintexts.from_text(text)
