"""What a row of a kind must tell before it says anything: an exception its ban, a target its goal, unit and deadline, an expectation its day.

A number must be one, a day a day, and a reference must lead to a row of the right kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from types import MappingProxyType

from detente import dates, ontology
from detente.errors import DateError
from detente.read.tables import Row

GENERAL = ("effect", "depth", "stance", "reliability", "credibility", "note", "key")
"""Details that every kind may carry; the others stand in the vocabulary of kinds."""
DATED = ("deadline", "due", "since", "baseline_period")
REFERENCES = ("ban", "act", "outcome")
OUTCOMES = ("slipped", "dropped", "open", "happened")

NEEDED = MappingProxyType(
    {
        "exception": ("ban",),
        "target": ("measure", "goal", "unit", "deadline"),
        "expectation": ("due",),
        "vote": ("forum", "choice"),
        "project_milestone": ("project", "step"),
        "trade_value": ("measure", "value", "unit", "period"),
    }
)
NUMBERS = MappingProxyType(
    {"target": ("goal", "baseline"), "obligation": ("face_value", "market_value"), "project_milestone": ("cost",), "trade_value": ("value",)}
)
POSITIVE = ("goal", "baseline")
LEADS_TO = MappingProxyType({"ban": "sanction"})


def allowed(kind: str) -> tuple[str, ...]:
    """The details that a row of a kind may carry; those of every kind for a kind that is none."""
    known = ontology.family("kinds")
    return (*GENERAL, *(known[kind].more["fields"].split() if kind in known else ()))


def pair(row: Row, name: str, value: str, keys: Mapping[str, str]) -> None:
    """Note what is wrong with one detail of a row: its name, its day, or the key it leads to; `keys` are the kinds of all rows by key."""
    named = allowed(row.text("kind"))
    if name not in named:
        row.fault("details", f"expected one of {', '.join(named)} with =, but {name!r} came; see `detente explain KIND`")
    if name in REFERENCES and value not in keys and value not in OUTCOMES:
        row.fault("details", f"expected the key of another row for {name}, but {value!r} came; check its spelling")
    if name in DATED and value not in OUTCOMES:
        try:
            dates.parse(value)
        except DateError as error:
            row.fault("details", f"{name}: {error}")


def check(row: Row, details: Mapping[str, str], kinds: Mapping[str, str]) -> None:
    """Note what the row's kind needs and its details lack; `kinds` are the kinds of all rows by key."""
    kind = row.text("kind")
    for name in NEEDED.get(kind, ()):
        if not details.get(name):
            row.fault("details", f"expected {name} of {_article(kind)}, but there is none; write {name}=...")
    for name in NUMBERS.get(kind, ()):
        if details.get(name):
            _number(row, name, details[name])
    if details.get("face_value") and not details.get("unit"):
        row.fault("details", "expected a unit for face_value, but there is none; write unit=USD mn or the like")
    for name, wanted in LEADS_TO.items():
        found = kinds.get(details[name]) if name in details else None
        if found is not None and found != wanted:
            row.fault("details", f"expected the key of {_article(wanted)} for {name}, but {details[name]!r} is {_article(found)}; name the {wanted}")


def _number(row: Row, name: str, value: str) -> None:
    try:
        number = Decimal(value)
    except InvalidOperation:
        row.fault("details", f"expected a number for {name}, but {value!r} came; write digits with a point")
        return
    if not number.is_finite() or (name in POSITIVE and number <= 0):
        row.fault("details", f"expected a number above 0 for {name}, but {value!r} came; check it")


def _article(kind: str) -> str:
    words = kind.replace("_", " ")
    return f"an {words}" if words[0] in "aeiou" else f"a {words}"
