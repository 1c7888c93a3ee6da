"""The hypotheses of a case: explanations with what each leads one to expect, as two reviewed tables of the case's folder.

hypotheses.csv names them, expectations.csv holds what they lead one to expect. A hypothesis without expectations cannot be weighed and is a fault;
so is an expectation of words about causes or stages, because what explains cannot be its own evidence.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from detente import dates, ontology
from detente.errors import InputError, TermError
from detente.read import tables
from detente.read.tables import Fault, Row
from detente.records import Expectation, Hypothesis, canonical

NAMED = ("code", "question", "statement", "origin")
EXPECTED = ("hypothesis", "text", "kinds", "dimensions", "source", "target", "effect", "begins", "ends", "shows", "strength")
CIRCULAR = frozenset({"explanation", "proclaimed_stage", "forecast", "superlative"})


def read(folder: Path, faults: list[Fault]) -> tuple[Hypothesis, ...]:
    """The hypotheses of a case folder; none where the tables are not there. What is wrong is added to `faults`."""
    named = tables.load(folder / "hypotheses.csv", NAMED, faults)
    held: dict[str, list[Expectation]] = defaultdict(list)
    known = {row.text("code") for row in named}
    for row in tables.load(folder / "expectations.csv", EXPECTED, faults):
        if row.text("hypothesis") not in known:
            row.fault("hypothesis", f"expected a code of hypotheses.csv, but {row.text('hypothesis')!r} came; add it there")
        expectation = _expectation(row)
        if expectation is not None:
            held[row.text("hypothesis")].append(expectation)
    for row in named:
        if not held[row.text("code")]:
            row.fault("code", f"expected expectations for {row.text('code')!r}, but there are none; without them it cannot be weighed")
    return tuple(_hypothesis(row, tuple(held[row.text("code")])) for row in named)


def _hypothesis(row: Row, expectations: tuple[Expectation, ...]) -> Hypothesis:
    named = {name: row.text(name) for name in NAMED}
    return Hypothesis(**named, expectations=expectations)


def pack(found: Iterable[Hypothesis]) -> list[Any]:
    """Hypotheses as plain data, for the record of a loading."""
    return [canonical(hypothesis) for hypothesis in found]


def unpack(about: str) -> tuple[Hypothesis, ...]:
    """The hypotheses in the record of a loading."""
    rows = json.loads(about).get("hypotheses", [])
    return tuple(Hypothesis(**{**row, "expectations": tuple(_packed(e) for e in row["expectations"])}) for row in rows)


def _packed(row: dict[str, Any]) -> Expectation:
    window = row["window"]
    plain: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items() if name != "window"}
    ends = [None if window[end] is None else dates.parse_day(window[end]) for end in ("start", "stop")]
    return Expectation(window=dates.Interval(ends[0], ends[1], window["precision"]), **plain)


def _expectation(row: Row) -> Expectation | None:
    before = len(row.faults)
    begins, ends = row.need("begins", dates.parse), row.need("ends", dates.parse)
    strength = row.need("strength", lambda code: ontology.term("strengths", code))
    shows = row.need("shows", _shows)
    effect = row.take("effect", _effect)
    kinds = _codes(row, "kinds", "kinds")
    dimensions = _codes(row, "dimensions", "dimensions")
    if CIRCULAR & set(kinds):
        row.fault(
            "kinds", f"expected deeds, but {', '.join(sorted(CIRCULAR & set(kinds)))} are words about stages and causes; they cannot be evidence"
        )
    if len(row.faults) > before or begins is None or ends is None or strength is None or shows is None or begins.start is None or ends.last is None:
        return None
    return Expectation(
        text=row.text("text"),
        kinds=kinds,
        dimensions=dimensions,
        source=tuple(row.text("source").split()),
        target=tuple(row.text("target").split()),
        effect=effect,
        window=dates.between(begins.start, ends.last),
        present=shows == "yes",
        strength=float(strength.more["probability"]),
    )


def _codes(row: Row, column: str, family: str) -> tuple[str, ...]:
    found = [code for code in row.text(column).split() if code in ontology.family(family)]
    for code in row.text(column).split():
        if code not in ontology.family(family):
            row.fault(column, f"expected codes of {family}, but {code!r} came; see `detente explain`")
    return tuple(found)


def _shows(text: str) -> str:
    if text not in ("yes", "no"):
        raise TermError("yes or no", came=f"{text!r} came", do="write yes when such acts are expected, no when their absence is")
    return text


def _effect(text: str) -> int:
    if text not in ("1", "0", "-1"):
        raise InputError("1, 0 or -1", came=f"{text!r} came", do="write 1 for warming acts and -1 for cooling ones")
    return int(text)
