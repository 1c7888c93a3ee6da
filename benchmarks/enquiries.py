"""Questions in free words: `python benchmarks/enquiries.py QUESTIONS.csv [--read FILE --published DAY] [--case NAME] [--as-of DAY]`.

QUESTIONS.csv has the columns id, analyst_question, expected_answer. Each is asked of a fresh ledger with the case (and the text, when one is given).
A fact of the expected answer is one of its parts between semicolons or commas; it is found when at least two thirds of its telling words stand in
what was printed: an answer, or the sentence that an answer rests on. A question is answered when at least two thirds of its facts are found.
"""

from __future__ import annotations

import argparse
import csv
import re
import tempfile
from datetime import date
from pathlib import Path

from detente import pipeline
from detente.cli.enquiries import packed
from detente.errors import QuestionError
from detente.examine import routing
from detente.publish import wording
from detente.read import cases
from detente.read.outcomes import Limits
from detente.records import Verdict

SHARE = 2 / 3
NOW = "2026-01-01T00:00:00Z"
JUDGING = ("article", "text", "author", "says", "claims", "given", "gives", "listed", "outside", "knowledge", "unnamed", "apparently", "perhaps")
"""Words of the expected answers that speak about the text and are no facts."""


def facts(expected: str) -> list[frozenset[str]]:
    parts = re.split(r"[;,:]\s+|\s\(|\)", expected)
    found = [frozenset(w for w in routing.words(part) if w not in {s for j in JUDGING for s in routing.words(j)}) for part in parts]
    return [words for words in found if words]


def printed(found: Verdict | pipeline.Enquiry) -> str:
    if isinstance(found, Verdict):
        return " ".join([wording.headline(found), *(wording.finding(f) for f in found.dimensions)])
    told = packed(found)
    answers = [f"{a['question']} {a['answer']} {' '.join(e['quote'] for e in a['evidence'][:2])}" for a in told["answers"]]
    return " ".join([*answers, (told["shock"] or {}).get("text", "")])


def share(expected: str, text: str) -> float:
    held = routing.words(text)
    wanted = facts(expected)
    return sum(len(fact & held) >= SHARE * len(fact) for fact in wanted) / len(wanted) if wanted else 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--case", default="russia-dprk")
    parser.add_argument("--read", type=Path)
    parser.add_argument("--published", type=date.fromisoformat)
    parser.add_argument("--as-of", type=date.fromisoformat, default=date(2025, 12, 31))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        pipeline.load_case(cases.locate(Path(given.case)), data=data, now=NOW)
        if given.read is not None:
            wanted = pipeline.Wanted((str(given.read),), given.published, None, Limits())
            print(", ".join(f"{each.fate}: {each.claims} claims" for each in pipeline.read(wanted, data=data, now=NOW)))
        rows = list(csv.DictReader(given.questions.open(encoding="utf-8", newline="")))
        answered = 0
        for row in rows:
            try:
                text = printed(pipeline.ask(row["analyst_question"], data=data, as_of=given.as_of, today=given.as_of, case=given.case))
            except QuestionError as error:
                text = str(error)
            reached = share(row["expected_answer"], text)
            answered += reached >= SHARE
            print(f"{row['id']:>3} {'yes' if reached >= SHARE else 'no '} {reached:.2f}  {row['analyst_question']}")
        print(f"answered {answered} of {len(rows)}")


if __name__ == "__main__":
    main()
