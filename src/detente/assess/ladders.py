"""The finding on law: which instruments bind the two, how firmly and in how much, against what bound them when the recent span began.

An instrument is known by its name over all its steps; it counts by the scope of what it orders once it binds. A wider scope in force is a
new stage at once, because what is in force is bound to hold; signed and not yet in force it is intent.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from detente import ontology
from detente.assess import rates
from detente.assess.facts import Facts
from detente.dates import day
from detente.records import Act, Call, Confidence, Finding, Stage, Statement

ENDED = ("suspended", "lapsed")
NOTHING_WIDER = {"full": 0.9, "fair": 0.8}
"""Probability that no wider instrument was missed, by the coverage of the recent span."""


@dataclass(frozen=True, slots=True)
class Instrument:
    """One instrument as of a day: its scope, the rung reached, and the acts that took it there."""

    name: str
    scope: str
    rung: str
    ended: bool
    acts: tuple[Act, ...]

    @property
    def weight(self) -> int:
        """Weight of its scope."""
        return int(ontology.term("scopes", self.scope).more["weight"])

    @property
    def in_force(self) -> bool:
        """True when it binds: in force, or an agreement below a treaty, which binds on signature."""
        return not self.ended and self.rung in ("in_force", "agreement", "contract")


def find(facts: Facts) -> Finding:
    """The finding on law; `cannot_tell` where coverage is too thin or no instrument between the two is known."""
    held = instruments(facts.between("legal"), as_of=facts.as_of)
    if facts.graded_since() > facts.recent_start or not held:
        code = "no_instruments" if facts.graded_since() <= facts.recent_start else "thin_coverage"
        values = (("dimension", "legal"), ("since", str(facts.recent_start)))
        return Finding(dimension="legal", call="cannot_tell", probability=None, confidence="low", statements=(Statement(code=code, values=values),))
    before = [i for i in instruments(facts.between("legal"), as_of=facts.recent_start) if i.in_force]
    floor = max((i.weight for i in before), default=0)
    bound = [i for i in held if i.in_force and i.weight > floor]
    signed = [i for i in held if not i.ended and not i.in_force and i.weight > floor and _rung(i.rung) >= _rung("treaty_signed")]
    ended = [i for i in held if i.ended and i.weight >= floor > 0 and i.name in {b.name for b in before}]
    return _judge(facts, held, bound or signed, "new_stage" if bound else "new_phase_of_intent" if signed else None, ended)


def instruments(acts: tuple[Act, ...], *, as_of: date) -> tuple[Instrument, ...]:
    """The instruments that the acts speak of as they stood on a day; an act without an instrument's name is one of its own."""
    named: dict[str, list[Act]] = defaultdict(list)
    for act in acts:
        if act.claim.kind in ("agreement", "obligation") and act.claim.valid is not None and act.claim.valid.begun_by(as_of):
            named[act.claim.detail("instrument") or act.claim.detail("key") or act.id].append(act)
    return tuple(_instrument(name, tuple(held)) for name, held in sorted(named.items()))


def _instrument(name: str, acts: tuple[Act, ...]) -> Instrument:
    scopes = [scope for act in acts if (scope := act.claim.detail("scope") or "") in ontology.family("scopes")]
    rungs = [rung for act in acts if (rung := act.claim.detail("rung") or "") in ontology.family("agreements")]
    scope = max(scopes, key=lambda s: int(ontology.term("scopes", s).more["weight"]), default="technical")
    last = max(acts, key=lambda act: (act.claim.valid.start or date.min) if act.claim.valid else date.min)
    return Instrument(name, scope, max(rungs, key=_rung, default="intent"), last.claim.detail("step") in ENDED, acts)


def _rung(code: str) -> int:
    return int(ontology.term("agreements", code).more["binding"])


def _judge(facts: Facts, held: tuple[Instrument, ...], wider: list[Instrument], call: Call | None, ended: list[Instrument]) -> Finding:
    if call is None and ended:
        return _finding(facts, "declined", ended, ended)
    if call is not None:
        return _finding(facts, call, wider, held)
    rate = rates.find(facts, "legal")
    if rate.call in ("new_stage", "new_phase_of_intent"):
        return _more_of_the_same(rate)
    return _finding(facts, "no_change", [i for i in held if i.in_force] or list(held), held)


def _more_of_the_same(rate: Finding) -> Finding:
    """More instruments than usual and none wider than before: intent, however long it lasts."""
    extra = Statement(code="legal_more_not_wider", acts=rate.statements[0].acts)
    return Finding(
        dimension="legal",
        call="new_phase_of_intent",
        probability=rate.probability,
        confidence=rate.confidence,
        statements=(extra, *rate.statements),
        watch=(Statement(code="watch_legal"),),
        supports=rate.supports,
        contradicts=rate.contradicts,
        stage=rate.stage,
    )


def _finding(facts: Facts, call: Call, shown: list[Instrument], held: tuple[Instrument, ...] | list[Instrument]) -> Finding:
    best = max(shown, key=lambda i: (i.weight, _rung(i.rung)))
    last = best.acts[-1]
    probability = _probability(facts, call, last)
    values = (
        ("instrument", _words(best.name)),
        ("scope", ontology.term("scopes", best.scope).name),
        ("rung", ontology.term("agreements", best.rung).name),
        ("day", str(last.claim.valid)),
        ("number", str(len(held))),
    )
    acts = tuple(act.id for i in shown for act in i.acts if i is best or call == "no_change")
    changed = call in ("new_stage", "new_phase_of_intent")
    return Finding(
        dimension="legal",
        call=call,
        probability=probability,
        confidence=_confidence(best),
        statements=(Statement(code=f"legal_{call}", values=values, acts=acts),),
        watch=(Statement(code="watch_legal"),),
        supports=acts,
        stage=_stage(facts, best, held, probability) if changed else None,
    )


def _probability(facts: Facts, call: Call, last: Act) -> float:
    if call == "no_change":
        return NOTHING_WIDER.get(facts.grade(facts.recent_start), 0.6)
    return float(ontology.term("credibility", last.claim.detail("credibility") or "6").more["probability"])


def _words(name: str) -> str:
    """The name of an instrument; of a row's key what follows its date."""
    return re.sub(r"^\d{4}(-\d{2}){0,2}-", "", name).replace("-", " ") if re.fullmatch(r"[a-z0-9-]+", name) else name


def _confidence(best: Instrument) -> Confidence:
    publications = {citation.publication for act in best.acts for citation in act.citations}
    return "high" if len(publications) >= 3 else "moderate" if len(publications) == 2 or len(best.acts) > 1 else "low"


def _stage(facts: Facts, best: Instrument, held: tuple[Instrument, ...] | list[Instrument], probability: float) -> Stage:
    before = max((i.weight for i in held if i.in_force and i.name != best.name), default=0)
    begins = best.acts[-1].claim.valid or day(facts.as_of)
    named = {"dyad": facts.dyad, "dimension": "legal", "unit": "weight of scope"}
    return Stage(begins=begins, level=float(best.weight), before=float(before), probability=probability, **named)  # type: ignore[arg-type]
