"""The typed extras of a claim: a target's measure, baseline, goal and deadline, an agreement's rung, a debt's or a trade figure's amount.

Amounts are written in full units ("1000000000 USD"), dates in ISO form; what the sentence does not say is left out.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files

from detente.coding import goals, quantities
from detente.coding.goals import Goal
from detente.coding.quantities import Quantity
from detente.dates import Interval
from detente.records import Details


def targets(text: str, *, anchor: date | None, context: Interval | None) -> tuple[Goal, ...]:
    """The targets that a sentence sets; without a figure or a day of publication there is none."""
    return () if anchor is None or not any(letter.isdigit() for letter in text) else goals.find(text, anchor=anchor, context=context)


def of_goal(text: str, goal: Goal) -> Details:
    """A target's extras."""
    found = {"goal": _plain(goal.goal), "unit": goal.unit, "measure": measure(text, goal)}
    if goal.baseline is not None:
        found["baseline"] = _plain(goal.baseline)
    if goal.baseline_when is not None:
        found["baseline_period"] = str(goal.baseline_when)
    if goal.deadline is not None and goal.deadline.last is not None:
        found["deadline"] = goal.deadline.last.isoformat()
    return _details(found)


def measure(text: str, goal: Goal) -> str:
    """What is measured, by its usual name where there is one, else in the words of the text."""
    words = "" if goal.measure is None else text[goal.measure[0] : goal.measure[1]]
    return next((name for word, name in _pairs("measures.csv", "word", "measure") if word in words.lower().split()), words)


def of_kind(kind: str, sentence: str, quote: str) -> Details:
    """The extras that the words around a claim give to its kind."""
    if kind == "agreement":
        return _details(_instrument(sentence, quote))
    if kind in ("obligation", "trade_value", "project_milestone"):
        return _details(_amount(kind, sentence))
    return ()


def asked(words: str | None) -> Details:
    """What a request asks for, in the words of the text."""
    return _details({"asked": words or ""})


def _instrument(sentence: str, quote: str) -> dict[str, str]:
    for words in (quote.lower(), sentence.lower()):
        for phrase, rung in _pairs("rungs.csv", "phrase", "rung"):
            if phrase in words:
                return {"rung": rung, "instrument": phrase}
    return {}


def _amount(kind: str, sentence: str) -> dict[str, str]:
    money = [found for found in quantities.find(sentence) if found.kind == "money"]
    if len(money) != 1:
        return {}
    name = {"obligation": "face_value", "trade_value": "value", "project_milestone": "cost"}[kind]
    return {name: _plain(money[0]), "unit": money[0].unit}


def _plain(quantity: Quantity) -> str:
    return str(quantity.low) if quantity.low == quantity.high else f"{quantity.low}..{quantity.high}"


def _details(found: Mapping[str, str]) -> Details:
    return tuple(sorted((name, value) for name, value in found.items() if value))


@cache
def _pairs(table: str, first: str, second: str) -> tuple[tuple[str, str], ...]:
    text = (files("detente") / "data" / "coding" / table).read_text(encoding="utf-8")
    return tuple((row[first], row[second]) for row in csv.DictReader(text.splitlines()))
