"""Superlatives: "first since", "record", "unprecedented" turned into a query over the ledger.

The claim is held against acts of the same kind, direction and rank (or against recorded values) since the day it reaches back to. A single such
act contradicts it. Where none is found it stands only if those years were read well; under thin coverage the ledger cannot tell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from detente import dates
from detente.errors import DateError
from detente.examine import lexicon
from detente.examine.coverage import Graded, graded
from detente.examine.goals import in_unit
from detente.examine.material import TOLD, How, Material, Proof, by_day, first_day, how, source, states, target
from detente.records import Act

NEAR = timedelta(days=3)
KINDS = ("visit", "meeting", "agreement", "signal", "military", "project_milestone", "recognition", "border", "reception", "obligation", "request")
LEAST_SHARE = 0.9
"""So much of the years asked about must have been read at least fairly before silence means anything."""
_OFFICE = re.compile(r"[^\W\d_]+")
_SINCE = re.compile(r"\bsince\s+(?:\w+\s+)?(\d{4})\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Superlative:
    """A claim of a first or a record, and the ledger's answer: contradicted, stands, or cannot_tell with why."""

    act: str
    words: str
    scope: str
    since: date | None
    said_on: date | None
    asks: str
    answer: str
    why: str
    counter: tuple[str, ...]
    higher: int
    coverage: Graded
    how: How
    proofs: tuple[Proof, ...]


def find(material: Material) -> tuple[Superlative, ...]:
    """The superlatives about either of the two, by day."""
    chosen = sorted(material.around("superlative"), key=by_day)
    return tuple(_superlative(act, material) for act in chosen)


def decide(*, counter: int, read: Graded, comparable: bool) -> tuple[str, str]:
    """The answer and its reason; one counter-example decides, silence counts only for what was read.

    >>> decide(counter=0, read=Graded(full=1.0, fair=0.0, thin=0.0, none=0.0), comparable=True)
    ('stands', 'no counter-example, and those years were read')
    """
    if counter:
        return "contradicted", "the ledger holds counter-examples"
    if not comparable:
        return "cannot_tell", "the ledger holds no act of its kind to hold it against"
    if read.full + read.fair >= LEAST_SHARE:
        return "stands", "no counter-example, and those years were read"
    return "cannot_tell", "the ledger cannot tell, coverage of those years is thin"


def _superlative(act: Act, material: Material) -> Superlative:
    words, since = material.sentence(act)[2], _since(act, material.sentence(act)[2])
    meant = _meant(act, material)
    day = first_day(meant) if meant is not None else first_day(act)
    if _measured(act, words):
        counter, higher, asks, comparable = _values(act, words, since, material)
    else:
        counter, higher, asks, comparable = _deeds(meant, since, day, material)
    pair = _pair(act, material)
    read = graded(material.coverage, pair, start=since or date.min, stop=day or material.as_of)
    answer, why = decide(counter=len(counter), read=read, comparable=comparable)
    tied = [act, *([meant] if meant is not None else []), *counter]
    return Superlative(
        act=act.id, words=words, scope=act.claim.detail("scope") or "", since=since, said_on=act.known, asks=asks, answer=answer, why=why,
        counter=tuple(_named(other) for other in counter), higher=higher, coverage=read, how=how(act), proofs=material.proofs(tied),
    )  # fmt: skip


def _pair(act: Act, material: Material) -> tuple[str, str]:
    named = sorted(states(act))
    return (named[0], named[1]) if len(named) == 2 else material.dyad


def _since(act: Act, words: str) -> date | None:
    """From which day on: the row's own, a year after "since" in the words, or the beginning of a long interval."""
    told = act.claim.detail("since")
    found = _SINCE.search(words)
    if told is None and found is not None:
        told = found.group(1)
    try:
        start = dates.parse(told).start if told else None
    except DateError:
        start = None
    valid = act.claim.valid
    long = valid is not None and valid.days is not None and valid.days > 366
    return start or (valid.start if long and valid is not None else None)


def _meant(act: Act, material: Material) -> Act | None:
    """The act that is called a first: of the same text and nearest to the words, or of the same days and people."""
    day, at = first_day(act), act.claim.spans[0]
    same_text = [o for o in material.of(*KINDS) if o.claim.spans[0].document == at.document and states(o) & states(act) and o.claim.status in TOLD]
    if act.claim.made_by != "table":
        return min(same_text, key=lambda o: (abs(o.claim.spans[0].start - at.start), o.id), default=None)
    if day is None:
        return None
    near = [o for o in material.of(*KINDS) if _close(o, day) and states(o) == states(act) and o.claim.status in TOLD]
    return max(near, key=lambda o: (_shared(act, o), -KINDS.index(o.claim.kind), o.id), default=None)


def _close(act: Act, day: date) -> bool:
    begins = first_day(act)
    return begins is not None and abs((begins - day).days) <= NEAR.days


def _shared(one: Act, other: Act) -> int:
    mine, theirs = ({p.person for p in (*a.claim.source, *a.claim.target) if p.person} for a in (one, other))
    return len(mine & theirs)


def _deeds(meant: Act | None, since: date | None, day: date | None, material: Material) -> tuple[list[Act], int, str, bool]:
    """Counter-examples to a first: acts of the same kind, direction and rank in the time it reaches back to; those of higher rank are counted."""
    if meant is None or day is None:
        return [], 0, "no act is named that could be looked for", False
    rank = _rank(meant)
    alike = [o for o in material.of(meant.claim.kind) if (source(o), target(o)) == (source(meant), target(meant)) and o.claim.status in TOLD]
    before = [o for o in alike if o.id != meant.id and _before(o, since, day)]
    counter = [o for o in before if rank is not None and _rank(o) == rank and _same_office(meant, o)]
    higher = sum(1 for o in before if rank is not None and (_rank(o) or 8) < rank)
    level = "" if rank is None else f" of rank {rank}"
    asks = f"{meant.claim.kind}{level} from {source(meant)} to {target(meant)} between {since or 'ever'} and {day}"
    return sorted(counter, key=by_day), higher, asks, rank is not None


def _same_office(one: Act, other: Act) -> bool:
    """True when the offices share a word that tells them apart from others of their rank, or one of them is unknown."""
    mine, theirs = _office(one), _office(other)
    return not mine or not theirs or bool(mine & theirs)


def _office(act: Act) -> frozenset[str]:
    chief = min((p for p in act.claim.source if p.office), key=lambda p: p.rank or 8, default=None)
    told = "" if chief is None or chief.office is None else chief.office
    return frozenset(word for word in _OFFICE.findall(told.casefold()) if word not in _plain())


@cache
def _plain() -> frozenset[str]:
    return frozenset(row["word"] for row in lexicon.rows("offices"))


def _before(act: Act, since: date | None, day: date) -> bool:
    begins = first_day(act)
    return begins is not None and begins < day - NEAR and (since is None or begins >= since)


def _rank(act: Act) -> int | None:
    return min((p.rank for p in act.claim.source if p.rank is not None), default=None)


def _measured(act: Act, words: str) -> bool:
    return any(name in (act.claim.detail("scope") or words).casefold() for name in ("trade", "turnover", "export", "import"))


def _values(act: Act, words: str, since: date | None, material: Material) -> tuple[list[Act], int, str, bool]:
    """Counter-examples to a record: higher values of other periods, each by its own source."""
    measure = lexicon.first("measures", act.claim.detail("scope") or words)
    values = [o for o in material.of("trade_value") if states(o) == states(act) and measure is not None and _of_measure(o, measure[1])]
    said = act.known or material.as_of
    claimed = _claimed(values, first_day(act) or said)
    top = max((_value(o) for o in claimed), default=None)
    asks = f"a higher {measure[1] if measure else 'value'} than that of the period of the claim, since {since or 'ever'}"
    if top is None:
        return [], 0, asks, False
    unit = claimed[0].claim.detail("unit") or ""
    earlier = [o for o in values if o not in claimed and _before(o, since, said)]
    counter = [o for o in earlier if _in(o, unit) > top]
    return sorted(counter, key=by_day), 0, asks, bool(earlier)


def _claimed(values: list[Act], day: date) -> list[Act]:
    """The values that are called a record: of the year of the claim, or else of the year before."""
    by_year = {year: [o for o in values if (d := first_day(o)) is not None and d.year == year] for year in (day.year, day.year - 1)}
    return by_year[day.year] or by_year[day.year - 1]


def _of_measure(act: Act, measure: str) -> bool:
    found = lexicon.first("measures", act.claim.detail("measure") or "")
    return found is not None and found[1] == measure


def _value(act: Act) -> float:
    return float(act.claim.detail("value") or 0)


def _in(act: Act, unit: str) -> float:
    found = in_unit(act.claim.detail("value") or "", act.claim.detail("unit") or "", unit)
    return 0.0 if found is None else float(found)


def _named(act: Act) -> str:
    return f"{act.claim.valid or act.known}: {act.claim.quote}"
