"""Counts over a whole ledger that need no act to be made: pairs of states by their claims, publications by their documents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from detente.keep.ledger import Reader

CODE = 3
"""Letters of a state's code."""


@dataclass(frozen=True, slots=True)
class Told:
    """A pair of states, how many claims name these two and no other state, and the last day on which one became known."""

    pair: tuple[str, str]
    claims: int
    latest: str


def pairs(ledger: Reader, *, as_of: date, most: int) -> list[Told]:
    """The pairs of which most was known by a day, the most told of first. Cost: one pass over the index of claims by their states."""
    counted = """SELECT states, count(*), max(known) FROM claim_states WHERE known <= ? AND length(states) = ?
                 GROUP BY states ORDER BY count(*) DESC, states LIMIT ?"""
    found = ledger.run(counted, (as_of.isoformat(), 2 * CODE + 1, most))
    return [Told((states[:CODE], states[-CODE:]), number, latest) for states, number, latest in found]


def publications(ledger: Reader, *, as_of: date, most: int) -> list[tuple[str, int]]:
    """Publications by how many documents they gave that were out by a day, or whose day nobody knows; most first."""
    counted = """SELECT source, count(*) FROM documents WHERE published IS NULL OR published <= ?
                 GROUP BY source ORDER BY count(*) DESC, min(number) LIMIT ?"""
    return list(ledger.run(counted, (as_of.isoformat(), most)))


def claims(ledger: Reader, *, as_of: date) -> int:
    """How many claims were known by a day, those that no longer stand among them."""
    ((number,),) = ledger.run("SELECT count(*) FROM claim_states WHERE known <= ?", (as_of.isoformat(),))
    return int(number)
