"""How likely texts say that something is: their words for it on the one scale of the vocabulary, so that they can be held against what came.

Read from the words alone, by data/questions/bands.csv; a word without a place on the scale ("may", "good prospects") is no likelihood.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from detente import ontology
from detente.examine import lexicon
from detente.examine.material import How, Material, Proof
from detente.examine.readings import sentence_proof, texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Likelihood:
    """A sentence that says how likely something is: `hit` are its words for it, `low` and `high` their bounds 0-1, `share` both in percent."""

    band: str
    low: float
    high: float
    share: str
    hit: str
    words: str
    said: date | None
    publication: str
    how: How
    proofs: tuple[Proof, ...]


def find(material: Material) -> tuple[Likelihood, ...]:
    """The likelihoods of all texts in their order, one a sentence."""
    split = [(doc, s) for doc in texts(material) for s in material.split(doc) if s.role == "text"]
    found = [(doc, s, told) for doc, s in split if (told := lexicon.first("bands", s.text)) is not None]
    return tuple(_likelihood(told, s.text, sentence_proof(doc, s.start, s.stop, material)) for doc, s, told in found)


def _likelihood(told: tuple[str, str], words: str, proof: Proof) -> Likelihood:
    hit, code = told
    term = ontology.term("probabilities", code)
    low, high = (float(term.more[name]) for name in ("low", "high"))
    return Likelihood(
        band=term.name, low=low, high=high, share=f"{low:.0%} to {high:.0%}", hit=hit, words=words, said=proof.known,
        publication=proof.publication, how="coded", proofs=(proof,),
    )  # fmt: skip
