"""The sentences written for the project, each with the class that passes between its two spans: what the shipped classifier learns from.

They stand in data/examples, one file a class, under the rules of docs/codebook.md. None is taken from a newspaper or from a gold standard.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from detente.errors import SourceError


@dataclass(frozen=True, slots=True)
class Example:
    """One sentence: spans verbatim in the text, `event_class` None where nothing passes, `hard_negative` where it only looks as if."""

    id: str
    text: str
    source_text: str
    target_text: str
    event_class: str | None
    mode: str | None
    kind: str | None
    status: str
    region: str
    hard_negative: bool


def load() -> tuple[Example, ...]:
    """All shipped sentences, sorted by file and line; SourceError naming the line that is no example."""
    folder = files("detente") / "data" / "examples"
    paths = sorted((path for path in folder.iterdir() if path.name.endswith(".jsonl")), key=lambda path: path.name)
    return tuple(_example(line, path.name, number) for path in paths for number, line in enumerate(_lines(path), 1) if line.strip())


def _lines(path: Any) -> list[str]:
    return str(path.read_text(encoding="utf-8")).split("\n")


def _example(line: str, name: str, number: int) -> Example:
    try:
        row = json.loads(line)
        return Example(event_class=row.pop("class"), **row)
    except (ValueError, KeyError, TypeError) as error:
        raise SourceError("an example sentence", came=f"line {number} of {name} is none", do="mend or drop the line") from error
