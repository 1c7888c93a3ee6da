"""A brief as one HTML file without outside assets, and as Markdown with footnotes. The same brief gives the same bytes anywhere."""

from __future__ import annotations

import re
from importlib.resources import files

import jinja2

from detente.publish.brief import Brief
from detente.publish.chicago import Run

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")


def html(brief: Brief) -> str:
    """The brief as one HTML file; all texts are escaped."""
    return _render("brief.html.j2", brief, escape=True)


def markdown(brief: Brief) -> str:
    """The brief as Markdown; pictures are left out, since Markdown cannot hold them, and the table at a glance stands for them."""
    return _render("brief.md.j2", brief, escape=False)


def runs(note: tuple[Run, ...]) -> str:
    """The runs of a note as Markdown; what could be markup in the words of a source is escaped."""
    return "".join(_marked(run) for run in note)


def escaped(text: str) -> str:
    """Words as Markdown that shows them as they are.

    >>> print(escaped("a_b <c>"))
    a\\_b \\<c\\>
    """
    return _SPECIAL.sub(r"\\\1", text)


def _marked(run: Run) -> str:
    if run.style == "link":
        return f"<{run.text}>" if not re.search(r"[<>\s]", run.text) else f"`{run.text.replace('`', '')}`"
    if run.style == "code":
        return f"`{run.text.replace('`', '')}`"
    words = escaped(" ".join(run.text.split()) if run.style == "italic" else re.sub(r"\s+", " ", run.text))
    return f"*{words}*" if run.style == "italic" else words


def _render(template: str, brief: Brief, *, escape: bool) -> str:
    source = (files("detente") / "data" / "templates" / template).read_text(encoding="utf-8")
    shown = jinja2.Environment(autoescape=escape, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined)  # noqa: S701
    shown.filters["runs"], shown.filters["md"] = runs, escaped
    return shown.from_string(source).render(brief=brief)
