"""What there is to review: proposals, what persons wrote and decided, and rows of tables, each with where it stands; which of it somebody asks for.

How far a review has come is counted over all that is asked for, decided or not.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from detente import ontology
from detente.errors import LedgerUnsound
from detente.keep import decisions, reviews
from detente.keep.ledger import Reader
from detente.keep.reviews import Judged, Standing, Standings
from detente.records import Review

STATES = ("open", "mine", "decided", "disputed", "all")
"""What nobody decided on, what the reviewer has not decided on, what somebody decided on, what is disputed, and everything."""
_ENDS = re.compile(r"[.!?…]\s+|[。！？]|\n\s*\n")
MAKERS = ("coder", "person", "table")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What the queue knows of a claim without reading it: what it is searched by, where it stands, and who decided and has not taken that back.

    `number` is the order of arrival; `days` are the first day and the one after the last, or twice the day of
    publication where the text tells none.
    """

    number: int
    stored: str
    document: str
    publication: str
    kind: str
    status: str
    states: frozenset[str]
    days: tuple[str | None, str | None]
    made_by: str
    judged: Judged
    deciders: frozenset[str] = frozenset()

    @property
    def maker(self) -> str:
        """Who made the claim: coder, person or table."""
        return self.made_by if self.made_by in MAKERS else "coder"

    @property
    def open(self) -> bool:
        """Whether nobody stands behind or against it."""
        return self.judged.review is None and not self.judged.accepted


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What is asked for; what is left empty does not narrow it. Rows of tables come only when asked for by `maker` or decided on by a person."""

    states: frozenset[str] = frozenset()
    kind: str = ""
    status: str = ""
    publication: str = ""
    maker: str = ""
    words: str = ""
    document: str = ""

    def fits(self, entry: Entry) -> bool:
        """Whether a claim is one of those asked for, whatever its sentence says."""
        plain = ((self.kind, entry.kind), (self.status, entry.status), (self.document, entry.document))
        if any(wanted and wanted != came for wanted, came in plain) or not self.states <= entry.states:
            return False
        if self.maker != entry.maker if self.maker else entry.maker == "table" and entry.judged.review is None:
            return False
        return self.publication.casefold() in entry.publication.casefold()


_COLUMNS = "number, id, slot, document, kind, status, source || ' ' || target, valid_start, valid_stop, known, made_by"


def entries(ledger: Reader) -> Iterator[Entry]:
    """Every claim that stands or was rejected, in the order of arrival."""
    publications = {key: cited.publication for key, cited in ledger.citations().items()}
    made = decisions.kept((review.claim, review) for _, review in ledger.reviews())
    held, known = Standings(ledger), frozenset(ontology.states())
    for number, key, slot, document, kind, status, sides, start, stop, day, made_by in ledger.run(f"SELECT {_COLUMNS} FROM claims ORDER BY number"):
        judged = held.of(key, slot=slot, made_by=made_by)
        if judged is not None:
            entry = Entry(
                number=number, stored=key, document=document, publication=publications[document], kind=kind, status=status,
                states=known.intersection(sides.split()), days=(start, stop) if start or stop else (day, day), made_by=made_by,
                judged=judged, deciders=_deciders(made.get(key, ())),
            )  # fmt: skip
            yield _edited(ledger, entry) if judged.review is not None and judged.review.edits else entry


def _edited(ledger: Reader, entry: Entry) -> Entry:
    claim = stands(ledger, entry).claim
    changed = replace(entry, kind=claim.kind, status=claim.status, states=claim.states)
    return changed if claim.valid is None else replace(changed, days=(_iso(claim.valid.start), _iso(claim.valid.stop)))


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def stands(ledger: Reader, entry: Entry) -> Standing:
    """The claim of an entry as it stands, or as it stood where it was rejected. Raises LedgerUnsound when the ledger does not hold it."""
    claim = ledger.claim(entry.stored)
    if claim is None:
        raise LedgerUnsound("a claim that the ledger holds", came=f"{entry.stored} is unknown", do="run `detente verify`")
    return reviews.stands(claim, entry.judged)


def near(entry: Entry, found: Iterable[Entry], *, days: int) -> Iterator[Entry]:
    """Entries of the same states that stand and are within some days of a claim, itself among them."""
    start, stop = entry.days
    low, high = "" if start is None else _moved(start, -days), "9999" if stop is None else _moved(stop, days)
    for other in found:
        if other.states == entry.states and not other.judged.rejected and (other.days[0] or "") <= high and (other.days[1] or "9999") >= low:
            yield other


def _moved(day: str, days: int) -> str:
    moved = date.fromisoformat(day).toordinal() + days
    return date.fromordinal(min(max(moved, 1), date.max.toordinal())).isoformat()


def sought(ledger: Reader, found: Iterable[Entry], what: Sought) -> Iterator[Entry]:
    """The claims that are asked for: those that fit, and whose sentence holds all the words in whatever case."""
    words = what.words.casefold().split()
    document, text = "", ""
    for entry in (each for each in found if what.fits(each)):
        if words and entry.document != document:
            document = entry.document
            ((text,),) = ledger.run("SELECT text FROM documents WHERE id = ?", (document,))
        if not words or all(word in sentence(text, *_span(ledger, entry)).casefold() for word in words):
            yield entry


def _span(ledger: Reader, entry: Entry) -> tuple[int, int]:
    ((record,),) = ledger.run("SELECT record FROM claims WHERE id = ?", (entry.stored,))
    main = json.loads(record)["spans"][0]
    return main["start"], main["stop"]


def sentence(text: str, start: int, stop: int) -> str:
    """A piece of a text with what stands before and after it up to the next sign that ends a sentence, at most 1,000 characters on either side.

    >>> sentence("He left. She saw him on Monday. It rained.", 9, 12)
    'She saw him on Monday'
    """
    before, after = text[max(0, start - 1000) : start], text[stop : stop + 1000]
    return _ENDS.split(before)[-1] + text[start:stop] + _ENDS.split(after, maxsplit=1)[0]


def _deciders(made: Iterable[Review]) -> frozenset[str]:
    return frozenset(each.reviewer for each in made)


def wanted(entry: Entry, state: str, reviewer: str) -> bool:
    """Whether a claim is in one of STATES, for a reviewer."""
    if state == "mine":
        return reviewer not in entry.deciders
    if state == "decided":
        return entry.judged.review is not None
    if state == "disputed":
        return entry.judged.disputed
    return state == "all" or entry.open


def progress(found: Iterable[Entry], state: str, reviewer: str) -> tuple[int, int]:
    """(decided, all) of the claims asked for: decided by the reviewer where `state` is "mine", and by anybody otherwise."""
    decided = [reviewer in each.deciders if state == "mine" else not each.open for each in found]
    return sum(decided), len(decided)
