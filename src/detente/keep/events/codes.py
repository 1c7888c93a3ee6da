"""The tables that translate published codes: CAMEO to PLOVER classes, country codes of each system to ISO, types of events to classes.

They stand in data/events and are lent to DuckDB as small tables. Where the mapping that is published with PLOVER and its manual disagree,
the manual holds; docs/events.md lists those codes.
"""

from __future__ import annotations

import csv
from importlib.resources import files

import duckdb
import pyarrow as pa

from detente import ontology

QUADS = {"verbal cooperation": 1, "material cooperation": 2, "verbal conflict": 3, "material conflict": 4}


def lend(con: duckdb.DuckDBPyConnection) -> None:
    """Give a connection the tables `cameo`, `types`, `classes` and `states_SYSTEM` for iso3, cameo, fips, gw and name."""
    types = {"score": "DECIMAL(4,1)", "quad": "TINYINT"}
    _table(con, "cameo", [{**row, "quad": _quad(row["code"])} for row in _rows("cameo")], types)
    _table(con, "types", _rows("types"), {})
    classes = [{"class": code, "quad": str(QUADS[term.more["quad"]]), "dimension": term.more["dimension"]} for code, term in _classes()]
    _table(con, "classes", classes, types)
    systems = [{"system": system, "code": code, "state": state} for system, known in states().items() for code, state in known.items()]
    _table(con, "states", systems, {})
    for system, known in states().items():
        _table(con, f"states_{system}", [{"code": code, "state": state} for code, state in known.items()], {})


def ranks() -> dict[str, int]:
    """The rank of each published dataset where several tell of the same thing; 1 is best."""
    return {row["kind"]: int(row["rank"]) for row in _rows("kinds") if row["rank"]}


def _classes() -> list[tuple[str, ontology.Term]]:
    return list(ontology.family("classes").items())


def _quad(code: str) -> str:
    """GDELT's QuadClass of a CAMEO code: verbal and material cooperation, verbal and material conflict."""
    root = int(code[:2])
    return str(1 + (root > 5) + (root > 8) + (root > 13))


def states() -> dict[str, dict[str, str]]:
    """State by code, a system each; names in small letters. CAMEO writes ISO's codes but for a few."""
    found: dict[str, dict[str, str]] = {"iso3": {code: code for code in ontology.states()}, "fips": {}, "gw": {}, "name": _names()}
    found["cameo"] = dict(found["iso3"])
    for row in _rows("states"):
        code = row["code"].casefold() if row["system"] == "name" else row["code"]
        found[row["system"]][code] = row["state"]
    return found


def _names() -> dict[str, str]:
    text = (files("detente") / "data" / "actors" / "states.csv").read_text(encoding="utf-8")
    known = {row["name"].casefold(): row["state"] for row in csv.DictReader(text.splitlines()) if row["form"] == "name"}
    return {**known, **{name.casefold(): code for code, name in ontology.states().items()}}


def _rows(name: str) -> list[dict[str, str]]:
    text = (files("detente") / "data" / "events" / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _table(con: duckdb.DuckDBPyConnection, name: str, rows: list[dict[str, str]], types: dict[str, str]) -> None:
    """A temporary table of text columns, but for `types`; empty cells are null."""
    columns = {column: pa.array([row[column] or None for row in rows], pa.string()) for column in rows[0]}
    con.register("lent", pa.table(columns))
    chosen = ", ".join(f'CAST("{column}" AS {types.get(column, "VARCHAR")}) AS "{column}"' for column in columns)
    con.execute(f'CREATE OR REPLACE TEMP TABLE "{name}" AS SELECT {chosen} FROM lent').fetchall()
    con.unregister("lent")


def quoted(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"
