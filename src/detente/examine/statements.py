"""What is told and not typed further: explanations, forecasts, outside shocks, and every other act in the words that tell it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from detente import ontology
from detente.dates import Interval
from detente.examine.material import How, Material, Proof, by_day, how, source, speaker, states, target
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
    chosen = {act.id: act for act in material.beside() if act.claim.kind != "trade_value"}
    return tuple(_statement(act, material) for act in sorted(chosen.values(), key=by_day))


def _statement(act: Act, material: Material) -> Statement:
    claim, proof = act.claim, material.proof(act)
    return Statement(
        act=act.id, kind=claim.kind, source=source(act), target=target(act), names=", ".join(ontology.state_name(s) for s in sorted(states(act))),
        speaker=speaker(act), status=claim.status, hedge=claim.hedge or "",
        band=claim.detail("band") or (claim.hedge or "" if claim.kind == "forecast" else ""), cause=claim.detail("cause") or "", words=proof.quote,
        when=claim.valid, known=act.known, between=set(material.dyad) <= states(act), around=bool(states(act) & set(material.dyad)),
        how=how(act), proofs=(proof,),
    )  # fmt: skip
