"""Whom a document goes back to: the earlier one that it repeats, or the agency that its dateline credits.

Two outlets that carry one agency's report are one origin. What only tells of the same event in other words goes back to nobody but itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from detente.read import duplicates, lists
from detente.records import Document

REPEATED = 0.5
"""From this share of the shorter text's five-word runs on, the later document repeats the earlier."""
_WITHIN = 300
"""Characters at the head of a text in which a dateline stands."""
_CREDIT = re.compile(r"\(([A-Z][\w .-]{1,30})\)\s*(?:--|[–—-])|/([A-Z][\w .-]{1,30})/[.,]?\s")


def agency(text: str) -> str | None:
    """The news agency that the head of a text credits, by its short name; None where it credits none that is known.

    >>> agency("OSLO, May 5 (Associated Press) -- Norway signed."), agency("OSLO -- Norway signed.")
    ('AP', None)
    """
    for found in _CREDIT.finditer(text[:_WITHIN]):
        known = _agencies().get((found[1] or found[2]).strip().casefold())
        if known is not None:
            return known
    return None


def origins(documents: Sequence[Document]) -> dict[str, str]:
    """The publication or agency that each document goes back to, by the document's identity; those that go back to nobody are left out.

    Compares every document with every other: meant for the few that tell of one act.
    """
    known = {doc.id: doc for doc in documents}
    first = duplicates.origins(duplicates.find(documents, least_share=REPEATED))
    found: dict[str, str] = {}
    for id_, doc in known.items():
        root = known[first.get(id_, id_)]
        source = agency(root.text) or agency(doc.text) or root.source
        if source.casefold() != doc.source.casefold():
            found[id_] = source
    return found


@cache
def _agencies() -> dict[str, str]:
    return {written: row["name"] for row in lists.rows("agencies") for written in row["written"].split("|")}
