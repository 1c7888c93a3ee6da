"""Made-up cases for the tests: two states, dated acts, nothing real. `case` writes a folder that `detente case load` takes."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from detente.read import cases

ACT = (*cases.ACTS, *cases.QUOTED, "credibility")
VALUE = (*cases.SERIES, *cases.QUOTED)
Row = Mapping[str, str]


def act(key: str, begins: str, **cells: str) -> dict[str, str]:
    """A visit from FIN to ISL, unless the cells say otherwise."""
    plain = {
        "key": key,
        "kind": "visit",
        "source": "FIN",
        "target": "ISL",
        "begins": begins,
        "status": "happened",
        "text": f"A minister of Finland visited Iceland ({key}).",
        "publication": "gazette",
        "credibility": "2",
    }
    return {**dict.fromkeys(ACT, ""), **plain, **cells}


def value(year: int, amount: str, **cells: str) -> dict[str, str]:
    """The turnover of a year."""
    plain = {
        "key": f"trade-{year}",
        "measure": "trade_turnover",
        "a": "FIN",
        "b": "ISL",
        "period": str(year),
        "value": amount,
        "unit": "USD mn",
        "known": f"{year + 1}-03-01",
        "publication": "gazette",
        "text": f"Trade of Finland and Iceland was {amount} million in {year}.",
    }
    return {**dict.fromkeys(VALUE, ""), **plain, **cells}


def case(folder: Path, *, acts: Iterable[Row] = (), values: Iterable[Row] = (), graded: str = "full", name: str = "made") -> Path:
    """Write a case of FIN and ISL, read from 1990 to 2030 with one grade."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "case.toml").write_text(f'name = "{name}"\ndyad = ["FIN", "ISL"]\n', encoding="utf-8")
    _write(
        folder / "publications.csv", cases.PUBLICATIONS, [{"code": "gazette", "name": "The Gazette", "address": "", "reliability": "B", "note": ""}]
    )
    _write(folder / "acts.csv", ACT, acts)
    _write(folder / "series.csv", VALUE, values)
    cover = {"a": "FIN", "b": "ISL", "begins": "1990", "ends": "2030", "grade": graded, "by": "tests", "note": ""}
    _write(folder / "coverage.csv", cases.COVERAGE, [cover])
    return folder


def _write(path: Path, columns: Iterable[str], rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(columns))
        writer.writeheader()
        writer.writerows(rows)
