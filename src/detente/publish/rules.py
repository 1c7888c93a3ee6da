"""The rules that a brief was made by, as hashes: vocabulary and thresholds, wording, templates, and the explanations offered by default."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files

FOLDERS = ("hypotheses", "ontology", "templates", "wording")


@cache
def digests() -> dict[str, str]:
    """SHA-256 over names and contents of each folder of rules, by its name."""
    return {folder: _digest(folder) for folder in FOLDERS}


def _digest(folder: str) -> str:
    found = sorted((entry for entry in (files("detente") / "data" / folder).iterdir() if entry.is_file()), key=lambda entry: entry.name)
    hashed = hashlib.sha256()
    for entry in found:
        hashed.update(f"{entry.name}\0{hashlib.sha256(entry.read_bytes()).hexdigest()}\n".encode())
    return hashed.hexdigest()
