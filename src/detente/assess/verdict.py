"""From the findings on the dimensions to the verdict on the relationship, by the rule table below, first that fits.

1 two deep dimensions at a new stage and none of them declined: new stage
2 a deep dimension at a new stage, or one rising while another declined: mixed
3 two dimensions rising: new phase of intent
4 two dimensions declined, or the only one that moved: declined
5 a shock that reverted in any: shock
6 fewer than half of the dimensions can be told: cannot tell
7 otherwise: no change

Deep are law, security, delivered exchange, the nuclear stance and alignment: they cost or bind. Contact, symbols and declarations do not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from statistics import median

from detente import ontology
from detente.assess import dissent, flows, ladders, rates, stances
from detente.assess.facts import LIMITS, SHOCKS, Facts, counts, effect, rule
from detente.examine import targets
from detente.measure.occasions import add_months
from detente.records import Act, Call, Confidence, Details, Evidence, Finding, Statement, Target, Verdict

DEEP = ("legal", "security", "economic_delivered", "nuclear", "alignment")
RISES = ("new_stage", "new_phase_of_intent")


def assess(facts: Facts, *, benchmarks: Iterable[Facts] = (), proposals: Details = ()) -> Verdict:
    """The verdict on a dyad as of a day, with the same measures on the benchmark dyads."""
    found = tuple(_finding(facts, dimension) for dimension in ontology.family("dimensions"))
    overall = combine(found)
    goals = _targets(facts)
    offered = _explanations(facts, found, goals)
    contested = _contested(facts, overall)
    dissenting, assumed = dissent.dissent(overall, found), dissent.assumptions(facts)
    return Verdict(
        dyad=facts.dyad,
        as_of=facts.as_of,
        overall=overall,
        dimensions=found,
        evidence=_evidence(facts, found, goals, (*offered, *contested, *dissenting)),
        targets=goals,
        explanations=offered,
        contested=contested,
        dissent=dissenting,
        assumptions=assumed,
        benchmarks=tuple(assess(other) for other in benchmarks),
        proposals=proposals,
        acts_read=sum(1 for act in facts.acts if set(facts.dyad) <= act.claim.states),
    )


def _finding(facts: Facts, dimension: str) -> Finding:
    by = ontology.term("dimensions", dimension).more["evidence"]
    if by == "rate":
        return rates.find(facts, dimension)
    return {"ladder": ladders.find, "series": flows.find, "stance": stances.find}[by](facts)


def combine(found: Sequence[Finding]) -> Finding:
    """The overall finding by the rule table of this module."""
    calls = {f.dimension: f.call for f in found}
    deep_new = [d for d in DEEP if calls.get(d) == "new_stage"]
    rising = [d for d, call in calls.items() if call in RISES]
    declined = [d for d, call in calls.items() if call == "declined"]
    shocks = [d for d, call in calls.items() if call == "shock"]
    known = [d for d, call in calls.items() if call != "cannot_tell"]
    call: Call
    if len(deep_new) >= rule("deep_least") and not set(declined) & set(DEEP):
        call, carried = "new_stage", deep_new
    elif deep_new or (rising and declined):
        call, carried = "mixed", [*rising, *declined]
    elif len(rising) >= rule("surface_least"):
        call, carried = "new_phase_of_intent", rising
    elif len(declined) >= rule("surface_least") or (declined and not shocks and len(known) > 1):
        call, carried = "declined", declined
    elif shocks:
        call, carried = "shock", shocks
    elif 2 * len(known) < len(found):
        call, carried = "cannot_tell", [d for d in calls if d not in known]
    else:
        call, carried = "no_change", known
    return _overall(call, carried, found)


def _overall(call: Call, carried: list[str], found: Sequence[Finding]) -> Finding:
    carrying = [f for f in found if f.dimension in carried]
    names = {name: " ".join(f.dimension for f in found if f.call == name) for name in ontology.family("verdicts")}
    values = (("carried", " ".join(carried)), *((name, text) for name, text in names.items() if text))
    return Finding(
        dimension="overall",
        call=call,
        probability=_probability(call, carrying),
        confidence=_confidence(carrying),
        statements=(Statement(code=f"overall_{call}", values=values, acts=tuple(dict.fromkeys(act for f in carrying for act in f.supports))),),
        watch=tuple(w for f in found if f.call in (*RISES, "declined") for w in f.watch),
        supports=tuple(dict.fromkeys(act for f in carrying for act in f.supports)),
        contradicts=tuple(dict.fromkeys(act for f in carrying for act in f.contradicts)),
    )


def _probability(call: Call, carrying: Sequence[Finding]) -> float | None:
    """That at least as many of the carrying dimensions as the rule needs are as found, taken as independent; of no change the middle one's."""
    shares = [f.probability for f in carrying if f.probability is not None]
    if call == "cannot_tell" or not shares:
        return None
    if call == "no_change":
        return round(median(shares), 2)
    needed = {"new_stage": rule("deep_least"), "new_phase_of_intent": rule("surface_least")}.get(call, 1)
    return min(0.99, round(at_least(shares, int(needed)), 2))


def at_least(shares: Sequence[float], needed: int) -> float:
    """Probability that at least `needed` of independent events happen (the Poisson binomial, exactly).

    >>> at_least([0.5, 0.5], 1)
    0.75
    """
    mass = [1.0]
    for share in shares:
        mass = [a * (1 - share) + b * share for a, b in zip([*mass, 0.0], [0.0, *mass], strict=True)]
    return sum(mass[needed:])


def _confidence(carrying: Sequence[Finding]) -> Confidence:
    """That of the dimensions that carry the verdict: the lowest of the best two."""
    order: tuple[Confidence, ...] = ("low", "moderate", "high")
    ranked = sorted((order.index(f.confidence) for f in carrying), reverse=True)[:2]
    return order[min(ranked)] if ranked else "low"


def _targets(facts: Facts) -> tuple[Target, ...]:
    wanted = [act for act in facts.acts if act.claim.kind == "target" and set(facts.dyad) <= act.claim.states]
    measured = facts.between("economic_delivered")
    return tuple(target for act in wanted if (target := targets.follow(act, measured, as_of=facts.as_of)) is not None)


def _explanations(facts: Facts, found: Sequence[Finding], goals: Sequence[Target]) -> tuple[Statement, ...]:
    """What else happened that may explain a move or a goal not reached: restrictive and outside acts that touch either state. Not tested here."""
    fallen = any(f.call == "declined" for f in found) or any(t.actuals and t.actuals[-1].share < 1 for t in goals)
    risen = any(f.call in RISES for f in found)
    since = add_months(facts.as_of, -int(rule("recent_months")))
    goal_days = [act.known for act in facts.acts for t in goals if t.act == act.id and act.known is not None]
    start = min([since, *goal_days]) if fallen else since
    touching = [act for act in facts.acts if act.claim.states & set(facts.dyad) and counts(act) and _starts_after(act, start)]
    limits = [act for act in touching if act.claim.kind in LIMITS and effect(act) < 0]
    shocks = [act for act in touching if act.claim.kind in SHOCKS]
    eased = [act for act in touching if act.claim.kind == "obligation" and effect(act) > 0 and set(facts.dyad) <= act.claim.states]
    offered = (("explain_limits", limits, fallen), ("explain_eased", eased, risen), ("explain_shocks", shocks, True))
    return tuple(_offered(code, acts) for code, acts, wanted in offered if acts and wanted)


def _contested(facts: Facts, overall: Finding) -> tuple[Statement, ...]:
    """Words of others that relations are at a new stage, held against the verdict."""
    said = [act for act in facts.acts if act.claim.kind == "proclaimed_stage" and set(facts.dyad) <= act.claim.states]
    if not said:
        return ()
    days = sorted(act.known for act in said if act.known is not None)
    values = (("number", str(len(said))), ("first", str(days[0].year)), ("last", str(days[-1])))
    code = "proclaimed_borne_out" if overall.call == "new_stage" else "proclaimed_not_borne_out"
    return (Statement(code=code, values=values, acts=tuple(act.id for act in said)),)


def _offered(code: str, acts: Sequence[Act]) -> Statement:
    first, last = acts[0].claim.valid, acts[-1].claim.valid
    values = (("number", str(len(acts))), ("first", str(first)), ("last", str(last)))
    return Statement(code=code if len(acts) > 1 else f"{code}_one", values=values, acts=tuple(act.id for act in acts))


def _starts_after(act: Act, start: date) -> bool:
    valid = act.claim.valid
    return valid is not None and valid.start is not None and valid.start >= start


def _evidence(facts: Facts, found: Sequence[Finding], goals: Sequence[Target], offered: Sequence[Statement]) -> tuple[Evidence, ...]:
    said = (*(s for f in found for s in f.statements), *offered)
    used = {act for f in found for act in (*f.supports, *f.contradicts)} | {act for s in said for act in s.acts}
    used |= {t.act for t in goals} | {actual.act for t in goals for actual in t.actuals}
    return tuple(_piece(act, found) for act in facts.acts if act.id in used)


def _piece(act: Act, found: Sequence[Finding]) -> Evidence:
    return Evidence(
        id=act.id,
        supports=tuple(f.dimension for f in found if act.id in f.supports),
        contradicts=tuple(f.dimension for f in found if act.id in f.contradicts),
        text=act.claim.quote,
        valid=act.claim.valid,
        known=act.known,
        known_assumed=act.claim.known_assumed,
        citations=act.citations,
    )
