"""From findings to sentences. The only place where an answer becomes English; each sentence is made from a statement and keeps its acts.

A likelihood and a confidence never share a sentence (ICD 203). The sentences themselves are data/wording/en.csv.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from detente import ontology
from detente.assess.shocks import Shock
from detente.assess.triads import Triad
from detente.errors import TermError
from detente.records import Finding, Statement, Target, Verdict

DUE_DAYS = 366


@cache
def sentences() -> Mapping[str, str]:
    """The sentence of each code."""
    text = (files("detente") / "data" / "wording" / "en.csv").read_text(encoding="utf-8")
    return MappingProxyType({row["code"]: row["sentence"] for row in csv.DictReader(text.splitlines())})


def say(statement: Statement) -> str:
    """The sentence of a statement; raises TermError for a code without one."""
    pattern = sentences().get(statement.code)
    if pattern is None:
        raise TermError("a statement with a sentence in the wording", came=f"{statement.code!r} has none", do="add it to data/wording/en.csv")
    values = {name: _named(name, value) for name, value in statement.values}
    return pattern.format(**{slot: values.get(slot, "unknown") for slot in re.findall(r"\{(\w+)\}", pattern)})


def headline(verdict: Verdict) -> str:
    """The verdict in one sentence with its likelihood, and what it does not extend to in another."""
    a, b = (ontology.state_name(code) for code in verdict.dyad)
    held = verdict.overall
    opening = f"As of {day(verdict.as_of)}, between {a} and {b}, {say(held.statements[0])}"
    return f"{opening}. {_likely(held)}{_beyond(verdict)}{_goals(verdict)}"


def finding(found: Finding) -> str:
    """The reasons of a finding, one after the other."""
    return " ".join(say(statement) for statement in found.statements)


def likelihood(found: Finding) -> str:
    """The call with its probability in words, or that none can be given."""
    name = ontology.term("verdicts", found.call).name
    if found.probability is None:
        return f"{name[0].upper()}{name[1:]}."
    return f"{name[0].upper()}{name[1:]}: {ontology.likelihood(found.probability).name} ({found.probability:.0%})."


def confidence(found: Finding) -> str:
    """The confidence in a sentence of its own."""
    return f"Confidence is {found.confidence}."


def target(goal: Target, *, as_of: date) -> str:
    """A target in a sentence: what it needs, what is on course, what is recorded, and how it stands."""
    opening = (
        f"The goal of {number(goal.goal)} {goal.unit} by {goal.deadline.year} needed {goal.growth:.1%} a year from {number(goal.baseline)} "
        f"({goal.baseline_period} to {goal.deadline.year}); a steady course had {number(goal.on_course)} in {min(as_of.year, goal.deadline.year)}."
    )
    if not goal.actuals:
        return f"{opening} No value is recorded yet; the goal is {goal.state}."
    last = goal.actuals[-1]
    known = f"The latest year known is {last.period} with {number(last.value)} ({last.publication}), {last.share:.1%} of the goal."
    return f"{opening} {known} It is {goal.state}."


def benchmark(other: Verdict, focal: Verdict) -> list[str]:
    """The same measures on another dyad; in brackets what the dyad asked about shows."""
    a, b = (ontology.state_name(code) for code in other.dyad)
    pairs = list(zip(other.dimensions, focal.dimensions, strict=True))
    told = [pair for pair in pairs if pair[0].call != "cannot_tell"]
    thin = " ".join(theirs.dimension for theirs, _ in pairs if theirs.call == "cannot_tell")
    lines = [f"{a} and {b}, {dimensions(theirs.dimension)}: {_called(theirs)} (here: {_called(mine)}). {finding(theirs)}" for theirs, mine in told]
    return [*lines, *([f"{a} and {b}: too thin to say anything of {dimensions(thin)}."] if thin else [])]


def _called(found: Finding) -> str:
    return ontology.term("verdicts", found.call).name


def shock(found: Shock) -> str:
    """What the test of a shock found, in sentences; a probability has its word, and no cause is claimed."""
    told = sentences()[f"shock_{found.course}"]
    placebo = "no placebo day could be tried" if found.placebo is None else f"at placebo days a rise is found {found.placebo:.0%} of the time"
    return told.format(day=day(found.day), rise=_share(found.rise), before=_share(found.before), placebo=placebo)


def triad(found: Triad) -> str:
    """What followed common pressure, in a sentence that claims no cause."""
    code = "triad_untold" if not found.told else "triad_rise" if found.rise > 0 else "triad_no_rise"
    placebo = "none" if found.placebo is None else f"{found.placebo:.0%}"
    values = {"third": ontology.state_name(found.third), "pressures": found.pressures, "before": number(found.before), "after": number(found.after)}
    return sentences()[code].format(**values, placebo=placebo, since=day(found.both_since))


def _share(probability: float) -> str:
    return f"{probability:.0%}, {ontology.likelihood(probability).name}"


def day(when: date) -> str:
    """A day as an English reader writes it."""
    return f"{when.day} {when:%B %Y}"


def number(value: object) -> str:
    """A number without needless zeros."""
    text = f"{value:,}" if isinstance(value, int) else f"{float(str(value)):,.2f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def dimensions(codes: str) -> str:
    """Names of dimensions as a list in a sentence."""
    names = [ontology.term("dimensions", code).name for code in codes.split()]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else "no dimension"


def _likely(found: Finding) -> str:
    if found.probability is None:
        return "No probability is given."
    return f"The probability is {found.probability:.0%} ({ontology.likelihood(found.probability).name})."


def _beyond(verdict: Verdict) -> str:
    """What else moved, what did not, and what cannot be told, of the dimensions that the verdict does not carry."""
    carried = (dict(verdict.overall.statements[0].values).get("carried") or "").split()
    groups = (
        ("Also rising", ("new_stage", "new_phase_of_intent")),
        ("Declined", ("declined",)),
        ("Unchanged", ("no_change",)),
        ("Not to be told", ("cannot_tell",)),
    )
    left = [(name, " ".join(f.dimension for f in verdict.dimensions if f.call in calls and f.dimension not in carried)) for name, calls in groups]
    return "".join(f" {name}: {dimensions(codes)}." for name, codes in left if codes)


def _goals(verdict: Verdict) -> str:
    """How the goals stand whose day has come or comes within a year."""
    due = [goal for goal in verdict.targets if goal.actuals and (goal.deadline - verdict.as_of).days <= DUE_DAYS]
    return "".join(f" {_standing(goal)}" for goal in due)


def _standing(goal: Target) -> str:
    last = goal.actuals[-1]
    return f"The goal of {number(goal.goal)} {goal.unit} by {goal.deadline.year} is {goal.state}: {last.share:.1%} of it in {last.period}."


def _named(name: str, value: str) -> str:
    if name in ("carried", "dimension"):
        return dimensions(value)
    return value
