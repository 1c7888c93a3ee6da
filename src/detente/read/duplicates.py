"""Which documents repeat each other: the same text, or much of the same text, and which of the two came first.

Two documents are compared by their shingles, runs of five words: the share of the shorter one's shingles that the other holds.
A reprint, an excerpt and a digest all show up; a report of the same event in other words does not, and is no copy.
The earlier publication is the origin; where both have the same day, or one has none, nobody can tell, and it is said so.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from detente.records import Document

_WORDS_A_SHINGLE = 5
# One shingle in four is looked at to find pairs; pairs so found are compared in full.
_SAMPLED = 4
_MOST_SHARERS = 200
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """`later` repeats `earlier` (ids): `share` of the shorter text stands in the longer, 0-1; `exact` when the words are the same.

    `is_ordered` False: the days do not tell who came first, and the two stand in the order of their ids.
    """

    earlier: str
    later: str
    share: float
    exact: bool
    is_ordered: bool


def shingles(text: str) -> frozenset[int]:
    """The runs of five words of a text as 64-bit numbers, the same on every machine; a shorter text is one run.

    >>> len(shingles("The two sides met in Moscow")), len(shingles(""))
    (2, 0)
    """
    words = _WORD.findall(text.casefold())
    last = max(1, len(words) - _WORDS_A_SHINGLE + 1)
    runs = (" ".join(words[at : at + _WORDS_A_SHINGLE]) for at in range(last)) if words else iter(())
    return frozenset(int.from_bytes(hashlib.blake2b(run.encode("utf-8", "replace"), digest_size=8).digest(), "big") for run in runs)


def containment(one: frozenset[int], other: frozenset[int]) -> float:
    """The share of the smaller set that the larger holds, 0-1; 0 where one is empty (Broder 1997, containment)."""
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0


def same_words(one: str, other: str) -> bool:
    """What makes two texts the same: the same words in the same order, whatever the case, the spaces and the marks between them."""
    return _WORD.findall(one.casefold()) == _WORD.findall(other.casefold())


def find(documents: Sequence[Document], *, least_share: float) -> tuple[Copy, ...]:
    """Every pair in which at least `least_share` (0-1] of the shorter text stands in the longer, in the order of their ids.

    Passages that more than two hundred documents share, such as a standing notice, are not used to find pairs.
    """
    known = {doc.id: doc for doc in documents}
    runs = {id_: shingles(doc.text) for id_, doc in known.items()}
    found = (_copy(known[one], known[other], runs=runs) for one, other in sorted(_candidates(runs)))
    return tuple(copy for copy in found if copy.share >= least_share)


def origins(copies: Sequence[Copy]) -> dict[str, str]:
    """For each copied document the one it goes back to in the end; only pairs whose order is known count.

    >>> origins([Copy(earlier="a", later="b", share=1.0, exact=True, is_ordered=True)])
    {'b': 'a'}
    """
    best: dict[str, Copy] = {}
    for copy in copies:
        if copy.is_ordered and (copy.later not in best or copy.share > best[copy.later].share):
            best[copy.later] = copy
    return {later: _root(later, best) for later in best}


def _root(id_: str, best: dict[str, Copy]) -> str:
    while id_ in best:
        id_ = best[id_].earlier
    return id_


def _candidates(runs: dict[str, frozenset[int]]) -> set[tuple[str, str]]:
    """Pairs that share a sampled run."""
    holders: defaultdict[int, list[str]] = defaultdict(list)
    for id_, held in runs.items():
        for run in _sampled(held):
            holders[run].append(id_)
    shared: Counter[tuple[str, str]] = Counter()
    for ids in holders.values():
        if 1 < len(ids) <= _MOST_SHARERS:
            shared.update(combinations(sorted(ids), 2))
    return set(shared)


def _sampled(held: frozenset[int]) -> Iterator[int]:
    """The smallest run always takes part, so that two equal texts always meet."""
    if held:
        yield from {min(held), *(run for run in held if run % _SAMPLED == 0)}


def _copy(one: Document, other: Document, *, runs: dict[str, frozenset[int]]) -> Copy:
    days = (one.published, other.published)
    is_ordered = None not in days and days[0] != days[1]
    earlier, later = sorted((one, other), key=lambda doc: (doc.published or date.max, doc.id)) if is_ordered else sorted((one, other), key=_id)
    share = containment(runs[one.id], runs[other.id])
    return Copy(earlier=earlier.id, later=later.id, share=share, exact=same_words(one.text, other.text), is_ordered=is_ordered)


def _id(doc: Document) -> str:
    return doc.id
