"""How the texts were read: what they cite, what dates count from them, which names are spelled in several ways, and what was left unread.

Works on documents that were read, not on rows of tables, and shows only those that tell of one of the two states.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from detente import dates
from detente.coding.sentences import Sentence
from detente.examine import lexicon
from detente.examine.material import How, Material, Proof, how
from detente.records import Act, Document

_NOTE = re.compile(r"^\s*(?:\[\d{1,3}\]|\d{1,2}\.)\s+")
_DATED = re.compile(r"[A-Z][\w ]+,\s+[A-Z][\w.]+\s+\d{1,2},\s+\d{4}|\(\d{4}\)|\b(?:19|20)\d\d\b")
_LETTERS = re.compile(r"[^a-z ]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A source that a text cites; `written_after` is the day of the source, before which the text cannot have been written."""

    words: str
    written_after: date | None
    publication: str
    how: How
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A date that only the day of the text gives a meaning, and the days it was read as."""

    words: str
    means: str
    anchor: date
    how: How
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One person, every spelling met in the ledger, and the offices told."""

    name: str
    spellings: tuple[str, ...]
    offices: tuple[str, ...]
    state: str
    acts: int
    how: How
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A piece of a page that is no content: lists, notes, boxes."""

    words: str
    role: str
    how: How
    proofs: tuple[Proof, ...]


def citations(material: Material) -> tuple[Citation, ...]:
    """The notes of the texts that name a dated source."""
    found = [(doc, s) for doc in texts(material) for s in material.split(doc) if _NOTE.match(s.text) and _DATED.search(s.text)]
    return tuple(_citation(doc, s, material) for doc, s in found)


def counted(material: Material) -> tuple[Counted, ...]:
    """Dates in the texts that count from the day of the text or from one another."""
    near = (doc for doc in texts(material) if doc.published is not None and lexicon.near("expressions", doc.text))
    return tuple(each for doc in near for each in _counted(doc, doc.published or material.as_of, material))


def names(material: Material) -> tuple[Name, ...]:
    """The persons of the acts of either of the two, spellings of one person together, those named most and spelled most ways last."""
    held: dict[tuple[str, str], list[tuple[str, str, Act]]] = defaultdict(list)
    for act in material.around():
        for party in (*act.claim.source, *act.claim.target):
            if party.person and party.state:
                held[party.state, skeleton(party.person)].append((party.person, party.office or "", act))
    found = [_name(state, rows, material) for (state, _), rows in held.items()]
    return tuple(sorted(found, key=lambda name: (len(name.spellings), name.acts, name.name)))


def unread(material: Material) -> tuple[Unread, ...]:
    """The furniture of the pages: what was told from content and not coded."""
    found = [(doc, s) for doc in texts(material) for s in material.split(doc) if s.role in ("furniture", "noise")]
    return tuple(Unread(words=s.text, role=s.role, how="coded", proofs=(sentence_proof(doc, s.start, s.stop, material),)) for doc, s in found)


@lru_cache(maxsize=4096)
def skeleton(name: str) -> str:
    """What is left of a name when spelling habits of romanisation are folded: the same for most spellings of one person.

    >>> skeleton("Rho Doo Chol") == skeleton("Ro Tu Chol"), skeleton("Aino Virta") == skeleton("Virta Aino")
    (True, True)
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold().replace("-", " ")
    plain = _LETTERS.sub("", plain)
    for row in lexicon.rows("romanisation"):
        plain = plain.replace(row["from"], row["to"])
    return " ".join(sorted(re.sub(r"(.)\1+", r"\1", plain).split()))


def texts(material: Material) -> list[Document]:
    """The texts that were read and tell of one of the two states, in the order of the ledger."""
    told = material.told
    return [doc for key, doc in material.documents.items() if key in told]


def _citation(doc: Document, sentence: Sentence, material: Material) -> Citation:
    told = dates.find(sentence.text, anchor=doc.published or material.as_of)
    days = [each.interval.start for each in told if each.interval.start is not None]
    proof = sentence_proof(doc, sentence.start, sentence.stop, material)
    return Citation(words=sentence.text, written_after=max(days, default=None), publication=doc.source, how="coded", proofs=(proof,))


def _counted(doc: Document, anchor: date, material: Material) -> list[Counted]:
    found = []
    for sentence in material.split(doc):
        if sentence.role in ("furniture", "noise") or not lexicon.near("expressions", sentence.text):
            continue
        for each in dates.find(sentence.text, anchor=anchor):
            if lexicon.first("expressions", each.text):
                proof = sentence_proof(doc, sentence.start + each.start, sentence.start + each.stop, material)
                found.append(Counted(words=each.text, means=str(each.interval), anchor=anchor, how="coded", proofs=(proof,)))
    return found


def _name(state: str, rows: list[tuple[str, str, Act]], material: Material) -> Name:
    spellings = tuple(dict.fromkeys(person for person, _, _ in rows))
    offices = tuple(dict.fromkeys(office for _, office, _ in rows if office))
    acts = list({act.id: act for _, _, act in rows}.values())
    return Name(name=spellings[0], spellings=spellings, offices=offices, state=state, acts=len(acts), how=how(acts[0]), proofs=material.proofs(acts))


def sentence_proof(doc: Document, start: int, stop: int, material: Material) -> Proof:
    """[start, stop) of a text as proof, without any act."""
    known = doc.published or material.as_of
    return Proof(f"{doc.id}:{start}", doc.id, doc.text[start:stop], start, stop, doc.source, known, "coded")
