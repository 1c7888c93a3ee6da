"""From claims to acts: the one thing in the world that several claims speak of. Counts are made of acts, never of reports.

Two claims are of one act when kind, parties, days and persons agree by the rules below; a person's merge overrules them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from detente import dates
from detente.dates import Interval
from detente.keep import decisions
from detente.keep.reviews import Standing
from detente.records import Act, Citation, Claim, Merge, identity

SLACK = timedelta(days=2)
"""Reports date one act a day or two apart: time zones, and the day of travel."""
LONGEST_DAYS = 31
"""Without a name in common, two reports speak of one act only when both date it to a month or better."""
AROUND = timedelta(days=7)
"""How far apart a person looks for the act that a report may speak of."""
APART = frozenset({"trade_value", "forecast", "explanation", "superlative", "proclaimed_stage", "position", "issue"})
"""What somebody says or measures is an act of its own, even when another says the same."""
Left = tuple[str, Standing | None]
RECIPROCAL = frozenset({"meeting", "agreement", "obligation", "military"})


@dataclass(frozen=True, slots=True)
class Joined:
    """Why a claim was put to an act."""

    claim: str
    act: str
    reason: str


def same(one: Claim, other: Claim) -> str | None:
    """Why the two claims are of one act, or None when they are not or it is unsure."""
    if one.kind != other.kind or one.kind in APART or not _same_sides(one, other):
        return None
    if one.made_by == other.made_by == "table":
        return None
    if one.valid is None or other.valid is None or not _near(one.valid, other.valid):
        return None
    mine, theirs = persons(one), persons(other)
    if mine and theirs:
        return "kind, states, days and a person agree" if mine & theirs else None
    short = all(valid.days is not None and valid.days <= LONGEST_DAYS for valid in (one.valid, other.valid))
    return "kind, states and days agree" if short else None


def group(
    standing: Iterable[Standing], *, citations: Mapping[str, Citation], merges: Iterable[Merge] = ()
) -> tuple[tuple[Act, ...], tuple[Joined, ...]]:
    """The acts that the claims make, in the order of their first day, and why each claim that joined one did."""
    merges = tuple(merges)
    decided = decisions.in_force((merge.claim, merge) for merge in merges)
    joins = [merge for merge in merges if merge.decision == "joined" and decided.get(merge.claim) is merge]
    ordered = sorted(standing, key=_rank)
    named = {identity("act", item.stored): item for item in ordered} if joins else {}
    later = {merge.claim: merge for merge in joins if merge.act in named}
    held: list[list[Standing]] = []
    joined: list[Joined] = []
    index: dict[tuple[str, frozenset[str]], _Calendar] = defaultdict(_Calendar)
    for item in ordered:
        if item.stored not in later:
            _placed(item, decided.get(item.stored), held, index[item.claim.kind, item.claim.states], joined)
    if later:
        left = _left(decided, named, index)
        wanted = ((item, merge := later[item.stored], _name(merge, named, left)) for item in ordered if item.stored in later)
        _join(wanted, held, joined)
    acts = (_act(members, citations) for members in held)
    return tuple(sorted(acts, key=_order)), tuple(joined)


class _Calendar:
    """Acts of one kind and the same states by the months around the days of the claim that speaks for each, so that few need to be compared."""

    __slots__ = ("_all", "_long", "_months")

    def __init__(self) -> None:
        self._all: list[list[Standing]] = []
        self._long: list[int] = []
        self._months: dict[int, list[int]] = defaultdict(list)

    def enter(self, members: list[Standing]) -> None:
        """Take an act in; one without days is never near another."""
        if (valid := members[0].claim.valid) is not None:
            months = _months(valid)
            for held in (self._long,) if months is None else (self._months[month] for month in months):
                held.append(len(self._all))
            self._all.append(members)

    def near(self, claim: Claim) -> Iterable[list[Standing]]:
        """The acts that may be on the days of a claim, in the order they were taken in."""
        if claim.valid is None or claim.kind in APART:
            return ()
        months = _months(claim.valid)
        if months is None:
            return self._all
        return [self._all[place] for place in sorted({place for month in months for place in self._months.get(month, ())} | set(self._long))]


def _months(valid: Interval) -> range | None:
    """The months, counted from year 0, of a short interval and the slack around it; None for a longer or open one."""
    if valid.start is None or valid.stop is None or (valid.stop - valid.start).days > LONGEST_DAYS:
        return None
    first, last = valid.start, valid.stop
    return range(first.year * 12 + first.month - 1 - (first.day <= SLACK.days), last.year * 12 + last.month + (last.day > 28 - SLACK.days))


def candidates(item: Standing, found: Iterable[Act]) -> tuple[Act, ...]:
    """Acts between the same states within a week of a claim that is none of theirs: those of its kind first, then the nearest in days."""
    near = [(act.claim.kind != item.claim.kind, days, act.id, act) for act in found if (days := _days_apart(item, act)) is not None]
    return tuple(act for *_, act in sorted(near, key=lambda each: each[:3]))


def _days_apart(item: Standing, act: Act) -> int | None:
    """Days between a claim and an act of the same states; None when they are too far apart or the claim is of the act."""
    mine, theirs = _span(item.claim), _span(act.claim)
    if item.stored in act.claims or act.claim.states != item.claim.states or mine is None or theirs is None or not _near(mine, theirs, AROUND):
        return None
    one, other = mine.start or mine.stop, theirs.start or theirs.stop
    return abs((one - other).days) if one and other else None


def _span(claim: Claim) -> Interval | None:
    return claim.valid or (dates.day(claim.known) if claim.known else None)


def act_id(members: Sequence[Standing]) -> str:
    """The identity of an act: that of the claim by which it first became known."""
    first = min(members, key=lambda s: (s.claim.known or date.max, s.stored))
    return identity("act", first.stored)


def persons(claim: Claim) -> frozenset[str]:
    """Words of the persons' names on either side, folded; any shared word counts, since the order of names differs by tongue."""
    named = " ".join(party.person for party in (*claim.source, *claim.target) if party.person)
    folded = unicodedata.normalize("NFKD", named).casefold()
    return frozenset(word for word in re.findall(r"[^\W\d_]+", folded) if len(word) > 2)


def _rank(item: Standing) -> tuple[bool, date, str]:
    return not item.accepted, item.claim.known or date.max, item.stored


def _placed(item: Standing, merge: Merge | None, held: list[list[Standing]], calendar: _Calendar, joined: list[Joined]) -> None:
    """Put a claim to the act that it is of by the rules, or to a new one; never to the one that a person parted it from."""
    barred = merge.act if merge is not None and merge.decision == "parted" else None
    for members in calendar.near(item.claim):
        reason = same(members[0].claim, item.claim)
        if reason is not None and not _named(members, barred):
            members.append(item)
            joined.append(Joined(item.stored, act_id(members), reason))
            return
    mine = [item]
    held.append(mine)
    if not _named(mine, barred):  # parted from the act that was named after it: nothing joins it by itself
        calendar.enter(mine)


def _named(members: Sequence[Standing], act: str | None) -> bool:
    """Whether an act was named after any of these claims."""
    return act is not None and any(identity("act", item.stored) == act for item in members)


def _left(decided: Mapping[str, Merge], named: Mapping[str, Standing], index: Mapping[tuple[str, frozenset[str]], _Calendar]) -> dict[str, Left]:
    """Acts that the claim they were named after was taken out of: when, and the claim that the rules put it with (None: with none)."""
    found: dict[str, Left] = {}
    for merge in decided.values():
        item = named.get(merge.act)
        if merge.decision == "parted" and item is not None and item.stored == merge.claim:
            near = index[item.claim.kind, item.claim.states].near(item.claim)
            found[merge.act] = merge.at, next((members[0] for members in near if same(members[0].claim, item.claim) is not None), None)
    return found


def _name(merge: Merge, named: Mapping[str, Standing], left: Mapping[str, Left]) -> Standing | None:
    """The claim by which the act of a join is found now."""
    since, heir = left.get(merge.act, ("", None))
    return heir if since > merge.at else named[merge.act]


def _join(later: Iterable[tuple[Standing, Merge, Standing | None]], held: list[list[Standing]], joined: list[Joined]) -> None:
    """Put claims to the acts that a person joined them to, each given by the claim it is named after, in the order of the decisions."""
    of = {item.stored: members for members in held for item in members}
    for item, merge, name in sorted(later, key=lambda each: (each[1].at, each[0].stored)):
        members = None if name is None else of.get(name.stored)
        if members is None:
            of[item.stored] = [item]
            held.append(of[item.stored])
            continue
        of[item.stored] = members
        members.append(item)
        members.sort(key=_rank)
        joined.append(Joined(item.stored, act_id(members), f"{merge.by}: {merge.reason}"))


def _same_sides(one: Claim, other: Claim) -> bool:
    if not one.states or one.states != other.states:
        return False
    return one.kind in RECIPROCAL or {party.state for party in one.source} == {party.state for party in other.source}


def _near(one: Interval, other: Interval, slack: timedelta = SLACK) -> bool:
    ends = ((one.start, other.stop), (other.start, one.stop))
    return all(start is None or stop is None or start - stop < slack for start, stop in ends)


def _act(members: list[Standing], citations: Mapping[str, Citation]) -> Act:
    """An accepted act is known and cited by what is accepted of it; proposals that joined it are kept but vouch for nothing."""
    speaks = members[0]
    vouched = [s for s in members if s.accepted or not speaks.accepted]
    days = [s.claim.known for s in vouched if s.claim.known is not None]
    cited = {s.claim.spans[0].document: s.claim for s in vouched}
    return Act(
        id=act_id(members),
        claim=speaks.claim,
        claims=tuple(s.stored for s in members),
        known=min(days, default=None),
        accepted=speaks.accepted,
        citations=tuple(_rated(citations[key], claim) for key, claim in cited.items()),
    )


def _rated(citation: Citation, claim: Claim) -> Citation:
    reliability, credibility = claim.detail("reliability"), claim.detail("credibility")
    return replace(citation, reliability=reliability, credibility=credibility) if reliability or credibility else citation


def _order(act: Act) -> tuple[date, str]:
    start = None if act.claim.valid is None else act.claim.valid.start
    return start or act.known or date.max, act.id
