"""The one sentence of the program: read sources, code claims, keep the ledger, measure, detect, examine, assess, publish.

The only place where the steps meet. `now` and `today` are the caller's clock; nothing here prints or reads the environment.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Literal

from detente import __version__, dates
from detente.assess import facts as facts_of
from detente.assess import hypotheses as explanations
from detente.assess import question as questions
from detente.assess import shocks
from detente.assess import verdict as verdicts
from detente.errors import CaseError, InputError, QuestionError
from detente.examine import questions as templates
from detente.examine import register, routing
from detente.examine.material import Material
from detente.examine.questions import Answer
from detente.examine.register import Record
from detente.keep import acts, reviews
from detente.keep import verify as verification
from detente.keep.ledger import CaseLoad, Reader, Writer
from detente.publish import brief as briefs
from detente.read import cases, sources
from detente.read import hypotheses as offered
from detente.read.outcomes import Failed, Kept, LeftOut, Limits, Refused
from detente.records import Act, Claim, Coverage, Details, Hypothesis, Review, Verdict

SHOCK = "why.shock"
"""The template of questions whether something outside began a change."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading a case did: rows read, claims that were new, whether anything changed."""

    case: cases.Case
    rows: int
    new: int
    changed: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What a ledger knows as of a day: all acts, coverage, and the benchmarks that its cases name for each dyad."""

    acts: tuple[Act, ...]
    coverage: tuple[Coverage, ...]
    benchmarks: dict[tuple[str, str], tuple[tuple[str, str], ...]]
    cases: dict[str, tuple[str, str]]
    hypotheses: dict[tuple[str, str], tuple[Hypothesis, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Enquiry:
    """What answers a question in free words: records and sentences, the best first, and the test of a shock where one is asked about."""

    text: str
    dyad: tuple[str, str]
    as_of: date
    found: tuple[routing.Passage, ...]
    shock: shocks.Shock | None


def load_case(folder: Path, *, data: Path, now: str, wait_seconds: float = 5.0) -> Loaded:
    """Load a case folder into the ledger; all or nothing. Raises CaseError when its check finds faults."""
    case = cases.read(folder)
    if case.faults:
        more = f" (and {len(case.faults) - 1} more)" if len(case.faults) > 1 else ""
        raise CaseError("a case without faults", came=f"{case.faults[0]}{more}", do=f"see `detente case check {folder}`")
    rows = tuple((fact.key, fact.claim.id) for fact in case.facts)
    load = CaseLoad(case.name, case.digest, case.about, rows, case.coverage)
    with Writer.open(data, wait_seconds=wait_seconds, now=now) as writer, writer.transaction():
        for fact in case.facts:
            writer.add_document(fact.document)
        new = sum(writer.add_claim(fact.claim) for fact in case.facts)
        changed = writer.add_case(load, now=now)
        if changed:
            writer.add_run(f"case load {case.name}", now=now, version=__version__, counts={"rows": len(rows), "new": new})
    return Loaded(case, len(rows), new, changed)


def known(data: Path, *, as_of: date) -> Known:
    """The acts that the ledger of a data folder knew on a day, accepted and proposed."""
    with Reader.open(data) as ledger:
        standing = reviews.standing(ledger, as_of=as_of)
        found, _ = acts.group(standing, citations=ledger.citations(), merges=ledger.merges())
        loads = ledger.cases().values()
    abouts = [cases.about(load.about) for load in loads]
    pairs = {case.dyad: case.benchmarks for case in abouts}
    boards = {case.dyad: offered.unpack(load.about) for case, load in zip(abouts, loads, strict=True)}
    return Known(found, tuple(c for load in loads for c in load.coverage), pairs, {case.name: case.dyad for case in abouts}, boards)


def ask(text: str, *, data: Path, as_of: date, today: date, case: str | None = None) -> Verdict | Enquiry:
    """Answer a question as of a day: the verdict when it asks whether relations are at a new stage, otherwise the records that answer it.

    Raises QuestionError for a day to come, a question without a pair of states, and one that nothing in the ledger answers.
    """
    asked = questions.understand(text)
    if as_of > today:
        raise QuestionError(f"a day up to today, {today}", came=f"{as_of} came", do="nothing can be known as of a day to come; choose an earlier one")
    held = known(data, as_of=as_of)
    dyad = _pair_of(asked, held, case)
    return answer(held, dyad=dyad, as_of=as_of) if asked.kind == "stage" else _enquire(asked, dyad, held, data=data, as_of=as_of)


def _pair_of(asked: questions.Question, held: Known, case: str | None) -> tuple[str, str]:
    """The pair that a question is about. What asks an examination may name a third state, so there the case comes first."""
    if asked.kind == "other" and (case is not None or (len(held.cases) == 1 and asked.dyad not in held.cases.values())):
        return _dyad(replace(asked, dyad=None), held, case)
    return _dyad(asked, held, case)


def _enquire(asked: questions.Question, dyad: tuple[str, str], held: Known, *, data: Path, as_of: date) -> Enquiry:
    from detente.coding.encoder import Encoder  # only questions in free words need it

    with Reader.open(data) as ledger:
        texts = {doc.id: doc for doc in ledger.documents()}
    seen = Material(dyad, as_of, held.acts, held.coverage, texts)
    found = routing.find(asked.text, seen, Encoder.load().embed)
    if not found:
        came = f"nothing known by {as_of} answers {asked.text!r}"
        raise QuestionError("a question that can be answered", came=came, do="see `detente questions` for those that can, or ask for a new stage")
    facts = facts_of.known(held.acts, dyad=dyad, as_of=as_of, coverage=held.coverage)
    return Enquiry(asked.text, dyad, as_of, found, _shock_in(asked.text, found, facts))


def _shock_in(text: str, found: Sequence[routing.Passage], facts: facts_of.Facts) -> shocks.Shock | None:
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
    focal, *others = (facts_of.known(held.acts, dyad=pair, as_of=as_of, coverage=held.coverage) for pair in wanted)
    if not any(set(dyad) <= act.claim.states for act in held.acts):
        raise QuestionError(
            "a dyad of which something is known",
            came=f"the ledger holds no act of {dyad[0]} and {dyad[1]} known by {as_of}",
            do="load a case or read documents",
        )
    return verdicts.assess(focal, benchmarks=others, proposals=_proposals(held, dyad))


def brief(names: tuple[str, str], *, data: Path, as_of: date, today: date, output: Path) -> None:
    """Write the verdict on two states as a brief, HTML or Markdown by the file's ending. Raises InputError for another ending."""
    if output.suffix not in (".html", ".md"):
        raise InputError("a file that ends in .html or .md", came=f"{output.name} came", do="choose one of these endings")
    found = assess(names, data=data, as_of=as_of, today=today)
    composed = briefs.compose(found)
    text = briefs.html(composed) if output.suffix == ".html" else briefs.markdown(composed)
    write_whole(output, text)


def write_whole(path: Path, text: str) -> None:
    """Write a file so that it is there whole or not at all; raises InputError when the place cannot be written to."""
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(path)
    except OSError as error:
        raise InputError(f"a place that can be written to at {path}", came=str(error), do="choose another with -o") from error


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of one thing that was read: how many claims its document makes, or why it was refused or failed."""

    fate: Literal["coded", "refused", "failed", "left_out"]
    origin: str
    claims: int = 0
    document: str | None = None
    reason: str | None = None
    message: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to read: targets as `read.sources` takes them, the publication day and source given for all, and the limits."""

    targets: tuple[str, ...]
    published: date | None
    source: str | None
    limits: Limits
    stdin: bytes | None = None


def read(wanted: Wanted, *, data: Path, now: str, wait_seconds: float = 5.0) -> Iterator[Reading]:
    """Read sources, propose claims, keep both; each document is kept whole before the next is begun, so a kill loses nothing that was told."""
    from detente.coding import claims  # the parser takes seconds to load, so only reading loads it

    coder: claims.Coder | None = None
    with Writer.open(data, wait_seconds=wait_seconds, now=now) as writer:
        for outcome in sources.read(wanted.targets, published=wanted.published, source=wanted.source, limits=wanted.limits, stdin=wanted.stdin):
            if isinstance(outcome, Kept):
                coder = coder or claims.load()
                yield _keep(outcome, coder.code(outcome.document).claims, writer, now)
            else:
                yield _unread(outcome)


def _keep(outcome: Kept, proposed: tuple[Claim, ...], writer: Writer, now: str) -> Reading:
    with writer.transaction():
        writer.add_document(outcome.document, original=outcome.original)
        for claim in proposed:
            writer.add_claim(claim)
        writer.add_coding(outcome.document.id, [claim.id for claim in proposed], now=now)
    return Reading("coded", outcome.origin, claims=len(proposed), document=outcome.document.id, message="; ".join(outcome.notes))


def _unread(outcome: Refused | Failed | LeftOut) -> Reading:
    if isinstance(outcome, Refused):
        return Reading("refused", outcome.origin, reason=outcome.reason, message=outcome.message)
    if isinstance(outcome, Failed):
        return Reading("failed", outcome.origin, message=outcome.traceback)
    return Reading("left_out", outcome.origin, claims=0, message=f"{outcome.count} hidden files")


def assess(names: tuple[str, str], *, data: Path, as_of: date, today: date) -> Verdict:
    """The verdict on two states by name or code, as of a day up to today."""
    if as_of > today:
        raise QuestionError(f"a day up to today, {today}", came=f"{as_of} came", do="choose an earlier day")
    return answer(known(data, as_of=as_of), dyad=questions.pair(*names), as_of=as_of)


def replay(names: tuple[str, str], days: Iterable[date], *, data: Path) -> Iterator[Verdict]:
    """The verdict as of each day, from what was known by it; days before anything was known are left out."""
    dyad = questions.pair(*names)
    for day in days:
        held = known(data, as_of=day)
        if any(set(dyad) <= act.claim.states for act in held.acts):
            yield answer(Known(held.acts, held.coverage, {}, held.cases), dyad=dyad, as_of=day)


def shock(names: tuple[str, str], day: date, *, data: Path, as_of: date) -> tuple[shocks.Shock, dict[str, Act]]:
    """The test of a shock, and the acts that it names."""
    dyad, held = questions.pair(*names), known(data, as_of=as_of)
    facts = facts_of.known(held.acts, dyad=dyad, as_of=as_of, coverage=held.coverage)
    return shocks.examine(facts, day), {act.id: act for act in facts.acts}


def hypotheses(names: tuple[str, str], *, data: Path, as_of: date) -> tuple[tuple[explanations.Board, ...], dict[str, Act]]:
    """The explanations of a dyad's case weighed against the acts known by a day, or the default ones; and the acts that they name."""
    dyad, held = questions.pair(*names), known(data, as_of=as_of)
    facts = facts_of.known(held.acts, dyad=dyad, as_of=as_of, coverage=held.coverage)
    if not any(set(dyad) <= act.claim.states for act in facts.acts):
        came = f"the ledger holds no accepted act of {dyad[0]} and {dyad[1]} known by {as_of}"
        raise QuestionError("a dyad of which something is known", came=came, do="load a case, or accept what was read")
    board = held.hypotheses.get(dyad) or offered.default(dates.between(facts.recent_start, as_of))
    begun = [h for h in board if any(e.window.begun_by(as_of) for e in h.expectations)]
    return explanations.weigh(facts, begun or offered.default(dates.between(facts.recent_start, as_of))), {act.id: act for act in facts.acts}


def claims(data: Path, *, names: tuple[str, ...] = (), proposed: bool = False) -> list[reviews.Standing]:
    """The claims that stand in a ledger and name all the states; with `proposed` only those that nobody has decided on."""
    wanted = {state for name in names for state in questions.states(name) or questions.states(name.title())}
    with Reader.open(data) as ledger:
        found = reviews.standing(ledger)
    return [item for item in found if wanted <= item.claim.states and not (proposed and (item.accepted or item.disputed))]


def review(made: Review, *, data: Path, now: str, wait_seconds: float = 5.0) -> None:
    """Keep a person's decision on a claim; raises InputError when its edits do not fit, LedgerUnsound when the claim is unknown."""
    with Reader.open(data) as ledger:
        claim = ledger.claim(made.claim)
    if claim is not None:
        reviews.edited(claim, made.edits)
    with Writer.open(data, wait_seconds=wait_seconds, now=now) as writer, writer.transaction():
        writer.add_review(made)


def verify(data: Path) -> Iterator[str]:
    """What is wrong with the ledger, one sentence a fault; nothing when it is sound."""
    with Reader.open(data) as ledger:
        yield from verification.problems(ledger)


@dataclass(frozen=True, slots=True)
class Look:
    """What an examination is asked: two states in order (None: those of the case), the day, the span, and the case when no states are named."""

    names: tuple[str, str] | None
    as_of: date
    since: date | None = None
    until: date | None = None
    case: str | None = None


@dataclass(frozen=True, slots=True)
class Examined:
    """What the examinations found, by their names, of which two states; `counted` holds what is summed up over all records."""

    dyad: tuple[str, str]
    found: dict[str, tuple[Record, ...]]
    counted: dict[str, tuple[object, ...]]


def material(look: Look, *, data: Path) -> Material:
    """All that an examination may look at: acts known by the day, coverage, and the texts."""
    held = known(data, as_of=look.as_of)
    with Reader.open(data) as ledger:
        texts = {doc.id: doc for doc in ledger.documents()}
    return Material(_two(look, held), look.as_of, held.acts, held.coverage, texts, look.since, look.until)


def examine(names: Sequence[str], look: Look, *, data: Path) -> Examined:
    """Run examinations by name over the ledger. Raises InputError for a name that is none, QuestionError for states that are not known."""
    chosen = [register.examination(name) for name in names]
    seen = material(look, data=data)
    found = {each.name: each.find(seen) for each in chosen}
    return Examined(seen.dyad, found, {name: counted for name, records in found.items() if (counted := register.summary(name, records))})


def questioned(look: Look, *, data: Path) -> tuple[Answer, ...]:
    """Every question that can be asked of two states, answered from the ledger as of the day."""
    return templates.ask(material(look, data=data))


def _two(look: Look, held: Known) -> tuple[str, str]:
    if look.names is None:
        return _dyad(questions.Question("", "stage", None), held, look.case)
    low, high = questions.pair(*look.names)
    first = questions.states(look.names[0]) or questions.states(look.names[0].title()) or questions.states(look.names[0].upper())
    return (low, high) if first[:1] == (low,) else (high, low)


def _dyad(asked: questions.Question, held: Known, case: str | None) -> tuple[str, str]:
    if asked.dyad is not None:
        return asked.dyad
    if case is not None and case not in held.cases:
        raise QuestionError("a case that is loaded", came=f"{case!r} came; there are {', '.join(held.cases) or 'none'}", do="see `detente case list`")
    if case is not None:
        return held.cases[case]
    if len(held.cases) == 1:
        return next(iter(held.cases.values()))
    came = f"{len(held.cases)} cases are open" if held.cases else "no case is open"
    raise QuestionError(
        "a question that names two states", came=f"{asked.text!r} names none and {came}", do="name both states, or a case with --case"
    )


def _proposals(held: Known, dyad: tuple[str, str]) -> Details:
    kinds = Counter(act.claim.kind for act in held.acts if not act.accepted and set(dyad) <= act.claim.states)
    return tuple((kind, str(number)) for kind, number in sorted(kinds.items()))


__all__ = [
    "Enquiry",
    "Examined",
    "Known",
    "Loaded",
    "Look",
    "Reading",
    "Wanted",
    "answer",
    "ask",
    "assess",
    "brief",
    "claims",
    "examine",
    "hypotheses",
    "known",
    "load_case",
    "material",
    "questioned",
    "read",
    "replay",
    "review",
    "shock",
    "verify",
    "write_whole",
]
