"""Who is named in a Russian document: states in every case, capitals, bodies, and persons with office, rank and state.

As in English the whole document is read in order: who was introduced by his office is known again by his family name or by `министр`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from detente.coding import leaders
from detente.coding.actors import Mention
from detente.coding.gazetteer import Entry, Gazetteer, Hit
from detente.coding.russian import names, persons
from detente.coding.russian.parse import Parsed
from detente.coding.russian.persons import Office, Run
from detente.coding.russian.tables import among, plain, rows
from detente.records import Party

_YO = re.compile("ё")


@dataclass(slots=True)
class Cast:
    """What a document has told so far: persons by their names, who was named first in the last sentence
    that named a person (by gender), and how often each state was named."""

    day: date | None
    people: dict[str, Party] = field(default_factory=dict)
    last: dict[str, Party] = field(default_factory=dict)
    roles: dict[int | None, Party] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def pair(self) -> tuple[Party, ...]:
        """The two states that were named most, or fewer."""
        return tuple(Party(state=state) for state, _ in self.counts.most_common(2))

    def read(self, sent: Parsed) -> tuple[Mention, ...]:
        """The mentions of the next sentence, in order and without overlap."""
        before = dict(self.last)
        self.last.clear()
        hits = gazetteer().find(sent.text)
        runs = persons.runs(sent, hits)
        offices = persons.offices(sent, hits, runs)
        found = [mention for office in offices if (mention := self._titled(sent, office, hits)) is not None]
        found += [mention for run in runs if (mention := self._bare(sent, run, offices)) is not None]
        found += [_mention(hit) for hit in hits if all(hit.stop <= one.start or one.stop <= hit.start for one in found)]
        self._count(found)
        found += self._again(sent, found, before)
        self.last = {**before, **self.last}
        return tuple(sorted(found, key=lambda mention: mention.start))

    def _titled(self, sent: Parsed, office: Office, hits: Sequence[Hit]) -> Mention | None:
        inside = [hit for hit in hits if office.start <= hit.start and hit.stop <= office.stop]
        home = next((_party(hit) for hit in inside), None)
        body = home.body if home is not None else None
        state = home.state if home is not None else None
        if office.name is None and office.plural and len(inside) > 1:
            each = (replace(_party(hit), office=office.words, rank=office.rank) for hit in inside)
            return Mention(office.start, office.stop, tuple(each), "role")
        if office.name is None:
            return self._holder(office, state, body)
        known = self._known(office.name)
        state = state or (known.state if known is not None else None)
        if state is None and body is None and known is not None:
            body = known.body
        party = Party(state=state, body=body, person=names.nominative(office.name.words), office=office.words, rank=office.rank)
        self._learn(party, office)
        return Mention(office.start, office.stop, (party,), "person")

    def _holder(self, office: Office, state: str | None, body: str | None) -> Mention | None:
        """An office without a name: whoever was introduced with it, or the bare office of a state; with neither nobody."""
        fits = [party for party in self.people.values() if party.rank == office.rank and party.state == (state or party.state)]
        if len({party.person for party in fits}) == 1:
            return Mention(office.start, office.stop, (fits[0],), "person")
        if state is None and body is None:
            known = self.roles.get(office.rank)
            return None if known is None else Mention(office.start, office.stop, (known,), "role")
        party = Party(state=state, body=body, office=office.words, rank=office.rank)
        self.last.setdefault(office.gender, party)
        self.roles[office.rank] = party
        return Mention(office.start, office.stop, (party,), "role")

    def _bare(self, sent: Parsed, run: Run, offices: Sequence[Office]) -> Mention | None:
        if any(office.start <= run.start < office.stop for office in offices):
            return None
        known = self._known(run)
        if known is None:
            return None
        full = names.nominative(run.words) if len(run.words) > 1 else known.person
        party = replace(known, person=full)
        self._learn(party, None, gender=run.words[0].feat("Gender"))
        return Mention(run.start, run.stop, (party,), "person")

    def _known(self, run: Run) -> Party | None:
        written = [word.text for word in run.words]
        for form in (names.nominative(run.words), " ".join(written), names.nominative(run.words[-1:]), written[-1]):
            found = self.people.get(form) or leader(form, self.day)
            if found is not None:
                return found
        return None

    def _learn(self, party: Party, office: Office | None, *, gender: str = "") -> None:
        words = (party.person or "").split()
        for key in {party.person or "", *words[:1], *words[-1:]} - {""}:
            self.people[key] = party
        self.last.setdefault(gender or (office.gender if office is not None else ""), party)

    def _again(self, sent: Parsed, found: Sequence[Mention], before: Mapping[str, Party]) -> Iterator[Mention]:
        """`он`, `она` and `стороны`, where it is known who they are: persons of the sentences before, else of this one."""
        for word in sent.words:
            if any(one.start <= word.start < one.stop for one in found):
                continue
            gender = "Masc" if among("he", word.text) else "Fem" if among("she", word.text) else "-"
            party = before.get(gender) or self.last.get(gender)
            if party is not None:
                yield Mention(word.start, word.stop, (party,), "person")
            elif among("both", word.text) and word.feat("Number") == "Plur" and len(self.pair) == 2 and not _owned(sent, word.i, found):
                yield Mention(word.start, word.stop, self.pair, "both")

    def _count(self, found: Sequence[Mention]) -> None:
        self.counts.update(state for mention in found if mention.form not in ("place", "both") for state in mention.states)


def _owned(sent: Parsed, number: int, found: Sequence[Mention]) -> bool:
    """`страны Африки`, `делегации двух стран` with a state of their own are no back-reference."""
    return any(one.start <= word.start < one.stop for word in sent.children(sent.words[number]) for one in found)


def leader(name: str, day: date | None) -> Party | None:
    """A leader of the dated table by his Russian name, full or family name alone."""
    english = _leaders().get(plain(name))
    return None if english is None else leaders.find(english, day)


@cache
def _leaders() -> Mapping[str, str]:
    full = {plain(row["name"]): row["english"] for row in rows("leaders")}
    families = Counter(name.split()[-1] for name in full)
    short = {name.split()[-1]: english for name, english in full.items() if families[name.split()[-1]] == 1 and len(name.split()[-1]) > 2}
    return {**short, **full}


@cache
def gazetteer() -> Gazetteer:
    """States, capitals, towns, seats and bodies in every case; letters with and without the dots of ё."""
    return Gazetteer(spelt for entry in _entries() for spelt in _spellings(entry))


def _entries() -> Iterator[Entry]:
    endings = [row["word"] for row in rows("words") if row["use"] == "ending"]
    for row in rows("adjectives"):
        for form in [row["stem"] + ending for ending in endings] if row["form"] == "ending" else [row["stem"]]:
            yield Entry(form, "demonym", row["state"])
            yield Entry(form[:1].upper() + form[1:], "demonym", row["state"])
    yield from (Entry(row["name"], row["form"], row["state"] or None) for row in rows("states"))
    yield from (Entry(row["name"], "seat", row["state"]) for row in rows("seats"))
    yield from (Entry(row["name"], "igo", None, row["code"]) for row in rows("bodies"))


def _spellings(entry: Entry) -> Iterator[Entry]:
    yield entry
    if "ё" in entry.name:
        yield replace(entry, name=_YO.sub("е", entry.name))


def _party(hit: Hit) -> Party:
    return Party(body=hit.entry.code) if hit.entry.code is not None else Party(state=hit.entry.state)


def _mention(hit: Hit) -> Mention:
    return Mention(hit.start, hit.stop, (_party(hit),), hit.entry.form)
