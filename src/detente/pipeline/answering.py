"""From what is known of two states to an answer: verdict, replay, shock, explanations, or what answers a question in free words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from detente import dates
from detente.assess import hypotheses as explanations
from detente.assess import question as questions
from detente.assess import shocks
from detente.assess import triads as pressures
from detente.assess import verdict as verdicts
from detente.assess.facts import Facts
from detente.errors import QuestionError
from detente.examine import routing
from detente.examine.material import Material
from detente.keep.ledger import Reader
from detente.pipeline.keeping import Known, cases_known, known
from detente.pipeline.merging import traced
from detente.read import hypotheses as offered
from detente.records import Act, Details, Hypothesis, Verdict

Cases = Mapping[str, tuple[str, str]]
"""The pair of each case by its name."""
SHOCK = "why.shock"
"""The template of questions whether something outside began a change."""


@dataclass(frozen=True, slots=True)
class Enquiry:
    """What answers a question in free words: records and sentences, the best first, and the test of a shock where one is asked about."""

    text: str
    dyad: tuple[str, str]
    as_of: date
    found: tuple[routing.Passage, ...]
    shock: shocks.Shock | None


def ask(text: str, *, data: Path, as_of: date, today: date, case: str | None = None) -> Verdict | Enquiry:
    """Answer a question as of a day: the verdict when it asks whether relations are at a new stage, otherwise the records that answer it.

    Raises QuestionError for a day to come, a question without a pair of states, and one that nothing in the ledger answers.
    """
    asked = questions.understand(text)
    if as_of > today:
        raise QuestionError(f"a day up to today, {today}", came=f"{as_of} came", do="nothing can be known as of a day to come; choose an earlier one")
    dyad = _pair_of(asked, cases_known(data), case)
    held = known(data, as_of=as_of, dyad=dyad, scope="verdict" if asked.kind == "stage" else "around")
    return answer(held, dyad=dyad, as_of=as_of) if asked.kind == "stage" else _enquire(asked, dyad, held, data=data, as_of=as_of)


def _pair_of(asked: questions.Question, cases: Cases, case: str | None) -> tuple[str, str]:
    """The pair that a question is about. What asks an examination may name a third state, so there the case comes first."""
    if asked.kind == "other" and (case is not None or (len(cases) == 1 and asked.dyad not in cases.values())):
        return pair_known(replace(asked, dyad=None), cases, case)
    return pair_known(asked, cases, case)


def _enquire(asked: questions.Question, dyad: tuple[str, str], held: Known, *, data: Path, as_of: date) -> Enquiry:
    from detente.coding.encoder import Encoder  # only questions in free words need it

    with Reader.open(data) as ledger:
        texts = ledger.texts()
    seen = Material(dyad, as_of, held.acts, held.coverage, texts, reports=held.reports)
    found = routing.find(asked.text, seen, Encoder.load().embed)
    if not found:
        came = f"nothing known by {as_of} answers {asked.text!r}"
        raise QuestionError("a question that can be answered", came=came, do="see `detente questions` for those that can, or ask for a new stage")
    facts = held.facts(dyad, as_of=as_of)
    return Enquiry(asked.text, dyad, as_of, found, _shock_in(asked.text, found, facts))


def _shock_in(text: str, found: Sequence[routing.Passage], facts: Facts) -> shocks.Shock | None:
    """The test of the outside event that a question names, when it asks whether that event began a change or sped it up."""
    if not any(passage.template == SHOCK for passage in found):
        return None
    asked = routing.words(text)
    told = [(len(asked & routing.words(act.claim.quote)), act) for act in facts.acts if act.claim.kind == "shock"]
    most = max((number for number, _ in told), default=0)
    days = [act.claim.valid.start for number, act in told if number == most > 0 and act.claim.valid is not None and act.claim.valid.start is not None]
    return shocks.examine(facts, min(days)) if days else None


def answer(held: Known, *, dyad: tuple[str, str], as_of: date) -> Verdict:
    """The verdict on a dyad from what is known."""
    wanted = (dyad, *held.benchmarks.get(dyad, ()))
    focal, *others = (held.facts(pair, as_of=as_of) for pair in wanted)
    if not any(set(dyad) <= act.claim.states for act in held.acts):
        raise QuestionError(
            "a dyad of which something is known",
            came=f"the ledger holds no act of {dyad[0]} and {dyad[1]} known by {as_of}",
            do="load a case or read documents",
        )
    return verdicts.assess(focal, benchmarks=others, proposals=_proposals(held, dyad))


def assess(names: tuple[str, str], *, data: Path, as_of: date, today: date) -> Verdict:
    """The verdict on two states by name or code, as of a day up to today."""
    if as_of > today:
        raise QuestionError(f"a day up to today, {today}", came=f"{as_of} came", do="choose an earlier day")
    dyad = questions.pair(*names)
    return answer(known(data, as_of=as_of, dyad=dyad), dyad=dyad, as_of=as_of)


def replay(names: tuple[str, str], days: Iterable[date], *, data: Path) -> Iterator[Verdict]:
    """The verdict as of each day, from what was known by it; days before anything was known are left out."""
    dyad = questions.pair(*names)
    for day in days:
        held = known(data, as_of=day, dyad=dyad)
        if any(set(dyad) <= act.claim.states for act in held.acts):
            yield answer(Known(held.acts, held.coverage, {}, held.cases), dyad=dyad, as_of=day)


def shock(names: tuple[str, str], day: date, *, data: Path, as_of: date) -> tuple[shocks.Shock, dict[str, Act]]:
    """The test of a shock, and the acts that it names."""
    dyad = questions.pair(*names)
    held = known(data, as_of=as_of, dyad=dyad)
    facts = held.facts(dyad, as_of=as_of)
    return shocks.examine(facts, day), {act.id: act for act in facts.acts}


def triads(names: tuple[str, str], *, data: Path, as_of: date) -> tuple[pressures.Triad, ...]:
    """What followed the pressure of each third party on both states, beside the first benchmark dyad of their case."""
    dyad = questions.pair(*names)
    held = known(data, as_of=as_of, dyad=dyad)
    wanted = (dyad, *held.benchmarks.get(dyad, ())[:1])
    facts, *others = (held.facts(pair, as_of=as_of) for pair in wanted)
    return pressures.find(facts, benchmark=others[0] if others else None)


def hypotheses(names: tuple[str, str], *, data: Path, as_of: date) -> tuple[tuple[explanations.Board, ...], dict[str, Act]]:
    """The explanations of a dyad's case weighed against the acts known by a day, or the default ones; and the acts that they name."""
    dyad = questions.pair(*names)
    held = traced(known(data, as_of=as_of, dyad=dyad, scope="explained"), dyad, data=data)
    facts = held.facts(dyad, as_of=as_of)
    if not any(set(dyad) <= act.claim.states for act in facts.acts):
        came = f"the ledger holds no accepted act of {dyad[0]} and {dyad[1]} known by {as_of}"
        raise QuestionError("a dyad of which something is known", came=came, do="load a case, or accept what was read")
    return explanations.weigh(facts, expected(held, facts)), {act.id: act for act in facts.acts}


def expected(held: Known, facts: Facts) -> tuple[Hypothesis, ...]:
    """The explanations that a dyad's case offers and whose windows have begun, or the default ones."""
    begun = tuple(h for h in held.hypotheses.get(facts.dyad, ()) if any(e.window.begun_by(facts.as_of) for e in h.expectations))
    return begun or offered.default(dates.between(facts.recent_start, facts.as_of))


def pair_known(asked: questions.Question, cases: Cases, case: str | None) -> tuple[str, str]:
    """The pair that a question names, or that of the case, or of the only case there is; QuestionError when neither tells."""
    if asked.dyad is not None:
        return asked.dyad
    if case is not None and case not in cases:
        raise QuestionError("a case that is loaded", came=f"{case!r} came; there are {', '.join(cases) or 'none'}", do="see `detente case list`")
    if case is not None:
        return cases[case]
    if len(cases) == 1:
        return next(iter(cases.values()))
    came = f"{len(cases)} cases are open" if cases else "no case is open"
    raise QuestionError(
        "a question that names two states", came=f"{asked.text!r} names none and {came}", do="name both states, or a case with --case"
    )


def _proposals(held: Known, dyad: tuple[str, str]) -> Details:
    kinds = Counter(act.claim.kind for act in held.acts if not act.accepted and set(dyad) <= act.claim.states)
    return tuple((kind, str(number)) for kind, number in sorted(kinds.items()))
