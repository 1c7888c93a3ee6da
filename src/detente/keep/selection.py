"""Which claims a question about some states needs, so that the rest of a large ledger is left unread.

A selection holds whole sets of states, kinds of others, and texts. Claims of one kind and the same states are selected together or not at all,
so that the acts they make are those that the whole ledger makes; only what a text tells of other states is taken as that text tells it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from detente.keep import decisions, derived, rows
from detente.keep.clauses import among
from detente.keep.edits import edited
from detente.keep.ledger import Reader
from detente.records import Claim


@dataclass(frozen=True, slots=True)
class Wanted:
    """Claims that name all of `states`, and of these only some kinds where `kinds` are given. No states: whatever states are named."""

    states: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()

    def fits(self, states: Collection[str], kind: str) -> bool:
        """True for the states and the kind of a claim that is wanted."""
        return (not self.kinds or kind in self.kinds) and all(state in states for state in self.states)


@dataclass(frozen=True, slots=True)
class Selection:
    """What is `wanted`, `parts` (each a set of states as the ledger keeps it, and a kind), `documents` by identity, what begins on a day or later."""

    wanted: frozenset[Wanted] = frozenset()
    parts: frozenset[tuple[str, str]] = frozenset()
    documents: frozenset[str] = frozenset()
    since: date | None = None

    def covers(self, part: tuple[str, str]) -> bool:
        """True when every claim of a set of states and a kind is selected."""
        return part in self.parts or any(each.fits(part[0].split(), part[1]) for each in self.wanted)


def select(ledger: Reader, wanted: Iterable[Wanted], *, claims: Iterable[str] = ()) -> Selection:
    """The selection of all that is wanted and of the acts of some claims, with whatever a person's merge ties to it."""
    found = Selection(frozenset(wanted), frozenset(_part(ledger, ledger.claim(key)) for key in claims))
    tied = _tied(ledger)
    while more := frozenset(side for pair in tied if any(map(found.covers, pair)) for side in pair if not found.covers(side)):
        found = replace(found, parts=found.parts | more)
    return found


def since(ledger: Reader, day: date) -> Selection:
    """What begins on a day or later, and whatever a person's merge ties together."""
    return Selection(parts=frozenset(part for pair in _tied(ledger) for part in pair), since=day)


def _tied(ledger: Reader) -> list[tuple[tuple[str, str], tuple[str, str]]]:
    """Of each merge the part of its claim, and that of the claim which its act is named after."""
    of = "SELECT m.claim, c.id FROM merges m JOIN claim_states a ON a.act = m.act JOIN claims c ON c.number = a.claim"
    return [(_part(ledger, ledger.claim(one)), _part(ledger, ledger.claim(other))) for one, other in ledger.run(of).fetchall()]


def united(one: Selection, other: Selection) -> Selection:
    """What either selects."""
    return replace(one, wanted=one.wanted | other.wanted, parts=one.parts | other.parts, documents=one.documents | other.documents)


def texts_of(ledger: Reader, selected: Selection) -> frozenset[str]:
    """The texts, rows of tables apart, that tell of what is selected."""
    clause, values = among("number", numbers(ledger, selected))
    found = ledger.run(f"SELECT DISTINCT document FROM claims WHERE made_by <> 'table' AND {clause}", values)
    return frozenset(key for (key,) in found)


def told_in(ledger: Reader, documents: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Every claim in some texts by identity, with its set of states as the ledger keeps it."""
    of = "SELECT c.id, s.states FROM claims AS c CROSS JOIN claim_states AS s ON s.claim = c.number"
    clause, values = among("c.document", documents)
    return iter(ledger.run(f"{of} WHERE {clause}", values))


def texts_of_claims(ledger: Reader, claims: Iterable[str]) -> frozenset[str]:
    """The texts of claims by identity, rows of tables too."""
    clause, values = among("id", claims)
    found = ledger.run(f"SELECT document FROM claims WHERE {clause}", values)
    return frozenset(key for (key,) in found)


def numbers(ledger: Reader, selected: Selection) -> list[int]:
    """The numbers of the claims to look at: those stored as selected, and every one that a person has edited."""
    parts, kinds = set(selected.parts), set[str]()
    sets = set[str]()
    for each in selected.wanted:
        if each.states or not each.kinds:
            named = sets_of(ledger, each.states)
            sets.update(() if each.kinds else named)
            parts.update((states, kind) for states in named for kind in each.kinds)
        else:
            kinds.update(each.kinds)
    values = tuple(json.dumps(sorted(each)) for each in (sets, parts, kinds, selected.documents))
    if selected.since is None:
        return [number for (number,) in ledger.run(f"{_NUMBERS} ORDER BY 1", values)]
    return [number for (number,) in ledger.run(f"{_NUMBERS} UNION {_SINCE} ORDER BY 1", (*values, selected.since.isoformat()))]


_NUMBERS = """
    SELECT claim FROM claim_states WHERE states IN (SELECT value FROM json_each(?))
    UNION SELECT s.claim FROM json_each(?) AS part CROSS JOIN claim_states AS s
      ON s.states = json_extract(part.value, '$[0]') AND s.kind = json_extract(part.value, '$[1]')
    UNION SELECT claim FROM claim_states WHERE kind IN (SELECT value FROM json_each(?))
    UNION SELECT number FROM claims WHERE document IN (SELECT value FROM json_each(?))
    UNION SELECT c.number FROM reviews r CROSS JOIN claims c ON c.slot = r.slot WHERE json_extract(r.record, '$.decision') = 'edited'
"""
_SINCE = "SELECT number FROM claims WHERE valid_start >= ?"


def sets_of(ledger: Reader, states: tuple[str, ...]) -> list[str]:
    """The sets of states, as the ledger keeps them, that name all of some; every one where none is given."""
    if not states:
        return [key for (key,) in ledger.run("SELECT DISTINCT states FROM claim_states")]
    together = " INTERSECT ".join(["SELECT states FROM state_sets WHERE state = ?"] * len(states))
    return [key for (key,) in ledger.run(together, states)]


def _part(ledger: Reader, claim: Claim | None) -> tuple[str, str]:
    """The set of states and the kind of a claim as a person last edited it; of a claim that is none, one that nothing has."""
    if claim is None:
        return "?", "?"
    made = ledger.run("SELECT slot, record FROM reviews WHERE slot = ? ORDER BY number", (claim.slot,))
    review = decisions.in_force((slot, rows.review(record)) for slot, record in made).get(claim.slot)
    standing = edited(claim, review.edits) if review is not None and review.claim == claim.id else claim
    return derived.key(standing.states), standing.kind
