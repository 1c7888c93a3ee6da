"""Competing explanations weighed against the acts: a matrix of evidence and hypotheses, likelihoods with base rates, ranking, and what it hangs on.

Each expectation is held against the acts of its window. How often such acts came in the ten years before is the base rate: what comes anyway
proves little. Not observed, where it was read, speaks against; where it was not read it says nothing and is shown as such. After Heuer,
Psychology of Intelligence Analysis (1999), chapter 8, with likelihood ratios in place of pluses and minuses.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from detente import ontology
from detente.assess.facts import Facts, counts, effect, rule
from detente.errors import QuestionError
from detente.measure.occasions import add_months, months_between, occasions
from detente.records import Act, Expectation, Hypothesis, Judgement

BOUNDS = (0.05, 0.95)
"""No base rate is taken as surer than this: a window of a few months cannot show more."""
FACTORS = {"more": 2.0, "fewer": 0.5, "usual": 2.0}
"""Multiples of the usual rate that stand for more and for fewer; "usual" is held against twice as many."""
MOST = 4.0
"""Likelihood ratio of one item at most, either way: no single item decides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What one expectation of a hypothesis, or one judgement of a person, contributes.

    `sign` is a code of the family consistency, `acts` those that met it, `base_rate` the probability that such acts come anyway (None for a
    judgement, else at least .05), `ratio` how much likelier what was seen is under the hypothesis.
    """

    text: str
    sign: str
    acts: tuple[str, ...]
    base_rate: float | None
    ratio: float
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """A hypothesis with its share of belief from even odds, 0 to 1, and the cells that make it."""

    code: str
    statement: str
    origin: str
    share: float
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An act across the hypotheses of a board, in their order; `diagnosticity` is 0 where it tells none of them apart.

    Of an expectation that several acts met each has its share. Diagnosticity is the standard deviation of the logarithms of the ratios.
    """

    act: str
    signs: tuple[str, ...]
    diagnosticity: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Without:
    """Which hypothesis leads when one item is left out, with its share; `item` is an act, or the text of an expectation that nothing met."""

    item: str
    is_act: bool
    leader: str
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The explanations offered for one question, the likeliest first."""

    question: str
    ranked: tuple[Weighed, ...]
    matrix: tuple[Line, ...]
    without: tuple[Without, ...]

    @property
    def turning(self) -> tuple[Without, ...]:
        """The items without which another hypothesis would lead."""
        return tuple(w for w in self.without if w.leader != self.ranked[0].code)


@dataclass(frozen=True, slots=True)
class _Laid:
    """A hypothesis laid beside the acts: each expectation with the acts that fit it at any time, and the judgements with their acts."""

    hypothesis: Hypothesis
    fitting: tuple[tuple[Expectation, tuple[Act, ...]], ...]
    judged: tuple[tuple[Judgement, str], ...]
    cells: tuple[Cell, ...]
    """Of each expectation, with every act that fits it."""


def weigh(facts: Facts, hypotheses: Iterable[Hypothesis]) -> tuple[Board, ...]:
    """One board a question, in the order of the hypotheses. Raises QuestionError for a hypothesis without expectations, and for none at all."""
    held = [_lay(facts, h) for h in hypotheses]
    if not held:
        raise QuestionError("hypotheses to weigh", came="there are none", do="write hypotheses.csv and expectations.csv beside the acts of a case")
    questions = dict.fromkeys(laid.hypothesis.question for laid in held)
    return tuple(_board(facts, q, [laid for laid in held if laid.hypothesis.question == q]) for q in questions)


def _lay(facts: Facts, h: Hypothesis) -> _Laid:
    if not h.expectations:
        raise QuestionError(
            f"expectations of the hypothesis {h.code}", came="there are none", do="say in expectations.csv what it leads one to expect"
        )
    wanted = {j.claim for j in h.judgements}
    acts = {claim: act.id for act in facts.acts for claim in act.claims if claim in wanted} if wanted else {}
    judged = tuple((j, acts[j.claim]) for j in h.judgements if j.claim in acts)
    own = {act for _, act in judged}
    fitting = tuple((e, tuple(act for act in facts.acts if _fits(act, e, facts.dyad) and act.id not in own and counts(act))) for e in h.expectations)
    return _Laid(h, fitting, judged, tuple(_cell(facts, e, acts) for e, acts in fitting))


def fitting(facts: Facts, h: Hypothesis) -> tuple[Act, ...]:
    """Every act that an expectation of the hypothesis or a judgement on it looks at, at any time: what its share and its base rates rest on."""
    laid = _lay(facts, h)
    judged = {act for _, act in laid.judged}
    found = {act.id for _, acts in laid.fitting for act in acts} | judged
    return tuple(act for act in facts.acts if act.id in found)


def _board(facts: Facts, question: str, laid: Sequence[_Laid]) -> Board:
    ranked = _ranked(facts, laid)
    acts = dict.fromkeys(act for w in ranked for cell in w.cells for act in cell.acts)
    unmet = dict.fromkeys(cell.text for w in ranked for cell in w.cells if not cell.acts and cell.ratio != 1)
    left = [(act, _ranked(facts, laid, act=act)[0]) for act in acts]
    silent = [(text, _ranked(facts, laid, text=text)[0]) for text in unmet]
    without = (*(_without(item, found, is_act=True) for item, found in left), *(_without(item, found, is_act=False) for item, found in silent))
    lines = sorted((_line(act, ranked) for act in acts), key=lambda line: (-line.diagnosticity, line.act))
    return Board(question=question, ranked=ranked, matrix=tuple(lines), without=without)


def _without(item: str, leader: Weighed, *, is_act: bool) -> Without:
    return Without(item=item, is_act=is_act, leader=leader.code, share=leader.share)


def _ranked(facts: Facts, laid: Sequence[_Laid], *, act: str | None = None, text: str | None = None) -> tuple[Weighed, ...]:
    """The hypotheses with their shares, the likeliest first; without one act, or without the expectation of one text."""
    cells = {held.hypothesis.code: tuple(c for c in _cells(facts, held, act) if c.text != text) for held in laid}
    scores = {code: math.prod(cell.ratio for cell in found) for code, found in cells.items()}
    total = sum(scores.values())
    ordered = sorted((held.hypothesis for held in laid), key=lambda h: (-scores[h.code], h.code))
    return tuple(
        Weighed(code=h.code, statement=h.statement, origin=h.origin, share=round(scores[h.code] / total, 4), cells=cells[h.code]) for h in ordered
    )


def _cells(facts: Facts, held: _Laid, dropped: str | None) -> Iterable[Cell]:
    for (expectation, acts), cell in zip(held.fitting, held.cells, strict=True):
        left = acts if dropped is None else [act for act in acts if act.id != dropped]
        yield cell if len(left) == len(acts) else _cell(facts, expectation, left)
    for judgement, act in held.judged:
        if act != dropped:
            yield _judged(judgement, act)


def _judged(judgement: Judgement, act: str) -> Cell:
    ratio = float(ontology.term("consistency", judgement.sign).more["ratio"])
    return Cell(text=judgement.why, sign=judgement.sign, acts=(act,), base_rate=None, ratio=ratio, by=judgement.by)


def _cell(facts: Facts, e: Expectation, fitting: Sequence[Act]) -> Cell:
    met = [act for act in fitting if act.claim.valid is not None and act.claim.valid.overlaps(e.window)]
    seen = _seen(facts, e, fitting, met)
    if not met and not _read(facts, e):
        return Cell(text=e.text, sign="not_applicable", acts=(), base_rate=seen.chance, ratio=1.0)
    ratio = (_counted(e, seen) if e.shows in FACTORS else _there(e, seen)) ** max((trust(act) for act in met), default=1.0)
    bound = min(MOST, max(1 / MOST, ratio))
    sign = "not_observed" if not met and e.shows in ("yes", "more") else _sign(bound)
    return Cell(text=e.text, sign=sign, acts=tuple(act.id for act in met), base_rate=seen.chance, ratio=bound)


@dataclass(frozen=True, slots=True)
class _Seen:
    """Occasions `before` the window in `months_before` months, `within` it in `months_within` months so far, the share of it gone, and the
    probability of at least one by the rate before (Poisson, Jeffreys prior), within bounds."""

    before: int
    months_before: int
    within: int
    months_within: int
    elapsed: float

    @property
    def chance(self) -> float:
        usual = 1 - math.exp(-(self.before + 0.5) / self.months_before * self.months_within)
        return round(min(max(usual, BOUNDS[0]), BOUNDS[1]), 2)


def _seen(facts: Facts, e: Expectation, fitting: Sequence[Act], met: Sequence[Act]) -> _Seen:
    start, last = e.window.start or facts.memory_start, e.window.last or facts.as_of
    since = max(add_months(start, -int(rule("memory_months"))), min(facts.graded_since(), start))
    before = sum(since <= occasion.day < start for occasion in occasions(fitting))
    months, length = (max(1, months_between(a, b)) for a, b in ((since, start), (start, add_months(min(last, facts.as_of), 1))))
    gone = ((min(last, facts.as_of) - start).days + 1) / ((last - start).days + 1)
    return _Seen(before, months, len(occasions(met)), length, min(1.0, max(0.0, gone)))


def _read(facts: Facts, e: Expectation) -> bool:
    """Whether the window has begun and was read well enough for silence to mean something."""
    since = max(e.window.start or facts.memory_start, facts.memory_start)
    return e.window.begun_by(facts.as_of) and facts.grade(since) in ("fair", "full")


def _there(e: Expectation, seen: _Seen) -> float:
    """How much likelier it is under the hypothesis than by the base rate that such acts are there, or not.

    With the probability of its strength the hypothesis shows, otherwise things are as usual; an open window counts by its share.
    """
    base, shows = seen.chance, 1 - (1 - e.strength) ** seen.elapsed
    there = shows + (1 - shows) * base if e.shows == "yes" else (1 - e.strength) * base
    return there / base if seen.within else (1 - there) / (1 - base)


def _counted(e: Expectation, seen: _Seen) -> float:
    """How much likelier so many occasions are when the rate is the expected multiple of the usual one.

    The usual rate is Gamma(n + 1/2, months) from the time before, so counts are negative binomial and the ratio of two rates is closed. With
    probability 1 - strength the hypothesis does not show and the count is as usual.
    """
    shape, known, length, factor = seen.before + 0.5, seen.months_before, seen.months_within, FACTORS[e.shows]
    odds = math.log((known + length) / (known + factor * length))
    ratio = math.exp(shape * odds + seen.within * (odds + math.log(factor)))
    likelihood = 1 / ratio if e.shows == "usual" else ratio
    return e.strength * likelihood + 1 - e.strength


def _fits(act: Act, e: Expectation, dyad: tuple[str, str]) -> bool:
    claim = act.claim
    if e.kinds and claim.kind not in e.kinds:
        return False
    if e.dimensions and not set(e.dimensions) & set(claim.dimensions):
        return False
    if not (e.source or e.target) and not set(dyad) <= claim.states:
        return False
    sides = ((claim.source, e.source), (claim.target, e.target))
    if any(wanted and not any((p.state or p.body) in wanted for p in side) for side, wanted in sides):
        return False
    return e.effect is None or effect(act) == e.effect


def trust(act: Act) -> float:
    """The probability that an act is as told, 0 to 1: that not every independent source of it errs. An origin counts once."""
    best: dict[str, float] = {}
    for cited in act.citations:
        origin = cited.origin or cited.publication
        best[origin] = max(best.get(origin, 0.0), _word(cited.reliability, cited.credibility))
    return 1 - math.prod(1 - word for word in best.values()) if best else _word(None, None)


def _word(reliability: str | None, credibility: str | None) -> float:
    shares: Sequence[Mapping[str, str]] = (
        ontology.term("reliability", reliability or "F").more,
        ontology.term("credibility", credibility or "6").more,
    )
    return math.prod(float(more["probability"]) for more in shares)


def _sign(ratio: float) -> str:
    """The code whose ratio is nearest, on a scale of logarithms."""
    scale = {code: ontology.term("consistency", code).more["ratio"] for code in ontology.family("consistency")}
    graded = {code: abs(math.log(float(value)) - math.log(ratio)) for code, value in scale.items() if value}
    return min(graded, key=lambda code: graded[code])


def _line(act: str, ranked: Sequence[Weighed]) -> Line:
    logs = [sum(math.log(cell.ratio) / len(cell.acts) for cell in w.cells if act in cell.acts) for w in ranked]
    mean = sum(logs) / len(logs)
    touched = [any(act in cell.acts for cell in w.cells) for w in ranked]
    signs = tuple(_sign(math.exp(value)) if there else "not_applicable" for value, there in zip(logs, touched, strict=True))
    return Line(act=act, signs=signs, diagnosticity=round(math.sqrt(sum((x - mean) ** 2 for x in logs) / len(logs)), 3))
