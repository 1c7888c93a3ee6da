"""What there is to review: proposals, what persons wrote and decided, and rows of tables, each with where it stands; which of it somebody asks for.

How far a review has come is counted over all that is asked for, decided or not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from detente.keep import decisions, reviews
from detente.keep.ledger import Reader
from detente.keep.reviews import Standing
from detente.records import Citation, Review

STATES = ("open", "mine", "decided", "disputed", "all")
"""What nobody decided on, what the reviewer has not decided on, what somebody decided on, what is disputed, and everything."""
_ENDS = re.compile(r"[.!?…]\s+|[。！？]|\n\s*\n")
MAKERS = ("coder", "person", "table")


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim with the decision in force on it, where its document is found, and all who decided on it and have not taken that back."""

    held: Standing
    review: Review | None
    citation: Citation
    deciders: frozenset[str]

    @property
    def maker(self) -> str:
        """Who made the claim: coder, person or table."""
        return self.held.claim.made_by if self.held.claim.made_by in MAKERS else "coder"

    @property
    def open(self) -> bool:
        """Whether nobody stands behind or against it."""
        return self.review is None and not self.held.accepted


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
        claim = entry.held.claim
        plain = ((self.kind, claim.kind), (self.status, claim.status), (self.document, claim.spans[0].document))
        if any(wanted and wanted != came for wanted, came in plain) or not self.states <= claim.states:
            return False
        if self.maker != entry.maker if self.maker else entry.maker == "table" and entry.review is None:
            return False
        return self.publication.casefold() in entry.citation.publication.casefold()


def entries(ledger: Reader) -> tuple[Entry, ...]:
    """Every claim that stands or was rejected, in the order of arrival."""
    cited = ledger.citations()
    made = decisions.kept((review.claim, review) for _, review in ledger.reviews())
    found = reviews.judged(ledger)
    return tuple(Entry(each.held, each.review, cited[each.held.claim.spans[0].document], _deciders(made.get(each.held.stored, ()))) for each in found)


def sought(ledger: Reader, found: Iterable[Entry], what: Sought) -> Iterator[Entry]:
    """The claims that are asked for: those that fit, and whose sentence holds all the words in whatever case."""
    words = what.words.casefold().split()
    document, text = "", ""
    for entry in (each for each in found if what.fits(each)):
        if words and entry.citation.document != document:
            document = entry.citation.document
            ((text,),) = ledger.run("SELECT text FROM documents WHERE id = ?", (document,))
        span = entry.held.claim.spans[0]
        if not words or all(word in sentence(text, span.start, span.stop).casefold() for word in words):
            yield entry


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
        return entry.review is not None
    if state == "disputed":
        return entry.held.disputed
    return state == "all" or entry.open


def progress(found: Iterable[Entry], state: str, reviewer: str) -> tuple[int, int]:
    """(decided, all) of the claims asked for: decided by the reviewer where `state` is "mine", and by anybody otherwise."""
    decided = [reviewer in each.deciders if state == "mine" else not each.open for each in found]
    return sum(decided), len(decided)
