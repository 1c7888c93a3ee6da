"""What the pages show that look at a pair more closely, as data: examinations by family, explanations on their boards, and two days compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from detente import ontology, pipeline
from detente.assess import moves
from detente.assess.hypotheses import Board
from detente.desk import views
from detente.desk.remembering import remembered
from detente.desk.views import Seen
from detente.errors import QuestionError
from detente.examine import register
from detente.examine.families import FAMILIES, Family
from detente.examine.material import Material, Proof
from detente.examine.register import Record
from detente.examine.wording import cell
from detente.publish import boards
from detente.records import Act, Verdict

ROWS = 100
"""Records of an examination on one page."""
LINES = 60
"""Acts of a matrix on a page, the most telling first; the data hold all."""
YEAR = 365
"""Days between the two that are compared when the earlier one is left out."""

Pair = tuple[str, str]
Marks = Mapping[str, tuple[tuple[int, int, str], ...]]


@remembered(1)
def material(at: Seen, pair: Pair, as_of: date) -> Material:
    """All that an examination of a pair may look at."""
    return pipeline.with_texts(views.around(at, pair, as_of), pair, pipeline.Look(pair, as_of), data=at.data)


@remembered(32)
def found(at: Seen, pair: Pair, as_of: date, family: Family) -> pipeline.Examined:
    """What the examinations of a family find."""
    return pipeline.looked([register.examination(name) for name in family.shows], material(at, pair, as_of))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page of examinations is asked: a pair, a family, the day, whether with what either did with others, and the part of long tables."""

    pair: Pair
    family: Family
    as_of: date
    others: bool = False
    page: int = 1


def family(name: str) -> Family | None:
    """A family by its name; None when there is none."""
    return next((each for each in FAMILIES if each.name == name), None)


def examined(at: Seen, asked: Asked) -> dict[str, Any]:
    """The examinations of a family as tables: of each the columns that say something, and the records of a part with the words they rest on."""
    whole = found(at, asked.pair, asked.as_of, asked.family)
    shown = whole if asked.others else whole.narrowed()
    marked = marks(at, asked.pair, asked.as_of)
    tables = [_table(name, shown, marked, asked.page) for name in shown.found]
    name, (a, b) = asked.family.name, asked.pair
    plain = {"title": f"{name.capitalize()}, {views.named(asked.pair)}", "a": a, "b": b, "family": name, "about": asked.family.help}
    parts = {"others": asked.others, "page": asked.page, "last": max(each["pages"] for each in tables)}
    return {**plain, **parts, "links": [(each.name, each.help) for each in FAMILIES], "tables": tables}


def _table(name: str, shown: pipeline.Examined, marked: Marks, page: int) -> dict[str, Any]:
    records = shown.found[name]
    columns = [column for column in register.examination(name).columns if _says(column, records)]
    part = records[(page - 1) * ROWS : page * ROWS]
    counted = [cell(each) for each in shown.counted.get(name, ())]
    rows = [_row(record, columns, marked) for record in part]
    plain = {"name": name, "columns": [column.replace("_", " ") for column in columns], "number": len(records), "rows": rows, "counted": counted}
    return {**plain, "pages": -(-len(records) // ROWS)}


def _says(column: str, records: Sequence[Record]) -> bool:
    """True when a field tells more than nothing, and more than the words that stand below it."""
    told = [(cell(getattr(each, column)), each.proofs[0].quote if each.proofs else "") for each in records]
    return any(text and text != quote for text, quote in told)


def _row(record: Record, columns: list[str], marked: Marks) -> dict[str, Any]:
    words = [_words(proof, marked) for proof in dict.fromkeys(record.proofs)]
    return {"cells": [cell(getattr(record, column)) for column in columns], "how": record.how, "words": words}


def _words(proof: Proof, marked: Marks) -> dict[str, Any]:
    """The sentence, and the claim that is marked in its document there."""
    over = (name for start, stop, name in marked.get(proof.document, ()) if start < proof.end and proof.start < stop)
    plain = {"id": proof.id, "document": proof.document, "quote": proof.quote, "start": proof.start, "end": proof.end}
    return {**plain, "claim": next(over, "text"), "publication": proof.publication, "known": proof.known and str(proof.known)}


@remembered(4)
def marks(at: Seen, pair: Pair, as_of: date) -> Marks:
    """Where claims stand in the texts around a pair, by document: [start, stop) and the identity."""
    kept: dict[str, list[tuple[int, int, str]]] = {}
    for name, claim in views.around(at, pair, as_of).reports.items():
        for each in claim.spans:
            kept.setdefault(each.document, []).append((each.start, each.stop, name))
    return {document: tuple(sorted(spans)) for document, spans in kept.items()}


@remembered(8)
def weighed(at: Seen, pair: Pair, as_of: date) -> tuple[tuple[Board, ...], Mapping[str, Act]]:
    """The explanations of a pair on their boards, and the acts that they name."""
    return pipeline.hypotheses(pair, data=at.data, as_of=as_of)


def hypotheses(at: Seen, pair: Pair, as_of: date) -> dict[str, Any]:
    """Every board: the ranking with what each explanation leads one to expect, the matrix, and what the ranking hangs on."""
    found, acts = weighed(at, pair, as_of)
    plain = {"title": f"Explanations, {views.named(pair)}", "a": pair[0], "b": pair[1], "signs": boards.SIGNS, "lines": LINES}
    return {**plain, "boards": [_board(each, acts) for each in found]}


def _board(board: Board, acts: Mapping[str, Act]) -> dict[str, Any]:
    data = boards.packed(board)
    matrix = [{**line, "when": str(acts[line["act"]].claim.valid), "text": acts[line["act"]].claim.quote} for line in data["matrix"]]
    return {**data, "matrix": matrix, "hangs_on": boards.hangs_on(board, acts)}


def span(since: str | None, until: str | None, today: date) -> tuple[date, date]:
    """The two days in an address; a year apart up to today when left out. Raises QuestionError when the first is not before the second."""
    last = views.day(until, today)
    first = views.day(since, today) if since else last - timedelta(days=YEAR)
    if first >= last:
        raise QuestionError("an earlier and a later day", came=f"{first} and {last} came", do="choose the earlier one first")
    return first, last


def moved(at: Seen, pair: Pair, days: tuple[date, date]) -> dict[str, Any]:
    """What moved a verdict between two days: calls and probabilities of both, acts that came, and acts that no longer carry it."""
    old, new = (views.verdict(at, pair, day) for day in days)
    told = _told(old) | _told(new)
    rows = [{**asdict(move), "moved": move.moved, "name": _named(move.dimension)} for move in moves.between(old, new)]
    plain = {"title": f"What moved, {views.named(pair)}", "a": pair[0], "b": pair[1], "since": str(days[0]), "until": str(days[1])}
    return {**plain, "moves": rows, "acts": {key: told[key] for row in rows for key in (*row["came"], *row["left"]) if key in told}}


def _told(verdict: Verdict) -> dict[str, dict[str, Any]]:
    return {piece.id: {"when": piece.valid and str(piece.valid), "text": piece.text} for piece in verdict.evidence}


def _named(dimension: str) -> str:
    return "overall" if dimension == "overall" else ontology.term("dimensions", dimension).name
