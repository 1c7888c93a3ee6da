"""Who acts and who is acted upon in a Russian deed: the parties of the words in its places, kept apart into two sides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from detente.coding.actors import Mention
from detente.coding.russian import frames
from detente.coding.russian.frames import Deed
from detente.coding.russian.parse import Parsed, Word
from detente.records import Party

Parties = tuple[Party, ...]
Fits = Callable[[Mention], bool]
_PEOPLE = ("person", "role", "both")


@dataclass(frozen=True, slots=True)
class Sides:
    """The parties of a deed and the mentions that name them."""

    source: Parties
    target: Parties
    mentions: tuple[Mention, ...]


def read(sent: Parsed, deed: Deed, mentions: Sequence[Mention]) -> Sides | None:
    """The two sides, or None where they do not suffice: a deed joins two states or bodies."""
    ours = _first(sent, deed, deed.frame.source, mentions, _fitting(deed, "source"))
    theirs = _first(sent, deed, deed.frame.target, mentions, _fitting(deed, "target"))
    source, target = _parties(ours), _parties(theirs)
    if _joint(deed) and len(_homes(source)) > 1 and not _homes(target) - _homes(source):
        source, target = _parted(source)
    if not target and _joint(deed):
        between = _parties(_first(sent, deed, ("between", "gen", "adj"), mentions, lambda _: True))
        source, target = _parted(between) if len(_homes(between)) > 1 else (source, target)
    source = tuple(party for party in source if party not in target)
    if not _homes(source) or not _homes(target) or _homes(source) == _homes(target):
        return None
    return Sides(source, target, tuple(dict.fromkeys((*ours, *theirs))))


def _joint(deed: Deed) -> bool:
    return deed.frame.needs in ("pair", "signed", "phone")


def _fitting(deed: Deed, side: str) -> Fits:
    """Which mentions fit a side: who travels or is received is a person or a delegation, where one goes is a place or a host."""
    if deed.frame.needs == "travel" and side == "target":
        return lambda mention: mention.form in ("name", "capital", "place", *_PEOPLE)
    if side == "source" and deed.frame.needs in ("travel", "guest"):
        return lambda mention: mention.form in _PEOPLE
    return lambda mention: mention.form != "place"


def _first(sent: Parsed, deed: Deed, places: Iterable[str], mentions: Sequence[Mention], fits: Fits) -> tuple[Mention, ...]:
    """The mentions of the first place that names anybody."""
    for place in places:
        found = [mention for word in frames.fill(sent, deed, place) for mention in of_word(sent, word, mentions) if fits(mention)]
        if found:
            return tuple(dict.fromkeys(found))
    return ()


def of_word(sent: Parsed, word: Word, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions that a noun stands for: its own, else the nearest that hangs on it without a clause or another coordinated noun."""
    own = [mention for mention in mentions if mention.start < word.stop and word.start < mention.stop]
    if own:
        return own
    below = [other for other in sent.under(word) if other.i != word.i and _joined(sent, other, word)]
    found = [mention for other in below for mention in mentions if mention.start <= other.start < mention.stop]
    if not found:
        return []
    adjectives = [mention for mention in found if mention.form == "demonym"]
    return adjectives or [mention for mention in found if mention is found[0] or _coordinated(sent, found[0], mention)]


def _joined(sent: Parsed, other: Word, word: Word) -> bool:
    path = [other]
    for over in sent.above(other):
        if over.i == word.i:
            break
        path.append(over)
    clause = any(step.dep in ("acl", "acl:relcl", "advcl", "parataxis", "obl") for step in path)
    return not clause and path[-1].dep != "conj"


def _coordinated(sent: Parsed, one: Mention, other: Mention) -> bool:
    heads = [word for word in sent.words if one.start <= word.start < one.stop]
    return any(joined.start == other.start for word in heads for joined in frames.conjuncts(sent, word))


def _parties(mentions: Iterable[Mention]) -> Parties:
    return tuple(dict.fromkeys(party for mention in mentions for party in mention.parties))


def _homes(parties: Parties) -> set[str]:
    return {home for party in parties if (home := party.state or party.body) is not None}


def _parted(parties: Parties) -> tuple[Parties, Parties]:
    """The first state named against the others."""
    first = next(party.state or party.body for party in parties if party.state or party.body)
    mine = tuple(party for party in parties if (party.state or party.body) == first)
    return mine, tuple(party for party in parties if party not in mine)
