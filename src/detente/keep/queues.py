"""What there is to review: proposals, what persons wrote and decided, and rows of tables, each with where it stands; which of it somebody asks for.

How far a review has come is counted over all that is asked for, decided or not. All of it is found by the tables of `standings`: no claim is read
that is not shown.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from detente.keep import rows, selection, sentences
from detente.keep.clauses import LISTED, among
from detente.keep.entries import Entry, found
from detente.keep.ledger import Reader
from detente.keep.sentences import Told
from detente.keep.standings import AT_ONCE, PLACES
from detente.records import Merge, Review

STATES = ("open", "mine", "decided", "disputed", "all")
"""What nobody decided on, what the reviewer has not decided on, what somebody decided on, what is disputed, and everything."""
_DECIDED = ("accepted", "disputed", "rejected")
_SHOWN = {"open": ("open",), "mine": PLACES, "decided": _DECIDED, "disputed": ("disputed",), "all": PLACES}
Numbers = Sequence[int] | None
"""Numbers of claims in order; None for all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What is asked for; what is left empty does not narrow it. Rows of tables come only when asked for by `maker` or decided on by a person.

    `state` is one of STATES, of which "mine" is meant for `reviewer`.
    """

    states: frozenset[str] = frozenset()
    kind: str = ""
    status: str = ""
    publication: str = ""
    maker: str = ""
    words: str = ""
    document: str = ""
    state: str = "all"
    reviewer: str = ""


class Progress(NamedTuple):
    """How many of the claims asked for are decided, by the reviewer where "mine" is asked for, how many there are, and how many are in the state."""

    decided: int
    every: int
    left: int


class _Part(NamedTuple):
    id: int
    place: str
    maker: str
    kind: str
    status: str
    claims: int

    def fits(self, what: Sought) -> bool:
        if any(wanted and wanted != came for wanted, came in ((what.kind, self.kind), (what.status, self.status), (what.maker, self.maker))):
            return False
        return bool(what.maker) or self.maker != "table" or self.place in _DECIDED


_PARTS = "SELECT id, place, maker, kind, status, claims FROM standing_parts WHERE claims > 0"


def _parts(ledger: Reader, what: Sought) -> list[_Part]:
    found = (_Part(*row) for row in ledger.run(_PARTS))
    return [part for part in found if part.fits(what)]


def _wanted(ledger: Reader, what: Sought) -> str:
    """The parts in the state that is asked for, as they are listed."""
    return json.dumps([part.id for part in _parts(ledger, what) if part.place in _SHOWN[what.state]])


def _narrowed(ledger: Reader, what: Sought) -> tuple[str, tuple[str, ...]]:
    """The clause over `standings` for what its parts do not say; "" where nothing is asked for."""
    by_states, by_text = f"s.states IN {LISTED}", "s.document IN (SELECT number FROM documents WHERE {})"
    states = [json.dumps(selection.sets_of(ledger, tuple(sorted(what.states))))] if what.states else []
    clause, texts = _texts(ledger, what)
    if states and texts:  # a plus keeps an index from being used: a document has few claims, a publication may have many
        first, second = ("+", "") if what.document else ("", "+")
        return f"{first}{by_states} AND {second}{by_text.format(clause)}", (*states, *texts)
    return (by_text.format(clause), texts) if texts else (by_states if states else "", tuple(states))


def _texts(ledger: Reader, what: Sought) -> tuple[str, tuple[str, ...]]:
    """The clause over `documents` for those that are asked for, and its values: none where all are."""
    clauses, values = ["1"], list[str]()
    if what.document:
        clauses.append("id = ?")
        values.append(what.document)
    if what.publication:
        wanted = what.publication.casefold()
        named = [name for (name,) in ledger.run("SELECT DISTINCT source FROM documents") if wanted in name.casefold()]
        clauses.append(f"source IN {LISTED}")
        values.append(json.dumps(named))
    return " AND ".join(clauses), tuple(values)


def told(ledger: Reader, what: Sought, *, before: Told | None = None) -> Told | None:
    """The claims whose sentence holds the words asked for, of the texts asked for; None where no words are."""
    return sentences.holding(ledger, what.words, within=_texts(ledger, what), before=before) if what.words.split() else None


def progress(ledger: Reader, what: Sought, numbers: Numbers) -> Progress:
    """How far the review has come; `numbers` are those of claims that hold the words asked for."""
    shown = {part.id: part for part in _parts(ledger, what)}
    counted = {part: count for part, count in _counted(ledger, what, numbers, shown).items() if part in shown}
    every = sum(counted.values())
    if what.state == "mine":
        mine = sum(1 for _ in _decided(ledger, what, numbers, what.reviewer))
        return Progress(mine, every, every - mine)
    decided = sum(count for part, count in counted.items() if shown[part].place != "open")
    return Progress(decided, every, sum(count for part, count in counted.items() if shown[part].place in _SHOWN[what.state]))


def _counted(ledger: Reader, what: Sought, numbers: Numbers, shown: dict[int, _Part]) -> Counter[int]:
    clause, values = _narrowed(ledger, what)
    if numbers is None and not clause:
        return Counter({part.id: part.claims for part in shown.values()})
    counted = Counter[int]()
    for some, listed in _slices(numbers, after=0):
        counted.update(dict(ledger.run(f"SELECT part, count(*) FROM standings s WHERE {clause or 1} AND {some} GROUP BY part", (*values, *listed))))
    return counted


def _slices(numbers: Numbers, *, after: int) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    """Clauses that keep claims to `numbers` above `after`, AT_ONCE together, in order."""
    if numbers is None:
        yield "s.claim > ?", (after,)
        return
    for first in range(bisect_right(numbers, after), len(numbers), AT_ONCE):
        yield among("s.claim", numbers[first : first + AT_ONCE])


def _decided(ledger: Reader, what: Sought, numbers: Numbers, reviewer: str | None) -> Iterator[int]:
    """The claims asked for on which a reviewer, or with None anybody, has decided."""
    clause, values = _narrowed(ledger, what)
    by = "" if reviewer is None else "INDEXED BY decisions_kept_person WHERE person = ? AND"
    sql = f"""SELECT s.claim FROM (SELECT DISTINCT claim FROM decisions_kept {by or "WHERE"} made = 'review') k
              CROSS JOIN standings s ON s.claim = k.claim WHERE s.part IN {LISTED} AND {clause or 1} ORDER BY s.claim"""
    shown = json.dumps([part.id for part in _parts(ledger, what)])
    among_them = None if numbers is None else frozenset(numbers)
    found = ledger.run(sql, (*([] if reviewer is None else [reviewer]), shown, *values))
    return (number for (number,) in found if among_them is None or number in among_them)


def decided(ledger: Reader, what: Sought) -> list[int]:
    """The numbers of the claims asked for on which anybody has decided who has not taken that back."""
    return list(_decided(ledger, what, _numbers(told(ledger, what)), None))


def _numbers(found: Told | None) -> Numbers:
    return None if found is None else found.numbers


def following(ledger: Reader, what: Sought, after: int, numbers: Numbers) -> str:
    """The first claim in the state after one in the order of arrival, and after the last the first again; "" when there is none."""
    first = _first(ledger, what, after, numbers)
    found = _first(ledger, what, 0, numbers) if first is None and after else first
    return "" if found is None else str(ledger.run("SELECT id FROM claims WHERE number = ?", (found,)).fetchone()[0])


def _first(ledger: Reader, what: Sought, after: int, numbers: Numbers) -> int | None:
    mine = what.state == "mine"
    own = "SELECT claim FROM decisions_kept INDEXED BY decisions_kept_person WHERE person = ? AND made = 'review'"
    unseen = f" AND s.claim NOT IN ({own})" if mine else ""
    seen = (what.reviewer,) if mine else ()
    clause, values = _narrowed(ledger, what)
    if (wanted := _wanted(ledger, what)) == "[]":
        return None
    if numbers is None and not clause:
        each = f"SELECT claim FROM standings s WHERE s.part = p.value AND s.claim > ?{unseen} ORDER BY claim LIMIT 1"
        return _number(ledger, f"SELECT min(({each})) FROM json_each(?) p", (after, *seen, wanted))
    shown = f"{clause or 1} AND +s.part IN {LISTED}{unseen}"
    tries = (
        _number(ledger, f"SELECT min(+s.claim) FROM standings s {how} WHERE {some} AND {shown}", (*listed, *values, wanted, *seen))
        for how, some, listed in _tries(numbers, after)
    )
    return next((number for number in tries if number is not None), None)


def _tries(numbers: Numbers, after: int) -> Iterator[tuple[str, str, tuple[str | int, ...]]]:
    """Where to look for the first claim: among the next ones in order, and where none of these is, among all that an index finds."""
    if numbers is None:
        yield "NOT INDEXED", "s.claim > ? AND s.claim <= ?", (after, after + AT_ONCE)
        yield "", "+s.claim > ?", (after + AT_ONCE,)
    else:
        yield from (("NOT INDEXED", some, listed) for some, listed in _slices(numbers, after=after))


def _number(ledger: Reader, sql: str, values: Sequence[int | str]) -> int | None:
    found: int | None = ledger.run(sql, values).fetchone()[0]
    return found


def entries(ledger: Reader, what: Sought) -> Iterator[Entry]:
    """The claims asked for that are in the state, in the order of arrival."""
    clause, values = _narrowed(ledger, what)
    unseen = f" AND s.claim NOT IN {LISTED}" if what.state == "mine" else ""
    numbers = _numbers(told(ledger, what))
    seen = (json.dumps(list(_decided(ledger, what, None, what.reviewer))),) if unseen else ()
    for some, listed in _slices(numbers, after=0):
        chosen = f"{clause or 1} AND s.part IN {LISTED}{unseen} AND {some}"
        yield from found(ledger, chosen, (*values, _wanted(ledger, what), *seen, *listed))


def latest(ledger: Reader, states: frozenset[str], *, proposed: bool, limit: int) -> tuple[list[int], int]:
    """The numbers of the latest claims that stand and name all the states, and how many there are; with `proposed` only what nobody decided on."""
    found = (_Part(*row) for row in ledger.run(_PARTS))
    shown = {part.id: part for part in found if (part.place == "open" if proposed else part.place != "rejected")}
    what, listed = Sought(states=states), json.dumps([*shown])
    clause, values = _narrowed(ledger, what)
    sql = f"SELECT claim FROM standings s WHERE {clause or 1} AND +s.part IN {LISTED} ORDER BY claim DESC LIMIT ?"
    numbers = [number for (number,) in ledger.run(sql, (*values, listed, limit))]
    counted = _counted(ledger, what, None, shown)
    return sorted(numbers), sum(counted[part] for part in shown)


def last(ledger: Reader, person: str, *, claim: str | None = None) -> Review | Merge | None:
    """The last decision of a person, on a claim where one is given, that was not taken back."""
    of = "" if claim is None else "AND claim = (SELECT number FROM claims WHERE id = ?)"
    sql = f"SELECT made, number FROM decisions_kept WHERE person = ? {of} ORDER BY at DESC, made, number DESC LIMIT 1"
    found = ledger.run(sql, (person,) if claim is None else (person, claim)).fetchone()
    if found is None:
        return None
    table, read = ("reviews", rows.review) if found[0] == "review" else ("merges", rows.merge)
    made: Review | Merge = read(ledger.run(f"SELECT record FROM {table} WHERE number = ?", found[1:]).fetchone()[0])
    return made
