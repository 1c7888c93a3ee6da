"""The hypotheses of a case: explanations with what each leads one to expect, as reviewed tables of the case's folder.

hypotheses.csv names them, expectations.csv holds what they lead one to expect, judgements.csv what a person thinks of single acts. A hypothesis
without expectations cannot be weighed and is a fault; so is an expectation of words about causes or stages: what explains is not its own evidence.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from detente import dates, ontology
from detente.dates import Interval
from detente.errors import InputError, TermError
from detente.read import tables
from detente.read.tables import Fault, Row
from detente.records import Expectation, Hypothesis, Judgement, Shows, canonical

NAMED = ("code", "question", "statement", "origin")
EXPECTED = ("hypothesis", "text", "kinds", "dimensions", "source", "target", "effect", "begins", "ends", "shows", "strength")
JUDGED = ("hypothesis", "act", "sign", "by", "day", "why")
CIRCULAR = frozenset({"explanation", "proclaimed_stage", "forecast", "superlative"})
QUESTION = "Why did relations change lately?"
Held = dict[str, list[Any]]


def read(folder: Path, faults: list[Fault], *, claims: Mapping[str, str]) -> tuple[Hypothesis, ...]:
    """The hypotheses of a case folder; none where the tables are not there. `claims` are identities by key. Faults are added to `faults`."""
    named = tables.load(folder / "hypotheses.csv", NAMED, faults)
    expected, judged = _expected(folder, named, faults), _judged(folder, named, faults, claims)
    windows = _windows(named, expected)
    for row in named:
        code = row.text("code")
        if not expected[code] and code in defaults() and row.text("question") in windows:
            expected[code] = _default(code, windows[row.text("question")])
        if not expected[code]:
            row.fault("code", f"expected expectations for {code!r}, but there are none; without them it cannot be weighed")
    return tuple(_hypothesis(row, expected, judged) for row in named)


def default(window: Interval) -> tuple[Hypothesis, ...]:
    """The board for two states of which no case offers explanations: a lasting change, a wave that will ebb, more coverage."""
    return tuple(
        Hypothesis(code=code, question=QUESTION, statement=statement, origin="default", expectations=tuple(_default(code, window)))
        for code, statement in defaults().items()
    )


@cache
def defaults() -> Mapping[str, str]:
    """The statements of the default board by code."""
    return {row["code"]: row["statement"] for row in _shipped("named")}


def pack(found: Iterable[Hypothesis]) -> list[Any]:
    """Hypotheses as plain data, for the record of a loading."""
    return [canonical(hypothesis) for hypothesis in found]


def unpack(about: str) -> tuple[Hypothesis, ...]:
    """The hypotheses in the record of a loading."""
    return tuple(_unpacked(row) for row in json.loads(about).get("hypotheses", []))


def _unpacked(row: dict[str, Any]) -> Hypothesis:
    expectations = tuple(_packed(e) for e in row["expectations"])
    judgements = tuple(Judgement(**{**j, "day": dates.parse_day(j["day"])}) for j in row.get("judgements", []))
    return Hypothesis(**{**row, "expectations": expectations, "judgements": judgements})


def _packed(row: dict[str, Any]) -> Expectation:
    window = row["window"]
    plain: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items() if name != "window"}
    ends = [None if window[end] is None else dates.parse_day(window[end]) for end in ("start", "stop")]
    return Expectation(window=Interval(ends[0], ends[1], window["precision"]), **plain)


def _hypothesis(row: Row, expected: Held, judged: Held) -> Hypothesis:
    code = row.text("code")
    return Hypothesis(**{name: row.text(name) for name in NAMED}, expectations=tuple(expected[code]), judgements=tuple(judged[code]))


def _expected(folder: Path, named: Sequence[Row], faults: list[Fault]) -> Held:
    held: Held = defaultdict(list)
    for row in tables.load(folder / "expectations.csv", EXPECTED, faults):
        _known(row, named)
        window = _window(row)
        if window is not None and (found := _expectation(row, window)) is not None:
            held[row.text("hypothesis")].append(found)
    return held


def _judged(folder: Path, named: Sequence[Row], faults: list[Fault], claims: Mapping[str, str]) -> Held:
    held: Held = defaultdict(list)
    for row in tables.load(folder / "judgements.csv", JUDGED, faults):
        _known(row, named)
        if row.text("act") not in claims:
            row.fault("act", f"expected a key of acts.csv, but {row.text('act')!r} came; write the key of the act that is judged")
        sign, day = row.need("sign", _graded), row.need("day", dates.parse_day)
        if sign is not None and day is not None and row.text("act") in claims:
            held[row.text("hypothesis")].append(_judgement(row, claims[row.text("act")], sign, day))
    return held


def _judgement(row: Row, claim: str, sign: str, day: date) -> Judgement:
    for column in ("by", "why"):
        if not row.text(column):
            row.fault(column, "expected who judges and why, but the cell is empty; a judgement without them cannot be followed")
    return Judgement(claim=claim, sign=sign, by=row.text("by"), day=day, why=row.text("why"))


def _graded(code: str) -> str:
    if not ontology.term("consistency", code).more["ratio"]:
        raise TermError("a judgement of how well an act fits", came=f"{code!r} came", do="choose one of very_consistent to very_inconsistent")
    return code


def _known(row: Row, named: Sequence[Row]) -> None:
    if row.text("hypothesis") not in {other.text("code") for other in named}:
        row.fault("hypothesis", f"expected a code of hypotheses.csv, but {row.text('hypothesis')!r} came; add it there")


def _window(row: Row) -> Interval | None:
    begins, ends = row.need("begins", dates.parse), row.need("ends", dates.parse)
    if begins is None or ends is None or begins.start is None or ends.last is None:
        return None
    if ends.last < begins.start:
        row.fault("ends", f"expected a day after {begins.start}, but {row.text('ends')!r} came; let the window end after it begins")
        return None
    return dates.between(begins.start, ends.last)


def _windows(named: Sequence[Row], expected: Held) -> dict[str, Interval]:
    """The span of all windows of a question."""
    held: dict[str, list[Interval]] = defaultdict(list)
    for row in named:
        held[row.text("question")] += [e.window for e in expected[row.text("code")]]
    spans = {q: ([w.start for w in found if w.start], [w.last for w in found if w.last]) for q, found in held.items()}
    return {q: dates.between(min(starts), max(lasts)) for q, (starts, lasts) in spans.items() if starts and lasts}


def _default(code: str, window: Interval) -> list[Expectation]:
    faults: list[Fault] = []
    rows = [Row("expected.csv", number, cells, faults) for number, cells in enumerate(_shipped("expected"), 2) if cells["hypothesis"] == code]
    return [found for row in rows if (found := _expectation(row, window)) is not None]


def _shipped(name: str) -> list[dict[str, str]]:
    text = (files("detente") / "data" / "hypotheses" / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _expectation(row: Row, window: Interval) -> Expectation | None:
    before = len(row.faults)
    strength = row.need("strength", lambda code: ontology.term("strengths", code))
    shows = row.need("shows", _shows)
    effect = row.take("effect", _effect)
    kinds, dimensions = _codes(row, "kinds", "kinds"), _codes(row, "dimensions", "dimensions")
    if CIRCULAR & set(kinds):
        circular = ", ".join(sorted(CIRCULAR & set(kinds)))
        row.fault("kinds", f"expected deeds, but {circular} are words about stages and causes; they cannot be evidence; name what would show instead")
    if len(row.faults) > before or strength is None or shows is None:
        return None
    return Expectation(
        text=row.text("text"),
        kinds=kinds,
        dimensions=dimensions,
        source=tuple(row.text("source").split()),
        target=tuple(row.text("target").split()),
        effect=effect,
        window=window,
        shows=shows,
        strength=float(strength.more["probability"]),
    )


def _codes(row: Row, column: str, family: str) -> tuple[str, ...]:
    found = [code for code in row.text(column).split() if code in ontology.family(family)]
    for code in row.text(column).split():
        if code not in ontology.family(family):
            row.fault(column, f"expected codes of {family}, but {code!r} came; see `detente explain`")
    return tuple(found)


def _shows(text: str) -> Shows:
    found: dict[str, Shows] = {"yes": "yes", "no": "no", "more": "more", "fewer": "fewer", "usual": "usual"}
    if text not in found:
        what = "write yes or no when such acts are there or not, more, fewer or usual when it is their number that tells"
        raise TermError("yes, no, more, fewer or usual", came=f"{text!r} came", do=what)
    return found[text]


def _effect(text: str) -> int:
    if text not in ("1", "0", "-1"):
        raise InputError("1, 0 or -1", came=f"{text!r} came", do="write 1 for warming acts and -1 for cooling ones")
    return int(text)
