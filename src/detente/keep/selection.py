"""Which claims a question about some states needs, so that the rest of a large ledger is left unread.

A selection holds whole sets of states, kinds of others, and texts. Claims of one kind and the same states are selected together or not at all,
so that the acts they make are those that the whole ledger makes; only what a text tells of other states is taken as that text tells it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace

from detente.keep import derived
from detente.keep.ledger import Reader
from detente.records import Claim


@dataclass(frozen=True, slots=True)
class Wanted:
    """Claims that name all of `states`, and of these only some kinds where `kinds` are given. No states: whatever states are named."""

    states: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Selection:
    """`sets` of states as the ledger keeps them, `parts` such a set and a kind, `kinds` of whatever states, `documents` identities of texts."""

    sets: frozenset[str] = frozenset()
    parts: frozenset[tuple[str, str]] = frozenset()
    kinds: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()

    def holds(self, claim: Claim) -> bool:
        """True when a claim, as it stands after a person's edits, is selected."""
        return self.covers(derived.key(claim.states), claim.kind) or claim.spans[0].document in self.documents

    def covers(self, states: str, kind: str) -> bool:
        """True when every claim of a kind and a set of states is selected."""
        return states in self.sets or kind in self.kinds or (states, kind) in self.parts


def select(ledger: Reader, wanted: Iterable[Wanted], *, claims: Iterable[str] = ()) -> Selection:
    """The selection of all that is wanted and of the acts of some claims, with whatever a person's merge ties to it."""
    sets, parts, kinds = set[str](), set[tuple[str, str]](), set[str]()
    for each in wanted:
        if each.states or not each.kinds:
            named = _sets(ledger, each.states)
            sets.update(() if each.kinds else named)
            parts.update((states, kind) for states in named for kind in each.kinds)
        else:
            kinds.update(each.kinds)
    of = "SELECT states, s.kind FROM claim_states s JOIN claims c ON c.number = s.claim WHERE c.id IN (SELECT value FROM json_each(?))"
    parts.update((states, kind) for states, kind in ledger.run(of, (json.dumps(list(claims)),)))
    return _with_merges(ledger, Selection(frozenset(sets), frozenset(parts), frozenset(kinds)))


def united(one: Selection, other: Selection) -> Selection:
    """What either selects."""
    return Selection(one.sets | other.sets, one.parts | other.parts, one.kinds | other.kinds, one.documents | other.documents)


def texts_of(ledger: Reader, selected: Selection) -> frozenset[str]:
    """The texts, rows of tables apart, that tell of what is selected."""
    found = ledger.run(f"SELECT DISTINCT document FROM claims WHERE made_by <> 'table' AND number IN ({_NUMBERS})", _values(selected))
    return frozenset(key for (key,) in found)


def texts_of_claims(ledger: Reader, claims: Iterable[str]) -> frozenset[str]:
    """The texts of claims by identity, rows of tables too."""
    found = ledger.run("SELECT document FROM claims WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(list(claims)),))
    return frozenset(key for (key,) in found)


def numbers(ledger: Reader, selected: Selection) -> list[int]:
    """The numbers of the claims to look at: those stored as selected, and every one that a person has edited."""
    edited = "SELECT c.number FROM reviews r JOIN claims c ON c.slot = r.slot WHERE json_extract(r.record, '$.decision') = 'edited'"
    return [number for (number,) in ledger.run(f"{_NUMBERS} UNION {edited} ORDER BY 1", _values(selected))]


_NUMBERS = """
    SELECT claim FROM claim_states WHERE states IN (SELECT value FROM json_each(?))
    UNION SELECT s.claim FROM json_each(?) AS part CROSS JOIN claim_states AS s
      ON s.states = json_extract(part.value, '$[0]') AND s.kind = json_extract(part.value, '$[1]')
    UNION SELECT claim FROM claim_states WHERE kind IN (SELECT value FROM json_each(?))
    UNION SELECT number FROM claims WHERE document IN (SELECT value FROM json_each(?))
"""


def _values(selected: Selection) -> tuple[str, ...]:
    return tuple(json.dumps(sorted(each)) for each in (selected.sets, selected.parts, selected.kinds, selected.documents))


def _sets(ledger: Reader, states: tuple[str, ...]) -> list[str]:
    if not states:
        return [key for (key,) in ledger.run("SELECT DISTINCT states FROM claim_states")]
    together = " INTERSECT ".join(["SELECT states FROM state_sets WHERE state = ?"] * len(states))
    return [key for (key,) in ledger.run(together, states)]


def _with_merges(ledger: Reader, found: Selection) -> Selection:
    """What persons tied together stays together: where one side of a merge is selected, so is the other."""
    of = "SELECT s.states, s.kind, a.states, a.kind FROM merges m JOIN claims c ON c.id = m.claim JOIN claim_states s ON s.claim = c.number"
    tied = [((mine, kind), (other, of_kind)) for mine, kind, other, of_kind in ledger.run(f"{of} JOIN claim_states a ON a.act = m.act")]
    while more := frozenset(side for pair in tied if any(found.covers(*side) for side in pair) for side in pair if not found.covers(*side)):
        found = replace(found, parts=found.parts | more)
    return found
