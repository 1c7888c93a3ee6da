"""The brief: one composition of sentences with the numbers of the acts that they rest on, rendered as HTML or Markdown in one file.

Every sentence carries its footnotes; every footnote names the act, its day, the day it was known, and its publication.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import pairwise

import jinja2

from detente import __version__, ontology
from detente.assess.facts import rule
from detente.measure.occasions import add_months
from detente.publish import timeline, wording
from detente.records import Evidence, Finding, Statement, Verdict


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and the numbers of the evidence that it rests on, in ascending order."""

    text: str
    notes: tuple[int, ...]

    @property
    def ranges(self) -> tuple[tuple[int, int], ...]:
        """Runs of neighbouring numbers as (first, last)."""
        breaks = [i for i, (a, b) in enumerate(pairwise(self.notes), 1) if b != a + 1]
        starts, stops = [0, *breaks], [*breaks, len(self.notes)]
        return tuple((self.notes[a], self.notes[b - 1]) for a, b in zip(starts, stops, strict=True)) if self.notes else ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its sentences."""

    title: str
    sentences: tuple[Sentence, ...]
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Brief:
    """What both renderings are made from."""

    title: str
    as_of: str
    call: str
    sections: tuple[Section, ...]
    evidence: tuple[tuple[int, Evidence], ...]
    picture: str
    version: str


def compose(found: Verdict) -> Brief:
    """The brief of a verdict."""
    numbers = {piece.id: n for n, piece in enumerate(found.evidence, 1)}
    a, b = (ontology.state_name(code) for code in found.dyad)
    since = add_months(found.as_of, -int(rule("memory_months")))
    return Brief(
        title=f"{a} and {b}: a new stage?",
        as_of=wording.day(found.as_of),
        call=ontology.term("verdicts", found.overall.call).name,
        sections=tuple(section for section in _sections(found, numbers) if section.sentences),
        evidence=tuple((numbers[piece.id], piece) for piece in found.evidence),
        picture=timeline.picture(found, since=since),
        version=__version__,
    )


def html(brief: Brief) -> str:
    """The brief as one HTML file without any outside asset; all texts are escaped."""
    return _render("brief.html.j2", brief, escape=True)


def markdown(brief: Brief) -> str:
    """The brief as Markdown with footnotes; the picture is left out, since Markdown cannot hold it."""
    return _render("brief.md.j2", brief, escape=False)


def _render(template: str, brief: Brief, *, escape: bool) -> str:
    source = (files("detente") / "data" / "templates" / template).read_text(encoding="utf-8")
    shown = jinja2.Environment(autoescape=escape, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined)  # noqa: S701
    return shown.from_string(source).render(brief=brief)


def _sections(found: Verdict, numbers: dict[str, int]) -> Sequence[Section]:
    held = found.overall
    opening = (_cited(wording.headline(found), held.supports, numbers), Sentence(wording.confidence(held), ()))
    by_dimension = tuple(Section(ontology.term("dimensions", f.dimension).name, _told(f, numbers)) for f in found.dimensions)
    goals = tuple(_cited(wording.target(t, as_of=found.as_of), (t.act, *(a.act for a in t.actuals)), numbers) for t in found.targets)
    marks = tuple(Sentence(line, ()) for other in found.benchmarks for line in wording.benchmark(other, found))
    watch = tuple(_sentence(w, numbers) for w in held.watch or tuple(w for f in found.dimensions for w in f.watch))
    return (
        Section("Answer", opening),
        *by_dimension,
        Section("Targets", goals, listed=True),
        Section("Benchmark", marks, listed=True),
        Section("Offered as explanations", tuple(_sentence(s, numbers) for s in found.explanations), listed=True),
        Section("Said by others", tuple(_sentence(s, numbers) for s in found.contested), listed=True),
        Section("Dissenting view", tuple(_sentence(s, numbers) for s in found.dissent), listed=True),
        Section("What would change it", watch, listed=True),
        Section("Taken for granted", tuple(_sentence(s, numbers) for s in found.assumptions), listed=True),
        Section("What was read", _read(found)),
    )


def _told(f: Finding, numbers: dict[str, int]) -> tuple[Sentence, ...]:
    said = tuple(_sentence(s, numbers) for s in f.statements)
    against = (_cited("Some acts speak against this.", f.contradicts, numbers),) if f.contradicts else ()
    return (_cited(wording.likelihood(f), f.supports, numbers), *said, Sentence(wording.confidence(f), ()), *against)


def _read(found: Verdict) -> tuple[Sentence, ...]:
    proposed = sum(int(number) for _, number in found.proposals)
    lines = [f"{found.acts_read} accepted acts of this dyad were known by {wording.day(found.as_of)}."]
    if proposed:
        lines.append(f"{proposed} proposals that nobody has reviewed are not counted.")
    return tuple(Sentence(line, ()) for line in lines)


def _sentence(said: Statement, numbers: dict[str, int]) -> Sentence:
    return _cited(wording.say(said), said.acts, numbers)


def _cited(text: str, acts: Sequence[str], numbers: dict[str, int]) -> Sentence:
    return Sentence(text, tuple(sorted({numbers[act] for act in acts if act in numbers})))
