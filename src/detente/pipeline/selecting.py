"""Which part of the ledger a question about two states needs: for a verdict what its rules look at, for an examination what is told around the two.

What a rule looks at stands in `assess`; here it is said in sets of states and kinds, so that the rest of a large ledger stays unread.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import product
from typing import Literal

from detente import ontology
from detente.assess.facts import BESIDE, OUTSIDE
from detente.coding import formers
from detente.keep import growth, selection
from detente.keep.growth import Marks
from detente.keep.ledger import CaseLoad, Reader
from detente.keep.selection import Selection, Wanted
from detente.read import cases
from detente.read import hypotheses as offered
from detente.records import Expectation, Hypothesis

Pair = tuple[str, str]


Scope = Literal["verdict", "explained", "around"]
"""How much is looked at: what a verdict rests on, with what its explanations lead one to expect, with all around the two states."""


def select(ledger: Reader, dyad: Pair, loads: Sequence[CaseLoad], scope: Scope) -> Selection:
    """What is looked at for a pair."""
    return {"verdict": of_verdict, "explained": explained, "around": around}[scope](ledger, dyad, loads)


def of_verdict(ledger: Reader, dyad: Pair, loads: Sequence[CaseLoad]) -> Selection:
    """What a verdict on a pair and its benchmarks look at."""
    abouts = [cases.about(load.about) for load in loads]
    pairs = {dyad, *(pair for case in abouts if case.dyad == dyad for pair in case.benchmarks)}
    return selection.select(ledger, (*(each for pair in pairs for each in _of_pair(pair)), Wanted(kinds=OUTSIDE)))


def explained(ledger: Reader, dyad: Pair, loads: Sequence[CaseLoad]) -> Selection:
    """What a verdict looks at, and the acts that the explanations of the pair's case lead one to expect or were judged by."""
    boards = [h for load in loads if cases.about(load.about).dyad == dyad for h in offered.unpack(load.about)]
    wanted = [each for h in boards for e in h.expectations for each in _of_expectation(e)]
    return selection.united(of_verdict(ledger, dyad, loads), selection.select(ledger, wanted, claims=_judged(boards)))


def around(ledger: Reader, dyad: Pair, loads: Sequence[CaseLoad]) -> Selection:
    """All that is looked at, all else that either state did or met with, the case of the two, and what the texts that tell of it tell of others."""
    near = selection.select(ledger, [Wanted(states=(code,)) for code in _named(dyad)])
    told = selection.texts_of(ledger, near) | selection.texts_of_claims(ledger, _rowed(dyad, loads))
    return replace(selection.united(near, explained(ledger, dyad, loads)), documents=told)


def touched(ledger: Reader, dyad: Pair, past: Marks, scope: Scope) -> bool:
    """Whether what came after a mark can change what is looked at for a pair."""
    parts = growth.since(ledger, past)
    if not parts:
        return parts is None
    loads = tuple(ledger.cases().values())
    chosen = of_verdict(ledger, dyad, loads) if scope == "verdict" else explained(ledger, dyad, loads)
    if any(chosen.covers((part.states, part.kind)) for part in parts):
        return True
    return scope == "around" and _tells(ledger, {part.document for part in parts}, dyad, loads)


def _tells(ledger: Reader, documents: Collection[str], dyad: Pair, loads: Sequence[CaseLoad]) -> bool:
    """Whether a claim in some texts names one of two states, or is a row of their case."""
    named, rowed = _named(dyad), _rowed(dyad, loads)
    return any(claim in rowed or named & set(states.split()) for claim, states in selection.told_in(ledger, documents))


def _of_pair(pair: Pair) -> Iterator[Wanted]:
    yield Wanted(states=pair)
    for state in pair:
        yield Wanted(states=(state,), kinds=BESIDE)


def _of_expectation(e: Expectation) -> Iterator[Wanted]:
    """The sets of states that can fit: one of its sources with one of its targets; a side with a body in it may be of any states."""
    sides = [side if side and all(each in ontology.states() for each in side) else (None,) for side in (e.source, e.target)]
    if e.source or e.target:
        for pair in product(*sides):
            yield Wanted(states=tuple(dict.fromkeys(state for state in pair if state is not None)), kinds=e.kinds)


def _judged(boards: Iterable[Hypothesis]) -> list[str]:
    return [judged.claim for h in boards for judged in h.judgements]


def _named(dyad: Pair) -> frozenset[str]:
    """Two states and the former ones that they stand for."""
    return frozenset((*dyad, *(code for code, (_, successor) in formers.ends().items() if successor in dyad)))


def _rowed(dyad: Pair, loads: Iterable[CaseLoad]) -> frozenset[str]:
    """The claims of the rows of a pair's case."""
    return frozenset(claim for load in loads if cases.about(load.about).dyad == dyad for _, claim in load.rows)
