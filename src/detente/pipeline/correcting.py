"""Records out to a sheet and back: what a person adds, corrects and withdraws there, kept with who, when and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from detente import __version__, ontology
from detente.assess import question as questions
from detente.keep import registers
from detente.keep.ledger import Reader, Writer
from detente.pipeline.keeping import write_whole
from detente.publish import sheets as written
from detente.read import corrections, sheets
from detente.read.corrections import Changes, Decided
from detente.read.tables import Fault
from detente.records.notation import COLUMNS, Recorded


def records(data: Path, *, names: tuple[str, ...] = (), kinds: Sequence[str] = (), withdrawn: bool = False) -> list[Recorded]:
    """The records of a ledger that name all the states and are of one of the kinds (none: of any), those withdrawn only when asked for."""
    wanted = questions.every(names)
    chosen = {ontology.term("kinds", kind).code for kind in kinds}
    with Reader.open(data) as ledger:
        found = [each for each in registers.rows(ledger, ledger.texts()) if wanted <= each.claim.states and (not chosen or each.claim.kind in chosen)]
    return [each for each in found if withdrawn or each.cells["decision"] != "rejected"]


def write_sheet(found: Iterable[Recorded], output: Path) -> None:
    """Write records as a sheet, CSV or XLSX by the file's ending; raises InputError for another ending or a place that cannot be written to."""
    sheets.ending(output)
    make = written.commas if output.suffix.lower() == ".csv" else written.workbook
    write_whole(output, make(COLUMNS, (each.cells for each in found)))


def correct(sheet: Path, decided: Decided, *, data: Path, wait_seconds: float = 5.0, keep: bool = True) -> tuple[Changes, list[Fault]]:
    """Put a sheet's changes into the ledger, all or nothing: with any fault, or without `keep`, none of them. Raises InputError for no sheet."""
    faults: list[Fault] = []
    with Reader.open(data) as ledger:
        texts = ledger.texts()
        held = list(registers.rows(ledger, texts))
    changes = corrections.read(sheets.read(sheet, corrections.NEEDED, faults), held, texts, decided)
    if not faults and keep and changes.reviews:
        with Writer.open(data, wait_seconds=wait_seconds, now=decided.at) as writer, writer.transaction():
            _append(changes, writer)
            writer.add_run(f"records import {sheet.name}", now=decided.at, version=__version__, counts=changes.counts())
    return changes, faults


def _append(changes: Changes, writer: Writer) -> None:
    for added in changes.added:
        if added.document is not None:
            writer.add_document(added.document)
        writer.add_claim(added.claim)
    for made in changes.reviews:
        writer.add_review(made)
