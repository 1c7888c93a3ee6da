"""Positions by issue, forum and actor with their conditions; what was asked in talks and what was answered; findings that nothing changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from detente.dates import Interval
from detente.examine import lexicon
from detente.examine.material import How, Material, Proof, Timeline, first_day, how, shifted, source, speaker, states, target, timelines
from detente.records import Act

NEAR = timedelta(days=45)


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """What an actor holds on an issue. `null` is true for a finding that nothing changed, as of its day."""

    act: str
    source: str
    target: str
    speaker: str
    issue: str
    forum: str
    stance: str
    condition: str
    words: str
    when: Interval | None
    status: str
    null: bool
    between: bool
    how: How
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What one side asked of the other and what it was answered; `answer` empty where no answer is known."""

    act: str
    source: str
    target: str
    asked: str
    when: Interval | None
    answer: str
    reason: str
    answer_words: str
    how: How
    proofs: tuple[Proof, ...]


def find(material: Material) -> tuple[Position, ...]:
    """The positions of either of the two, by issue and day."""
    found = [_position(act, material) for act in material.around("position")]
    return tuple(sorted(found, key=lambda p: (p.issue, str(p.when or ""), p.act)))


def asks(material: Material) -> tuple[Ask, ...]:
    """Requests between the two with the answers that were given, and answers to requests that no row tells."""
    answers = timelines(material.ever("answer"), lambda act: (source(act), act.claim.detail("asked")))
    found = [_ask(act, _answer(act, answers), material) for act in material.between("request")]
    told = {proof.id for ask in found for proof in ask.proofs}
    return (*found, *(_ask(None, act, material) for act in material.between("answer") if act.id not in told))


def _position(act: Act, material: Material) -> Position:
    claim, proof = act.claim, material.proof(act)
    return Position(
        act=act.id, source=source(act), target=target(act), speaker=speaker(act),
        issue=claim.detail("issue") or lexicon.means("issues", proof.quote), forum=claim.detail("forum") or "", stance=claim.detail("stance") or "",
        condition=claim.detail("condition") or "", words=proof.quote, when=claim.valid, status=claim.status, null=claim.status == "negated",
        between=set(material.dyad) <= states(act), how=how(act), proofs=(proof,),
    )  # fmt: skip


def _answer(request: Act, answers: Mapping[tuple[str, str | None], Timeline]) -> Act | None:
    """The answer of the other side: to the same thing asked, or else within six weeks of the asking."""
    asked, day, side = request.claim.detail("asked"), first_day(request), target(request)
    same = None if asked is None else answers.get((side, asked))
    untold = answers.get((side, None))
    near = () if untold is None or day is None else untold.within(day, shifted(day, NEAR.days + 1))
    return next((act for act in (*(same.acts if same else ()), *near) if target(act) in (source(request), "")), None)


def _ask(request: Act | None, answer: Act | None, material: Material) -> Ask:
    told = [act for act in (request, answer) if act is not None]
    first = told[0]
    sides = (source(first), target(first)) if request is not None else (target(first), source(first))
    return Ask(
        act=first.id, source=sides[0], target=sides[1], asked=first.claim.detail("asked") or material.sentence(first)[2], when=first.claim.valid,
        answer="" if answer is None else answer.claim.detail("answer") or answer.claim.quote,
        reason="" if answer is None else answer.claim.detail("reason") or "", answer_words="" if answer is None else material.sentence(answer)[2],
        how=how(first), proofs=material.proofs(told),
    )  # fmt: skip
