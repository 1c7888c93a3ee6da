"""A case: a folder of reviewed tables that any analyst can write. Each row becomes a small document and a claim that quotes it.

case.toml names the dyad; publications.csv, acts.csv, series.csv and coverage.csv hold the facts. Faults are collected, row and column.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from importlib.resources import files
from pathlib import Path
from typing import Any

from detente import dates, ontology
from detente.dates import Interval
from detente.errors import CaseError, DateError, InputError, TermError
from detente.read import clean, hypotheses, needs, tables
from detente.read.tables import Fault, Row
from detente.records import Claim, Coverage, Details, Document, Party

ACTS = ("key", "kind", "dimensions", "source", "target", "begins", "ends", "known", "place", "people", "hosts", "status", "details", "text")
SERIES = ("key", "measure", "a", "b", "period", "value", "unit", "known", "text")
QUOTED = ("publication", "address", "note")
COVERAGE = ("a", "b", "begins", "ends", "grade", "by", "note")
PUBLICATIONS = ("code", "name", "address", "reliability", "note")
GRADES = ("full", "fair", "thin")
ROW_MEDIA = "text/x-case-row"


@dataclass(frozen=True, slots=True)
class Fact:
    """A row as document and claim."""

    key: str
    document: Document
    claim: Claim


@dataclass(frozen=True, slots=True)
class Case:
    """What a case folder holds, and what is wrong with it."""

    name: str
    dyad: tuple[str, str]
    benchmarks: tuple[tuple[str, str], ...]
    about: str
    digest: str
    facts: tuple[Fact, ...]
    coverage: tuple[Coverage, ...]
    faults: tuple[Fault, ...]


def read(folder: Path) -> Case:
    """Read a case folder; raises CaseError when it is none, and otherwise collects faults by row and column."""
    stated = _about(folder)
    faults: list[Fault] = []
    publications = {row.text("code"): row for row in tables.load(folder / "publications.csv", PUBLICATIONS, faults)}
    acts = tables.load(folder / "acts.csv", (*ACTS, *QUOTED, "credibility"), faults)
    series = tables.load(folder / "series.csv", (*SERIES, *QUOTED), faults)
    _unique(acts + series)
    keys = {row.text("key"): row.text("kind") for row in acts}
    facts = [fact for row in acts if (fact := _act(row, publications, keys)) is not None]
    facts += [fact for row in series if (fact := _value(row, publications)) is not None]
    graded = [c for row in tables.load(folder / "coverage.csv", COVERAGE, faults) if (c := _coverage(row)) is not None]
    offered = hypotheses.read(folder, faults, claims={fact.key: fact.claim.id for fact in facts})
    stated = {**stated, "hypotheses": hypotheses.pack(offered)}
    packed = json.dumps(stated, sort_keys=True, default=str)
    case = about(packed)
    return Case(case.name, case.dyad, case.benchmarks, packed, _digest(folder), tuple(facts), tuple(graded), tuple(faults))


@dataclass(frozen=True, slots=True)
class About:
    """What case.toml says of a case."""

    name: str
    dyad: tuple[str, str]
    benchmarks: tuple[tuple[str, str], ...]


def about(packed: str) -> About:
    """What the JSON of a loaded case.toml says."""
    row = json.loads(packed)
    return About(str(row["name"]), _pair(row["dyad"]), tuple(_pair(pair) for pair in row.get("benchmarks", [])))


def locate(name: Path) -> Path:
    """The folder itself where it is a case; otherwise the case of that name that is shipped with the program or lies in its checkout."""
    package = Path(str(files("detente")))
    places = (package / "data" / "cases" / name.name, package.parents[1] / "cases" / name.name)
    return next((place for place in (name, *places) if (place / "case.toml").is_file()), name)


def _about(folder: Path) -> dict[str, Any]:
    path = folder / "case.toml"
    if not path.is_file():
        raise CaseError("a case folder with case.toml", came=f"{folder} has none", do="write one, or give the folder that holds it")
    try:
        about = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CaseError("case.toml to be TOML", came=str(error), do="mend that line") from error
    missing = [name for name in ("name", "dyad") if name not in about]
    if missing:
        raise CaseError("case.toml with name and dyad", came=f"{', '.join(missing)} is missing", do='write for example dyad = ["ERI", "ETH"]')
    return about


def _pair(value: Any) -> tuple[str, str]:
    if not (
        isinstance(value, list)
        and len(value) == 2
        and all(isinstance(v, str) and len(v) == 3 and v.isascii() and v.isupper() for v in value)
        and value[0] != value[1]
    ):
        raise CaseError("two different ISO 3166-1 alpha-3 codes", came=f"{value!r} came", do='write for example ["ERI", "ETH"]')
    a, b = sorted(value)
    return a, b


def _digest(folder: Path) -> str:
    parts = [path for path in sorted(folder.iterdir()) if path.suffix in (".csv", ".toml")]
    return hashlib.sha256(b"\0".join(path.name.encode() + b"\0" + path.read_bytes() for path in parts)).hexdigest()


def _unique(rows: list[Row]) -> None:
    seen: set[str] = set()
    for row in rows:
        if not row.text("key"):
            row.fault("key", "expected a key, but the cell is empty; write a short unique name")
        elif row.text("key") in seen:
            row.fault("key", f"expected a key of its own, but {row.text('key')!r} stands above too; rename one")
        seen.add(row.text("key"))


def _act(row: Row, publications: dict[str, Row], keys: dict[str, str]) -> Fact | None:
    before = len(row.faults)
    kind = row.need("kind", lambda code: ontology.term("kinds", code))
    status = row.need("status", lambda code: ontology.term("statuses", code))
    valid = _period(row)
    known = row.take("known", dates.parse_day)
    source = _parties(row, "source", "people")
    target = _parties(row, "target", "hosts")
    details = _details(row, keys) + _rated(row, publications)
    if known and valid and valid.start and known < valid.start and row.text("status") in ("happened", "ongoing"):
        row.fault("known", f"expected a day on or after {valid.start} for what happened, but {known} came; check both")
    doc = _document(row, publications, known, valid)
    if len(row.faults) > before or kind is None or status is None or doc is None or valid is None:
        return None
    chosen = tuple(row.text("dimensions").split()) or tuple(kind.more["dimension"].split())
    claim = Claim(
        kind=kind.code, spans=(doc.span(0, len(doc.text)),), source=source, target=target, status=status.code, valid=valid,  # type: ignore[arg-type]
        known=doc.published, known_assumed=doc.published_assumed, dimensions=chosen, place=row.text("place") or None,
        details=(*details, ("key", row.text("key"))), made_by="table", why=f"row {row.text('key')} of a reviewed table",
    )  # fmt: skip
    return Fact(row.text("key"), doc, claim)


def _value(row: Row, publications: dict[str, Row]) -> Fact | None:
    before = len(row.faults)
    period = row.need("period", dates.parse)
    value = row.need("value", _decimal)
    known = row.take("known", dates.parse_day)
    for column in ("measure", "unit"):
        row.need(column, str)
    sides = tuple(Party(state=state) for column in "ab" if (state := row.need(column, _state)) is not None)
    doc = _document(row, publications, known, period)
    if len(row.faults) > before or period is None or value is None or doc is None:
        return None
    named = {"measure": row.text("measure"), "value": str(value), "unit": row.text("unit"), "period": row.text("period"), "key": row.text("key")}
    details = (*named.items(), *_rated(row, publications))
    claim = Claim(
        kind="trade_value", spans=(doc.span(0, len(doc.text)),), source=sides[:1], target=sides[1:], valid=period, known=doc.published,
        known_assumed=doc.published_assumed, dimensions=("economic_delivered",), details=details, made_by="table",
        why=f"row {row.text('key')} of a reviewed table",
    )  # fmt: skip
    return Fact(row.text("key"), doc, claim)


def _period(row: Row) -> Interval | None:
    begins, ends = row.need("begins", dates.parse), row.take("ends", dates.parse)
    if begins is None or ends is None:
        return begins
    if begins.start is None or ends.stop is None or ends.stop <= begins.start:
        row.fault("ends", f"expected an end on or after {row.text('begins')}, but {row.text('ends')} came; swap the two")
        return None
    return dates.parse(f"{begins.start}/{ends.last}")


def _document(row: Row, publications: dict[str, Row], known: date | None, valid: Interval | None) -> Document | None:
    text = row.need("text", str)
    code = row.need("publication", str)
    if code is not None and code not in publications:
        row.fault("publication", f"expected a code of publications.csv, but {code!r} came; add it there")
    if text is None or valid is None or code not in publications:
        return None
    found = publications[code]
    return Document(
        text=text, source=found.text("name"), title=row.text("key"), address=row.text("address") or found.text("address") or None,
        published=known or valid.last or valid.start, published_assumed=known is None, media_type=ROW_MEDIA,
    )  # fmt: skip


def _parties(row: Row, side: str, persons: str) -> tuple[Party, ...]:
    actors = [actor for code in row.text(side).split() if (actor := _actor(row, side, code)) is not None]
    if side == "source" and not row.text(side):
        row.fault(side, "expected who acted, but the cell is empty; write an ISO code or IGO:NAME")
    people = [person for cell in row.text(persons).split(";") if cell.strip() and (person := _person(row, persons, cell)) is not None]
    if not actors or not people:
        return tuple(actors)
    first = actors[0]
    named = [Party(state=first.state, body=first.body, person=name, office=office, rank=rank) for name, office, rank in people]
    return (*named, *actors[1:])


def _actor(row: Row, column: str, code: str) -> Party | None:
    if ":" in code and code.isascii():
        return Party(body=code)
    try:
        return Party(state=_state(code))
    except InputError as error:
        row.fault(column, str(error))
        return None


def _state(code: str) -> str:
    if len(code) != 3 or not (code.isascii() and code.isupper()):
        raise TermError("an ISO 3166-1 alpha-3 code, or IGO:NAME for a body", came=f"'{clean.spelled(code)}' came", do="write for example FIN")
    return code


def _person(row: Row, column: str, cell: str) -> tuple[str, str | None, int | None] | None:
    name, office, rank = ([part.strip() for part in cell.split("|")] + ["", ""])[:3]
    if rank and rank not in ontology.family("ranks"):
        row.fault(column, f"expected a rank from 1 to 7, but {rank!r} came; see `detente explain 1`")
        return None
    return name, office or None, int(rank) if rank else None


def _details(row: Row, keys: dict[str, str]) -> Details:
    pairs = [_detail(row, part, keys) for part in row.text("details").split(";") if part.strip()]
    found = {name: value for name, value in pairs if value}
    needs.check(row, found, keys)
    return tuple(found.items())


def _rated(row: Row, publications: dict[str, Row]) -> Details:
    """Reliability of the publication, credibility of the row, and its note."""
    row.take("credibility", lambda code: ontology.term("credibility", code))
    publication = publications.get(row.text("publication"))
    reliability = "" if publication is None else publication.text("reliability")
    named = {"reliability": reliability, "credibility": row.text("credibility"), "note": row.text("note")}
    return tuple((name, value) for name, value in named.items() if value)


def _detail(row: Row, part: str, keys: dict[str, str]) -> tuple[str, str]:
    name, equals, value = (piece.strip() for piece in part.partition("="))
    if equals:
        needs.pair(row, name, value, keys)
    else:
        row.fault("details", f"expected one of {', '.join(needs.allowed(row.text('kind')))} with =, but {name!r} came; see `detente explain KIND`")
    return name, value


def _coverage(row: Row) -> Coverage | None:
    a, b = row.need("a", _state), row.need("b", _state)
    begins, ends = row.need("begins", dates.parse), row.need("ends", dates.parse)
    grade = row.text("grade")
    if grade not in GRADES:
        row.fault("grade", f"expected full, fair or thin, but {grade!r} came; choose one")
        return None
    if a is None or b is None or begins is None or ends is None or begins.start is None or ends.stop is None:
        return None
    low, high = sorted((a, b))
    return Coverage(low, high, begins.start, ends.stop, grade, row.text("note"))


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise DateError("a number", came=f"{text!r} came", do="write digits with a point") from error
