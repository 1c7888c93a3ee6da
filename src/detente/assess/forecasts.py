"""The log of forecasts: what was judged or announced to come, with its band of probability, how and when it resolves, and its score when due.

A forecast's band is stated by its row, or read from its words; who announces a deed of his own is taken to hold it for very likely. Words that
give no band are kept without a score. The score is Brier's (1950), (p - o) squared from 0, best, to 1, with p in the middle of the band; beside
it stands what the base rate would have scored: the share of the other resolved forecasts that came true (Laplace's rule).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal

from detente import dates, ontology
from detente.assess.facts import rule
from detente.errors import DateError
from detente.examine import expectations
from detente.examine.expectations import Expectation
from detente.examine.material import Material, Proof, first_day, source, speaker, states
from detente.measure.occasions import add_months
from detente.records import Act

Origin = Literal["judged", "announced"]
State = Literal["open", "unresolved", "happened", "slipped", "dropped", "void"]
DueFrom = Literal["stated", "default", "none"]
_PLANNED: dict[str, State] = {"happened": "happened", "slipped": "slipped", "dropped": "dropped", "overdue": "unresolved"}
ANNOUNCED = "very_likely"
"""The band of a deed that somebody announces: he commits his name, and things come between."""
TOLD: tuple[State, ...] = ("happened", "slipped", "dropped", "void")
"""How a person resolves: it came by its day, came after it, did not come, or cannot be judged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """One entry of the log.

    `claim` is what a person resolves; `band` None: no probability can be read. `due` is the last day on which it may come true, `due_from` says
    whether the text gives it. `came` is None until it resolves; `brier` and `base_brier` are 0 to 1. `accepted` False: the coder's proposal.
    """

    act: str
    claim: str
    origin: Origin
    by: str
    text: str
    made_on: date | None
    band: str | None
    band_from: str
    low: float | None
    high: float | None
    due: date | None
    due_from: DueFrom
    state: State
    resolved_by: str
    accepted: bool
    proofs: tuple[Proof, ...]
    came: bool | None = None
    brier: float | None = None
    base_rate: float | None = None
    base_brier: float | None = None

    @property
    def probability(self) -> float | None:
        """The middle of the band."""
        return None if self.low is None or self.high is None else (self.low + self.high) / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """The mean of the resolved forecasts of one origin: how many, how many came true, Brier's score and the base rate's."""

    origin: Origin
    accepted: bool
    resolved: int
    came_true: int
    brier: float
    base_brier: float


def log(material: Material) -> tuple[Forecast, ...]:
    """Every forecast and announcement between the two, by the day it was made."""
    plans = {found.act: found for found in expectations.find(material) if found.between}
    acts = {act.id: act for act in material.of()}
    announced = [_announced(acts[key], found, material) for key, found in plans.items() if key in acts]
    judged = [_judged(act, material) for act in material.of("forecast") if set(material.dyad) <= states(act)]
    ordered = sorted((*judged, *announced), key=lambda f: (f.made_on or date.max, f.act))
    return tuple(_scored(each, ordered) for each in ordered)


def scores(found: Sequence[Forecast]) -> tuple[Score, ...]:
    """Means by origin, accepted forecasts first and apart from proposals; () while none is resolved."""
    origins: tuple[Origin, ...] = ("judged", "announced")
    groups = [(origin, accepted) for accepted in (True, False) for origin in origins]
    return tuple(score for origin, accepted in groups if (score := _mean(found, origin, accepted)) is not None)


def band(text: str) -> tuple[str, str] | None:
    """The band that words give, as (code, the words); the longest of several, and of equals the first. None: they give none.

    >>> band("a change is very unlikely")
    ('very_unlikely', 'very unlikely')
    """
    folded = text.casefold().replace("’", "'")
    hits = [(phrase, hit.start()) for phrase in bands() if (hit := re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", folded))]
    best = min(hits, key=lambda hit: (-len(hit[0]), hit[1]), default=None)
    return None if best is None else (bands()[best[0]], best[0])


@cache
def bands() -> Mapping[str, str]:
    """The band of each phrase; reasons stand in the table."""
    text = (files("detente") / "data" / "forecasts" / "bands.csv").read_text(encoding="utf-8")
    return MappingProxyType({row["phrase"]: row["band"] for row in csv.DictReader(text.splitlines())})


@dataclass(frozen=True, slots=True)
class _Course:
    """How a forecast runs: its band with the words that give it, the day it is due, and how it ended."""

    origin: Origin
    stated: tuple[str, str] | None
    due: date | None
    due_from: DueFrom
    state: State
    resolved_by: str


def _announced(act: Act, found: Expectation, material: Material) -> Forecast:
    """What was told only after its day is no forecast and is void."""
    due = None if found.due is None else found.due.last
    told = "void" if due is not None and act.known is not None and due < act.known else _told(act, due, material.as_of)
    state = told or _PLANNED.get(found.state, "open")
    stated = band(act.claim.detail("band") or "") or (ANNOUNCED, "announced")
    by = found.matched or ("a person or the row" if told else "")
    return _entry(act, material, _Course("announced", stated, due, "none" if due is None else "stated", state, by))


def _judged(act: Act, material: Material) -> Forecast:
    due, due_from = _horizon(act)
    came = _came(act, due, material)
    told = came or _told(act, due, material.as_of)
    state = told or ("unresolved" if due is not None and due < material.as_of else "open")
    words = " ".join(filter(None, (act.claim.detail("band"), act.claim.hedge))) or material.sentence(act)[2]
    by = "" if told is None else "named by the row" if came else "a person or the row"
    return _entry(act, material, _Course("judged", band(words), due, due_from, state, by))


def _horizon(act: Act) -> tuple[date | None, DueFrom]:
    """The last day of a stated horizon; an open one closes with the span in which a stage is new."""
    stated = act.claim.detail("horizon")
    try:
        last = None if stated is None else dates.parse(stated).last
    except DateError:
        last = None
    if last is not None:
        return last, "stated"
    return (None, "none") if act.known is None else (add_months(act.known, int(rule("recent_months"))), "default")


def _came(act: Act, due: date | None, material: Material) -> State | None:
    """What an act that the row names as the outcome says, once it is known."""
    named = material.by_key(act.claim.detail("outcome"))
    day = None if named is None else first_day(named)
    if named is None or day is None or named.known is None or named.known > material.as_of:
        return None
    return "slipped" if due is not None and day > due else "happened"


def _told(act: Act, due: date | None, as_of: date) -> State | None:
    """The outcome in words, once the day has passed; before it nobody could know."""
    word = act.claim.detail("outcome")
    passed = due is not None and due < as_of
    return next((state for state in TOLD if state == word), None) if passed else None


def _entry(act: Act, material: Material, course: _Course) -> Forecast:
    proof = material.proof(act)
    more = None if course.stated is None else ontology.term("probabilities", course.stated[0]).more
    return Forecast(
        act=act.id, claim=act.claims[0], origin=course.origin, by=speaker(act) or (act.citations[0].publication if act.citations else source(act)),
        text=proof.quote, made_on=act.known,
        band=None if course.stated is None else course.stated[0], band_from="" if course.stated is None else course.stated[1],
        low=None if more is None else float(more["low"]), high=None if more is None else float(more["high"]),
        due=course.due, due_from=course.due_from, state=course.state, resolved_by=course.resolved_by, accepted=act.accepted,
        proofs=(proof,), came={"happened": True, "slipped": False, "dropped": False}.get(course.state),
    )  # fmt: skip


def _scored(each: Forecast, every: Sequence[Forecast]) -> Forecast:
    """The score of a resolved forecast, and of the base rate of the others of its origin."""
    if each.came is None or each.probability is None:
        return each
    others = [o.came for o in every if o.came is not None and o.origin == each.origin and o.accepted == each.accepted and o.act != each.act]
    base = (sum(others) + 1) / (len(others) + 2)
    outcome = float(each.came)
    return replace(each, brier=(each.probability - outcome) ** 2, base_rate=base, base_brier=(base - outcome) ** 2)


def _mean(found: Sequence[Forecast], origin: Origin, accepted: bool) -> Score | None:
    held = [f for f in found if f.origin == origin and f.accepted == accepted and f.brier is not None and f.base_brier is not None]
    if not held:
        return None
    brier, base = (sum(values) / len(held) for values in ([f.brier or 0.0 for f in held], [f.base_brier or 0.0 for f in held]))
    came = sum(f.came is True for f in held)
    return Score(origin=origin, accepted=accepted, resolved=len(held), came_true=came, brier=round(brier, 4), base_brier=round(base, 4))
