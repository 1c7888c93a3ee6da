"""What is told and not typed further: issues with their hazard, stakeholders, options and precedents; explanations, forecasts, outside shocks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from detente import ontology
from detente.dates import Interval
from detente.examine.material import How, Material, Proof, by_day, how, source, speaker, states, target
from detente.records import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """A matter of concern and those whom it touches, what could be done about it, by whom, and where the like was done."""

    act: str
    hazard: str
    stakeholder: str
    option: str
    precedent: str
    words: str
    when: Interval | None
    how: How
    proofs: tuple[Proof, ...]


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


def issues(material: Material) -> tuple[Issue, ...]:
    """Issues that touch either of the two, by day."""
    return tuple(_issue(act, material) for act in sorted(material.around("issue"), key=by_day))


def find(material: Material) -> tuple[Statement, ...]:
    """Every act of either of the two as told, by day, and what the same texts tell of others: a precedent elsewhere, a third state's rule."""
    chosen = {act.id: act for act in material.beside() if act.claim.kind != "trade_value"}
    return tuple(_statement(act, material) for act in sorted(chosen.values(), key=by_day))


def _issue(act: Act, material: Material) -> Issue:
    claim, proof = act.claim, material.proof(act)
    named = {name: claim.detail(name) or "" for name in ("hazard", "stakeholder", "option", "precedent")}
    return Issue(act=act.id, words=proof.quote, when=claim.valid, how=how(act), proofs=(proof,), **named)


def _statement(act: Act, material: Material) -> Statement:
    claim, proof = act.claim, material.proof(act)
    return Statement(
        act=act.id, kind=claim.kind, source=source(act), target=target(act), names=", ".join(ontology.state_name(s) for s in sorted(states(act))),
        speaker=speaker(act), status=claim.status, hedge=claim.hedge or "",
        band=claim.detail("band") or (claim.hedge or "" if claim.kind == "forecast" else ""), cause=claim.detail("cause") or "", words=proof.quote,
        when=claim.valid, known=act.known, between=set(material.dyad) <= states(act), around=bool(states(act) & set(material.dyad)),
        how=how(act), proofs=(proof,),
    )  # fmt: skip
