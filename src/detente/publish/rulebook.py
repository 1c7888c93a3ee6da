"""The words that the rules of wording know: the scale of likelihood with its rival, words outside it, hedges, levels of confidence.

They are data (data/lint), each with what to write instead and why.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

LONGEST = 12
"""Characters of an abbreviation at most."""
_INITIAL = re.compile(r"(?:^|[\s(])[^\W\d_]$")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase found at [start, stop) of a text: its kind, and for a likelihood its scale and band."""

    kind: str
    words: str
    start: int
    stop: int
    scale: str = ""
    band: str = ""
    instead: str = ""
    note: str = ""


def find(text: str, kind: str) -> Iterator[Phrase]:
    """The phrases of a kind in a text, from left to right."""
    for pattern, instead, note in patterns(kind):
        for hit in pattern.finditer(text):
            yield Phrase(kind, hit.group(), hit.start(), hit.end(), instead=instead, note=note)


def likelihoods(text: str) -> tuple[Phrase, ...]:
    """Words of a scale of likelihood; comparatives and words inside a phrase that stands outside the scales are none."""
    off = [(hit.start, hit.stop) for hit in find(text, "off_scale")]
    found: list[Phrase] = []
    for hit in _scale().finditer(text):
        if any(start <= hit.start() < stop for start, stop in off):
            continue
        scale, band = bands()[hit.group(1).casefold()]
        found.append(Phrase("likelihood", hit.group(1), hit.start(1), hit.end(1), scale=scale, band=band))
    return tuple(found)


@cache
def bands() -> dict[str, tuple[str, str]]:
    """Scale and band of each phrase of likelihood."""
    text = (files("detente") / "data" / "lint" / "likelihoods.csv").read_text(encoding="utf-8")
    return {row["phrase"]: (row["scale"], row["band"]) for row in csv.DictReader(text.splitlines())}


def abbreviated(head: str) -> bool:
    """True when what stands before a stop is an abbreviation or an initial."""
    last = head[-LONGEST:]
    return _INITIAL.search(last) is not None or any(pattern.search(last) for pattern in _endings())


@cache
def months() -> frozenset[str]:
    """Names of months in small letters: a month and a year in brackets name no work."""
    return frozenset(name for row in _rows() if row["kind"] == "month" for name in row["pattern"].split("|"))


@cache
def _rows() -> tuple[dict[str, str], ...]:
    text = (files("detente") / "data" / "lint" / "words.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@cache
def patterns(kind: str) -> tuple[tuple[re.Pattern[str], str, str], ...]:
    """The compiled patterns of a kind with what to write instead and why; the hedge "may" in small letters only, since May is the month."""
    chosen = [row for row in _rows() if row["kind"] == kind]
    flags = [re.NOFLAG if row["pattern"] == "may" else re.IGNORECASE for row in chosen]
    compiled = (re.compile(rf"(?<![\w-])(?:{row['pattern']})(?![\w-])", flag) for row, flag in zip(chosen, flags, strict=True))
    return tuple((pattern, row["instead"], row["note"]) for pattern, row in zip(compiled, chosen, strict=True))


@cache
def _endings() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"(?:^|[\s(]){row['pattern']}$", re.IGNORECASE) for row in _rows() if row["kind"] == "abbreviation")


@cache
def _scale() -> re.Pattern[str]:
    longest = "|".join(re.escape(phrase) for phrase in sorted(bands(), key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?<!more )(?<!less )(?<!as )(?<!how )(?<!more or )({longest})(?![\w-])", re.IGNORECASE)
