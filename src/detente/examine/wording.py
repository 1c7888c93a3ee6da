"""Fields of records as words: names for codes of states, days in their short form, several values after one another, nothing for what is unknown."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any

from detente import ontology

SILENT = ("act", "how", "proofs", "between", "around")
"""Fields that serve the program and are not told."""


def cell(value: Any) -> str:
    """A field as text: parts of a record with their names, several values after one another.

    >>> cell((1, None, True)), cell(0.36729)
    ('1; yes', '0.367')
    """
    if value is None or value == ():
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.3g}"
    if isinstance(value, Decimal):
        return f"{value:,f}"
    if isinstance(value, tuple):
        return "; ".join(text for item in value if (text := cell(item)))
    if is_dataclass(value) and type(value).__str__ is object.__str__:
        parts = [(f.name, cell(getattr(value, f.name))) for f in fields(value) if f.name not in SILENT]
        return ", ".join(f"{name.replace('_', ' ')} {text}" for name, text in parts if text)
    return str(value)


def named(value: Any) -> str:
    """A field as text with states by their names; `somebody` for an actor that is not told.

    >>> named("FIN"), named("")
    ('Finland', 'somebody')
    """
    text = cell(value)
    return " and ".join(ontology.state_name(part) for part in text.split("; ")) if text else "somebody"
