"""From what is known to a brief in any form, to a bundle, and from a bundle back to the brief on another machine.

Whatever is published passes through the same narrow set of sources that a bundle holds, so that both cannot differ.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from detente import __version__, dates, ontology
from detente.assess import hypotheses as explanations
from detente.assess import levels
from detente.assess import question as questions
from detente.errors import BundleError, DateError, InputError, QuestionError
from detente.keep import heads
from detente.keep.ledger import Reader
from detente.pipeline.answering import answer, expected
from detente.pipeline.keeping import Known, Sources, known, sources, together, write_whole
from detente.pipeline.merging import origins
from detente.publish import brief as briefs
from detente.publish import bundles, charts, manuscripts, pages, references, rules, typeset, worddocs
from detente.publish import levels as published
from detente.publish.brief import Brief
from detente.read import cases

FORMS: Mapping[str, Callable[[Brief], str | bytes]] = {
    ".docx": worddocs.docx,
    ".html": pages.html,
    ".md": pages.markdown,
    ".pdf": typeset.pdf,
}
SAME_BYTES = (".md", ".html")
"""Forms that are the same byte for byte wherever they are made; of the others the content is."""
LIBRARIES = ("jinja2", "mini-racer", "numba", "numpy", "python-docx", "typst")


@dataclass(frozen=True, slots=True)
class Bundled:
    """A bundle that was written: its SHA-256, the ledger's head, how many claims and documents are in it."""

    sha256: str
    head: str
    claims: int
    documents: int


@dataclass(frozen=True, slots=True)
class Reproduced:
    """What was made again, file by file, and what differs; nothing differs when `differences` is empty. `notes` say what else is not the same."""

    files: tuple[Path, ...]
    differences: tuple[str, ...]
    notes: tuple[str, ...]


def brief(names: tuple[str, str], *, data: Path, as_of: date, today: date, output: Path) -> Brief:
    """Write the verdict on two states as a brief in the form of the file's ending. Raises InputError for another ending, QuestionError as `made`."""
    form = FORMS.get(output.suffix.lower())
    if form is None:
        raise InputError(f"a file that ends in {', '.join(FORMS)}", came=f"{output.name} came", do="choose one of these endings")
    composed = made(names, data=data, as_of=as_of, today=today)[1]
    write_whole(output, form(composed))
    return composed


def cite(composed: Brief, output: Path) -> int:
    """Write the works that a brief cites in the form of the file's ending (.bib, .ris, .json); returns their number."""
    form = references.FORMS.get(output.suffix.lower())
    if form is None:
        raise InputError(f"a file that ends in {', '.join(references.FORMS)}", came=f"{output.name} came", do="choose one of these endings")
    write_whole(output, form(composed.works))
    return len(composed.works)


def bundle(names: tuple[str, str], *, data: Path, as_of: date, today: date, output: Path) -> Bundled:
    """Write what a brief is made from, with the brief itself, as a bundle."""
    held, composed = made(names, data=data, as_of=as_of, today=today)
    used = {span.document for each in held.standing for span in each.claim.spans}
    with Reader.open(data) as ledger:
        head = heads.head(ledger)
        texts = {doc.id: bundles.digest(doc.text) for doc in ledger.documents(keys=used)}
    files = {
        manuscripts.CASES: manuscripts.cases(held.loads),
        manuscripts.CLAIMS: manuscripts.claims(held.standing),
        manuscripts.DOCUMENTS: manuscripts.documents((held.citations[key] for key in sorted(used)), texts),
        manuscripts.MERGES: manuscripts.merges(held.merges),
        bundles.MADE: pages.markdown(composed),
    }
    stated = {"dyad": list(composed.dyad), "as_of": as_of.isoformat(), "head": head, "made": contents(composed), **circumstances()}
    packed = bundles.pack(stated, files)
    write_whole(output, packed)
    return Bundled(bundles.digest(packed), head, len(held.standing), len(used))


def reproduce(packed: bytes, folder: Path) -> Reproduced:
    """Make the brief of a bundle again in all its forms, in `folder`. Raises BundleError for a bundle that is damaged, changed or hostile."""
    opened, composed = remade(packed)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"a folder that can be made at {folder}", came=str(error), do="choose another with -o") from error
    written = tuple(folder / f"brief{ending}" for ending in sorted(FORMS))
    for path in written:
        write_whole(path, FORMS[path.suffix](composed))
    now, then = contents(composed), opened.manifest["made"]
    changed = [name for name in sorted(now) if now[name] != then.get(name)]
    shown = _first_difference(opened.files[bundles.MADE], pages.markdown(composed))
    return Reproduced(written, tuple(f"{name} differs" for name in changed) + shown, _notes(opened.manifest))


def remade(packed: bytes) -> tuple[bundles.Bundle, Brief]:
    """A bundle, read and checked, and the brief made from it."""
    opened = bundles.unpack(packed)
    dyad, as_of = _asked(opened.manifest)
    try:
        return opened, compose(_sources(opened), dyad=dyad, as_of=as_of)
    except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError) as error:
        came = f"theirs have values that no ledger holds: {type(error).__name__}: {error}"
        raise BundleError("inputs that a brief can be made from", came=came, do="ask for the bundle again") from error


def made(names: tuple[str, str], *, data: Path, as_of: date, today: date) -> tuple[Sources, Brief]:
    """The sources of a brief, and the brief. Raises QuestionError for a day to come or before anything was known, and for a dyad nobody read."""
    dyad = questions.pair(*names)
    if as_of > today:
        raise QuestionError(f"a day up to today, {today}", came=f"{as_of} came", do="choose an earlier day")
    held = sources(data, as_of=as_of, dyad=dyad, scope="explained")
    found = together(held)
    _refuse(dyad, found, as_of, data)
    told = origins((act for act in found.acts if set(dyad) <= act.claim.states), data=data)
    narrow = narrowed(held, found, dyad)
    narrow = replace(narrow, citations={key: replace(cited, origin=told.get(key)) for key, cited in narrow.citations.items()})
    return narrow, compose(narrow, dyad=dyad, as_of=as_of)


def compose(held: Sources, *, dyad: tuple[str, str], as_of: date) -> Brief:
    """The brief on a dyad from its sources alone."""
    found = together(held)
    facts = found.facts(dyad, as_of=as_of)
    offered = expected(found, facts)
    counted = published.drawn(levels.of(found.acts, found.coverage, dyads=(dyad,), dimension=None, as_of=as_of))
    named = [replace(each, name=ontology.term("dimensions", each.name.replace(" ", "_")).name) for each in counted]
    return briefs.compose(
        answer(found, dyad=dyad, as_of=as_of), acts=found.acts, hypotheses=offered, boards=explanations.weigh(facts, offered),
        levels=charts.small(named) if named else "",
    )  # fmt: skip


def narrowed(held: Sources, found: Known, dyad: tuple[str, str]) -> Sources:
    """What a verdict on a dyad can read: accepted acts that touch its states or those of its benchmarks or stand in its case, and proposals
    that name both states. Whole acts are kept or left out, so that those kept are the same acts. `found` is what the sources make."""
    pairs = {dyad, *found.benchmarks.get(dyad, ())}
    touched = {state for pair in pairs for state in pair}
    loads = tuple(load for load in held.loads if cases.about(load.about).dyad in pairs or any((c.a, c.b) in pairs for c in load.coverage))
    rowed = {claim for load in loads for _, claim in load.rows}
    kept = [
        act for act in found.acts
        if (act.accepted and (act.claim.states & touched or rowed & set(act.claims))) or set(dyad) <= act.claim.states
    ]  # fmt: skip
    claims = {claim for act in kept for claim in act.claims}
    standing = tuple(each for each in held.standing if each.stored in claims)
    used = {span.document for each in standing for span in each.claim.spans}
    citations = {key: cited for key, cited in held.citations.items() if key in used}
    return Sources(standing, citations, tuple(m for m in held.merges if m.claim in claims), loads)


def circumstances() -> dict[str, Any]:
    """What besides its sources a brief depends on: the program, the rules by folder, Python and the libraries that compute or draw."""
    libraries = {name: version(name) for name in LIBRARIES}
    return {"version": __version__, "rules": rules.digests(), "python": sys.version.split()[0], "libraries": libraries}


def contents(composed: Brief) -> dict[str, str]:
    """SHA-256 of the Markdown and the HTML, and of what DOCX and PDF say and show."""
    return {
        "brief.md": bundles.digest(pages.markdown(composed)),
        "brief.html": bundles.digest(pages.html(composed)),
        "content of brief.docx": worddocs.content(worddocs.docx(composed)),
        "content of brief.pdf": typeset.said(composed),
    }


def _asked(manifest: Mapping[str, Any]) -> tuple[tuple[str, str], date]:
    pair = manifest["dyad"]
    if len(pair) != 2 or not all(isinstance(state, str) and state in ontology.states() for state in pair):
        raise BundleError("two states in the manifest", came=f"{pair!r} came", do="ask for the bundle again")
    try:
        return (pair[0], pair[1]), dates.parse_day(manifest["as_of"])
    except DateError as error:
        raise BundleError("a day in the manifest", came=f"{manifest['as_of']!r} came", do="ask for the bundle again") from error


def _sources(opened: bundles.Bundle) -> Sources:
    standing = manuscripts.read_claims(opened.files[manuscripts.CLAIMS])
    citations = manuscripts.read_documents(opened.files[manuscripts.DOCUMENTS])
    gone = next((span.document for each in standing for span in each.claim.spans if span.document not in citations), None)
    if gone is not None:
        raise BundleError(f"the document {gone}", came="a claim quotes it and it is not in the bundle", do="ask for the bundle again")
    merges, loads = manuscripts.read_merges(opened.files[manuscripts.MERGES]), manuscripts.read_cases(opened.files[manuscripts.CASES])
    return Sources(standing, citations, merges, loads)


def _notes(manifest: Mapping[str, Any]) -> tuple[str, ...]:
    """Which circumstances are not those of the bundle."""
    now = circumstances()
    told = [f"made with detente {manifest['version']}, this is {now['version']}"] if manifest["version"] != now["version"] else []
    for name, digest in now["rules"].items():
        if manifest["rules"].get(name) != digest:
            told.append(f"the rules in {name} are others ({str(manifest['rules'].get(name))[:12]} then, {digest[:12]} now)")
    then = manifest.get("libraries")
    for name, number in now["libraries"].items():
        if isinstance(then, dict) and then.get(name) != number:
            told.append(f"{name} was {then.get(name)}, here it is {number}")
    if manifest.get("python") != now["python"]:
        told.append(f"Python was {manifest.get('python')}, here it is {now['python']}")
    return tuple(told)


def _first_difference(then: str, now: str) -> tuple[str, ...]:
    """The first line that is not the same, as it was and as it is."""
    old, new = then.splitlines(), now.splitlines()
    for number in range(max(len(old), len(new))):
        was, is_now = (lines[number] if number < len(lines) else "(nothing)" for lines in (old, new))
        if was != is_now:
            return (f"first in line {number + 1} of brief.md: {was!r} was there, {is_now!r} is made here",)
    return ()


def _refuse(dyad: tuple[str, str], found: Known, as_of: date, data: Path) -> None:
    """A brief needs something known of the dyad by the day, and somebody who graded how well it was read."""
    a, b = (ontology.state_name(code) for code in dyad)
    if not any(set(dyad) <= act.claim.states and act.accepted for act in found.acts):
        later = [act.known for act in known(data, as_of=date.max, dyad=dyad).acts if set(dyad) <= act.claim.states and act.accepted and act.known]
        first = f"the first is known since {min(later)}" if later else "none is known at all"
        do = "choose that day or a later one" if later else "load a case, or read documents and accept what they say"
        raise QuestionError(f"an accepted act of {a} and {b} known by {as_of}", came=f"there is none; {first}", do=do)
    if not any((c.a, c.b) == dyad for c in found.coverage):
        came = "nobody graded it, so that silence and not having looked cannot be told apart"
        raise QuestionError(f"a grade of how well {a} and {b} were read", came=came, do="write coverage.csv of a case on them and load it")
