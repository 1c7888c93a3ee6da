"""Synthetic documents with known truth: template sentences of visits, agreements, accusations and sanctions between states, dated.

Each document depends only on the seed and its number, so a file of any length begins like a longer one. Nothing here is evidence of anything.
The sentences stand in data/events/made_sentences.csv.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from detente import ontology
from detente.read.datasets import layouts, rendering

FIRST_DAY = date(2015, 1, 1)
DAYS = 3650
MOST_SENTENCES = 5


@dataclass(frozen=True, slots=True)
class Invention:
    """One document: its id, text and day of publication, and the event of each sentence."""

    id: str
    text: str
    day: date
    events: tuple[dict[str, Any], ...]


def documents(seed: int, count: int) -> Iterator[Invention]:
    """So many documents, of one to `MOST_SENTENCES` sentences each."""
    names = ontology.states()
    known = _standing()
    templates = layouts.rows("made_sentences")
    for number in range(count):
        draw = np.random.default_rng((seed, number))
        day = FIRST_DAY + timedelta(days=int(draw.integers(DAYS)))
        told = []
        for _ in range(int(draw.integers(1, MOST_SENTENCES + 1))):
            template = templates[int(draw.integers(len(templates)))]
            source, target = (known[place] for place in draw.choice(len(known), 2, replace=False).tolist())
            then = day - timedelta(days=int(draw.integers(7)))
            sentence = template["text"].format(source=names[source], target=names[target], day=_written(then))
            told.append((sentence, _event(template["class"], source, target, then)))
        yield Invention(f"made-{number:09d}", " ".join(sentence for sentence, _ in told), day, tuple(event for _, event in told))


def _standing() -> list[str]:
    """The states that stand on every day that a document can bear."""
    text = (files("detente") / "data" / "actors" / "formers.csv").read_text(encoding="utf-8")
    gone = {row["state"] for row in csv.DictReader(text.splitlines())}
    return [code for code in rendering.states("ucdp") if code not in gone]


def _written(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _event(name: str, source: str, target: str, day: date) -> dict[str, Any]:
    """The event as `detente code` writes it, as far as the template says it."""
    return {"class": name, "source": [source], "target": [target], "date_start": day.isoformat(), "date_end": day.isoformat()}


def write(path: Path, truth: Path, *, seed: int, count: int) -> int:
    """Write documents as `detente code` reads them, and the events of each as it writes them; returns how many events there are."""
    events = 0
    with path.open("w", encoding="utf-8") as texts, truth.open("w", encoding="utf-8") as facts:
        for made in documents(seed, count):
            texts.write(json.dumps({"id": made.id, "text": made.text, "date": made.day.isoformat()}, ensure_ascii=False) + "\n")
            facts.write(json.dumps({"id": made.id, "events": list(made.events)}, ensure_ascii=False) + "\n")
            events += len(made.events)
    return events
