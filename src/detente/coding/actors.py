"""Who is named in a document: states, bodies, firms, and persons with office, rank and state, sentence by sentence.

The whole document is read first: it says which Korea "the North" is, whose minister a man is whom it names again by his family name,
and which two states it is about. Pronouns and "both sides" are left to references.py.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from detente.coding import leaders, offices, persons
from detente.coding.formers import successor
from detente.coding.gazetteer import Entry, Gazetteer, Hit, rows
from detente.coding.persons import Titled
from detente.coding.sentences import Sentence
from detente.records import Party

_COUNTED = frozenset({"name", "demonym", "capital", "seat"})
_LAST_FIRST = frozenset({"PRK", "KOR", "CHN", "TWN", "VNM"})
_AND = re.compile(r"[\s,]*(?:and|or|&|[-–/]|as well as|together with)?[\s]*(?:the|both|of|from|for|between)?\s*")
_AIMED = frozenset({"to", "for", "on", "about", "against"})
_CONDITION = re.compile(r"([|&!]?)([A-Z]{3})")


@dataclass(frozen=True, slots=True)
class Mention:
    """[start, stop) of a sentence and the parties that it names; `form` as in the tables, or `person`, or `role` for an office without a name."""

    start: int
    stop: int
    parties: tuple[Party, ...]
    form: str

    @property
    def states(self) -> tuple[str, ...]:
        """The states among its parties."""
        return tuple(party.state for party in self.parties if party.state is not None)


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody named in a document: mentions by sentence, persons by full and by family name, states by how often they are named."""

    mentions: tuple[tuple[Mention, ...], ...]
    people: Mapping[str, Party]
    states: tuple[str, ...]

    @property
    def pair(self) -> tuple[str, ...]:
        """The two states that the document speaks of most, or fewer."""
        return self.states[:2]


def read(sentences: Sequence[Sentence], gazetteer: Gazetteer, *, day: date | None) -> Cast:
    """The cast of a document; `day` is its publication, by which offices are dated."""
    raw = [tuple(successor(hit, day) for hit in gazetteer.find(sentence.text)) for sentence in sentences]
    counts = _counts(raw)
    hits = [tuple(_held(found, counts, sentence.text)) for found, sentence in zip(raw, sentences, strict=True)]
    counts.update(state for found in hits for hit in found if hit.entry.form == "short" for state in _codes(hit.entry.state))
    people = _People(counts, day)
    titled = [_titled(sentence, found) for sentence, found in zip(sentences, hits, strict=True)]
    for sentence, found, named in zip(sentences, hits, titled, strict=True):
        people.learn(sentence.text, found, named)
    again = people.names()
    mentions = tuple(_mentions(sentence.text, found, named, people, again) for sentence, found, named in zip(sentences, hits, titled, strict=True))
    return Cast(mentions, people.known, _ordered(mentions))


def chosen(text: str, mentions: Sequence[Mention], start: int, stop: int) -> tuple[Mention, ...]:
    """The mentions that a phrase at [start, stop) stands for: its first that is not aimed at, with those coordinated to it."""
    inside = [mention for mention in mentions if mention.start < stop and start < mention.stop]
    if not inside:
        return ()
    first = next((mention for mention in inside if _before(text, mention.start, start) not in _AIMED), inside[0])
    group = [first]
    for mention in inside[inside.index(first) + 1 :]:
        if _AND.fullmatch(text, group[-1].stop, mention.start) is None or mention.form == "place":
            break
        group.append(mention)
    return tuple(group)


def _before(text: str, at: int, floor: int) -> str:
    words = text[max(floor, at - 24) : at].lower().replace("the ", "").split()
    return words[-1] if words else ""


def _counts(raw: Iterable[Sequence[Hit]]) -> Counter[str]:
    return Counter(state for found in raw for hit in found if hit.entry.form in _COUNTED for state in _codes(hit.entry.state))


def _codes(state: str | None) -> list[str]:
    return state.split("+") if state else []


def _held(hits: Iterable[Hit], counts: Counter[str], text: str) -> Iterator[Hit]:
    """The hits that hold in this document; short names with the state that they stand for here."""
    for hit in hits:
        if _compound(text, hit):
            continue
        if hit.entry.form != "short":
            yield hit
            continue
        state = _meant(hit.entry, counts)
        if state is not None:
            yield replace(hit, entry=replace(hit.entry, state=state))


def _meant(entry: Entry, counts: Counter[str]) -> str | None:
    states, conditions = (entry.state or "").split(";"), (entry.code or "").split(";")
    return next((state for state, condition in zip(states, conditions, strict=True) if _fulfilled(condition, counts)), None)


def _fulfilled(condition: str, counts: Counter[str]) -> bool:
    terms = [(mark, counts[code] > 0) for mark, code in _CONDITION.findall(condition)]
    barred = any(mark == "!" and named for mark, named in terms)
    needed = all(named for mark, named in terms if mark == "&")
    wanted = [named for mark, named in terms if mark in ("", "|")]
    return not barred and needed and (any(wanted) or not wanted)


def _compound(text: str, hit: Hit) -> bool:
    after = re.match(r"[-–](\w+)", text[hit.stop : hit.stop + 16])
    if after is not None and _compounds().get(after.group(1).lower()) == "after":
        return True
    before = re.search(r"(\w+)[-–]$", text[max(0, hit.start - 8) : hit.start])
    return before is not None and _compounds().get(before.group(1).lower()) == "before"


@cache
def _compounds() -> Mapping[str, str]:
    return {row["word"]: row["place"] for row in rows("compounds.csv")}


def _titled(sentence: Sentence, hits: Sequence[Hit]) -> tuple[Titled, ...]:
    if sentence.role in ("furniture", "noise"):
        return ()
    words = [word for word in sentence.text.split() if word[0].isalpha() and len(word) > 3]
    if sentence.role == "heading" and sum(word[0].isupper() for word in words) * 5 > len(words) * 4:
        return ()
    return persons.titled(sentence.text, hits)


def _mentions(text: str, hits: Sequence[Hit], titled: Sequence[Titled], people: _People, again: Gazetteer) -> tuple[Mention, ...]:
    found = [Mention(min(one.start, one.title_start), max(one.stop, one.title_stop), (people.party(one),), "person") for one in titled]
    for hit in again.find(text):
        if _free(hit.start, hit.stop, found) and _alone(text, hit, hits):
            found.append(Mention(hit.start, hit.stop, (people.known[hit.entry.name],), "person"))
    for role in persons.roles(text, hits):
        if _free(role.start, role.stop, found) and (party := people.holder(role)) is not None:
            found.append(Mention(role.start, role.stop, (party,), "role"))
    found += [_mention(hit) for hit in hits if _free(hit.start, hit.stop, found)]
    return tuple(sorted(found, key=lambda mention: mention.start))


def _alone(text: str, hit: Hit, hits: Sequence[Hit]) -> bool:
    """Whether a name met again is the whole name: `Kim` in `Kim Jong Un` is not the Kim of before, nor `Assad` in `al-Assad airbase`."""
    if text[hit.start - 1 : hit.start] in ("-", "–"):
        return False
    if re.match(r"[ ][A-Z][a-z]", text[hit.stop : hit.stop + 3]) and not any(other.start == hit.stop + 1 for other in hits):
        return False
    before = re.search(r"([A-Z][\w’'-]+)[ ]$", text[max(0, hit.start - 24) : hit.start])
    if before is None or any(other.start < hit.start <= other.stop + 1 for other in hits):
        return True
    return not persons.may_name(before.group(1))


def _free(start: int, stop: int, taken: Iterable[Mention]) -> bool:
    return all(stop <= other.start or other.stop <= start for other in taken)


def _mention(hit: Hit) -> Mention:
    entry = hit.entry
    if entry.form in ("igo", "ngo", "img"):
        return Mention(hit.start, hit.stop, (Party(body=entry.code),), entry.form)
    if entry.form == "firm":
        return Mention(hit.start, hit.stop, (Party(state=entry.state, body=entry.name, rank=7),), entry.form)
    return Mention(hit.start, hit.stop, tuple(Party(state=code) for code in _codes(entry.state)), entry.form)


def _ordered(mentions: Iterable[Sequence[Mention]]) -> tuple[str, ...]:
    """States by how often they are named, the earlier first among equals; a place counts for nothing."""
    counts: Counter[str] = Counter()
    for found in mentions:
        counts.update(state for mention in found if mention.form != "place" for state in mention.states)
    return tuple(state for state, _ in counts.most_common())


class _People:
    """The persons of one document, learnt in the order of the text."""

    def __init__(self, counts: Counter[str], day: date | None) -> None:
        self.known: dict[str, Party] = {}
        self._counts, self._day = counts, day
        self._last: str | None = None

    def learn(self, text: str, hits: Sequence[Hit], titled: Sequence[Titled]) -> None:
        """Take up the persons of a sentence."""
        for one in titled:
            self._keep(text[one.start : one.stop], self._party(text, hits, one, titled))
        for name, party in leaders.named(text, self._day):
            self._keep(name, party)
        states = [state for hit in hits if hit.entry.form in _COUNTED for state in _codes(hit.entry.state)]
        self._last = states[0] if states else self._last

    def names(self) -> Gazetteer:
        """A gazetteer of everybody learnt, by full and by family name."""
        return Gazetteer(Entry(name, "person") for name in self.known)

    def party(self, one: Titled) -> Party:
        """The person whom a title introduces here."""
        return self.known[one.name]

    def holder(self, role: Titled) -> Party | None:
        """Who holds the office that a role without a name speaks of: a person of the document, or the bare office of a state."""
        rung = offices.rank(role.office, within_state=role.regional)
        fits = [party for party in dict.fromkeys(self.known.values()) if party.rank == rung and _same_office(party, role)]
        states = {party.state for party in fits if party.state == role.state or role.state is None}
        held = [party for party in fits if party.state in states]
        if len({party.person for party in held}) == 1:
            return held[-1]
        if role.state is None and role.code is None:
            return None
        return Party(state=role.state, body=role.code if role.state is None else None, office=role.office, rank=rung)

    def _keep(self, name: str, party: Party) -> None:
        earlier = self.known.get(name)
        if earlier is not None and earlier.office is not None and (party.state in (None, earlier.state)) and party.office is None:
            party = earlier
        if earlier is not None and party.state is None:
            party = replace(party, state=earlier.state)
        if earlier is not None and earlier.person is not None and len(earlier.person) > len(party.person or ""):
            party = replace(party, person=earlier.person)
        full = party.person or name
        for key in {name, full, family(full, party.state)}:
            if len(key) > 1:
                self.known[key] = party

    def _party(self, text: str, hits: Sequence[Hit], one: Titled, titled: Sequence[Titled]) -> Party:
        table = leaders.find(one.name, self._day)
        earlier = self.known.get(one.name)
        state = one.state or (table.state if table is not None else None) or (earlier.state if earlier is not None else None)
        if state is None and one.code is None:
            state = self._guessed(text, hits, one, titled)
        rung = offices.rank(one.office, within_state=one.regional)
        return Party(
            state=state, body=one.code if state is None else None, person=one.name, office=one.office or None, rank=None if one.past else rung
        )

    def _guessed(self, text: str, hits: Sequence[Hit], one: Titled, titled: Sequence[Titled]) -> str | None:
        """The state of a person whose title names none: owner of the title, family name, neighbour in the list, the name before."""
        owner = next((party for name, party in self.known.items() if re.search(rf"\b{re.escape(name)}[’']s\b", one.office)), None)
        if owner is not None:
            return owner.state
        kin = [state for state in family_states(one.name) if self._counts[state] > 0]
        if kin:
            return max(kin, key=lambda state: self._counts[state])
        before = next((other for other in reversed(titled) if other.start < one.start), None)
        if before is not None and before.name in self.known and self.known[before.name].state is not None:
            return self.known[before.name].state
        left = [state for hit in hits if hit.start < one.start and hit.entry.form in (*_COUNTED, "short") for state in _codes(hit.entry.state)]
        return left[-1] if left else self._last


def _same_office(party: Party, role: Titled) -> bool:
    if party.office is None:
        return False
    ours, theirs = offices.head_of(role.office), offices.head_of(party.office)
    wanted = set(role.office.lower().split()) & {"foreign", "prime", "defence", "defense", "vice", "deputy"}
    return ours == theirs and wanted <= set(party.office.lower().replace("-", " ").split())


def family(name: str, state: str | None) -> str:
    """The family name: the first word for Koreans, Chinese and Vietnamese, else the last with its particles."""
    words = name.split()
    if not words:
        return ""
    return words[0] if state in _LAST_FIRST and len(words) > 1 else words[-1]


def family_states(name: str) -> tuple[str, ...]:
    """The states where a family name or its ending is at home; it only decides between states that the document names."""
    words = name.split()
    if not words:
        return ()
    first = [row["states"] for row in _families() if row["place"] == "first" and row["name"] == words[0] and len(words) > 1]
    last = [row["states"] for row in _families() if row["place"] == "end" and words[-1].endswith(row["name"])]
    return tuple(dict.fromkeys(state for states in first or last for state in states.split()))


@cache
def _families() -> tuple[dict[str, str], ...]:
    return tuple(rows("families.csv"))
