"""What the classifier learns from, counted: `python benchmarks/examples.py` prints the table of docs/codebook.md.

Voice, tense and named sides are told by the parser and hence are rough: passive is a passive verb anywhere in the sentence, the tense is that
of its main verb (a headline's present included), a side is named when its words hold a proper noun.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import spacy
from spacy.tokens import Doc

from detente.coding import examples, parser
from detente.coding.examples import Example

COLUMNS = ("sentences", "past", "present", "will", "passive", "source named", "source unnamed")


def main() -> None:
    rows = examples.load()
    docs = list(spacy.load(parser.MODEL, exclude=["ner"]).pipe(row.text for row in rows))
    print(f"| class | {' | '.join(COLUMNS)} |\n| --- |{' ---: |' * len(COLUMNS)}")
    total: Counter[str] = Counter()
    for name in sorted({row.event_class or "no class" for row in rows}):
        found = Counter(trait for row, doc in zip(rows, docs, strict=True) if (row.event_class or "no class") == name for trait in traits(row, doc))
        total += found
        print(line(name, found))
    print(line("all", total))
    regions = Counter(row.region for row in rows)
    print(f"\nHard negatives: {sum(row.hard_negative for row in rows)}.")
    print(f"Regions: {', '.join(f'{name} {count}' for name, count in regions.most_common())}.")


def traits(row: Example, doc: Doc) -> Iterator[str]:
    """The columns that a sentence counts in."""
    yield "sentences"
    root = next(token for token in doc if token.head == token)
    if any(child.lower_ in {"will", "would", "'ll"} for child in root.children):
        yield "will"
    else:
        yield (
            "past" if any("Tense=Past" in str(token.morph) for token in (root, *root.children) if token == root or token.dep_ == "aux") else "present"
        )
    if any(token.dep_ in {"nsubjpass", "auxpass"} for token in doc):
        yield "passive"
    start = row.text.find(row.source_text)
    side = doc.char_span(start, start + len(row.source_text), alignment_mode="expand")
    yield "source named" if side is not None and any(token.pos_ == "PROPN" for token in side) else "source unnamed"


def line(name: str, found: Counter[str]) -> str:
    return f"| {name} | {' | '.join(str(found[column]) for column in COLUMNS)} |"


if __name__ == "__main__":
    main()
