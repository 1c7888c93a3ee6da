"""The vocabulary: kinds, PLOVER classes and modes, dimensions, ladders, scales. It lives in data/ontology; here it is only loaded and explained.

Every term carries what it means, why it is kept, an example, and what to use instead.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from detente.errors import TermError

FAMILIES = (
    "kinds",
    "classes",
    "modes",
    "dimensions",
    "verdicts",
    "rules",
    "statuses",
    "decisions",
    "ranks",
    "agreements",
    "scopes",
    "strengths",
    "consistency",
    "probabilities",
    "reliability",
    "credibility",
    "reasons",
)
_PLAIN = ("code", "name", "means", "why", "example", "instead")


@dataclass(frozen=True, slots=True)
class Term:
    """One word of the vocabulary; `more` holds the columns that only its family has."""

    family: str
    code: str
    name: str
    means: str
    why: str
    example: str
    instead: str
    more: Mapping[str, str]


@cache
def family(name: str) -> Mapping[str, Term]:
    """The terms of one family by code, in the order of their table; raises TermError for a family that is none."""
    if name not in FAMILIES:
        raise TermError(f"one of the families {', '.join(FAMILIES)}", came=f"{name!r} came", do="choose one of these")
    text = (files("detente") / "data" / "ontology" / f"{name}.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return MappingProxyType({row["code"]: _term(name, row) for row in rows})


def term(name: str, code: str) -> Term:
    """One term of a family, or TermError naming the codes that exist."""
    known = family(name)
    if code not in known:
        raise TermError(f"a code of {name}: {', '.join(known)}", came=f"{code!r} came", do="see `detente explain`")
    return known[code]


def explain(code: str) -> tuple[Term, ...]:
    """Every term with this code, whatever its family; upper or lower case, code or name.

    >>> [t.family for t in explain("CONSULT")]
    ['classes']
    """
    wanted = code.strip().casefold()
    every = (word for name in FAMILIES for word in family(name).values())
    found = tuple(word for word in every if wanted in (word.code.casefold(), word.name.casefold()))
    if not found:
        raise TermError("a code or name of the vocabulary", came=f"{code!r} came", do="`detente explain` lists them all")
    return found


@cache
def states() -> Mapping[str, str]:
    """Names of states by ISO 3166 code (alpha-3; former ones by 3166-3's stem), as an English reader knows them."""
    text = (files("detente") / "data" / "ontology" / "states.csv").read_text(encoding="utf-8")
    return MappingProxyType({row["code"]: row["name"] for row in csv.DictReader(text.splitlines())})


def state_name(code: str) -> str:
    """The common name of a state, or the code itself where none is known."""
    return states().get(code, code)


def likelihood(probability: float) -> Term:
    """The words for a probability, by the scale of ICD 203; values outside 1-99 % take the outermost word.

    >>> likelihood(0.6).name
    'likely'
    """
    scale = tuple(family("probabilities").values())
    return next((word for word in scale if probability < float(word.more["high"])), scale[-1])


def _term(name: str, row: dict[str, str]) -> Term:
    more = {key: value for key, value in row.items() if key not in _PLAIN}
    plain = {key: row[key] for key in _PLAIN}
    return Term(family=name, more=MappingProxyType(more), **plain)
