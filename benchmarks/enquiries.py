"""Questions in free words: `python benchmarks/enquiries.py QUESTIONS.csv [--read FILE --published DAY] [--case NAME] [--as-of DAY]`.

QUESTIONS.csv has the columns id, analyst_question, expected_answer. Each is asked of a fresh ledger with the case (and the text, when one is given).
A fact of the expected answer is one of its parts between semicolons or commas. It is found when at least two thirds of its telling words stand in
what was printed (an answer, or the sentence that an answer rests on; words of one stem, or of which one begins the other, are the same), or when
the encoder finds one of those lines, or a clause of it, as near to it as two ways of saying one thing are (.55; both counts are printed). A
question is answered when at least two thirds of its facts are found.
"""

from __future__ import annotations

import argparse
import csv
import re
import tempfile
from collections.abc import Collection
from datetime import date
from pathlib import Path

from detente import pipeline
from detente.cli.enquiries import packed
from detente.coding.encoder import Encoder
from detente.errors import QuestionError
from detente.examine import routing
from detente.publish import wording
from detente.read import cases
from detente.read.outcomes import Limits
from detente.records import Verdict

SHARE, NEAR, SHORTEST = 2 / 3, 0.55, 5
NOW = "2026-01-01T00:00:00Z"
SAYS = {"yes": r"\b(?:happened|met|yes|confirmed|one person)\b", "no": r"\b(?:slipped|dropped|missed|contradicted|no|none|refused)\b"}
"""How an answer says yes and no."""
LONG = {"PM": "Prime Minister", "UN": "United Nations", "US": "United States", "FM": "Foreign Minister"}
SHORT = re.compile(r"\b(?:PM|UN|US|FM)\b")
JUDGING = (
    "article",
    "text",
    "author",
    "says",
    "claims",
    "given",
    "gives",
    "listed",
    "outside",
    "knowledge",
    "unnamed",
    "apparently",
    "perhaps",
    "thinks",
)
"""Words of the expected answers that speak about the text and are no facts."""


def parts(expected: str) -> list[str]:
    """The facts of an expected answer."""
    return [part for part in re.split(r"[;,:]\s+|\s\(|\)", expected) if facts(part)]


def facts(part: str) -> list[frozenset[str]]:
    """The telling words of a part, none where it only speaks about the text."""
    judging = {stem for word in JUDGING for stem in routing.words(word)}
    words = frozenset(word for word in routing.words(part) if word not in judging)
    return [words] if words else []


def printed(found: Verdict | pipeline.Enquiry) -> list[str]:
    """The lines of an answer."""
    if isinstance(found, Verdict):
        return [wording.headline(found), *(wording.finding(f) for f in found.dimensions)]
    told = packed(found)
    answers = [line for a in told["answers"] for line in (f"{a['question']} {a['answer']}", *(e["quote"] for e in a["evidence"][:2]))]
    return [*answers, (told["shock"] or {}).get("text", "")]


def worded(fact: str, lines: list[str]) -> bool:
    judging = {stem for word in JUDGING for stem in routing.words(word)}
    core = [word for word in re.findall(r"[^\W_]+", fact.casefold()) if not routing.words(word) <= judging]
    said = SAYS.get(" ".join(core))
    if said is not None:
        return any(re.search(said, line) for line in lines)
    fact, lines = (SHORT.sub(lambda found: LONG[found[0]], fact), [SHORT.sub(lambda found: LONG[found[0]], line) for line in lines])
    held = routing.words(" ".join(lines))
    return all(sum(stands(word, held) for word in words) >= SHARE * len(words) for words in facts(fact))


def stands(word: str, held: Collection[str]) -> bool:
    """Whether a stem stands among others, or begins one of them, or is begun by one: dialog, dialogu."""
    return word in held or any(min(len(word), len(other)) >= SHORTEST and (word.startswith(other) or other.startswith(word)) for other in held)


def meant(fact: str, lines: list[str], encoder: Encoder) -> bool:
    clauses = [clause for line in lines for clause in re.split(r"[,;:—–(]\s*", line) if len(clause.split()) > 2]
    read = encoder.embed([fact, *lines, *clauses])
    return bool((read[1:] @ read[0]).max() >= NEAR)


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
        answered = strictly = 0
        encoder = Encoder.load()
        for row in rows:
            try:
                lines = printed(pipeline.ask(row["analyst_question"], data=data, as_of=given.as_of, today=given.as_of, case=given.case))
            except QuestionError:
                lines = []
            wanted = parts(row["expected_answer"])
            strict = [bool(lines) and worded(fact, lines) for fact in wanted]
            loose = [hit or (bool(lines) and meant(fact, lines, encoder)) for hit, fact in zip(strict, wanted, strict=True)]
            strictly += sum(strict) >= SHARE * len(wanted)
            answered += sum(loose) >= SHARE * len(wanted)
            print(f"{row['id']:>3} facts {len(wanted)}, in words {sum(strict)}, in meaning {sum(loose)}  {row['analyst_question']}", flush=True)
        print(f"answered {answered} of {len(rows)}; counting words only {strictly}")


if __name__ == "__main__":
    main()
