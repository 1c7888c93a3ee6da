"""Matters of concern: the hazard, whom it touches, the standard that rose, what could be done and by whom, and where the like was done.

Rows say so in their details. In a text a concern begins with a sentence that tells of a danger, and the sentences after it that propose, compare
or recall a standard belong to it, as long as no more than a few others stand between. What a sentence does is read from its words alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from detente import ontology
from detente.coding import gazetteer
from detente.coding.sentences import Sentence
from detente.dates import Interval
from detente.examine import lexicon
from detente.examine.material import How, Material, Proof, how
from detente.examine.readings import sentence_proof, texts
from detente.examine.remarks import moves
from detente.records import Act, Document

HAZARD, STANDARD, OPTION, ANALOGY = "hazard", "standard raised", "option", "analogy"
MOVES = (HAZARD, STANDARD, OPTION, ANALOGY)
PEOPLES = ("name", "short", "demonym", "adjective", "capital")
"""Forms of names that mean a state and not only a place in it."""
APART = 4
"""So many sentences of other matters may stand between two of one concern."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """A matter of concern. `stakeholder` are those whom it touches, `actor` bodies named with an option, `difference` how a precedent is unlike."""

    act: str
    hazard: str
    stakeholder: str
    standard: str
    option: str
    actor: str
    precedent: str
    difference: str
    words: str
    when: Interval | None
    how: How
    proofs: tuple[Proof, ...]


def find(material: Material) -> tuple[Issue, ...]:
    """Issues that touch either of the two: those of rows and claims by day, then those that the texts tell."""
    told = [_issue(act, material) for act in material.around("issue")]
    near = (doc for doc in texts(material) if lexicon.near("remarks", doc.text, wanted=(HAZARD,)))
    return (*told, *(_read(doc, held, material) for doc in near for held in runs(_moving(material.split(doc)))))


def runs(moving: Sequence[tuple[int, frozenset[str]]]) -> list[list[int]]:
    """Places of sentences that make one concern, from (place, moves): each run begins with a danger and holds something more.

    >>> runs([(0, frozenset({"hazard"})), (3, frozenset({"option"})), (20, frozenset({"option"}))])
    [[0, 3]]
    """
    found: list[list[int]] = []
    for place, made in moving:
        near = bool(found) and place - found[-1][-1] <= APART + 1
        if near:
            found[-1].append(place)
        elif HAZARD in made:
            found.append([place])
    return [held for held in found if len(held) > 1]


def _moving(split: Sequence[Sentence]) -> list[tuple[int, frozenset[str]]]:
    made = ((place, moves(s.text, wanted=MOVES)) for place, s in enumerate(split) if s.role == "text")
    return [(place, frozenset(name for name, _ in found)) for place, found in made if found]


def _read(doc: Document, places: Sequence[int], material: Material) -> Issue:
    split = material.split(doc)
    held = [split[place] for place in places]
    by_move = {move: [s.text for s in held if moves(s.text, wanted=(move,))] for move in MOVES}
    proofs = tuple(sentence_proof(doc, s.start, s.stop, material) for s in held)
    return Issue(
        act=proofs[0].id, hazard=_joined(by_move[HAZARD]), stakeholder="; ".join(_touched(by_move[HAZARD])), standard=_joined(by_move[STANDARD]),
        option=_joined(by_move[OPTION]), actor="; ".join(_bodies(by_move[OPTION])), precedent=_joined(by_move[ANALOGY]),
        difference="; ".join(hit for text in by_move[ANALOGY] for _, hit in lexicon.hits("contrasts", text)), words=_joined([s.text for s in held]),
        when=None, how="coded", proofs=proofs,
    )  # fmt: skip


def _joined(told: Sequence[str]) -> str:
    return " ".join(dict.fromkeys(" ".join(text.split()) for text in told))


def _touched(told: Sequence[str]) -> Iterable[str]:
    """Whom a danger touches: words for neighbours and the like, and the states named."""
    groups = [hit for text in told for _, hit in lexicon.hits("stakeholders", text)]
    return dict.fromkeys((*groups, *_named(told, _state_named)))


def _bodies(told: Sequence[str]) -> Iterable[str]:
    """Bodies and firms named."""
    return dict.fromkeys(_named(told, lambda hit: hit.entry.name if _is_body(hit) else ""))


def _named(told: Sequence[str], name: Callable[[gazetteer.Hit], str]) -> list[str]:
    return [found for text in told for hit in gazetteer.shipped().find(text) if (found := name(hit))]


def _state_named(hit: gazetteer.Hit) -> str:
    """The state that a name means; a town or region in it is where something was, and means nobody."""
    return ontology.state_name(hit.entry.state) if hit.entry.state and not _is_body(hit) and hit.entry.form in PEOPLES else ""


def _is_body(hit: gazetteer.Hit) -> bool:
    return hit.entry.code is not None


def _issue(act: Act, material: Material) -> Issue:
    claim, proof = act.claim, material.proof(act)
    named = {name: claim.detail(name) or "" for name in ("hazard", "stakeholder", "option", "precedent")}
    return Issue(
        act=act.id, words=proof.quote, when=claim.valid, how=how(act), proofs=material.proofs([act]), standard="", actor="", difference="", **named
    )
