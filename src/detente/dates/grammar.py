"""How pieces become expressions: rules over the row of one-letter codes, layer upon layer, each piece built from those below.

At every place the longest rule that yields a value wins; a rule may decline. What was last spoken of becomes the context of what follows.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import zip_longest

from detente.dates import spans
from detente.dates.interval import Interval, day, month, season, year
from detente.dates.words import Lean, Partial, Piece, Value, cues, lean_of
from detente.errors import DateError


@dataclass(frozen=True, slots=True)
class Scene:
    """What the words are read against: the day of the text, what was last spoken of, and the leaning of the words around.

    `sure` says that the whole text is known to be a date, so that "2014" alone is taken as a year.
    """

    anchor: date
    context: Interval | None
    sure: bool
    leans: tuple[tuple[int, str], ...]
    breaks: tuple[int, ...]

    def lean(self, start: int, stop: int) -> Lean:
        """The lean of the nearest word before in the sentence, else of the nearest after it."""
        place = bisect_left(self.breaks, start)
        opens = self.breaks[place - 1] if place else -1
        closes = self.breaks[place] if place < len(self.breaks) else 1 << 62
        before = bisect_left(self.leans, (start, ""))
        if before and self.leans[before - 1][0] > opens:
            return self.leans[before - 1][1]
        after = bisect_right(self.leans, (stop, ""))
        return self.leans[after][1] if after < len(self.leans) and self.leans[after][0] < closes else None

    @property
    def spoken_of(self) -> date:
        """The last day last spoken of, or the day of the text."""
        last = None if self.context is None else self.context.last
        return self.anchor if last is None else last

    @property
    def began(self) -> date:
        """The first day last spoken of, or the day of the text."""
        return self.anchor if self.context is None or self.context.start is None else self.context.start


@dataclass(frozen=True, slots=True)
class Reading:
    """A rule's match: the pieces by name, the scene, the lean of the sentence there, the codes just before and after."""

    named: Mapping[str, Piece]
    scene: Scene
    lean: Lean
    before: Piece | None
    after: Piece | None

    def __contains__(self, name: str) -> bool:
        return name in self.named

    def code(self, name: str) -> str:
        """The code of a named piece, or the empty string."""
        return self.named[name].code if name in self.named else ""

    def text(self, name: str) -> str:
        """The plain value of a named piece."""
        return str(self.named[name].value)

    def number(self, name: str) -> int:
        """The whole number a named piece stands for; -1 for "last"."""
        return -1 if self.named[name].code == "L" else int(self.text(name))

    def range(self, name: str) -> tuple[int, int]:
        """Low and high of a count ("a few": 3 and 5)."""
        low, _, high = self.text(name).partition(":")
        return int(low), int(high or low)

    def settled(self, name: str) -> Interval | None:
        """The interval of a named date, read with the lean of its sentence."""
        return settle(self.named[name].value, self.scene.anchor, self.lean)


_PASSIVE = ("be", "is", "are")
"""After these a participle does not look back: "will be held", "is based"."""

_DATED = re.compile(r"[Ij!]")

Build = Callable[[Reading], Value | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern over codes, the code of what it makes, and how."""

    pattern: re.Pattern[str]
    code: str
    build: Build


def rule(pattern: str, code: str, build: Build) -> Rule:
    """A rule from a regular expression over one-letter codes."""
    return Rule(re.compile(pattern), code, build)


def scene(pieces: Sequence[Piece], *, anchor: date, context: Interval | None, sure: bool) -> Scene:
    """The scene of a text: where its sentences end and which way its words lean."""
    leans = []
    before = ""
    for piece, following in zip_longest(pieces, pieces[1:]):
        phrase = cues().get(f"{piece.word} {following.word}") if following is not None else None
        lean = phrase or lean_of(piece)
        if lean is not None and not (before in _PASSIVE and lean == "past"):
            leans.append((piece.start, lean))
        before = piece.word
    breaks = tuple(piece.start for piece in pieces if piece.code == ".")
    return Scene(anchor, context, sure, tuple(leans), breaks)


class Layer:
    """Rules that look at the same row of pieces."""

    def __init__(self, *rules: Rule) -> None:
        self.rules = rules
        plain = (re.sub(r"\?P<\w+>", "?:", each.pattern.pattern) for each in rules)
        self._somewhere = re.compile("(?=" + "|".join(plain) + ")")

    def apply(self, pieces: Sequence[Piece], scene: Scene) -> Sequence[Piece]:
        """The row with every match of a rule replaced by one piece."""
        codes = "".join(piece.code for piece in pieces)
        places = {found.start() for found in self._somewhere.finditer(codes)}
        if not places:
            return pieces
        row: list[Piece] = []
        done = 0
        for place in sorted(places.union(found.start() for found in _DATED.finditer(codes))):
            if place < done:
                continue
            row += pieces[done:place]
            made = self._longest(pieces, codes, place, scene) if place in places else None
            piece, done = made if made is not None else (pieces[place], place + 1)
            row.append(piece)
            scene = _after(piece, scene)
        return [*row, *pieces[done:]]

    def _longest(self, pieces: Sequence[Piece], codes: str, place: int, scene: Scene) -> tuple[Piece, int] | None:
        found = [(each, match) for each in self.rules if (match := each.pattern.match(codes, place)) is not None]
        for each, match in sorted(found, key=lambda pair: -pair[1].end()):
            made = _build(each, match, pieces, scene)
            if made is not None:
                return made, match.end()
        return None


def _build(each: Rule, match: re.Match[str], pieces: Sequence[Piece], scene: Scene) -> Piece | None:
    named = {name: pieces[match.start(name)] for name, code in match.groupdict().items() if code}
    first, last = pieces[match.start()], pieces[match.end() - 1]
    before = pieces[match.start() - 1] if match.start() else None
    after = pieces[match.end()] if match.end() < len(pieces) else None
    lean = scene.lean(first.start, last.stop)
    if before is not None and before.code in "bu" and lean is None:
        lean = "future"
    try:
        value = each.build(Reading(named, scene, lean, before, after))
    except (ValueError, OverflowError, DateError):
        return None
    return None if value is None else Piece(first.start, last.stop, each.code, value, "")


def _after(piece: Piece, scene: Scene) -> Scene:
    if piece.code not in "Ij!":
        return scene
    value = settle(piece.value, scene.anchor, scene.lean(piece.start, piece.stop))
    return scene if value is None or value.days is None else replace(scene, context=value)


def settle(value: Value, anchor: date, lean: Lean) -> Interval | None:
    """The interval of a date that leaves its year, month or week open: the nearest one on the side to which its sentence leans."""
    if isinstance(value, Interval):
        return value
    if isinstance(value, str):
        return None
    try:
        return _nearest(_candidates(value, anchor), anchor, lean or _usual(value))
    except (OverflowError, DateError):
        return None


def _usual(value: Partial) -> Lean:
    """A bare weekday or day of the month is news, so it is over; a bare month may be ahead."""
    return "past" if value.weekday is not None or (value.day is not None and value.month is None) else None


def _candidates(value: Partial, anchor: date) -> Iterator[Interval]:
    if value.weekday is not None:
        ahead = (value.weekday - anchor.weekday()) % 7
        yield from (day(anchor + timedelta(days=ahead + week)) for week in (-7, 0, 7))
    elif value.day is not None and value.month is None:
        months = (spans.step(anchor, "month", count) for count in (-2, -1, 0, 1, 2))
        yield from _exact((each.year, each.month, value.day) for each in months)
    elif value.year is not None:
        yield from _of_year(value, value.year)
    else:
        reach = 8 if (value.month, value.day) == (2, 29) else 1
        for number in range(max(anchor.year - reach, 1), min(anchor.year + reach, 9998) + 1):
            yield from _of_year(value, number)


def _of_year(value: Partial, number: int) -> Iterator[Interval]:
    if value.season is not None:
        yield season(number, value.season)
    elif value.month is None:
        yield year(number)
    elif value.day is None:
        yield month(number, value.month)
    else:
        yield from _exact([(number, value.month, value.day)])


def _exact(dates: Iterable[tuple[int, int, int]]) -> Iterator[Interval]:
    for numbers in dates:
        try:
            yield day(date(*numbers))
        except ValueError:
            continue


def _nearest(candidates: Iterator[Interval], anchor: date, lean: Lean) -> Interval | None:
    found = list(candidates)
    if len(found) < 2:
        return found[0] if found else None
    coming = [each for each in found if each.stop is not None and each.stop > anchor]
    if lean == "future":
        return coming[0] if coming else found[-1]
    _, days_ahead = spans.conventions()["ahead", "month"]
    limit = anchor + timedelta(days=0 if lean == "past" else days_ahead)
    begun = [each for each in found if each.begun_by(limit)]
    return begun[-1] if begun else found[0]
