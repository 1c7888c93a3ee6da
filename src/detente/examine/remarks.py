"""What a text does as an argument: it hedges, dissents, names no source, sets a condition, draws an analogy, offers an option, asks a question.

Each remark is a sentence with the move its words make, by the word list of data/questions/remarks.csv. It is read from the words alone and says
nothing of whether the argument is right. Only texts that tell of one of the two states are read, rows of tables never.
"""

from __future__ import annotations

from dataclasses import dataclass

from detente.coding import sentences
from detente.examine import lexicon
from detente.examine.material import How, Material, Proof
from detente.examine.readings import sentence_proof, texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One move of one sentence: `hit` are the words that make it."""

    move: str
    hit: str
    words: str
    publication: str
    how: How
    proofs: tuple[Proof, ...]


def find(material: Material) -> tuple[Remark, ...]:
    """The remarks of all texts in their order; a sentence may make several moves."""
    read = [(doc, s) for doc in texts(material) for s in sentences.split(doc.text) if s.role in ("text", "heading")]
    return tuple(
        Remark(move=move, hit=hit, words=s.text, publication=doc.source, how="coded", proofs=(sentence_proof(doc, s.start, s.stop, material),))
        for doc, s in read
        for move, hit in moves(s.text)
    )


def moves(words: str) -> tuple[tuple[str, str], ...]:
    """The moves of a sentence and the words that make each, in the order of the table.

    >>> moves("Some would argue that the port is, perhaps, small.")
    (('hedge', 'perhaps'), ('dissent', 'Some would argue'))
    """
    return lexicon.hits("remarks", words)
