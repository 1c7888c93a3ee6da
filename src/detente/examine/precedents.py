"""What was before: acts like a given one, by kind, direction, rank and office, or recorded values that were higher, in a span of years.

Two acts are alike only in what the ledger keeps: visits and meetings by rank and office (meetings by format too), votes by issue and choice,
others by the details that tell them apart. Sizes of delegations are not kept, so nothing is said of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from detente.examine import lexicon
from detente.examine.goals import in_unit
from detente.examine.material import TOLD, Material, by_day, first_day, shifted, source, states, target
from detente.records import Act

NEAR = timedelta(days=3)
RANKED = ("visit", "meeting", "reception")
TELLING = {
    "meeting": ("format",),
    "vote": ("issue", "choice"),
    "border": ("step", "route"),
    "agreement": ("scope", "rung"),
    "military": ("step", "weapon"),
    "signal": ("medium",),
    "project_milestone": ("project", "step"),
    "recognition": ("recognised",),
    "obligation": ("step",),
}
"""Details that two acts of a kind must share to be alike; RANKED ones need only those that both tell."""
KINDS = (*RANKED, *(kind for kind in TELLING if kind not in RANKED))
_OFFICE = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Query:
    """What was looked for and found. `comparable` False: the ledger keeps nothing that the claim could be held against."""

    meant: Act | None
    asks: str
    counter: tuple[Act, ...]
    higher: int
    comparable: bool
    until: date | None


def look(claim: Act, sort: str, after: date | None, material: Material) -> Query:
    """The acts or values after a day that speak against a claim of its sort: first, highest, record or size."""
    words = claim.claim.detail("scope") or material.sentence(claim)[2]
    if sort == "record" or (lexicon.means("deeds", words) == "" and _measure(words)):
        return _values(claim, words, after, material)
    meant = _meant(claim, words, after, material)
    day = first_day(meant) if meant is not None else first_day(claim)
    if meant is None or day is None or sort == "size":
        return Query(meant, "size, which is not kept" if sort == "size" else "no act that it could mean", (), 0, comparable=False, until=day)
    return _deeds(meant, day, sort, after, _Scene(material, words))


@dataclass(frozen=True, slots=True)
class _Scene:
    """Where to look, and the words of the claim."""

    material: Material
    words: str


def _deeds(meant: Act, day: date, sort: str, after: date | None, scene: _Scene) -> Query:
    rank, named = _rank(meant), _office(meant) & _words(scene.words)
    kind, ways = meant.claim.kind, (source(meant), target(meant))
    held = scene.material.of_sides(kind)[frozenset(ways)].acts
    alike = [o for o in held if _way(o) == ways and o.claim.status in TOLD and o.id != meant.id and _before(o, after, day)]
    higher = [o for o in alike if kind in RANKED and rank is not None and (_rank(o) or 8) < rank and (sort == "first" or named <= _office(o))]
    same = [o for o in alike if _alike(meant, o, named)]
    counter = higher if sort == "highest" else same
    ranked = kind in RANKED
    level = f" of rank {rank}" if ranked and rank is not None else ""
    asks = f"{kind}{level} from {ways[0]} to {ways[1]} after {after or 'ever'} and before {day}"
    comparable = rank is not None if ranked else _telling(meant) != {}
    return Query(meant, asks, tuple(sorted(counter, key=by_day)), len(higher), comparable, day)


def _way(act: Act) -> tuple[str, str]:
    return source(act), target(act)


def _alike(meant: Act, other: Act, named: frozenset[str]) -> bool:
    mine, theirs = _telling(meant), _telling(other)
    if meant.claim.kind in RANKED:
        shared = mine.keys() & theirs.keys()
        rank = _rank(meant)
        return rank is not None and _rank(other) == rank and _same_office(meant, other, named) and all(mine[name] == theirs[name] for name in shared)
    return bool(mine) and mine == theirs


def _telling(act: Act) -> dict[str, str]:
    return {name: value for name in TELLING.get(act.claim.kind, ()) if (value := act.claim.detail(name)) is not None}


def _meant(claim: Act, words: str, after: date | None, material: Material) -> Act | None:
    """The act that is called a first: of the kind its words name, of the same text and nearest, or of the same days and people."""
    kind, at = lexicon.means("deeds", words), claim.claim.spans[0]
    kinds = (kind,) if kind in KINDS else KINDS
    if claim.claim.made_by != "table":
        held = material.of_texts(*kinds).get(at.document)
        chosen = [o for o in (held.acts if held else ()) if states(o) & states(claim) and o.claim.status in TOLD]
        told = [o for o in chosen if after is None or (first_day(o) or date.min) >= after]
        return min(told, key=lambda o: (_rank(o) is None, abs(o.claim.spans[0].start - at.start), o.id), default=None)
    day = first_day(claim)
    days = () if day is None else material.timeline(*kinds).within(shifted(day, -NEAR.days), shifted(day, NEAR.days + 1))
    near = [o for o in days if states(o) and states(o) == states(claim) and o.claim.status in TOLD]
    return max(near, key=lambda o: (source(o) == source(claim), _shared(claim, o), -KINDS.index(o.claim.kind), o.id), default=None)


def _shared(one: Act, other: Act) -> int:
    mine, theirs = ({p.person for p in (*a.claim.source, *a.claim.target) if p.person} for a in (one, other))
    return len(mine & theirs)


def _same_office(one: Act, other: Act, named: frozenset[str]) -> bool:
    """True when the other office has the words that the claim names of it; where it names none, when the two share any, or one is unknown."""
    mine, theirs = _office(one), _office(other)
    if named:
        return named <= theirs
    return not mine or not theirs or bool(mine & theirs)


def _office(act: Act) -> frozenset[str]:
    chief = min((p for p in act.claim.source if p.office), key=lambda p: p.rank or 8, default=None)
    return _words("" if chief is None or chief.office is None else chief.office)


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in _OFFICE.findall(text.casefold()) if word not in _plain())


@cache
def _plain() -> frozenset[str]:
    return frozenset(row["word"] for row in lexicon.rows("offices"))


def _before(act: Act, after: date | None, day: date) -> bool:
    begins = first_day(act)
    return begins is not None and begins < day - NEAR and (after is None or begins >= after)


def _rank(act: Act) -> int | None:
    return min((p.rank for p in act.claim.source if p.rank is not None), default=None)


def _values(claim: Act, words: str, after: date | None, material: Material) -> Query:
    """Higher values of other periods, each by its own source; of the year of the claim the highest source counts."""
    measure = _measure(words)
    values = [o for o in material.of("trade_value") if states(o) == states(claim) and _measure(o.claim.detail("measure") or "") == measure]
    day = first_day(claim) or claim.known or material.as_of
    claimed = _of_year(values, day.year) or _of_year(values, day.year - 1)
    asks = f"a higher {measure or 'value'} than that of {day.year}, after {after or 'ever'}"
    if not claimed or not measure:
        return Query(None, asks, (), 0, comparable=False, until=day)
    unit = claimed[0].claim.detail("unit") or ""
    top = max(_in(o, unit) for o in claimed)
    earlier = [o for o in values if o not in claimed and _before(o, after, day)]
    counter = sorted((o for o in earlier if _in(o, unit) > top), key=by_day)
    return Query(claimed[0], asks, tuple(counter), 0, comparable=bool(earlier), until=day)


def _measure(words: str) -> str:
    return lexicon.means("measures", words)


def _of_year(values: list[Act], year: int) -> list[Act]:
    return [o for o in values if (d := first_day(o)) is not None and d.year == year]


def _in(act: Act, unit: str) -> float:
    found = in_unit(act.claim.detail("value") or "", act.claim.detail("unit") or "", unit)
    return 0.0 if found is None else float(found)
