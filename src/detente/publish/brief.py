"""The brief: one composition of sentences, each with the acts that it rests on, from which HTML, Markdown, DOCX and PDF are made.

A sentence names its key acts, numbered and cited as notes, and the bodies of acts that were counted to say it, marked by letters. Every act
that any of them rests on has a note of its own, so that each sentence leads to acts by identity.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from string import ascii_lowercase

from detente import __version__, ontology
from detente.assess.hypotheses import Board
from detente.publish import chicago, footing, prose, sections
from detente.publish.footing import Basis
from detente.records import Act, Finding, Hypothesis, Verdict

MANY = 30
"""Acts that a sentence names at most by number; more of them stand behind their letter."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One grammatical sentence, the key acts that it names, and the keys of the bodies of acts behind it."""

    text: str
    acts: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its statements, each of one or more sentences; `listed` sets each statement as an item of its own."""

    title: str
    statements: tuple[tuple[Sentence, ...], ...]
    listed: bool = False

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences in their order."""
        return tuple(sentence for statement in self.statements for sentence in statement)


@dataclass(frozen=True, slots=True)
class Row:
    """A dimension at a glance: what was found, its likelihood, the confidence, and where it stands."""

    dimension: str
    found: str
    likelihood: str
    confidence: str
    bases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with its name as a file, its caption, and its SVG."""

    name: str
    caption: str
    svg: str


@dataclass(frozen=True, slots=True)
class Note:
    """The note of an act: its number and its text in runs; `key` tells the acts that a sentence names from those only counted."""

    number: int
    act: str
    runs: tuple[chicago.Run, ...]
    key: bool


@dataclass(frozen=True, slots=True)
class Brief:
    """What all renderings are made from."""

    title: str
    dyad: tuple[str, str]
    day: date
    as_of: str
    call: str
    glance: tuple[Row, ...]
    sections: tuple[Section, ...]
    figures: tuple[Figure, ...]
    notes: tuple[Note, ...]
    bases: tuple[tuple[str, Basis], ...]
    works: tuple[chicago.Work, ...]
    version: str

    def rests(self, sentence: Sentence | Row) -> frozenset[str]:
        """The identities of all acts that a sentence rests on."""
        named = sentence.acts if isinstance(sentence, Sentence) else ()
        return frozenset(named).union(*(basis.acts for _, basis in self.bases if basis.key in sentence.bases))

    def numbers(self, acts: Iterable[str]) -> tuple[int, ...]:
        """The numbers of the notes of acts, ascending."""
        wanted = set(acts)
        return tuple(note.number for note in self.notes if note.act in wanted)

    def ranges(self, acts: Iterable[str]) -> tuple[tuple[int, int], ...]:
        """Runs of neighbouring note numbers as (first, last)."""
        numbers = self.numbers(acts)
        breaks = [i for i, (a, b) in enumerate(pairwise(numbers), 1) if b != a + 1]
        starts, stops = [0, *breaks], [*breaks, len(numbers)]
        return tuple((numbers[a], numbers[b - 1]) for a, b in zip(starts, stops, strict=True)) if numbers else ()

    def labels(self, sentence: Sentence | Row) -> tuple[str, ...]:
        """The letters of the bodies of acts that hold more than the sentence names."""
        named = set(sentence.acts) if isinstance(sentence, Sentence) else set()
        return tuple(label for label, basis in self.bases if basis.key in sentence.bases and not set(basis.acts) <= named)


def compose(found: Verdict, *, acts: Iterable[Act], hypotheses: Sequence[Hypothesis] = (), boards: Sequence[Board] = (), levels: str = "") -> Brief:
    """The brief of a verdict. `acts` are all those known (of other pairs too), `levels` the SVG of the counted series or empty."""
    held = {act.id: act for act in acts}
    bodies = footing.of(found, held.values(), hypotheses)
    told = tuple(_section(written, bodies, found) for written in sections.of(found, boards) if written.statements)
    glance = tuple(_row(dimension, found, bodies) for dimension in found.dimensions)
    sentences = [sentence for section in told for sentence in section.sentences]
    used = dict.fromkeys(key for bases in (*(row.bases for row in glance), *(s.bases for s in sentences)) for key in bases)
    named = {act for sentence in sentences for act in sentence.acts}
    notes = _notes(held, named, {act for key in used for act in bodies[key].acts})
    a, b = (ontology.state_name(code) for code in found.dyad)
    return Brief(
        title=f"{a} and {b}: a new stage?", dyad=found.dyad, day=found.as_of, as_of=sections.day(found),
        call=ontology.term("verdicts", found.overall.call).name, glance=glance, sections=told, figures=_figures(found, levels),
        notes=notes, bases=tuple((_label(n), bodies[key]) for n, key in enumerate(used)),
        works=chicago.works([held[note.act] for note in notes]), version=__version__,
    )  # fmt: skip


def _figures(found: Verdict, levels: str) -> tuple[Figure, ...]:
    drawn = _figure("timeline", "The acts used, by dimension and day. Bands show how long a stage or phase has held.", sections.pictures(found))
    counted = "Occasions a quarter (bars), their level (line) with its 90 % interval, one-off shocks (orange) and changes (red, with probability)."
    return (drawn, _figure("levels", counted, levels)) if levels else (drawn,)


def _figure(name: str, caption: str, svg: str) -> Figure:
    """Names inside a picture begin with its own, so that several can stand in one page."""
    return Figure(name, caption, svg.replace("zr0-", f"{name}-"))


def _section(written: sections.Written, bodies: dict[str, Basis], found: Verdict) -> Section:
    return Section(written.title, tuple(_sentences(said, bodies, found) for said in written.statements), written.listed)


def _sentences(said: sections.Said, bodies: dict[str, Basis], found: Verdict) -> tuple[Sentence, ...]:
    """The sentences of a statement; the first names its acts, and all rest on the same bodies. What rests on nothing rests on all that was read."""
    bases = tuple(key for key in said.bases if key in bodies) or (footing.key(found.dyad, footing.WHOLE),)
    first, *others = prose.sentences(chicago.line(said.text))
    counted = {act for key in bases for act in bodies[key].acts}
    named = () if len(said.acts) > MANY and set(said.acts) <= counted else said.acts
    return (Sentence(first, named, bases), *(Sentence(text, (), bases) for text in others))


def _row(finding: Finding, found: Verdict, bodies: dict[str, Basis]) -> Row:
    key = footing.key(found.dyad, finding.dimension)
    name, likelihood = sections.glance(finding)
    dimension = ontology.term("dimensions", finding.dimension).name
    return Row(dimension, name, likelihood, finding.confidence, (key if key in bodies else footing.key(found.dyad, footing.WHOLE),))


def _notes(held: dict[str, Act], named: set[str], counted: set[str]) -> tuple[Note, ...]:
    """Acts that are named first, then those only counted, each group by day."""
    groups = [sorted((held[act] for act in group), key=chicago.order) for group in (named, counted - named)]
    acts = [act for group in groups for act in group]
    texts = chicago.notes(acts)
    return tuple(Note(n, act.id, runs, act.id in named) for n, (act, runs) in enumerate(zip(acts, texts, strict=True), 1))


def _label(number: int) -> str:
    """Letters in the order of use: a to z, then aa and so on.

    >>> _label(0), _label(27)
    ('a', 'bb')
    """
    return ascii_lowercase[number % 26] * (1 + number // 26)
