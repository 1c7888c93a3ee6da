"""What a question asks: which two states, and whether it is one that can be answered.

Names are those of the shipped gazetteer: common names, peoples, capitals, seats of power, or ISO codes. Nothing is guessed.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from detente import ontology
from detente.coding import gazetteer
from detente.errors import QuestionError

FORMS = ("name", "demonym", "capital", "seat")
_CODE = re.compile(r"\b[A-Z]{3}\b")
_NAME = re.compile(r"\b[A-Z][\w’']+")


@dataclass(frozen=True, slots=True)
class Question:
    """A question about a dyad; `dyad` is in alphabetical order, None when the text names no two states."""

    text: str
    kind: str
    dyad: tuple[str, str] | None


def understand(text: str) -> Question:
    """Read a question; raises QuestionError when it names one state only, an unknown one, or asks what cannot be answered yet."""
    words = " ".join(text.split())
    if not words:
        raise QuestionError(
            "a question", came="the text is empty", do='ask for example "Are relations between Cuba and the United States at a new stage?"'
        )
    return Question(words, _kind(words), _dyad(words))


def pair(a: str, b: str) -> tuple[str, str]:
    """Two states by code or name, in alphabetical order of their codes; raises QuestionError when one is unknown or both are the same."""
    first, second = (_single(text) for text in (a, b))
    if first == second:
        raise QuestionError("two different states", came=f"{a} and {b} are one state", do="name the other side")
    low, high = sorted((first, second))
    return low, high


def states(text: str) -> tuple[str, ...]:
    """States that a text names, in its order, each once."""
    hits = [(hit.start, hit.entry.state) for hit in gazetteer.shipped().find(text) if hit.entry.form in FORMS and hit.entry.state]
    codes = [(m.start(), m.group()) for m in _CODE.finditer(text) if m.group() in ontology.states()]
    flat = [code for _, joined in sorted(hits + codes) for code in joined.split("+")]
    return tuple(dict.fromkeys(flat))


def _single(text: str) -> str:
    found = states(text) or states(text.title()) or states(text.upper())
    if len(found) != 1:
        raise QuestionError("a state by its name or ISO code", came=f"{text!r} came", do="write for example RUS or Russia")
    return found[0]


def _dyad(text: str) -> tuple[str, str] | None:
    found = max(states(text), states(text.title()), key=len)
    if len(found) == 2:
        low, high = sorted(found)
        return low, high
    strange = _strange(text)
    if len(found) > 2:
        raise QuestionError("a question about two states", came=f"{', '.join(found)} came", do="name two of them")
    if len(found) == 1:
        came = f"only {ontology.state_name(found[0])} was understood" + (f", and {strange} is no state known here" if strange else "")
        raise QuestionError("a question about two different states", came=came, do="name both sides by a common name or ISO code")
    if strange:
        raise QuestionError("a question about two states", came=f"{strange} is no state known here", do="use a common name or ISO code")
    return None


def _strange(text: str) -> str | None:
    """A capitalised word inside the sentence that is no state: what was probably meant as one."""
    inner = [m.group() for m in _NAME.finditer(text) if m.start() > 0 and not states(m.group())]
    return inner[0] if inner else None


def _kind(text: str) -> str:
    folded = text.casefold()
    for row in _kinds():
        if re.search(rf"\b{re.escape(row['word'])}\b", folded):
            return row["kind"]
    raise QuestionError(
        "a question that can be answered",
        came=f"{text!r} asks something else",
        do="ask whether relations or cooperation of two states are at a new stage; other kinds are not answered yet",
    )


@cache
def _kinds() -> tuple[dict[str, str], ...]:
    text = (files("detente") / "data" / "questions" / "kinds.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))
