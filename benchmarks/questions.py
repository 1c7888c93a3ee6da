"""What the questions make of a text by the coder alone: `python benchmarks/questions.py --mechanisms FILE.csv --read TEXT --published DAY A B`.

FILE.csv has the columns id, char_start, char_end, mechanism: passages of TEXT, in code points, and what each does as an argument. TEXT is read into
an empty ledger and every question is asked of A and B. A mechanism is `served` when a question lists its number; `coded` when such a question is
answered by records of the coder; `anchored` when the evidence of that answer shares characters with the passage; `typed` when that answer comes from
records with fields (visits, bans, targets ...) and not from a sentence told apart by its words alone. Every quote is checked against the text.
By chance: how many would be anchored if the lists of numbers were dealt out to the questions at random.
Without --mechanisms the folder named by DETENTE_GOLD is looked into; without either nothing is measured, and it says so.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import mean

from detente import pipeline
from detente.examine import questions
from detente.examine.questions import Answer
from detente.read.outcomes import Limits

NOW = "2026-01-01T00:00:00Z"
READ_OFF = ("remarks", "unread", "counted", "citations", "names")
"""Examinations that tell a sentence, a date or a name apart by its words and give it no further fields."""
DEALS = 200
LEVELS = ("served", "coded", "anchored", "typed")


@dataclass(frozen=True, slots=True)
class Mechanism:
    """A passage [start, end) of the text and what it does as an argument."""

    number: int
    start: int
    end: int
    name: str


def mechanisms(path: Path) -> list[Mechanism]:
    rows = csv.DictReader(path.open(encoding="utf-8", newline=""))
    return [Mechanism(int(row["id"]), int(row["char_start"]), int(row["char_end"]), row["mechanism"]) for row in rows]


def answered(read: Path, published: date, states: tuple[str, str], text: str) -> list[Answer]:
    """The answers of the coder's records from the text alone; stops when a quote does not stand where the evidence says."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        wanted = pipeline.Wanted((str(read),), published, None, Limits())
        for each in pipeline.read(wanted, data=data, now=NOW):
            print(f"{each.fate}: {each.claims} claims")
        found = pipeline.questioned(pipeline.Look(states, date(2025, 12, 31)), data=data)
    coded = [answer for answer in found if answer.how == "coded"]
    wrong = [proof for answer in coded for proof in answer.evidence if text[proof.start : proof.end] != proof.quote]
    if wrong:
        sys.exit(f"{len(wrong)} quotes do not stand in the text where their evidence says, the first at {wrong[0].start}")
    return coded


def levels(wanted: Iterable[Mechanism], coded: Sequence[Answer], serves: Mapping[str, Sequence[int]]) -> dict[int, str]:
    """The highest level that each mechanism reaches, `none` where no question lists it."""
    examined = {template.template: template.examination for template in questions.templates()}
    reached = {}
    for one in wanted:
        of = [answer for answer in coded if one.number in serves[answer.template] and answer.evidence]
        near = [answer for answer in of if any(proof.start < one.end and one.start < proof.end for proof in answer.evidence)]
        typed = [answer for answer in near if examined[answer.template] not in READ_OFF]
        listed = any(one.number in numbers for numbers in serves.values())
        reached[one.number] = "typed" if typed else "anchored" if near else "coded" if of else "served" if listed else "none"
    return reached


def at_least(reached: Mapping[int, str], level: str) -> int:
    return sum(found in LEVELS[LEVELS.index(level) :] for found in reached.values())


def by_chance(wanted: Sequence[Mechanism], coded: Sequence[Answer], serves: Mapping[str, Sequence[int]]) -> list[int]:
    """Anchored mechanisms when the lists of numbers are dealt out to the questions at random."""
    chance, names, lists = random.Random(0), list(serves), list(serves.values())
    counts = []
    for _ in range(DEALS):
        chance.shuffle(lists)
        counts.append(at_least(levels(wanted, coded, dict(zip(names, lists, strict=True))), "anchored"))
    return counts


def report(wanted: Sequence[Mechanism], coded: Sequence[Answer], *, every: bool) -> None:
    serves = {template.template: template.serves for template in questions.templates()}
    reached = levels(wanted, coded, serves)
    for one in wanted:
        if every or reached[one.number] != "typed":
            print(f"{one.number:>3} {reached[one.number]:<9} {one.name}")
    for level in LEVELS:
        print(f"{level}: {at_least(reached, level)} of {len(wanted)}")
    dealt = by_chance(wanted, coded, serves)
    print(f"anchored by chance: {mean(dealt):.1f} on average of {DEALS} deals, {max(dealt)} at most")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("states", nargs=2)
    parser.add_argument("--mechanisms", type=Path)
    parser.add_argument("--read", type=Path, required=True)
    parser.add_argument("--published", type=date.fromisoformat, required=True)
    parser.add_argument("--every", action="store_true", help="list the typed ones too")
    given = parser.parse_args()
    gold = os.environ.get("DETENTE_GOLD", "")
    path = given.mechanisms or (Path(gold) / "seed_mechanisms.csv" if gold else None)
    if path is None or not path.is_file():
        print("nothing measured: name the list of mechanisms with --mechanisms, or its folder with DETENTE_GOLD")
        return
    text = given.read.read_text(encoding="utf-8")
    report(mechanisms(path), answered(given.read, given.published, tuple(given.states), text), every=given.every)


if __name__ == "__main__":
    main()
