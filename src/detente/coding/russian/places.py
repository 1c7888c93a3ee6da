"""Where a Russian deed took place: the town or state that `в` or `на` leads in, under the name of the table of places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from detente import ontology
from detente.coding import locations
from detente.coding.actors import Mention
from detente.coding.russian.names import nominative
from detente.coding.russian.parse import Parsed, Word
from detente.coding.russian.tables import plain, rows

_PLACES = ("place", "capital", "name")
_WHERE = ("в", "во", "на")


def find(sent: Parsed, mentions: Sequence[Mention], *, near: int) -> str | None:
    """The place nearest to a character of the sentence, towns before states; None where none is led in."""
    led = [mention for mention in mentions if mention.form in _PLACES and _led(sent, mention)]
    best = min(led, key=lambda mention: (mention.form == "name", abs(mention.start - near)), default=None)
    return None if best is None else named(sent, best)


def named(sent: Parsed, mention: Mention) -> str | None:
    """The name of a mentioned place in the table of places, or of its state; None where the mention is no place."""
    words = [word for word in sent.words if mention.start <= word.start < mention.stop]
    if mention.form not in _PLACES or not words:
        return None
    if mention.form == "name":
        return ontology.term("states", mention.states[0]).name
    written = sent.text[mention.start : mention.stop]
    return _english(written) or _english(nominative(words)) or _capitals().get(mention.states[0])


def _english(name: str) -> str | None:
    return _towns().get(plain(name))


def _led(sent: Parsed, mention: Mention) -> bool:
    return any(_in(sent, word) for word in sent.words if mention.start <= word.start < mention.stop)


def _in(sent: Parsed, word: Word) -> bool:
    return sent.preposition(word) in _WHERE and word.feat("Case") in ("Loc", "Acc", "")


@cache
def _towns() -> Mapping[str, str]:
    """English names by every Russian form: forms of one town stand in one block of states.csv behind its nominative."""
    english = {row["name"]: row["english"] for row in rows("towns")}
    found: dict[str, str] = {}
    last: str | None = None
    for row in rows("states"):
        if row["form"] in ("place", "capital"):
            last = english.get(row["name"], last if _same_block(row["name"], last, english) else None)
            if last is not None:
                found[plain(row["name"])] = last
    return found


def _same_block(form: str, last: str | None, english: Mapping[str, str]) -> bool:
    """Whether a form goes on declining the town before it: they share all but the ending."""
    own = next((name for name, other in english.items() if other == last and form[:-3] and name.startswith(form[: max(2, len(form) - 3)])), None)
    return own is not None


@cache
def _capitals() -> Mapping[str, str]:
    return {place.state: place.name for place in locations.table().values() if place.kind == "capital"}
