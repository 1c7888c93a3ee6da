"""Names of persons and phrases of office in a parsed Russian sentence, and which name belongs to which office.

An office is a phrase of data/russian/offices.csv with what hangs on it: `министр иностранных дел России`; its name follows it, hangs on it
or stands before it with commas.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from detente.coding.gazetteer import Hit
from detente.coding.russian.names import common
from detente.coding.russian.parse import Parsed, Word
from detente.coding.russian.tables import among, plain, rows

_JOINS = frozenset({"nmod", "amod", "appos", "flat", "flat:foreign", "flat:name", "case", "conj", "cc", "compound"})
_MOST_WORDS = 12


@dataclass(frozen=True, slots=True)
class Run:
    """A name: its words and where it stands, [start, stop) of the sentence."""

    words: tuple[Word, ...]

    @property
    def start(self) -> int:
        """First character."""
        return self.words[0].start

    @property
    def stop(self) -> int:
        """Behind the last character."""
        return self.words[-1].stop


@dataclass(frozen=True, slots=True)
class Office:
    """An office at [start, stop), its words, its rank 1-7 (None: a delegation), gender and number of its head, and the name that goes with it."""

    start: int
    stop: int
    words: str
    rank: int | None
    gender: str
    plural: bool
    name: Run | None


def runs(sent: Parsed, hits: Sequence[Hit]) -> list[Run]:
    """The names of persons: capitalised words side by side that are no state, body or place."""
    found: list[list[Word]] = []
    for word in sent.words:
        if not _may_name(sent, word, hits):
            continue
        if found and _follows(sent, found[-1][-1], word):
            found[-1].append(word)
        else:
            found.append([word])
    return [Run(tuple(group)) for group in found]


def offices(sent: Parsed, hits: Sequence[Hit], named: Sequence[Run]) -> list[Office]:
    """The offices of a sentence, each with its name where it has one; none overlapping."""
    found: list[Office] = []
    for word in sent.words:
        if found and word.start < found[-1].stop:
            continue
        phrase = _phrase(sent, word)
        if phrase is not None:
            found.append(_office(sent, word, phrase, hits, named))
    return found


def _office(sent: Parsed, head: Word, phrase: tuple[int, int | None], hits: Sequence[Hit], named: Sequence[Run]) -> Office:
    length, rank = phrase
    first, last = head.i, head.i + length - 1
    opens, head = head, next((word for word in sent.words[first : last + 1] if not first <= word.head <= last), head)
    while first > 0 and sent.words[first - 1].dep == "amod" and _belongs(sent, sent.words[first - 1], head):
        first -= 1
    while last + 1 < len(sent.words) and last - first < _MOST_WORDS and _extends(sent, sent.words[last + 1], head, hits, named):
        last += 1
    while last > head.i and sent.words[last].dep in ("case", "cc", "punct"):
        last -= 1
    name = _name(sent, head, last, named)
    words = office_words(sent, opens, last)
    start, stop = sent.words[first].start, sent.words[last].stop
    stop = max((hit.stop for hit in hits if hit.start < stop < hit.stop), default=stop)
    if name is not None:
        start, stop = min(start, name.start), max(stop, name.stop)
    gender = next((word.feat("Gender") for word in (*(() if name is None else name.words), *_verb(sent, head), head) if word.feat("Gender")), "")
    return Office(start, stop, words, rank, gender, head.feat("Number") == "Plur", name)


def _verb(sent: Parsed, head: Word) -> tuple[Word, ...]:
    """The verb of which an office is the subject; it tells the gender where `глава` does not."""
    return (sent.words[head.head],) if head.dep == "nsubj" and head.head >= 0 and sent.words[head.head].pos == "VERB" else ()


def office_words(sent: Parsed, head: Word, last: int) -> str:
    """The office as it would stand in the nominative; what hangs on its first word stays as it is."""
    stop = sent.words[head.i].stop
    own = next((row["nominative"] for row in rows("offices") if row["nominative"] and _pattern(row["phrase"]).fullmatch(plain(head.text))), "")
    return (own or common(head)) + sent.text[stop : sent.words[last].stop]


def _extends(sent: Parsed, word: Word, head: Word, hits: Sequence[Hit], named: Sequence[Run]) -> bool:
    """Whether the next word still belongs to the office: what hangs on it, names and new offices apart."""
    if any(word in run.words and _agrees(run, head) for run in named) or not _belongs(sent, word, head):
        return False
    inside = any(hit.start <= word.start < hit.stop for hit in hits)
    over = [word, *sent.above(word)]
    path = over[: next((at for at, one in enumerate(over) if one.i == head.i), 0)]
    joined = all(one.dep in _JOINS for one in path)
    return joined and (inside or _phrase(sent, word) is None) and not _another(sent, path)


def _another(sent: Parsed, path: Sequence[Word]) -> bool:
    """A coordinated noun that is an office or in another place: `президент Чили и министр Перу`."""
    return any(one.dep == "conj" and one.feat("Animacy") == "Anim" for one in path)


def _belongs(sent: Parsed, word: Word, head: Word) -> bool:
    return any(over.i == head.i for over in sent.above(word))


def _name(sent: Parsed, head: Word, last: int, named: Sequence[Run]) -> Run | None:
    """The name right behind the office, or hanging on it, or the one that the office explains between commas."""
    following = next((run for run in named if run.words[0].i == last + 1 and _agrees(run, head)), None)
    if following is not None:
        return following
    before = next((run for run in named if head.dep == "appos" and any(word.i == head.head for word in run.words)), None)
    if before is not None and 0 < head.i - before.words[-1].i <= 2:
        return before
    hanging = [run for run in named if run.words[0].head == head.i and run.words[0].dep in ("appos", "flat", "flat:name")]
    return next((run for run in hanging if 0 <= run.words[0].i - last <= 2), None)


def _agrees(run: Run, head: Word) -> bool:
    """A name stands in the case of its office; `премьер Госсовета` has none."""
    cases = {run.words[0].feat("Case"), head.feat("Case")} - {""}
    return len(cases) < 2 or run.words[0].dep in ("appos", "flat", "flat:name")


def _phrase(sent: Parsed, head: Word) -> tuple[int, int | None] | None:
    """Number of words and rank of the longest phrase of office that begins at a word, or None."""
    led = among("head", head.text) and among("led", sent.preposition(head))
    if led or head.pos not in ("NOUN", "PROPN", "ADJ"):
        return None
    words = [plain(word.text) for word in sent.words[head.i : head.i + 6]]
    for patterns, rank in _phrases():
        fits = len(patterns) <= len(words) and (len(patterns) > 1 or head.pos != "ADJ")
        if fits and all(pattern.fullmatch(word) for pattern, word in zip(patterns, words, strict=False)):
            return len(patterns), rank
    return None


@cache
def _phrases() -> tuple[tuple[tuple[re.Pattern[str], ...], int | None], ...]:
    made = [(tuple(_pattern(word) for word in row["phrase"].split()), int(row["rank"]) if row["rank"] else None) for row in rows("offices")]
    return tuple(sorted(made, key=lambda row: -len(row[0])))


def _pattern(word: str) -> re.Pattern[str]:
    return re.compile(re.escape(plain(word)).replace(r"\*", r"\w{0,4}"))


def _may_name(sent: Parsed, word: Word, hits: Sequence[Hit]) -> bool:
    if any(hit.start <= word.start < hit.stop for hit in hits):
        return False
    if among("particle", word.text.split("-")[0]) and word.pos != "VERB" and 0 < word.i < len(sent.words) - 1:
        return word.text[:1].islower() and word.pos == "PROPN"
    letters = word.text.replace("-", "")
    return word.pos == "PROPN" and word.text[:1].isupper() and letters.isalpha() and not (len(letters) > 1 and letters.isupper())


def _follows(sent: Parsed, one: Word, other: Word) -> bool:
    return other.i == one.i + 1 and sent.text[one.stop : other.start] == " " and _agree(one, other)


def _agree(one: Word, other: Word) -> bool:
    """Two names side by side in unlike cases are two persons; many foreign names show no case."""
    cases = {word.feat("Case") for word in (one, other)} - {""}
    return len(cases) < 2 or other.dep.startswith("flat")
