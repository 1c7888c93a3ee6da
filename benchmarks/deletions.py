"""Whether every sentence of a brief says on what it stands: `python benchmarks/deletions.py CASE DAY [--every N]`.

CASE is a case folder, DAY the as-of day. Each act that the brief names or counts (or every Nth) is taken out in turn and the brief is made again. A
sentence that did not rest on the act and is not there any more, word for word and on the same acts, is a fault and is printed.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from detente.assess import facts as facts_of
from detente.assess import hypotheses as explanations
from detente.assess import verdict
from detente.keep import acts
from detente.keep.reviews import Standing
from detente.publish import brief
from detente.publish.brief import Brief
from detente.read import cases
from detente.read import hypotheses as offered
from detente.records import Act, Citation

Told = frozenset[tuple[str, str, frozenset[str]]]


def main() -> None:
    """Parse, take out act after act, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("case", type=Path)
    parser.add_argument("day", type=date.fromisoformat)
    parser.add_argument("--every", type=int, default=1)
    asked = parser.parse_args()
    case = cases.read(asked.case)
    held = _acts(case)
    whole = composed(case, held, asked.day)
    sentences = told(whole)
    faults = 0
    chosen = [note.act for note in whole.notes][:: asked.every]
    for act in chosen:
        left = told(composed(case, [each for each in held if each.id != act], asked.day))
        lost = {each for each in sentences if act not in each[2]} - left
        faults += len(lost)
        for title, text, _ in sorted(lost, key=lambda each: each[:2]):
            print(f"{act}: {title}: {text}")
    bare = sum(1 for _, _, rests in sentences if not rests)
    print(
        f"{len(sentences)} sentences, {bare} rest on nothing; {len(chosen)} acts taken out in turn; {faults} sentences changed without resting on one"
    )
    sys.exit(1 if faults or bare else 0)


def composed(case: cases.Case, held: Iterable[Act], day: date) -> Brief:
    """The brief of a case from these acts."""
    found = tuple(held)
    focal, *others = (facts_of.known(found, dyad=dyad, as_of=day, coverage=case.coverage) for dyad in (case.dyad, *case.benchmarks))
    board = tuple(h for h in offered.unpack(case.about) if any(e.window.begun_by(day) for e in h.expectations))
    boards = explanations.weigh(focal, board) if board else ()
    return brief.compose(verdict.assess(focal, benchmarks=others), acts=found, hypotheses=board, boards=boards)


def told(made: Brief) -> Told:
    """Every sentence with its heading and the acts that it rests on."""
    return frozenset((section.title, sentence.text, made.rests(sentence)) for section in made.sections for sentence in section.sentences)


def _acts(case: cases.Case) -> tuple[Act, ...]:
    cited = {fact.document.id: _citation(fact) for fact in case.facts}
    found, _ = acts.group([Standing(fact.claim, fact.claim.id, accepted=True) for fact in case.facts], citations=cited)
    return found


def _citation(fact: cases.Fact) -> Citation:
    doc = fact.document
    return Citation(document=doc.id, publication=doc.source, published=doc.published, address=doc.address)


if __name__ == "__main__":
    main()
