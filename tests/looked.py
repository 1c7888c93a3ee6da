"""Acts and material made by hand, for tests of examinations: two made-up neighbours, every act with a text of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

from detente import dates
from detente.examine.material import Material
from detente.records import Act, Citation, Claim, Coverage, Document, Party, Status, identity

DYAD = ("FIN", "ISL")
AS_OF = date(2020, 1, 1)
Person = tuple[str, str | None, int | None]


def act(
    kind: str,
    when: str | None,
    *,
    source: str = "FIN",
    target: str = "ISL",
    people: Iterable[Person] = (),
    hosts: Iterable[Person] = (),
    known: str | None = None,
    status: Status = "happened",
    made_by: str = "table",
    text: str | None = None,
    dimensions: tuple[str, ...] = (),
    more: Mapping[str, str] = MappingProxyType({}),
    **details: str,
) -> Act:
    """An act of a kind on a day; known at its end unless told otherwise."""
    words = text or f"{source} and {target}: {kind} of {when}, { {**details, **more} }."
    valid = None if when is None else dates.parse(when)
    day = date.fromisoformat(known) if known else (valid.last or valid.start if valid else None) or date(2000, 1, 1)
    doc = Document(text=words, source="The Gazette", published=day)
    claim = Claim(
        kind=kind,
        spans=(doc.span(0, len(words)),),
        source=_side(source, people),
        target=_side(target, hosts),
        status=status,
        valid=valid,
        known=day,
        dimensions=dimensions,
        details=tuple({**details, **more}.items()),
        made_by=made_by,
    )
    cited = Citation(document=doc.id, publication="The Gazette", published=day)
    return Act(id=identity("act", claim.id), claim=claim, claims=(claim.id,), known=day, accepted=made_by != "coder", citations=(cited,))


def material(*acts: Act, as_of: date = AS_OF, since: str | None = None, until: str | None = None, graded: str | None = "full") -> Material:
    """What is known of FIN and ISL, read from 1980 on with one grade (None: by nobody)."""
    cover = () if graded is None else (Coverage("FIN", "ISL", date(1980, 1, 1), date(2031, 1, 1), graded, ""),)
    return Material(
        DYAD,
        as_of,
        acts,
        cover,
        {},
        None if since is None else date.fromisoformat(since),
        None if until is None else date.fromisoformat(until),
    )


def _side(state: str, people: Iterable[Person]) -> tuple[Party, ...]:
    named = tuple(Party(state=state, person=name, office=office, rank=rank) for name, office, rank in people)
    return named or ((Party(body=state) if ":" in state else Party(state=state),) if state else ())
