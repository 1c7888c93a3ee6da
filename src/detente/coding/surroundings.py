"""What news sentences put around a deed: openings and endings with other deeds, days and sources in them, laid around the example sentences.

Our sentences are short and say one thing; those of newspapers are long and say several. A reader that has seen the same deed with and without
surroundings learns to look at the deed. The openings and endings are written by hand in data/examples/surroundings.tsv and fit any class.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from importlib.resources import files

import numpy as np

from detente.coding.marked import Marked

_ARTICLES = ("The ", "A ", "An ")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Openings end where the sentence begins; endings follow on it without its full stop."""

    openings: tuple[str, ...]
    endings: tuple[str, ...]

    def around(self, sentence: Marked, *, seed: int) -> Marked:
        """The sentence with an opening, an ending or both, chosen by the seed; its spans move along."""
        chance = np.random.default_rng(seed)
        opens, ends = ((True, False), (False, True), (True, True))[int(chance.integers(3))]
        opening = str(chance.choice(self.openings)) if opens else ""
        ending = str(chance.choice(self.endings)) if ends and sentence.text.endswith(".") else ""
        body = sentence.text[:-1] + ending + "." if ending else sentence.text
        if opening and not opening.rstrip().endswith("-") and body.startswith(_ARTICLES):
            body = body[0].lower() + body[1:]
        return Marked(opening + body, _moved(sentence.source, len(opening)), _moved(sentence.target, len(opening)))


def load() -> Surroundings:
    """The shipped openings and endings."""
    text = (files("detente") / "data" / "examples" / "surroundings.tsv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
    openings, endings = (tuple(row["words"] for row in rows if row["place"] == place) for place in ("opening", "ending"))
    return Surroundings(openings, endings)


def _moved(span: tuple[int, int], way: int) -> tuple[int, int]:
    return (span[0] + way, span[1] + way) if span[1] else span
