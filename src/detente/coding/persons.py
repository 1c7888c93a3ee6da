"""Persons with their office, rank and state, read from title and apposition: `Foreign Minister A`, `the premier, A,`, `A, envoy of X,`.

Works on the words of one sentence; a name without a title is left to the memory of the document (references.py).
Ignores persons of whom the text says nothing but a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from detente.coding.gazetteer import Hit, rows
from detente.coding.offices import heads, rank, scope, title_words

_PARTICLE = r"(?:al|el|bin|ibn|ben|de|der|den|van|von|da|di|la|le|del|dos|du|Al|El|ter|abu|Abu)"
_PIECE = r"(?:(?:[A-Z]\.)+|(?:[a-z]{1,2}[-’'])?[A-ZÀ-ÞĀ-Ž][\w]*(?:[’'][A-Z]\w+)?(?:-\w+)*)"
_NAME = re.compile(rf"(?<![\w-]){_PIECE}(?:[ ](?:{_PARTICLE}[ -])*{_PIECE})*")
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|\w+(?:-\w+)*|[’']s\b|[^\w\s]")
_LINK = frozenset(["of", "for", "in", "to", "at", "on", "and", "the", "a", "an", "'s", "’s", "&", "-", "by", "from", "'", "’"])
_STOPS = frozenset(["in", "to", "at", "on", "by", "from", "for", "and", "&", "-"])
_BODIES = frozenset({"igo", "ngo", "img", "firm"})
_REACH = 24


@dataclass(frozen=True, slots=True)
class Titled:
    """A name at [start, stop), its title at [title_start, title_stop), the office in words and the state or body that the title names.

    `regional` when the office is one of a region; for a role without a name both ranges are the title's and `name` is empty.
    """

    name: str
    start: int
    stop: int
    title_start: int
    title_stop: int
    office: str
    state: str | None
    code: str | None
    past: bool
    regional: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the sentence with its place; `hit` when the gazetteer knows it."""

    text: str
    start: int
    stop: int
    hit: Hit | None

    @property
    def low(self) -> str:
        """In small letters."""
        return self.text.lower()


def words_of(text: str, hits: Sequence[Hit]) -> list[Word]:
    """The words and marks of a sentence, each with the hit that covers it."""
    covering = {at: hit for hit in hits for at in range(hit.start, hit.stop)}
    return [Word(match.group(), match.start(), match.end(), covering.get(match.start())) for match in _WORD.finditer(text)]


def names(text: str, words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """[first, last) words of each run of capitalised words that is neither a known name of the tables nor part of a title."""
    inside = {at for match in _NAME.finditer(text) for at in range(match.start(), match.end())}
    run: list[int] = []
    for number, word in enumerate(words):
        joined = not run or text[words[run[-1]].stop : word.start] in (" ", "")
        if word.start in inside and joined and _may_name(word, first=number == 0):
            run.append(number)
            continue
        yield from _named(words, run)
        run = [number] if word.start in inside and _may_name(word, first=number == 0) else []
    yield from _named(words, run)


def _named(words: Sequence[Word], run: list[int]) -> Iterator[tuple[int, int]]:
    if run and any(len(words[at].text) > 1 and words[at].text[0].isupper() for at in run):
        yield run[0], run[-1] + 1


def _may_name(word: Word, *, first: bool) -> bool:
    if (word.hit is not None and word.hit.entry.form != "place") or not word.text[0].isalpha() or word.low in calendar():
        return False
    plain = word.low.split("-")[0]
    return plain not in title_words() and word.low not in heads() and not (first and plain in starters())


def may_name(word: str) -> bool:
    """Whether a capitalised word can be part of a person's name."""
    return _may_name(Word(word, 0, len(word), None), first=True)


@cache
def calendar() -> frozenset[str]:
    """Names of months and days, which are capitalised and name nobody."""
    return frozenset(row["word"] for row in rows("unnaming.csv") if row["use"] == "calendar")


@cache
def starters() -> frozenset[str]:
    """Words that stand capitalised at the head of a sentence."""
    return frozenset(row["word"] for row in rows("unnaming.csv") if row["use"] == "starter")


def titled(text: str, hits: Sequence[Hit]) -> tuple[Titled, ...]:
    """Every person whom a title or an apposition introduces, left to right."""
    words = words_of(text, hits)
    found: list[Titled] = []
    used = 0
    for first, last in names(text, words):
        span = _adjacent(words, first, used) or _following(words, last) or _preceding(words, first, last, used)
        if span is None:
            continue
        used = max(last, span[1])
        found.append(_made(text, words, (first, last), span))
    return tuple(found)


def _adjacent(words: Sequence[Word], first: int, floor: int) -> tuple[int, int] | None:
    """The title that stands directly before the name."""
    stop = first
    if stop > floor + 1 and words[stop - 1].low in {"'s", "’s"} and words[stop - 2].hit is not None:
        return stop - 2, stop - 1
    while stop > floor and (words[stop - 1].text == "." or title_words().get(words[stop - 1].low) == "courtesy"):
        stop -= 1
    if stop <= floor or not (_fits(words[stop - 1]) and words[stop - 1].low not in _LINK):
        return None
    return _phrase_before(words, stop, floor)


def _preceding(words: Sequence[Word], first: int, last: int, floor: int) -> tuple[int, int] | None:
    """The title before a comma: `the premier, A,`; a parenthesis in between is passed over."""
    stop = first - 1
    if stop <= floor or words[stop].text != ",":
        return None
    if words[stop - 1].text == ")":
        while stop > floor and words[stop].text != "(":
            stop -= 1
    span = _chained(words, stop, floor)
    closed = last >= len(words) or words[last].text in {",", ".", ")", ";", "’s", "'s", "(", "-", "–", "—", "”", '"'}
    if span is None or (not closed and span[0] > 0 and words[span[0] - 1].low in {"with", "by", "to", "from", "against", "of", "in"}):
        return None
    return span


def _chained(words: Sequence[Word], stop: int, floor: int) -> tuple[int, int] | None:
    """Titles in a row, `the A of X, the B of Y, and the C of Z`, taken for one."""
    span = _phrase_before(words, stop, floor)
    while span is not None:
        edge = span[0]
        while edge > floor and words[edge - 1].low in {",", "and", "the"}:
            edge -= 1
        if edge == span[0] or "," not in {word.text for word in words[edge : span[0]]}:
            return span
        earlier = _phrase_before(words, edge, floor)
        if earlier is None or (earlier[0] > 0 and words[earlier[0] - 1].text not in {",", "and"}):
            return span
        span = earlier[0], stop
    return span


def _phrase_before(words: Sequence[Word], stop: int, floor: int) -> tuple[int, int] | None:
    start = stop
    while start > max(floor, stop - _REACH) and _fits(words[start - 1]):
        start -= 1
    at = next((number for number in range(stop - 1, start - 1, -1) if words[number].low in heads()), None)
    if at is None:
        return None
    return _widened(words, start, at), stop


def _widened(words: Sequence[Word], start: int, at: int) -> int:
    """The first word of the title whose head stands at `at`: over its modifiers, and over `and` when another office stands there."""
    while at > start:
        low = words[at - 1].low
        if low in {"and", "&"}:
            earlier = next((number for number in range(at - 2, start - 1, -1) if words[number].low in heads()), None)
            if earlier is None:
                break
            at = earlier
            continue
        if low in {"in", "to", "for", "at", "on", "by", "from"}:
            break
        if low == "of" and (at < 2 or words[at - 2].low not in title_words() | dict.fromkeys(heads(), "")):
            break
        at -= 1
        if low in {"the", "a", "an"}:
            break
    return at


def _following(words: Sequence[Word], last: int) -> tuple[int, int] | None:
    """The apposition after a comma: `A, premier of X,`."""
    start = last + 1
    if last >= len(words) or words[last].text not in {",", "("}:
        return None
    stop = start
    while stop < min(len(words), start + _REACH) and _fits(words[stop]):
        stop += 1
    at = next((number for number in range(start, stop) if words[number].low in heads()), None)
    if at is None or words[start].low in {"and", "in", "on", "at", "to", "by", "for", "from"}:
        return None
    before = [word.low for word in words[start:at] if word.hit is None]
    plain = all(low in _LINK or low in title_words() or low in heads() or not low[0].isalpha() or "-" in low for low in before)
    if not plain and at - start > 3:
        return None
    tail = stop < len(words) and words[stop].text not in {",", ".", ")", ";", "–", "—", "-", "”"} and words[stop].low not in {"who", "said", "and"}
    return None if tail and words[stop].text[0].isupper() else (start, stop)


def _fits(word: Word) -> bool:
    """Whether a word may stand inside a title: a known state or body, a title word, a linking word, anything capitalised."""
    if word.hit is not None or word.low in _LINK or word.low in title_words() or word.low in heads():
        return True
    parts = word.low.replace("'", "").split("-")
    return (word.text[0].isupper() and word.low not in calendar()) or all(part in title_words() or part in heads() for part in parts)


def roles(text: str, hits: Sequence[Hit]) -> tuple[Titled, ...]:
    """Offices without a name: `the Russian president`, `Iraq's prime minister`, `the governor`."""
    words = words_of(text, hits)
    found: list[Titled] = []
    used = 0
    for at, word in enumerate(words):
        if word.low not in heads() or word.hit is not None or rank(word.low) is None or at < used or _goes_on(words, at):
            continue
        stop = at + 1
        while (
            stop < len(words) and _fits(words[stop]) and (words[stop].low in {"of", "the"} or words[stop - 1].low in {"of", "the"} or words[stop].hit)
        ):
            stop += 1
        start = at
        while start > used and _fits(words[start - 1]) and words[start - 1].low not in _STOPS:
            start -= 1
        used = stop
        found.append(_made(text, words, (at, at), (start, stop)))
    return tuple(found)


def _goes_on(words: Sequence[Word], at: int) -> bool:
    """Whether the title goes on: `deputy` before `prime minister`."""
    later = words[at + 1] if at + 1 < len(words) else None
    return later is not None and later.hit is None and (later.low in heads() or title_words().get(later.low.split("-")[0]) in ("rank", "field"))


def _made(text: str, words: Sequence[Word], name: tuple[int, int], span: tuple[int, int]) -> Titled:
    first, last = name
    title = words[span[0] : span[1]]
    while title and title[0].low in _LINK:
        title = title[1:]
    while len(title) > 1 and title[-1].low in _LINK:
        title = title[:-1]
    owner = _owner(title)
    office = re.sub(r"\s+", " ", text[title[0].start : title[-1].stop]) if title else ""
    begin, end = (title[0].start, title[-1].stop) if title else (words[first].start, words[last - 1].stop)
    start, stop = (words[first].start, words[last - 1].stop) if last > first else (begin, end)
    if text[stop - 2 : stop] in ("’s", "'s"):
        stop -= 2
    return Titled(
        name=re.sub(r"\s+", " ", text[start:stop]) if last > first else "",
        start=start,
        stop=stop,
        title_start=begin,
        title_stop=end,
        office=office,
        state=owner.entry.state if owner is not None else None,
        code=owner.entry.code if owner is not None and owner.entry.form in _BODIES and scope(office) != "person" else None,
        past=any(title_words().get(word.low.split("-")[0]) == "past" for word in title),
        regional=any(word.hit is not None and word.hit.entry.form in ("region", "place") for word in title),
    )


def _owner(title: Sequence[Word]) -> Hit | None:
    """Whose office it is: the first name in the title that no `to`, `for` or `on` leads in."""
    for number, word in enumerate(title):
        if word.hit is not None and not any(earlier.low in {"to", "for", "on"} for earlier in title[max(0, number - 2) : number]):
            return word.hit
    return None
