"""What a question asks: which two states, and whether it is one that can be answered.

Names are those of the shipped gazetteer: common names, peoples, capitals, seats of power, or ISO codes. Nothing is guessed.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from detente import ontology
from detente.coding import gazetteer
from detente.errors import QuestionError
from detente.read import clean

Kind = Literal["stage", "other"]
FORMS = ("name", "demonym", "capital", "seat")
_CODE = re.compile(r"\b[A-Z]{3}\b")
_BARE = re.compile(r"(?i)(how|is|are|have|has)\b")
_NAME = re.compile(r"\b[A-Z][\w’']+")


@dataclass(frozen=True, slots=True)
class Question:
    """A question about a dyad; `dyad` is in alphabetical order, None when the text names no two states.

    Of kind "stage" it asks for the verdict, of kind "other" for what an examination of the ledger finds.
    """

    text: str
    kind: Kind
    dyad: tuple[str, str] | None


def understand(text: str) -> Question:
    """Read a question; raises QuestionError when it is empty, or asks for a verdict and names one state only or an unknown one."""
    words = " ".join(clean.clean(text).text.split())
    false = clean.mixed(words)
    if false is not None:
        raise QuestionError("words of one alphabet", came=f"{false!r} mixes letters of two that look alike", do="type that name anew")
    if not words:
        raise QuestionError(
            "a question", came="the text is empty", do='ask for example "Are relations between Cuba and the United States at a new stage?"'
        )
    kind = _kind(words)
    return Question(words, kind, _dyad(words) if kind == "stage" else _named(words))


def pair(a: str, b: str) -> tuple[str, str]:
    """Two states by code or name, in alphabetical order of their codes; raises QuestionError when one is unknown or both are the same."""
    first, second = state(a), state(b)
    if first == second:
        raise QuestionError("two different states", came=f"{a} and {b} are one state", do="name the other side")
    return _ordered((first, second))


def states(text: str) -> tuple[str, ...]:
    """States that a text names, in its order, each once."""
    return tuple(dict.fromkeys(_named_states(text)))


def _named_states(text: str) -> list[str]:
    """Every naming of a state, in the text's order."""
    hits = [(hit.start, hit.entry.state) for hit in gazetteer.shipped().find(text) if hit.entry.form in FORMS and hit.entry.state]
    codes = [(m.start(), m.group()) for m in _CODE.finditer(text) if m.group() in ontology.states()]
    return [code for _, joined in sorted(hits + codes) for code in joined.split("+")]


def every(names: Iterable[str]) -> frozenset[str]:
    """All states that some names name, in whatever case; a name that names none adds nothing."""
    return frozenset(code for name in names for code in states(name) or states(name.title()))


def state(text: str) -> str:
    """The code of the one state that a text names, in whatever case; raises QuestionError when it names none or several."""
    found = states(text) or states(text.title()) or states(text.upper())
    if len(found) != 1:
        raise QuestionError("a state by its name or ISO code", came=f"{text!r} came", do="write for example RUS or Russia")
    return found[0]


def _dyad(text: str) -> tuple[str, str] | None:
    found = max(states(text), states(text.title()), key=len)
    if len(found) == 2:
        return _ordered(found)
    strange = _strange(text)
    if len(found) == 1 and max(len(_named_states(text)), len(_named_states(text.title()))) > 1:
        raise QuestionError("two different states", came=f"{ontology.state_name(found[0])} is named twice", do="name the other side")
    if len(found) > 2:
        raise QuestionError("a question about two states", came=f"{', '.join(found)} came", do="name two of them")
    if len(found) == 1:
        came = f"only {ontology.state_name(found[0])} was understood" + (f", and {strange} is no state known here" if strange else "")
        raise QuestionError("a question about two different states", came=came, do="name both sides by a common name or ISO code")
    if strange:
        raise QuestionError("a question about two states", came=f"{strange} is no state known here", do="use a common name or ISO code")
    return None


def _named(text: str) -> tuple[str, str] | None:
    """The two states that a question names, or None: what an examination is asked may name one state, three or none."""
    found = states(text)
    return _ordered(found) if len(found) == 2 else None


def _ordered(pair: Iterable[str]) -> tuple[str, str]:
    low, high = sorted(pair)
    return low, high


def _strange(text: str) -> str | None:
    """A capitalised word inside the sentence that is no state: what was probably meant as one."""
    inner = [m.group() for m in _NAME.finditer(text) if m.start() > 0 and not states(m.group())]
    return inner[0] if inner else None


def _kind(text: str) -> Kind:
    """A question whether relations are at a stage or have moved asks for the verdict; any other is for the examinations."""
    found = {role for role, word in _kinds() if re.search(rf"\b{re.escape(word)}\b", text.casefold())}
    asks_stage = "stage" in found or {"relation", "moved"} <= found or ("relation" in found and _BARE.match(text) is not None)
    return "stage" if asks_stage and "other" not in found else "other"


@cache
def _kinds() -> tuple[tuple[str, str], ...]:
    text = (files("detente") / "data" / "questions" / "kinds.csv").read_text(encoding="utf-8")
    return tuple((row["role"], row["word"]) for row in csv.DictReader(text.splitlines()))
