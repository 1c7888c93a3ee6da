"""The examinations over the ledger: what is asked of which two states, and what each found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from detente.assess import question as questions
from detente.examine import questions as templates
from detente.examine import register
from detente.examine.families import NARROW
from detente.examine.material import Material
from detente.examine.questions import Answer
from detente.examine.register import Record
from detente.keep.ledger import Reader
from detente.pipeline.answering import Cases, pair_known
from detente.pipeline.keeping import Known, cases_known, known


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

    def narrowed(self) -> Examined:
        """Only what is between the two, where an examination also finds what either did with others."""
        kept = {name: tuple(r for r in found if name not in NARROW or getattr(r, "between", True)) for name, found in self.found.items()}
        return replace(self, found=kept)


def material(look: Look, *, data: Path) -> Material:
    """All that an examination may look at: acts known by the day around the two, coverage, and the texts that tell of them."""
    first, second = _two(look, cases_known(data))
    held = known(data, as_of=look.as_of, dyad=questions.pair(first, second), scope="around")
    return with_texts(held, (first, second), look, data=data)


def with_texts(held: Known, pair: tuple[str, str], look: Look, *, data: Path) -> Material:
    """What is known around two states, in the order asked, with the texts that tell of it."""
    with Reader.open(data) as ledger:
        texts = ledger.texts(keys={claim.spans[0].document for claim in held.reports.values()})
    return Material(pair, look.as_of, held.acts, held.coverage, texts, look.since, look.until, held.reports)


def examine(names: Sequence[str], look: Look, *, data: Path) -> Examined:
    """Run examinations by name over the ledger. Raises InputError for a name that is none, QuestionError for states that are not known."""
    chosen = [register.examination(name) for name in names]
    return looked(chosen, material(look, data=data))


def looked(chosen: Sequence[register.Examination], seen: Material) -> Examined:
    """What examinations find in material that is at hand."""
    found = {each.name: each.find(seen) for each in chosen}
    return Examined(seen.dyad, found, {name: counted for name, records in found.items() if (counted := register.summary(name, records))})


def questioned(look: Look, *, data: Path) -> tuple[Answer, ...]:
    """Every question that can be asked of two states, answered from the ledger as of the day."""
    return templates.ask(material(look, data=data))


def _two(look: Look, cases: Cases) -> tuple[str, str]:
    if look.names is None:
        return pair_known(questions.Question("", "stage", None), cases, look.case)
    low, high = questions.pair(*look.names)
    return (low, high) if questions.state(look.names[0]) == low else (high, low)
