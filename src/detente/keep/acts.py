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

from detente.dates import Interval
from detente.keep.reviews import Standing
from detente.records import Act, Citation, Claim, Merge, identity

SLACK = timedelta(days=2)
"""Reports date one act a day or two apart: time zones, and the day of travel."""
LONGEST_DAYS = 31
"""Without a name in common, two reports speak of one act only when both date it to a month or better."""
APART = frozenset({"trade_value", "forecast", "explanation", "superlative", "proclaimed_stage", "position", "issue"})
"""What somebody says or measures is an act of its own, even when another says the same."""
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
    ordered = sorted(standing, key=lambda s: (not s.accepted, s.claim.known or date.max, s.stored))
    decided = {merge.claim: merge for merge in merges}
    held: list[list[Standing]] = []
    joined: list[Joined] = []
    index: dict[tuple[str, frozenset[str]], _Calendar] = defaultdict(_Calendar)
    for item in ordered:
        calendar = index[item.claim.kind, item.claim.states]
        found = _place(item, calendar, held, decided)
        if found is None:
            held.append(mine := [item])
            calendar.enter(mine)
        elif found[1] is not None:
            joined.append(Joined(item.stored, act_id(found[0]), found[1]))
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


def act_id(members: Sequence[Standing]) -> str:
    """The identity of an act: that of the claim by which it first became known."""
    first = min(members, key=lambda s: (s.claim.known or date.max, s.stored))
    return identity("act", first.stored)


def persons(claim: Claim) -> frozenset[str]:
    """Words of the persons' names on either side, folded; any shared word counts, since the order of names differs by tongue."""
    named = " ".join(party.person for party in (*claim.source, *claim.target) if party.person)
    folded = unicodedata.normalize("NFKD", named).casefold()
    return frozenset(word for word in re.findall(r"[^\W\d_]+", folded) if len(word) > 2)


def _place(item: Standing, calendar: _Calendar, held: list[list[Standing]], decided: Mapping[str, Merge]) -> tuple[list[Standing], str | None] | None:
    merge = decided.get(item.stored)
    if merge is not None and merge.decision == "joined":
        wanted = next((members for members in held if act_id(members) == merge.act), None)
        if wanted is not None:
            wanted.append(item)
            return wanted, f"{merge.by}: {merge.reason}"
    barred = merge.act if merge is not None and merge.decision == "parted" else None
    for members in calendar.near(item.claim):
        reason = same(members[0].claim, item.claim)
        if reason is not None and act_id(members) != barred:
            members.append(item)
            return members, reason
    return None


def _same_sides(one: Claim, other: Claim) -> bool:
    if not one.states or one.states != other.states:
        return False
    return one.kind in RECIPROCAL or {party.state for party in one.source} == {party.state for party in other.source}


def _near(one: Interval, other: Interval) -> bool:
    stop = None if one.stop is None else one.stop + SLACK
    start = None if one.start is None else one.start - SLACK
    return Interval(start, stop, "days").overlaps(other)


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
    return replace(citation, reliability=claim.detail("reliability"), credibility=claim.detail("credibility"))


def _order(act: Act) -> tuple[date, str]:
    start = None if act.claim.valid is None else act.claim.valid.start
    return start or act.known or date.max, act.id
