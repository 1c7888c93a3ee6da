"""What each page shows, as data: the same mapping fills the page and is its JSON twin. All of it is asked of the pipeline."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any

from detente import dates, ontology, pipeline
from detente.assess import question as questions
from detente.assess.facts import rule
from detente.desk.remembering import remembered
from detente.errors import LedgerError, QuestionError
from detente.examine.families import FAMILIES
from detente.keep import tallies
from detente.keep.ledger import FILE, Reader
from detente.measure.occasions import add_months
from detente.publish import exports, timeline
from detente.records import Claim, Document, Review, Verdict

PAIRS = 50
"""Pairs on the first page."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A data folder in the state of one moment: whatever is remembered under it is forgotten when the ledger changes."""

    data: Path
    stamp: tuple[int, ...]


LARGE_BYTES = 48_000_000
"""From this size of a ledger on, what costs much is worked out in a process of its own."""


def seen(data: Path) -> Seen:
    """The folder with sizes and times of its ledger and of what is written beside it."""
    numbers = list[int]()
    for path in (data / FILE, data / f"{FILE}-wal"):
        with contextlib.suppress(FileNotFoundError):  # the second goes away whenever the last writer leaves, also between two looks
            found = path.stat()
            numbers += (found.st_mtime_ns, found.st_size) if found.st_size else ()  # a reader makes it, empty
    return Seen(data, tuple(numbers))


@remembered(1)
def known(at: Seen, as_of: date) -> pipeline.Known:
    """All that was known by a day."""
    return pipeline.known(at.data, as_of=as_of)


@remembered(1)
def around(at: Seen, pair: tuple[str, str], as_of: date) -> pipeline.Known:
    """What was known around a pair by a day."""
    return pipeline.known(at.data, as_of=as_of, dyad=pair, scope="around")


@remembered(2)
def looked_at(at: Seen, pair: tuple[str, str], as_of: date) -> pipeline.Known:
    """What the verdict on a pair looks at, known by a day."""
    return pipeline.known(at.data, as_of=as_of, dyad=pair)


@remembered(32)
def verdict(at: Seen, pair: tuple[str, str], as_of: date) -> Verdict:
    """The verdict on a pair, which must have been known of by that day."""
    return pipeline.answer(looked_at(at, pair, as_of), dyad=pair, as_of=as_of)


@remembered(32)
def picture(at: Seen, pair: tuple[str, str], as_of: date) -> dict[str, Any]:
    """The timeline of a verdict as SVG."""
    return {"svg": timeline.picture(verdict(at, pair, as_of), since=add_months(as_of, -int(rule("memory_months"))))}


def brief(at: Seen, pair: tuple[str, str], as_of: date, today: date, output: Path) -> None:
    """Write the brief on a pair in the form of the file's ending."""
    pipeline.brief(pair, data=at.data, as_of=as_of, today=today, output=output)


def start(at: Seen, as_of: date) -> dict[str, Any]:
    """Counts of the ledger and its pairs of states, most claims first; nothing of an empty one, and the cases that can be opened."""
    if not at.stamp:
        return {"title": "Start", "counts": {}, "dyads": [], "shipped": list(shipped())}
    with Reader.open(at.data) as ledger:
        counts, told = ledger.counts(), tallies.pairs(ledger, as_of=as_of, most=PAIRS)
    rows = [{"a": t.pair[0], "b": t.pair[1], "names": named(t.pair), "claims": t.claims, "latest": t.latest} for t in told]
    return {"title": "Start", "counts": counts, "dyads": rows, "shipped": [] if rows else list(shipped())}


def named(pair: tuple[str, str]) -> str:
    """Two states by their names."""
    return " and ".join(ontology.state_name(code) for code in pair)


def shipped() -> dict[str, Path]:
    """The cases that come with the program, by name."""
    package = Path(str(files("detente")))
    places = (package / "data" / "cases", package.parents[1] / "cases")
    return {path.parent.name: path.parent for place in places for path in sorted(place.glob("*/case.toml"))}


def dyad(at: Seen, pair: tuple[str, str], as_of: date) -> dict[str, Any]:
    """The whole answer on a pair."""
    found = verdict(at, pair, as_of)
    return {
        "title": named(pair),
        "a": pair[0],
        "b": pair[1],
        "verdict_data": exports.verdict(found),
        "links": [(each.name, each.help) for each in FAMILIES],
    }


def ask(at: Seen, question: str, as_of: date, today: date) -> dict[str, Any]:
    """The verdict, or the records that answer a question."""
    plain: dict[str, Any] = {"title": "Ask", "question": question, "verdict_data": None, "passages": []}
    if not question:
        return plain
    found = pipeline.ask(question, data=at.data, as_of=as_of, today=today)
    if isinstance(found, Verdict):
        return {**plain, "a": found.dyad[0], "b": found.dyad[1], "verdict_data": exports.verdict(found)}
    return {**plain, "passages": [{"text": p.answer, "words": [{"document": w.document, "quote": w.quote} for w in p.proofs]} for p in found.found]}


def act(at: Seen, key: str, as_of: date) -> dict[str, Any]:
    """An act with its claims and sources. Raises LedgerError when no such act was known by that day."""
    held = pipeline.act_known(key, data=at.data, as_of=as_of)
    if held is None:
        raise LedgerError("an act known by that day", came=f"there is no such act by {as_of}", do="choose a later day, or begin from the pair's page")
    found, beside = held
    history = pipeline.history(found.claims, data=at.data)
    told = [{"id": name, **told_claim(beside.reports[name], history)} for name in found.claims if name in beside.reports]
    plain = {"id": found.id, "valid": found.claim.valid and str(found.claim.valid), "known": found.known and str(found.known)}
    cited = [exports.citation(each) for each in found.citations]
    return {"title": found.claim.quote[:200], **plain, "accepted": found.accepted, "claims": told, "sources": cited}


def told_claim(claim: Claim, history: dict[str, tuple[Review, ...]]) -> dict[str, Any]:
    """A claim with its history, as every page shows it."""
    told = [{"decision": r.decision, "reviewer": r.reviewer, "at": r.at, "reason": r.reason} for r in history.get(claim.slot, ())]
    plain = {"kind": claim.kind, "status": claim.status, "made_by": claim.made_by, "why": claim.why}
    return {**plain, "document": claim.spans[0].document, "quote": claim.quote, "reviews": told}


def document(at: Seen, key: str) -> dict[str, Any]:
    """A text in pieces, those that a claim quotes with its identity. Raises LedgerError when there is no such document."""
    with Reader.open(at.data) as ledger:
        found = ledger.document(key)
    if found is None:
        raise LedgerError("a document of the ledger", came="there is no such document", do="look for it under Sources")
    standing = [(item.stored, item.claim) for item in pipeline.claims_in(key, data=at.data)]
    plain = {"title": found.title or found.source, "id": key, "source": found.source, "published": found.published and str(found.published)}
    return {
        **plain,
        "language": found.language,
        "address": found.address,
        "claims": [name for name, _ in standing],
        "pieces": _pieces(found, standing),
    }


def _pieces(doc: Document, standing: list[tuple[str, Claim]]) -> list[dict[str, Any]]:
    spans = sorted((span.start, span.stop, name) for name, claim in standing for span in claim.spans if span.document == doc.id)
    cuts = sorted({0, len(doc.text), *(cut for start, stop, _ in spans for cut in (start, stop))})
    shown, pieces = set[str](), list[dict[str, Any]]()
    for low, high in pairwise(cuts):
        over = [name for start, stop, name in spans if start <= low and high <= stop]
        name = next((each for each in over if each not in shown), over[0]) if over else None
        pieces.append({"text": doc.text[low:high], "claim": name, "first": name is not None and name not in shown})
        shown.update([name] if name else [])
    return pieces


def sources(at: Seen, as_of: date) -> dict[str, Any]:
    """Publications by how many documents they gave, and coverage."""
    with Reader.open(at.data) as ledger:
        counted = tallies.publications(ledger, as_of=as_of, most=500)
        graded = [each for load in ledger.cases().values() for each in load.coverage]
    rows = [{"publication": name, "documents": number} for name, number in counted]
    cover = [{"a": c.a, "b": c.b, "start": str(c.start), "stop": str(c.stop), "grade": c.grade, "note": c.note} for c in graded]
    return {"title": "Sources and coverage", "sources": rows, "coverage": cover}


def pair_of(a: str, b: str) -> tuple[str, str]:
    """Two states as the ledger orders them."""
    return questions.pair(a, b)


def day(text: str | None, today: date) -> date:
    """The day in an address, or today; raises QuestionError for a day to come."""
    found = dates.parse_day(text) if text else today
    if found > today:
        raise QuestionError(f"a day up to today, {today}", came=f"{found} came", do="choose an earlier day")
    return found


def held(data: Path) -> Seen:
    """The folder as it is now; raises LedgerError where there is no ledger yet."""
    if not (at := seen(data)).stamp:
        raise LedgerError("a ledger", came="there is none yet", do="open a case on the first page, or bring in a text")
    return at
