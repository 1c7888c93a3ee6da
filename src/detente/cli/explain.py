"""`detente explain`: the vocabulary, each word with what it means, why, an example, and what to use instead."""

from __future__ import annotations

import json
from typing import Annotated

import typer
from rich.table import Table

from detente import ontology
from detente.cli import console


def explain(
    code: Annotated[
        str | None, typer.Argument(help="A code or name, such as CONSULT, visit or likely; without it all are listed.", show_default=False)
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print data instead of a table.")] = False,
) -> None:
    """Explain a word of the vocabulary: kinds of claims, PLOVER classes, dimensions, verdicts, rules, ladders, scales."""
    terms = ontology.explain(code) if code is not None else tuple(term for name in ontology.FAMILIES for term in ontology.family(name).values())
    if as_json:
        console.out.print_json(json.dumps([_data(term) for term in terms]))
    elif code is None:
        _list(terms)
    else:
        for term in terms:
            _show(term)


def _data(term: ontology.Term) -> dict[str, object]:
    plain = {name: getattr(term, name) for name in ("family", "code", "name", "means", "why", "example", "instead")}
    return {**plain, **term.more}


def _list(terms: tuple[ontology.Term, ...]) -> None:
    table = Table("family", "code", "means", box=None, pad_edge=False)
    for term in terms:
        table.add_row(term.family, term.code, term.means)
    console.out.print(table)


def _show(term: ontology.Term) -> None:
    table = Table(title=f"{term.code} ({term.family})", show_header=False, title_justify="left", box=None, pad_edge=False)
    rows = [("means", term.means), ("why", term.why), ("example", term.example), ("instead", term.instead), *term.more.items()]
    for name, value in rows:
        table.add_row(name, value)
    console.out.print(table)
