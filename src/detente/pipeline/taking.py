"""Acts out of the ledger into the formats of other programs, with an account of what each could not carry.

What is written is what was known by a day, of all states or of those named, with the proposals of the coder only when they are asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import BinaryIO

from detente.assess import question as questions
from detente.errors import InputError
from detente.keep import registers
from detente.keep.ledger import Reader
from detente.pipeline.keeping import Known, known
from detente.publish import formats
from detente.publish.formats import Report
from detente.records import Act


@dataclass(frozen=True, slots=True)
class Taking:
    """What is taken out: what was known by a day, of the states (none: of all), with proposals or without."""

    as_of: date
    states: frozenset[str] = frozenset()
    proposed: bool = False


def taking(names: Iterable[str], *, as_of: date, proposed: bool = False) -> Taking:
    """What is asked for with states by name; raises QuestionError for a name that is no state, and for a state that is named twice."""
    given = tuple(names)
    states = questions.pair(*given) if len(given) == 2 else tuple(questions.state(name) for name in given)
    return Taking(as_of, frozenset(states), proposed)


def take(form: str, wanted: Taking, *, data: Path, output: Path, held: Known | None = None) -> Report:
    """Write the acts that are asked for to a file in a format; whole or not at all. `held`: what the ledger knew by the day, where it is at hand.

    Raises InputError for no format or no place to write to.
    """
    chosen, held = formats.named(form), held or known(data, as_of=wanted.as_of)
    found = acts(held, wanted)
    with _whole(output) as out:
        made = formats.write(chosen, (formats.row(act, held.reports) for act in found), out)
    return replace(made, beside=_beside(data, held, found, wanted))


def account(held: Known, wanted: Taking, *, data: Path) -> tuple[Report, ...]:
    """What would become of the acts that are asked for in every format; `held` is what the ledger knew by the day."""
    found = acts(held, wanted)
    beside = _beside(data, held, found, wanted)
    return tuple(replace(each, beside=beside) for each in formats.reports(formats.row(act, held.reports) for act in found))


def acts(held: Known, wanted: Taking) -> list[Act]:
    """The acts that are asked for."""
    return [act for act in held.acts if wanted.states <= act.claim.states and (act.accepted or wanted.proposed)]


def _beside(data: Path, held: Known, found: list[Act], wanted: Taking) -> tuple[tuple[str, int], ...]:
    """What no format of acts carries, counted: it stays in the ledger and in `detente export --all`."""
    claims = {name for act in found for name in act.claims}
    slots = {held.reports[name].slot for name in claims if name in held.reports}
    documents = {span.document for name in claims if name in held.reports for span in held.reports[name].spans}
    with Reader.open(data) as ledger:
        reviews = sum(slot in slots for slot, _ in ledger.reviews())
        merges = sum(merge.claim in claims for merge in ledger.merges())
        undated = registers.undated(ledger)
    graded = sum(wanted.states <= {each.a, each.b} for each in held.coverage)
    left = 0 if wanted.proposed else len(acts(held, replace(wanted, proposed=True))) - len(found)
    counts = {"texts of documents": len(documents), "reviews": reviews, "merges": merges, "grades of coverage": graded}
    more = {"proposals that nobody has decided on": left, "claims without a day on which they were known": undated}
    return tuple((name, number) for name, number in {**counts, **more}.items() if number)


@contextmanager
def _whole(path: Path) -> Iterator[BinaryIO]:
    """A file that is there whole or not at all; raises InputError when the place cannot be written to."""
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as out:
            yield out
        part.replace(path)
    except OSError as error:
        raise InputError(f"a place that can be written to at {path}", came=str(error), do="choose another with -o") from error
    finally:
        part.unlink(missing_ok=True)
