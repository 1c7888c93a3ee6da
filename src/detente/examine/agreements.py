"""Agreements on the ladder from intent to in force, with each step they took; and debts and duties with face and market value.

An instrument is known by its name over all its steps; an act without such a name is an instrument of its own. The rung is the highest reached,
the status the last step by the day of the question.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from detente import ontology
from detente.dates import Interval
from detente.examine import lexicon
from detente.examine.material import TOLD, How, Material, Proof, how, source, states, target
from detente.records import Act

STATUSES = {"announced": "announced", "signed": "signed", "ratified": "ratified", "in_force": "in force", "in force": "in force",
            "suspended": "suspended", "lapsed": "lapsed", "acceded": "signed", "renewed": "in force", "notice": "in force, notice given",
            "lower house": "ratified by a house", "upper house": "ratified by a house"}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of an instrument."""

    when: Interval | None
    step: str
    rung: str
    words: str

    def __str__(self) -> str:
        return f"{self.when or 'day unknown'} {self.step or 'step untold'}" + (f" ({self.rung})" if self.rung else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """An instrument as it stands. `binding` 1-7 is its place on the ladder, None where no source tells the rung."""

    act: str
    name: str
    source: str
    target: str
    rung: str
    binding: int | None
    scope: str
    sector: str
    term: str
    status: str
    signed: Interval | None
    history: tuple[Step, ...]
    place: str
    words: str
    between: bool
    how: How
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """A debt or duty: `market_share` is the market value as a share of the face value, None where one is unknown."""

    act: str
    source: str
    target: str
    step: str
    unknown: str
    face_value: Decimal | None
    market_value: Decimal | None
    unit: str
    market_share: Decimal | None
    when: Interval | None
    words: str
    how: How
    proofs: tuple[Proof, ...]


def find(material: Material) -> tuple[Instrument, ...]:
    """The instruments that the two made, alone or with others, and those of either with a third, by the first step within the span asked."""
    named: dict[tuple[str, str], list[Act]] = defaultdict(list)
    for act in material.of("agreement"):
        if states(act) & set(material.dyad) and act.claim.status in (*TOLD, "planned"):
            sides = "" if act.claim.detail("instrument") else act.id
            named[act.claim.detail("instrument") or act.id, sides].append(act)
    chosen = [acts for acts in named.values() if any(material.asked(act) for act in acts)]
    return tuple(_instrument(acts, material) for acts in chosen)


def obligations(material: Material) -> tuple[Obligation, ...]:
    """Debts and duties between the two, by day."""
    return tuple(_obligation(act, material) for act in material.between("obligation"))


def status(steps: Sequence[str]) -> str:
    """The status after these steps, in their order; `unknown` where none is told. A step that is none of the ladder stands as it is.

    >>> status(["signed", "ratified", "lapsed"])
    'lapsed'
    """
    told = [step for step in steps if step]
    return STATUSES.get(told[-1], told[-1]) if told else "unknown"


def rung(codes: Sequence[str]) -> str:
    """The highest rung among codes of the ladder, empty where there is none."""
    known = [code for code in codes if code in ontology.family("agreements")]
    return max(known, key=_binding, default="")


def _instrument(acts: Sequence[Act], material: Material) -> Instrument:
    first = acts[0]
    steps = [act.claim.detail("step") or _told_step(act) for act in acts]
    highest = rung([act.claim.detail("rung") or "" for act in acts])
    signed = next((act.claim.valid for act, step in zip(acts, steps, strict=True) if step in ("signed", "acceded")), None)
    history = tuple(Step(when=act.claim.valid, step=step, rung=act.claim.detail("rung") or "", words=act.claim.quote)
                    for act, step in zip(acts, steps, strict=True))  # fmt: skip
    return Instrument(
        act=first.id, name=first.claim.detail("instrument") or first.claim.quote, source=source(first), target=target(first), rung=highest,
        binding=_binding(highest) if highest else None, scope=_last(acts, "scope"), sector=_last(acts, "sector") or _read_sector(first, material),
        term=_last(acts, "term"),
        status=status(steps), signed=signed, history=history, place=first.claim.place or "", words=material.sentence(first)[2],
        between=any(set(material.dyad) <= states(act) for act in acts), how=how(first), proofs=material.proofs(acts),
    )  # fmt: skip


def _read_sector(act: Act, material: Material) -> str:
    """Fields that the sentence of a proposal names; a table's row that names none has none."""
    return "" if act.claim.made_by == "table" else ", ".join(lexicon.every("sectors", material.sentence(act)[2]))


def _told_step(act: Act) -> str:
    return "announced" if act.claim.status == "planned" else "signed" if "sign" in act.claim.quote.casefold() else ""


def _obligation(act: Act, material: Material) -> Obligation:
    face, market = (_number(act.claim.detail(name)) for name in ("face_value", "market_value"))
    share = None if face is None or market is None or face == 0 else (market / face).quantize(Decimal("0.001"))
    return Obligation(
        act=act.id, source=source(act), target=target(act), step=act.claim.detail("step") or "",
        unknown="no figure given" if face is None and market is None else "", face_value=face, market_value=market,
        unit=act.claim.detail("unit") or "", market_share=share, when=act.claim.valid, words=material.sentence(act)[2], how=how(act),
        proofs=(material.proof(act),),
    )  # fmt: skip


def _last(acts: Sequence[Act], name: str) -> str:
    return next((value for act in reversed(acts) if (value := act.claim.detail(name))), "")


def _binding(code: str) -> int:
    return int(ontology.term("agreements", code).more["binding"])


def _number(text: str | None) -> Decimal | None:
    try:
        return None if text is None else Decimal(text)
    except InvalidOperation:
        return None
