"""A picture as a file: SVG text or PNG dots, by the ending of its name. Neither needs a browser."""

from __future__ import annotations

from pathlib import Path

from detente.errors import InputError
from detente.publish import typeset

FORMS = (".svg", ".png")


def form(path: Path) -> str:
    """The form that a name asks for. Raises InputError for an ending that is none of `FORMS`."""
    ending = path.suffix.lower()
    if ending not in FORMS:
        raise InputError(f"a picture that ends in {' or '.join(FORMS)}", came=f"{path.name!r} came", do="name the file so")
    return ending


def content(svg: str, path: Path) -> str | bytes:
    """What to write to `path`: the SVG as it is, or its dots.

    >>> content("<svg/>", Path("rise.svg"))
    '<svg/>'
    """
    return svg if form(path) == ".svg" else typeset.png(svg)
