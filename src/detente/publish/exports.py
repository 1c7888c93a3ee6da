"""An answer as data: the JSON that others build on. Keys are stable; every number that a reader sees stands in it."""

from __future__ import annotations

from typing import Any

from detente.publish import wording
from detente.records import Actual, Citation, Evidence, Finding, Stage, Statement, Target, Verdict


def verdict(found: Verdict) -> dict[str, Any]:
    """The whole answer."""
    return {
        "dyad": list(found.dyad),
        "as_of": found.as_of.isoformat(),
        "overall": {**finding(found.overall), "text": wording.headline(found)},
        "dimensions": {f.dimension: finding(f) for f in found.dimensions},
        "evidence": [evidence(e) for e in found.evidence],
        "targets": [target(t, found) for t in found.targets],
        "explanations": [statement(s) for s in found.explanations],
        "contested": [statement(s) for s in found.contested],
        "dissent": [statement(s) for s in found.dissent],
        "assumptions": [statement(s) for s in found.assumptions],
        "benchmarks": [verdict(other) for other in found.benchmarks],
        "proposals": {name: int(number) for name, number in found.proposals},
        "acts_read": found.acts_read,
        "limits": wording.say(Statement(code="limits")),
    }


def finding(found: Finding) -> dict[str, Any]:
    """One dimension, or the whole."""
    return {
        "verdict": found.call,
        "probability": found.probability,
        "confidence": found.confidence,
        "text": wording.finding(found),
        "statements": [statement(s) for s in found.statements],
        "watch": [statement(s) for s in found.watch],
        "for": list(found.supports),
        "against": list(found.contradicts),
        "stage": None if found.stage is None else stage(found.stage),
    }


def statement(said: Statement) -> dict[str, Any]:
    """A sentence with its code, its values and the acts that it rests on."""
    return {"code": said.code, "text": wording.say(said), "values": dict(said.values), "acts": list(said.acts)}


def stage(found: Stage) -> dict[str, Any]:
    """A stage with the 90 % interval of its beginning."""
    return {
        "begins": str(found.begins),
        "level": found.level,
        "before": found.before,
        "unit": found.unit,
        "probability": found.probability,
        "restored": found.restored,
    }


def evidence(piece: Evidence) -> dict[str, Any]:
    """An act as evidence, with its sources."""
    return {
        "id": piece.id,
        "for": list(piece.supports),
        "against": list(piece.contradicts),
        "source": "; ".join(c.publication for c in piece.citations),
        "sources": [citation(c) for c in piece.citations],
        "valid": None if piece.valid is None else str(piece.valid),
        "known": None if piece.known is None else piece.known.isoformat(),
        "known_assumed": piece.known_assumed,
        "text": piece.text,
    }


def citation(found: Citation) -> dict[str, Any]:
    """Where it is found."""
    return {
        "document": found.document,
        "publication": found.publication,
        "published": None if found.published is None else found.published.isoformat(),
        "assumed": found.published_assumed,
        "address": found.address,
        "reliability": found.reliability,
        "credibility": found.credibility,
    }


def target(goal: Target, of: Verdict) -> dict[str, Any]:
    """A target and how it stands; money and shares as strings of decimals."""
    return {
        "act": goal.act,
        "measure": goal.measure,
        "baseline": str(goal.baseline),
        "baseline_period": goal.baseline_period,
        "goal": str(goal.goal),
        "unit": goal.unit,
        "deadline": goal.deadline.isoformat(),
        "growth_needed": round(goal.growth, 4),
        "on_course": str(goal.on_course),
        "actuals": [actual(a) for a in goal.actuals],
        "state": goal.state,
        "text": wording.target(goal, as_of=of.as_of),
    }


def actual(value: Actual) -> dict[str, Any]:
    """One source's value."""
    return {
        "act": value.act,
        "period": value.period,
        "value": str(value.value),
        "share_of_goal": str(value.share),
        "known": value.known.isoformat(),
        "publication": value.publication,
    }
