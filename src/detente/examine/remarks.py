"""What a text does as an argument: it hedges, dissents, names no source, sets a condition, draws an analogy, offers an option, asks a question.

Each remark is a sentence with the move its words make, by the word list of data/questions/remarks.csv. It is read from the words alone and says
nothing of whether the argument is right. Only texts that tell of one of the two states are read, rows of tables never.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import zip_longest

from detente.coding.sentences import Sentence
from detente.examine import lexicon
from detente.examine.material import How, Material, Proof
from detente.examine.readings import sentence_proof, texts

SHORT_WORDS = 12
_TAKEN_UP = re.compile(r"(?:This|These|Such|That)\s+[a-z]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One move of one sentence: `hit` are the words that make it, `words` the sentence, with the next one where that takes it up."""

    move: str
    hit: str
    words: str
    publication: str
    how: How
    proofs: tuple[Proof, ...]


def find(material: Material, *, wanted: tuple[str, ...] = ()) -> tuple[Remark, ...]:
    """The remarks of all texts in their order, of all moves or those wanted; a sentence may make several moves."""
    found: list[Remark] = []
    for doc in (doc for doc in texts(material) if lexicon.near("remarks", doc.text, wanted=wanted)):
        read = [s for s in material.split(doc) if s.role in ("text", "heading")]
        for s, after in zip_longest(read, read[1:]):
            if made := moves(s.text, wanted=wanted):
                stop = after.stop if after is not None and _goes_on(s, after) else s.stop
                proof = sentence_proof(doc, s.start, stop, material)
                found += [Remark(move=m, hit=hit, words=proof.quote, publication=doc.source, how="coded", proofs=(proof,)) for m, hit in made]
    return tuple(found)


def _goes_on(sentence: Sentence, after: Sentence) -> bool:
    """Whether the next sentence of a paragraph takes the last one up, `This danger is`, or explains one too short to stand alone."""
    return after.paragraph == sentence.paragraph and (_TAKEN_UP.match(after.text) is not None or len(sentence.text.split()) < SHORT_WORDS)


def moves(words: str, *, wanted: tuple[str, ...] = ()) -> tuple[tuple[str, str], ...]:
    """The moves of a sentence, all or those wanted, and the words that make each, in the order of the table.

    >>> moves("Some would argue that the port is, perhaps, small.")
    (('hedge', 'perhaps'), ('dissent', 'Some would argue'))
    """
    return lexicon.hits("remarks", words, wanted=wanted)
