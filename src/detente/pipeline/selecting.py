"""Which part of the ledger a question about two states needs: for a verdict what its rules look at, for an examination what is told around the two.

What a rule looks at stands in `assess`; here it is said in sets of states and kinds, so that the rest of a large ledger stays unread.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import product

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


def of_verdict(ledger: Reader, dyad: Pair, loads: Sequence[CaseLoad]) -> Selection:
    """What a verdict on a pair, its benchmarks, explanations and series look at."""
    abouts = [cases.about(load.about) for load in loads]
    pairs = {dyad, *(pair for case in abouts if case.dyad == dyad for pair in case.benchmarks)}
    boards = [h for case, load in zip(abouts, loads, strict=True) if case.dyad == dyad for h in offered.unpack(load.about)]
    wanted = [each for pair in pairs for each in _of_pair(pair)] + [each for h in boards for e in h.expectations for each in _of_expectation(e)]
    return selection.select(ledger, (*wanted, Wanted(kinds=OUTSIDE)), claims=_judged(boards))


def around(ledger: Reader, dyad: Pair, loads: Sequence[CaseLoad]) -> Selection:
    """What a verdict looks at, all else that either state did or met with, the case of the two, and what the texts that tell of it tell of others."""
    named = [code for state in dyad for code in (state, *_formers(state))]
    rowed = [claim for load in loads if cases.about(load.about).dyad == dyad for _, claim in load.rows]
    near = selection.select(ledger, [Wanted(states=(code,)) for code in named])
    told = selection.texts_of(ledger, near) | selection.texts_of_claims(ledger, rowed)
    return replace(selection.united(near, of_verdict(ledger, dyad, loads)), documents=told)


def touched(ledger: Reader, dyad: Pair, past: Marks, *, near: bool) -> bool:
    """Whether what came after a mark can change what is known of a pair: for a verdict, or with `near` for all that `around` selects."""
    parts = growth.since(ledger, past)
    if not parts:
        return parts is None
    loads = tuple(ledger.cases().values())
    chosen = of_verdict(ledger, dyad, loads)
    if any(chosen.covers((part.states, part.kind)) for part in parts):
        return True
    return near and _tells(ledger, {part.document for part in parts}, dyad, loads)


def _tells(ledger: Reader, documents: Collection[str], dyad: Pair, loads: Sequence[CaseLoad]) -> bool:
    """Whether a claim in some texts names one of two states, or is a row of their case."""
    named = {code for state in dyad for code in (state, *_formers(state))}
    rowed = {claim for load in loads if cases.about(load.about).dyad == dyad for _, claim in load.rows}
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


def _formers(state: str) -> list[str]:
    return [code for code, (_, successor) in formers.ends().items() if successor == state]
