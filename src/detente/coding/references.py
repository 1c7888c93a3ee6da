"""Who "he", "it", "they", "both sides", "we" and "the government" are: what the sentences before spoke of, by rule.

A person is the one whom the last sentence put first, a state the one last named, a pair the two last named together or else the two that
the document is about. Where nobody fits, the answer is nobody.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from detente.coding import actors
from detente.coding.actors import Cast, Mention
from detente.coding.gazetteer import rows
from detente.records import Party

_WORD = re.compile(r"\w+")
_FORMS_OF_STATES = frozenset({"name", "demonym", "capital", "seat", "short", "group"})


@cache
def meanings() -> Mapping[str, str]:
    """What a word refers to: person, state, pair, speaker, latter."""
    return {row["word"]: row["means"] for row in rows("references.csv")}


class Memory:
    """What a document has spoken of so far."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._people: tuple[Party, ...] = ()
        self._state: Party | None = None
        self._pair: tuple[Party, ...] = tuple(Party(state=code) for code in cast.pair)
        self._group: tuple[Party, ...] = ()
        self.speaker: Party | None = None

    def note(self, text: str, mentions: Sequence[Mention]) -> None:
        """Take up a sentence after it was read."""
        group = max((actors.chosen(text, mentions, mention.start, len(text)) for mention in mentions), key=len, default=())
        if len(group) > 2:
            self._group = tuple(dict.fromkeys(party for mention in group for party in mention.parties))
        people = [party for mention in mentions if mention.form in ("person", "role") for party in mention.parties if party.state or party.body]
        if people:
            self._people = tuple(dict.fromkeys(people))
        states = _states(mentions)
        if states:
            self._state = Party(state=states[0])
        if len(states) == 2:
            self._pair = tuple(Party(state=code) for code in states)

    def set_scene(self, mentions: Sequence[Mention]) -> None:
        """Take up a dateline: its state is the one that the news is from until another is named."""
        codes = [code for mention in mentions for code in mention.states]
        if codes and self._state is None:
            self._state = Party(state=codes[-1])

    @property
    def _person(self) -> Party | None:
        return self._people[0] if self._people else None

    def another(self, state: str) -> tuple[Party, ...]:
        """The first person spoken of last who is not of this state: nobody visits his own country."""
        return _one(next((party for party in self._people if party.state not in (None, state)), None))

    def resolve(self, phrase: str, before: Sequence[Mention], after: Sequence[Mention] = ()) -> tuple[Party, ...]:
        """The parties of a phrase without a name; `before` are the mentions of the same sentence to its left."""
        words = [word.lower() for word in _WORD.findall(phrase)]
        means = [meanings()[word] for word in words if word in meanings()]
        if not means:
            return ()
        if "pair" in means and words[0] in ("these", "those", "three", "four") and self._group:
            return self._group
        kind = "pair" if "pair" in means and ("both" in words or "two" in words or means[-1] == "pair") else means[0]
        return self._by_kind(kind, before, after)

    def _by_kind(self, kind: str, before: Sequence[Mention], after: Sequence[Mention]) -> tuple[Party, ...]:
        if kind == "speaker":
            return _one(self.speaker)
        if kind == "person":
            people = [mention for mention in before if mention.form in ("person", "role")]
            return people[0].parties if people else _one(self._person)
        if kind == "latter":
            return before[-1].parties if before else _one(self._person)
        if kind == "state":
            states = [mention for mention in before if mention.form in _FORMS_OF_STATES]
            return states[0].parties if states else _one(self._state)
        return self._both(before)

    def _both(self, before: Sequence[Mention]) -> tuple[Party, ...]:
        states = _states(before)
        return tuple(Party(state=code) for code in states) if len(states) == 2 else self._pair

    def counterpart(self, state: str | None) -> tuple[Party, ...]:
        """The other of the two states last named together, else the other of the pair that the document is about."""
        for pair in (tuple(party.state for party in self._pair), self._cast.pair):
            if len(pair) == 2 and state in pair:
                return (Party(state=pair[1 - pair.index(state)]),)
        return ()


def _states(mentions: Sequence[Mention]) -> list[str]:
    return list(dict.fromkeys(code for mention in mentions if mention.form != "place" for code in mention.states))


def _one(party: Party | None) -> tuple[Party, ...]:
    return () if party is None else (party,)
