"""The day a document was published: given, or written where such days stand, or unknown. Never the file's own time, never today.

It is looked for in this order: metadata (marks of a page, front matter, a feed's entry), the first lines (a line that is only
a date; a dateline with its year), the file's name (2014-05-08-title.txt). Where two places of one rank disagree, nothing is taken.
Ignores months without a day and days such as 05/08/2014 that can be read in two ways.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from detente import dates
from detente.errors import DateError
from detente.read import lists
from detente.read.outcomes import Extract

_ISO = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?!\d)")
_NAMED = re.compile(r"(\d{4}-\d{2}-\d{2})(?!\d)")
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_HYPHENED = re.compile(r"\b(\d{1,2})-([A-Za-z]{3,9})-(\d{4})\b")
_NO_DAY = date(1000, 1, 1)
_PARTS = re.compile(r"\s*[|·•]\s*|\s+[—–-]+\s+")
_BYLINE = re.compile(r"^By(?: [A-Z][\w.'’-]*){1,5},? (?=[A-Z\d])")
_AGENCY = re.compile(r"[.,]?\s*(?:\([^()]{2,60}\)|/[^/]{2,40}/)\s*(?:--?|[—–.:]|$)")
_DASH = re.compile(r"[.,:]?\s*(?:--?|[—–]|$)")
_PLACE = re.compile(r"(?:[A-Z][\w.'’-]*[,./ ]+){1,6}")
_FIRST_LINES = 12
_LINE_CHARACTERS = 160


@dataclass(frozen=True, slots=True)
class Found:
    """A day of publication and where it was found, in words."""

    day: date
    where: str


def find(extract: Extract, *, text: str, name: str, given: date | None) -> Found | None:
    """The day of publication of what was read; `given` by the user comes before all that is found, `text` is the clean text."""
    if given is not None:
        return Found(given, "given by the user")
    if extract.published is not None:
        return Found(extract.published, "metadata")
    line = first_lines_day(text)
    if line is not None:
        return Found(line, "first lines")
    named = name_day(name)
    return None if named is None else Found(named, "file name")


def written_day(value: str) -> date | None:
    """The day of a value that is nothing but a date, with or without a time; None where it is less or more than one day.

    >>> written_day("2014-05-08T10:00:00+09:00"), written_day("2014-05")
    (datetime.date(2014, 5, 8), None)
    """
    trimmed = value.strip()
    iso = _ISO.match(trimmed)
    if iso is not None:
        return _day("-".join(iso.groups()))
    return _day_alone(trimmed[:_LINE_CHARACTERS])


def name_day(name: str) -> date | None:
    """The day at the beginning of a file's name.

    >>> name_day("2014-05-08-visit.txt"), name_day("visit-2014.txt")
    (datetime.date(2014, 5, 8), None)
    """
    found = _NAMED.match(name)
    return None if found is None else _day(found[1])


def first_lines_day(text: str) -> date | None:
    """The day that stands by itself, or in a dateline with its year, in the first twelve lines; None where they name two."""
    lines = [line.strip() for line in text[:8_000].split("\n") if line.strip()][:_FIRST_LINES]
    days = {day for line in lines if _YEAR.search(line[:_LINE_CHARACTERS]) for day in _line_days(line)}
    return agreed(days)


def agreed(days: Iterable[date]) -> date | None:
    """The one day that all say; where two zones make it two days that follow each other, the later; otherwise None."""
    found = sorted(set(days))
    if not found or found[-1] - found[0] > timedelta(days=1):
        return None
    return found[-1]


def _line_days(line: str) -> Iterator[date]:
    dateline = _dateline_day(line[:_LINE_CHARACTERS])
    if dateline is not None:
        yield dateline
    elif len(line) <= _LINE_CHARACTERS and not line.endswith("."):
        parts = _PARTS.split(_BYLINE.sub("", line))
        alone = (_day_alone(part) for part in {line, parts[0], parts[-1]})
        yield from (day for day in alone if day is not None)


def _dateline_day(line: str) -> date | None:
    """`PYONGYANG, May 8, 2014 (KCNA) --` or `MOSCOW, 8 May 2014`: a place, a full day, and then an agency or, in capitals, a dash."""
    for start, stop, day in _full_days(line)[:1]:
        place = _PLACE.fullmatch(line[:start])
        if place is not None and (_AGENCY.match(line, stop) or (place[0].isupper() and _DASH.match(line, stop))):
            return day
    return None


def _day_alone(line: str) -> date | None:
    """The one full day of a line in which nothing else stands but the hour, the weekday and words such as 'published'."""
    found = _full_days(line) if _YEAR.search(line) else []
    if len(found) != 1:
        return None
    start, stop, day = found[0]
    rest = re.findall(r"[^\W\d_]+", f"{line[:start]} {line[stop:]}".lower())
    return day if all(word in _line_words() for word in rest) else None


def _full_days(line: str) -> list[tuple[int, int, date]]:
    """Days written out with their year: start, stop and day. What needs another day to be understood is no full day."""
    plain = _HYPHENED.sub(r"\1 \2 \3", line)
    hits = (hit for hit in dates.find(plain, anchor=_NO_DAY) if _YEAR.search(hit.text) and hit.interval.precision == "day")
    return [(hit.start, hit.stop, hit.interval.start) for hit in hits if hit.interval.start is not None]


def _day(text: str) -> date | None:
    try:
        return dates.parse_day(text)
    except DateError:
        return None


@cache
def _line_words() -> frozenset[str]:
    return frozenset(row["word"] for row in lists.rows("line_words"))
