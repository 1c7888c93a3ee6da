"""Sanctions and the exceptions to them: who forbids what to whom since when, what was let through all the same, and acts that a ban may touch.

An exception is no repeal: the ban stays in force. An exception that is told after its ban had ended says so instead. An act is held against the
bans in force on its day by what both name (arms, coal, labour); a hit is a question to a reader and no finding of breach.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date

from detente.dates import Interval
from detente.examine import lexicon
from detente.examine.material import TOLD, How, Material, Proof, by_day, first_day, how, last_day, source, states, target, today
from detente.records import Act

LONGEST_DAYS = 31
"""A longer interval is the time a ban holds; a shorter one the day it was imposed, and it holds until another row ends it."""
HELD_AGAINST = ("project_milestone", "agreement", "military", "border", "obligation", "target")


@dataclass(frozen=True, slots=True, kw_only=True)
class Exemption:
    """Something a ban lets through. `state`: in force with exception, outlives its ban, before its ban, or ban unknown."""

    act: str
    ban: str
    ban_words: str
    lets_through: str
    by: str
    when: Interval | None
    state: str
    how: How
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ban:
    """A measure that forbids. `ends` None: no end is known by the day of the question."""

    act: str
    key: str
    sender: str
    targets: tuple[str, ...]
    form: str
    scope: str
    instrument: str
    begins: date | None
    ends: date | None
    state: str
    exceptions: int
    words: str
    between: bool
    how: How
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """An act that names what a ban in force on its day names; `excepted` is the exception that let it through, empty when none is known."""

    act: str
    ban: str
    touches: tuple[str, ...]
    excepted: str
    words: str
    ban_words: str
    when: Interval | None
    how: How
    proofs: tuple[Proof, ...]


def find(material: Material) -> tuple[Ban, ...]:
    """Bans on either of the two that were in force in the span asked, by the day they began."""
    return tuple(ban for ban in _ever(material) if _asked(ban, material))


def exemptions(material: Material) -> tuple[Exemption, ...]:
    """Exceptions that touch either of the two, each tied to its ban and to what it lets through where these are known."""
    chosen = sorted(material.beside("exception"), key=by_day)
    return tuple(_exemption(act, material) for act in chosen)


def checks(material: Material) -> tuple[Check, ...]:
    """Acts between the two held against the bans in force on their day."""
    held = [(ban, banned) for ban in _ever(material) if (banned := _named(ban.scope or ban.words))]
    acts = [act for act in material.between(*HELD_AGAINST) if act.claim.status in TOLD]
    named = ((act, goods) for act in acts if (goods := _goods(act, material)))
    meet = ((act, ban, goods & banned) for act, goods in named for ban, banned in held if not goods.isdisjoint(banned))
    return tuple(_check(*each, material) for each in meet if _holds(each[1], each[0]))


def is_ban(act: Act) -> bool:
    """True for a sanction that does not ease another, and for what the coder reads as a sanction or as outlawing without typing it further."""
    if act.claim.kind == "event" and (act.claim.made_by == "table" or not (act.claim.event_class == "SANCTION" or act.claim.mode == "ban")):
        return False
    return act.claim.kind in ("sanction", "event") and act.claim.status in TOLD and not _warms(act)


def in_force(ban: Ban, day: date | None) -> bool:
    """True when a ban holds on a day; a ban without a known beginning holds from ever."""
    return day is not None and (ban.begins is None or ban.begins <= day) and (ban.ends is None or day <= ban.ends)


def standing(ban: Ban | None, day: date | None) -> str:
    """How an exception told on a day stands to its ban."""
    if ban is None:
        return "ban unknown"
    if day is None or in_force(ban, day):
        return "in force with exception"
    return "outlives its ban" if ban.ends is not None and day > ban.ends else "before its ban"


def _ever(material: Material) -> list[Ban]:
    """Bans on either of the two, whenever they were in force, by the day they began."""
    pair = set(material.dyad)
    chosen = [act for act in material.of("sanction", "event") if is_ban(act) and not pair.isdisjoint(today(p.state) for p in act.claim.target)]
    return sorted((_ban(act, material) for act in chosen), key=lambda b: (b.begins or date.min, b.act))


def _holds(ban: Ban, act: Act) -> bool:
    return in_force(ban, first_day(act)) and not states(act).isdisjoint(ban.targets)


def _ban(act: Act, material: Material) -> Ban:
    claim = act.claim
    begins, ends = _begins(act), _ends(act, material)
    tied = _exceptions(claim.detail("key"), material)
    over = ends is not None and ends < material.as_of
    return Ban(
        act=act.id, key=claim.detail("key") or act.id, sender=source(act), targets=tuple(sorted({s for p in claim.target if (s := today(p.state))})),
        form=claim.detail("form") or "", scope=claim.detail("scope") or "", instrument=claim.detail("instrument") or "", begins=begins, ends=ends,
        state="ended" if over else "in force with exceptions" if tied else "in force", exceptions=len(tied), words=material.sentence(act)[2],
        between=set(material.dyad) <= states(act), how=how(act), proofs=(material.proof(act),),
    )  # fmt: skip


def _begins(act: Act) -> date | None:
    return first_day(act) if act.claim.valid is None or act.claim.valid.start else None


def _ends(act: Act, material: Material) -> date | None:
    """The last day of a ban: told by a long interval, or by a later row of the same instrument that warms."""
    valid = act.claim.valid
    if valid is not None and valid.days is not None and valid.days > LONGEST_DAYS and act.claim.made_by == "table":
        return last_day(act)
    named = act.claim.detail("instrument")
    held = material.saying("instrument", "sanction", "event").get(named) if named else None
    if held is None:
        return None
    later = held.acts[bisect_right(held.days, first_day(act) or date.min) :]
    return next((first_day(other) for other in later if _warms(other)), None)


def _warms(act: Act) -> bool:
    return int(act.claim.detail("effect") or 0) > 0


def _asked(ban: Ban, material: Material) -> bool:
    late = material.until is not None and ban.begins is not None and ban.begins > material.until
    early = material.since is not None and ban.ends is not None and ban.ends < material.since
    return not late and not early


def _exemption(act: Act, material: Material) -> Exemption:
    banned = material.by_key(act.claim.detail("ban")) or _likely_ban(act, material)
    through = material.by_key(act.claim.detail("act"))
    ban = None if banned is None else _ban(banned, material)
    tied = [other for other in (act, banned, through) if other is not None]
    return Exemption(
        act=act.id, ban="" if ban is None else ban.key, ban_words="" if ban is None else ban.words,
        lets_through="" if through is None else material.sentence(through)[2], by=source(act) or target(act), when=act.claim.valid,
        state=standing(ban, first_day(act)), how=how(act), proofs=material.proofs(tied),
    )  # fmt: skip


def _likely_ban(act: Act, material: Material) -> Act | None:
    """For a proposal that names no ban: the sanction told nearest before it in the same text, if it is of one of its states."""
    if act.claim.detail("ban") is not None:
        return None
    at = act.claim.spans[0]
    held = material.of_texts("sanction", "event").get(at.document)
    before = [other for other in (held.acts if held else ()) if other.claim.spans[0].start <= at.start and other.id != act.id]
    near = [other for other in before if states(other) & states(act) and _forbids(other, material)]
    return max(near, key=lambda other: other.claim.spans[0].start, default=None)


def _forbids(act: Act, material: Material) -> bool:
    """True for a ban, and for a proposal whose sentence speaks of one."""
    return is_ban(act) or (act.claim.made_by != "table" and bool(lexicon.hits("remarks", material.sentence(act)[2], wanted=("prohibition",))))


def _check(act: Act, ban: Ban, touches: frozenset[str], material: Material) -> Check:
    excepted = _excepted(act, ban, material)
    tied = [other for other in (act, material.by_key(ban.act), excepted) if other is not None]
    return Check(
        act=act.id, ban=ban.key, touches=tuple(sorted(touches)), excepted="" if excepted is None else excepted.claim.detail("key") or excepted.id,
        words=material.sentence(act)[2], ban_words=ban.words, when=act.claim.valid, how=how(act), proofs=material.proofs(tied),
    )  # fmt: skip


def _excepted(act: Act, ban: Ban, material: Material) -> Act | None:
    return next((other for other in _exceptions(ban.key, material) if other.claim.detail("act") in (act.id, act.claim.detail("key"))), None)


def _exceptions(ban: str | None, material: Material) -> tuple[Act, ...]:
    held = material.saying("ban", "exception").get(ban) if ban else None
    return () if held is None else held.acts


def _goods(act: Act, material: Material) -> frozenset[str]:
    told = " ".join(filter(None, (material.sentence(act)[2], act.claim.detail("sector"), act.claim.detail("weapon"))))
    economic = {"trade"} if any(d.startswith("economic") for d in act.claim.dimensions) else set()
    return _named(told) | economic


def _named(words: str) -> frozenset[str]:
    return frozenset(lexicon.every("goods", words))
