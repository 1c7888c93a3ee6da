"""Notes in the style of Chicago (The Chicago Manual of Style, 17th edition, chapter 14): the act in words, then where it is told.

A work is cited in full in the first note that needs it and shortly after that. A day that is only assumed stands in brackets with a question
mark, a missing one is "n.d.". Behind the work stand its rating, the day the act became known, and the act's identity in the ledger.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from detente.records import Act, Citation

Style = Literal["plain", "italic", "link", "code"]
WEB = ("https://", "http://")


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one style; the words of a link are its address."""

    text: str
    style: Style = "plain"


@dataclass(frozen=True, slots=True)
class Work:
    """A publication's text of a day, once for all acts that it tells of; `acts` are their identities, `number` counts from 1."""

    number: int
    publication: str
    title: str | None
    published: date | None
    assumed: bool
    address: str | None
    acts: tuple[str, ...]


Place = tuple[str, str | None, date | None, bool, str | None]


def works(acts: Iterable[Act]) -> tuple[Work, ...]:
    """The works cited, in the order in which the acts first cite them."""
    held: dict[Place, list[str]] = {}
    for act in acts:
        for cited in act.citations:
            held.setdefault(_place(cited), []).append(act.id)
    return tuple(Work(n, *place, tuple(dict.fromkeys(told))) for n, (place, told) in enumerate(held.items(), 1))


def notes(acts: Sequence[Act]) -> tuple[tuple[Run, ...], ...]:
    """The note of each act, in their order."""
    told: dict[Place, int] = {}
    return tuple(_note(act, number, told) for number, act in enumerate(acts, 1))


def order(act: Act) -> tuple[date, str]:
    """By the first day, then the day it became known."""
    start = None if act.claim.valid is None else act.claim.valid.start
    return start or act.known or date.max, act.id


def day(when: date | None, *, assumed: bool = False) -> str:
    """A day as Chicago writes it.

    >>> day(date(2014, 5, 8)), day(date(2014, 5, 8), assumed=True), day(None)
    ('May 8, 2014', '[May 8, 2014?]', 'n.d.')
    """
    if when is None:
        return "n.d."
    written = f"{when:%B} {when.day}, {when.year}"
    return f"[{written}?]" if assumed else written


def line(text: str) -> str:
    """One line without control characters, which neither a page nor a document can hold."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _place(cited: Citation) -> Place:
    title, address = (None if not text else line(text) or None for text in (cited.title, cited.address))
    return line(cited.publication), title, cited.published, cited.published_assumed, address


def _note(act: Act, number: int, told: dict[Place, int]) -> tuple[Run, ...]:
    when = "n.d." if act.claim.valid is None else str(act.claim.valid)
    text = line(act.claim.quote)
    runs = [Run(f"{when}: {text}{'' if text.endswith(('.', '!', '?', '”')) else '.'} ")]
    for n, cited in enumerate(act.citations):
        runs += [Run("; ")] if n else []
        place = _place(cited)
        runs += _cited(place, told.get(place))
        told.setdefault(place, number)
    known = "" if act.known is None else f"known {act.known.isoformat()}{', assumed' if act.claim.known_assumed else ''}; "
    stop = "" if runs[-1].text.endswith(".") and runs[-1].style == "plain" else "."
    return (*runs, Run(f"{stop} ({_rated(act)}{known}"), Run(act.id, "code"), Run(")"))


def _cited(place: Place, before: int | None) -> list[Run]:
    """Title, publication, day and address; publication and day alone where an earlier note has them all."""
    publication, title, published, assumed, address = place
    titled = [Run(f"“{title}{'' if title.endswith(('?', '!')) else ','}” ")] if title else []
    when = Run(f", {day(published, assumed=assumed)}")
    if before is not None:
        return [*titled, Run(publication, "italic"), when, Run(f" (see n. {before})")]
    linked = [] if not address else [Run(", "), Run(address, "link" if address.startswith(WEB) else "code")]
    return [*titled, Run(publication, "italic"), when, *linked]


def _rated(act: Act) -> str:
    """The ratings of the sources, reliability A-F and credibility 1-6 together."""
    rated = dict.fromkeys(f"{c.reliability}{c.credibility or ''}" for c in act.citations if c.reliability)
    return f"rated {', '.join(rated)}; " if rated else ""
