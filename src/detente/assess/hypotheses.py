"""Competing explanations weighed against the acts: a matrix of evidence and hypotheses, likelihoods with base rates, ranking, and what it hangs on.

Each expectation is held against the acts of its window. How often such acts came in the ten years before is the base rate: what comes anyway
proves little. Not observed, where it was read, speaks against; where it was not read it says nothing. After Heuer, Psychology of Intelligence
Analysis (1999), chapter 8, with likelihood ratios in place of pluses and minuses.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from detente import ontology
from detente.assess.facts import Facts, counts, effect, rule
from detente.dates import Interval
from detente.errors import QuestionError
from detente.measure.occasions import add_months, months_between, occasions
from detente.records import Act, Expectation, Hypothesis

Sign = Literal["very consistent", "consistent", "neutral", "inconsistent", "very inconsistent", "not observed", "not applicable"]
TRUST = {"A": 1.0, "B": 0.9, "C": 0.7, "D": 0.5, "E": 0.2, "F": 0.5}
"""How far a source's word moves the scales, by its reliability; multiplied by the probability of the credibility."""
BOUNDS = (0.05, 0.95)
STRONG, WEAK = 3.0, 1.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One expectation of one hypothesis: the acts that met it, the base rate in its window, and the likelihood ratio that follows."""

    hypothesis: str
    text: str
    sign: Sign
    acts: tuple[str, ...]
    base_rate: float
    ratio: float
    present: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A hypothesis with its share of belief from even odds, its cells, and its rank without its strongest cell."""

    code: str
    statement: str
    origin: str
    share: float
    score: float
    cells: tuple[Cell, ...]
    rank: int
    rank_without_strongest: int


def weigh(facts: Facts, board: Sequence[Hypothesis]) -> tuple[Standing, ...]:
    """The hypotheses in the order of their share. Raises QuestionError for an empty board."""
    if not board:
        raise QuestionError(
            "a case with hypotheses", came="the case of this dyad names none", do="write hypotheses.csv and expectations.csv beside its acts"
        )
    cells = {h.code: tuple(_cell(facts, h.code, e) for e in h.expectations) for h in board}
    scores = {code: _score(held) for code, held in cells.items()}
    total = sum(math.exp(score) for score in scores.values())
    ordered = sorted(board, key=lambda h: (-scores[h.code], h.code))
    return tuple(_standing(h, rank, cells, scores, total) for rank, h in enumerate(ordered, 1))


def matrix(found: Iterable[Standing]) -> dict[str, dict[str, Sign]]:
    """Act by hypothesis: how consistent the act is with it; acts that no expectation of a hypothesis covers are not applicable to it."""
    held = list(found)
    acts = dict.fromkeys(act for s in held for cell in s.cells for act in cell.acts)
    return {act: {s.code: _act_sign(act, s.cells) for s in held} for act in acts}


def diagnosticity(found: Sequence[Standing], act: str) -> float:
    """How far an act tells the hypotheses apart: the spread (standard deviation) of its log likelihood ratios over them, 0 for none."""
    logs = [sum(math.log(cell.ratio) for cell in s.cells if act in cell.acts) for s in found]
    mean = sum(logs) / len(logs)
    return math.sqrt(sum((x - mean) ** 2 for x in logs) / len(logs))


def _standing(h: Hypothesis, rank: int, cells: dict[str, tuple[Cell, ...]], scores: dict[str, float], total: float) -> Standing:
    strongest = max(cells[h.code], key=lambda cell: abs(math.log(cell.ratio)))
    without = _score(tuple(cell for cell in cells[h.code] if cell is not strongest))
    better = sum(score > without for code, score in scores.items() if code != h.code)
    return Standing(
        code=h.code,
        statement=h.statement,
        origin=h.origin,
        share=round(math.exp(scores[h.code]) / total, 2),
        score=round(scores[h.code], 2),
        cells=cells[h.code],
        rank=rank,
        rank_without_strongest=better + 1,
    )


def _score(cells: Sequence[Cell]) -> float:
    return sum(math.log(cell.ratio) for cell in cells)


def _cell(facts: Facts, code: str, e: Expectation) -> Cell:
    base = _base_rate(facts, e)
    met = [act for act in _fitting(facts, e) if _in(act, e.window)]
    begun = e.window.begun_by(facts.as_of)
    read = begun and facts.grade(max(e.window.start or facts.memory_start, facts.memory_start)) in ("fair", "full")
    ratio = _ratio(e, base, met=bool(met)) if met or read else 1.0
    trusted = ratio if not met else math.exp(math.log(ratio) * max(_trust(act) for act in met))
    sign: Sign = _sign(trusted) if met else ("not observed" if read else "not applicable")
    return Cell(
        hypothesis=code,
        text=e.text,
        sign=sign,
        acts=tuple(act.id for act in met),
        base_rate=round(base, 2),
        ratio=trusted,
        present=e.present,
    )


def _ratio(e: Expectation, base: float, *, met: bool) -> float:
    """How much likelier what was seen is under the hypothesis than by the base rate alone."""
    shown = max(e.strength, base) if e.present else min(1 - e.strength, base)
    return shown / base if met else (1 - shown) / (1 - base)


def _base_rate(facts: Facts, e: Expectation) -> float:
    """Probability of at least one such occasion in the window by the rate of the memory before it (Poisson, Jeffreys prior), within bounds."""
    start = e.window.start or facts.memory_start
    since = max(add_months(start, -int(rule("memory_months"))), min(facts.graded_since(), start))
    before = [o for o in occasions(_fitting(facts, e)) if since <= o.day < start]
    months = max(1, months_between(since, start))
    length = max(1, months_between(start, min(e.window.last or facts.as_of, facts.as_of)) + 1)
    chance = 1 - math.exp(-(len(before) + 0.5) / months * length)
    return min(max(chance, BOUNDS[0]), BOUNDS[1])


def _fitting(facts: Facts, e: Expectation) -> list[Act]:
    return [act for act in facts.acts if counts(act) and _fits(act, e, facts.dyad)]


def _fits(act: Act, e: Expectation, dyad: tuple[str, str]) -> bool:
    claim = act.claim
    sides = (({p.state or p.body for p in claim.source}, e.source), ({p.state or p.body for p in claim.target}, e.target))
    if not (e.source or e.target) and not set(dyad) <= claim.states:
        return False
    if any(wanted and not set(wanted) & side for side, wanted in sides):
        return False
    wanted_kind = not e.kinds or claim.kind in e.kinds
    wanted_dimension = not e.dimensions or bool(set(e.dimensions) & set(claim.dimensions))
    return wanted_kind and wanted_dimension and (e.effect is None or effect(act) == e.effect)


def _in(act: Act, window: Interval) -> bool:
    return act.claim.valid is not None and act.claim.valid.overlaps(window)


def _trust(act: Act) -> float:
    """The best word for an act: reliability times credibility of its best citation. Copies of one origin add nothing."""
    return max((_word(c.reliability, c.credibility) for c in act.citations), default=0.5)


def _word(reliability: str | None, credibility: str | None) -> float:
    return TRUST[reliability or "F"] * float(ontology.term("credibility", credibility or "6").more["probability"])


def _sign(ratio: float) -> Sign:
    steps: tuple[tuple[float, Sign], ...] = ((STRONG, "very consistent"), (WEAK, "consistent"), (1 / WEAK, "neutral"), (1 / STRONG, "inconsistent"))
    return next((sign for least, sign in steps if ratio >= least), "very inconsistent")


def _act_sign(act: str, cells: Sequence[Cell]) -> Sign:
    ratios = [cell.ratio for cell in cells if act in cell.acts]
    return _sign(math.prod(ratios)) if ratios else "not applicable"
