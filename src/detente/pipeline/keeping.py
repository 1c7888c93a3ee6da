"""What the ledger takes in and gives out besides texts: cases, decisions, what stands, what is known by a day.

`now` is the caller's clock; nothing here prints or reads the environment.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from detente import __version__
from detente.assess import facts as facts_of
from detente.assess import question as questions
from detente.assess.facts import Facts
from detente.errors import CaseError, InputError
from detente.keep import acts, decisions, edits, reviews, selection
from detente.keep import verify as verification
from detente.keep.ledger import CaseLoad, Reader, Writer
from detente.keep.selection import Selection
from detente.pipeline import selecting
from detente.pipeline.selecting import Scope
from detente.read import cases
from detente.read import hypotheses as offered
from detente.records import Act, Citation, Claim, Coverage, Hypothesis, Merge, Review

MARGIN = timedelta(days=90)
"""How far before a day claims are read so that the acts after it are whole: reports of one act date it to a month, and to a day or two of it."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading a case did: rows read, claims that were new, whether anything changed."""

    case: cases.Case
    rows: int
    new: int
    changed: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What a ledger knows as of a day: all acts, the claims they are made of by identity, coverage, and what its cases name for each dyad."""

    acts: tuple[Act, ...]
    coverage: tuple[Coverage, ...]
    benchmarks: dict[tuple[str, str], tuple[tuple[str, str], ...]]
    cases: dict[str, tuple[str, str]]
    hypotheses: dict[tuple[str, str], tuple[Hypothesis, ...]] = field(default_factory=dict)
    reports: Mapping[str, Claim] = field(default_factory=dict)

    def facts(self, dyad: tuple[str, str], *, as_of: date) -> Facts:
        """What of it is known of one dyad by a day."""
        return facts_of.known(self.acts, dyad=dyad, as_of=as_of, coverage=self.coverage)


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


@dataclass(frozen=True, slots=True)
class Sources:
    """What an answer is made from, as the ledger holds it: claims that stand, where documents are found, merges, and cases in force."""

    standing: tuple[reviews.Standing, ...]
    citations: Mapping[str, Citation]
    merges: tuple[Merge, ...]
    loads: tuple[CaseLoad, ...]


def sources(data: Path, *, as_of: date, dyad: tuple[str, str] | None = None, scope: Scope = "verdict") -> Sources:
    """What the ledger of a data folder holds of what was known on a day: all of it, or what is looked at for a pair."""
    with Reader.open(data) as ledger:
        loads = tuple(ledger.cases().values())
        return _sources(ledger, loads, as_of, None if dyad is None else selecting.select(ledger, dyad, loads, scope))


def _sources(ledger: Reader, loads: tuple[CaseLoad, ...], as_of: date, selected: Selection | None) -> Sources:
    standing = tuple(reviews.standing(ledger, as_of=as_of, selected=selected))
    told = None if selected is None else tuple({item.claim.spans[0].document for item in standing})
    return Sources(standing, ledger.citations(documents=told), tuple(ledger.merges()), loads)


def known(data: Path, *, as_of: date, dyad: tuple[str, str] | None = None, scope: Scope = "verdict") -> Known:
    """The acts that the ledger of a data folder knew on a day, accepted and proposed: all, or those of `sources`."""
    return together(sources(data, as_of=as_of, dyad=dyad, scope=scope))


def known_since(day: date, *, data: Path, as_of: date) -> Known:
    """The acts known on a day that begin on a day or later, as the whole ledger makes them; some of earlier days may be among them."""
    with Reader.open(data) as ledger:
        return together(_sources(ledger, tuple(ledger.cases().values()), as_of, selection.since(ledger, day - MARGIN)))


def act_known(key: str, *, data: Path, as_of: date) -> tuple[Act, Known] | None:
    """An act by its identity, and the acts that it was made beside; None when no such act was known by the day.

    An act that another report turned out to be the first to tell of is found by the identity that it had before.
    """
    with Reader.open(data) as ledger:
        found = ledger.run("SELECT id, document FROM claims JOIN claim_states ON claim = number WHERE act = ?", (key,)).fetchone()
        if found is None:
            return None
        held = together(_sources(ledger, tuple(ledger.cases().values()), as_of, _beside(ledger, *found)))
    made = (act for act in held.acts if found[0] in act.claims)
    return next(((act, held) for act in made), None)


def _beside(ledger: Reader, claim: str, document: str) -> Selection:
    """What a claim may be of one act with: all of its kind and states, or, where its kind joins nothing and nobody did, what its text tells."""
    chosen = selection.select(ledger, (), claims=(claim,))
    alone = len(chosen.parts) == 1 and all(kind in acts.APART for _, kind in chosen.parts)
    return Selection(documents=frozenset((document,))) if alone else chosen


def claims_in(document: str, *, data: Path) -> list[reviews.Standing]:
    """The claims that stand in a document, in the order of arrival."""
    with Reader.open(data) as ledger:
        return reviews.standing(ledger, selected=Selection(documents=frozenset((document,))))


def cases_known(data: Path) -> dict[str, tuple[str, str]]:
    """The pair of each case in force, by its name."""
    with Reader.open(data) as ledger:
        return {case.name: case.dyad for case in (cases.about(load.about) for load in ledger.cases().values())}


def together(held: Sources) -> Known:
    """The acts that claims make, and what the cases say beside them."""
    found, _ = acts.group(held.standing, citations=held.citations, merges=held.merges)
    abouts = [cases.about(load.about) for load in held.loads]
    pairs = {case.dyad: case.benchmarks for case in abouts}
    boards = {case.dyad: offered.unpack(load.about) for case, load in zip(abouts, held.loads, strict=True)}
    reports = {item.stored: item.claim for item in held.standing}
    return Known(found, tuple(c for load in held.loads for c in load.coverage), pairs, {case.name: case.dyad for case in abouts}, boards, reports)


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """The name to write a file under, which becomes `path` when it is whole; raises InputError when the place cannot be written to."""
    part = path.with_name(f".{path.name}.part")
    try:
        part.touch()
        yield part
        part.replace(path)
    except OSError as error:
        raise InputError(f"a place that can be written to at {path}", came=str(error), do="choose another with -o") from error


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file so that it is there whole or not at all; raises InputError when the place cannot be written to."""
    with whole(path) as part:
        part.write_bytes(content.encode() if isinstance(content, str) else content)


def claims(data: Path, *, names: tuple[str, ...] = (), proposed: bool = False) -> list[reviews.Standing]:
    """The claims that stand in a ledger and name all the states; with `proposed` only those that nobody has decided on."""
    wanted = questions.every(names)
    with Reader.open(data) as ledger:
        found = reviews.standing(ledger)
    return [item for item in found if wanted <= item.claim.states and not (proposed and (item.accepted or item.disputed))]


def review(made: Review, *, data: Path, now: str, wait_seconds: float = 5.0) -> None:
    """Keep a person's decision on a claim. Raises LedgerUnsound when the claim is unknown.

    Raises InputError when its edits do not fit, and when the same was decided in the same moment and taken back or replaced since.
    """
    with Reader.open(data) as ledger:
        claim = ledger.claim(made.claim)
    if claim is not None:
        edits.edited(claim, made.edits)
    with Writer.open(data, wait_seconds=wait_seconds, now=now) as writer, writer.transaction():
        new = writer.add_review(made)
    if not new and made not in _latest(data):
        raise InputError("a decision of another moment", came="the same was made and taken back within a second", do="make it once more")


def _latest(data: Path) -> tuple[Review, ...]:
    with Reader.open(data) as ledger:
        return tuple(decisions.in_force(ledger.reviews()).values())


def verify(data: Path) -> Iterator[str]:
    """What is wrong with the ledger, one sentence a fault; nothing when it is sound."""
    with Reader.open(data) as ledger:
        yield from verification.problems(ledger)
