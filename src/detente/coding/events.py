"""A claim as the row of an event: the flat form that scorers and other programs read. The form is fixed; see docs on `detente code`.

States are ISO codes; bodies that are no state begin with IGO, NGO, IMG or MNC; dates are first and last day.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from detente.coding import locations
from detente.records import Claim, Party

Event = dict[str, Any]


def event(claim: Claim) -> Event:
    """One event: class (or None), kind, mode, sides, span, status, days, persons as in the text, place and where it is, probability, why."""
    span = claim.spans[0]
    when = claim.valid
    first, last = (None, None) if when is None else (when.first, when.last)
    return {
        "class": claim.event_class,
        "kind": claim.kind,
        "mode": claim.mode,
        "source": codes(claim.source),
        "target": codes(claim.target),
        "start": span.start,
        "end": span.stop,
        "status": claim.status,
        "date_start": None if first is None else first.isoformat(),
        "date_end": None if last is None else last.isoformat(),
        "persons": list(dict.fromkeys(party.person for party in (*claim.source, *claim.target) if party.person is not None)),
        "place": claim.place,
        "where": locations.where(claim.place),
        "probability": claim.probability,
        "why": claim.why,
    }


def codes(side: Iterable[Party]) -> list[str]:
    """The codes of a side, each once, in order; parties without state and body are left out."""
    return list(dict.fromkeys(code for party in side if (code := party.state or party.body) is not None))
