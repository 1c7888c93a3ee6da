"""What a sentence of a brief stands on: the acts it names, and the whole body of acts that were counted to say it.

A rate against that of three years ago rests on every act counted, not only on those that carry it. A footing holds these bodies: per pair of
states all acts read, the acts counted in each dimension, those that expectations are held against, and the proposals that nobody has reviewed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from detente import ontology
from detente.assess import facts as facts_of
from detente.assess import hypotheses as explanations
from detente.publish import wording
from detente.records import Act, Hypothesis, Statement, Verdict

WHOLE, EXPECTED, PROPOSED = "whole", "expected", "proposed"
BESIDE = {"economic_delivered": ("economic_declared",)}
"""Dimensions whose finding also looks at the acts of another."""


@dataclass(frozen=True, slots=True)
class Basis:
    """A body of acts under a key, and what it is in words."""

    key: str
    text: str
    acts: tuple[str, ...]


def of(found: Verdict, acts: Iterable[Act], hypotheses: Iterable[Hypothesis] = ()) -> dict[str, Basis]:
    """Every body of acts of an answer by its key; empty ones are left out."""
    held = tuple(acts)
    focal = facts_of.known(held, dyad=found.dyad, as_of=found.as_of, coverage=())
    expected = tuple(dict.fromkeys(act.id for h in hypotheses for act in explanations.fitting(focal, h)))
    proposed = tuple(act.id for act in held if not act.accepted and set(found.dyad) <= act.claim.states and _known(act, found.as_of))
    pairs = [basis for verdict in (found, *found.benchmarks) for basis in _pair(held, verdict)]
    extra = [_basis(found.dyad, EXPECTED, expected), _basis(found.dyad, PROPOSED, proposed)]
    return {basis.key: basis for basis in (*pairs, *extra) if basis.acts}


def key(dyad: tuple[str, str], what: str) -> str:
    """The key of a body of acts: `what` is a dimension, or one of the words of this module.

    >>> key(("FIN", "ISL"), "contact")
    'FIN-ISL-contact'
    """
    return "-".join((*dyad, what))


def _pair(acts: tuple[Act, ...], verdict: Verdict) -> list[Basis]:
    facts = facts_of.known(acts, dyad=verdict.dyad, as_of=verdict.as_of, coverage=())
    whole = tuple(act.id for act in facts.acts if set(verdict.dyad) <= act.claim.states)
    counted = [
        (d, tuple(dict.fromkeys(act.id for each in (d, *BESIDE.get(d, ())) for act in facts.between(each)))) for d in ontology.family("dimensions")
    ]
    return [_basis(verdict.dyad, what, ids) for what, ids in ((WHOLE, whole), *counted)]


def _basis(dyad: tuple[str, str], what: str, acts: tuple[str, ...]) -> Basis:
    a, b = (ontology.state_name(code) for code in dyad)
    code = f"basis_{what}" if what in (WHOLE, EXPECTED, PROPOSED) else "basis_counted"
    values = (("pair", f"{a} and {b}"), ("number", str(len(acts))), *((("dimension", what),) if code == "basis_counted" else ()))
    return Basis(key(dyad, what), wording.say(Statement(code=code, values=values)), acts)


def _known(act: Act, as_of: date) -> bool:
    return act.known is not None and act.known <= as_of
