"""What is told and not typed further: explanations, forecasts, outside shocks, and every other act in the words that tell it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from detente import ontology
from detente.dates import Interval
from detente.examine.material import How, Material, Proof, by_day, source, speaker, states, target
from detente.records import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One act as told. `band` is the likelihood's word of a forecast, `cause` that of an explanation; `names` are the states it names."""

    act: str
    kind: str
    source: str
    target: str
    names: str
    speaker: str
    status: str
    hedge: str
    band: str
    cause: str
    words: str
    when: Interval | None
    known: date | None
    between: bool
    around: bool
    how: How
    proofs: tuple[Proof, ...]


def find(material: Material) -> tuple[Statement, ...]:
    """Every act of either of the two as told, by day, and what the same texts tell of others: a precedent elsewhere, a third state's rule."""
    chosen = sorted((act for act in material.beside() if act.claim.kind != "trade_value"), key=by_day)
    pair = frozenset(material.dyad)
    return tuple(_statement(act, pair, material) for act in chosen)


def _statement(act: Act, pair: frozenset[str], material: Material) -> Statement:
    claim, proof, named = act.claim, material.proof(act), states(act)
    return Statement(
        act=act.id, kind=claim.kind, source=source(act), target=target(act), names=_names(named),
        speaker=speaker(act), status=claim.status, hedge=claim.hedge or "",
        band=claim.detail("band") or (claim.hedge or "" if claim.kind == "forecast" else ""), cause=claim.detail("cause") or "", words=proof.quote,
        when=claim.valid, known=act.known, between=pair <= named, around=not pair.isdisjoint(named), how=proof.how, proofs=(proof,),
    )  # fmt: skip


@lru_cache(maxsize=4096)
def _names(named: frozenset[str]) -> str:
    return ", ".join(map(ontology.state_name, sorted(named)))
