"""Who was present: `Present at the ceremony were A, minister of X, and B, ambassador of Y` tells of a meeting between the two sides.

The side that the place belongs to is the host; where no place is known, the side named first counts as the one that came.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from detente.coding.actors import Mention
from detente.coding.arguments import Pair
from detente.coding.parties import Sides

_PRESENT = re.compile(r"(?:Also )?(?:[Pp]resent|[Ii]n attendance|[Oo]n hand)\b[^.;]{0,80}?\b(?:were|was)\b")
STRENGTH = 0.65


def read(text: str, mentions: Sequence[Mention], *, seat: str | None) -> tuple[Sides, Pair] | None:
    """The two sides present and where they are listed; None for a sentence that lists nobody, or one side alone.

    `seat` is the state where the document last placed an action.
    """
    opened = _PRESENT.match(text)
    if opened is None:
        return None
    listed = [mention for mention in mentions if mention.form == "person" and mention.start >= opened.end() and mention.states]
    people = [party for mention in listed for party in mention.parties]
    states = list(dict.fromkeys(party.state for party in people))
    if len(states) != 2:
        return None
    host = seat if seat in states else states[1]
    guests = tuple(party for party in people if party.state != host)
    hosts = tuple(party for party in people if party.state == host)
    return Sides(guests, hosts), (listed[0].start, listed[-1].stop)
