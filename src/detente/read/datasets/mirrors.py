"""Which files a public dataset offers for some days: its lists of names, sizes and MD5 sums, and the days that a name stands for.

Only names of the known form are taken from a list, never an address: each is asked for below the address of the dataset itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

from detente.errors import DateError, InputError, TermError
from detente.read.datasets import layouts

_NAMES: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "gdelt2": re.compile(r"(\d{4})(\d\d)(\d\d)\d{6}\.export\.CSV\.zip", re.ASCII),
        "gdelt": re.compile(r"(\d{4})(?:(\d\d)(?:(\d\d)\.export\.CSV)?)?\.zip", re.ASCII),
    }
)
_SUM = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Mirror:
    """Where a dataset lies: the address of its folder, its list of sizes and its list of sums (may be the same), and its first day."""

    kind: str
    address: str
    sizes: str
    sums: str
    begins: date


@dataclass(frozen=True, slots=True)
class Listed:
    """A file as a list gives it: name, bytes and MD5 in small hexadecimal letters; None where the list does not say."""

    name: str
    size: int | None
    md5: str | None


@cache
def mirrors() -> Mapping[str, Mirror]:
    """The datasets that can be fetched, by kind."""
    return MappingProxyType({row["kind"]: _mirror(row) for row in layouts.rows("mirrors")})


def mirror(kind: str) -> Mirror:
    """One dataset, or TermError naming those that can be fetched."""
    if kind not in mirrors():
        raise TermError(f"one of {', '.join(mirrors())}", came=f"{kind!r} came", do="choose one of these; other datasets ask you to download them")
    return mirrors()[kind]


def _mirror(row: Mapping[str, str]) -> Mirror:
    return Mirror(row["kind"], row["address"], row["sizes"], row["sums"], date.fromisoformat(row["begins"]))


def listed(kind: str, lines: Iterable[str], *, start: date, stop: date) -> Iterator[Listed]:
    """The files of a list that hold days of `[start, stop)`; lines of another form (other tables, notes) are passed over."""
    for line in lines:
        cells = line.split()
        if len(cells) < 2:
            continue
        name = cells[-1].rpartition("/")[2]
        days = of_name(kind, name)
        if days is not None and days[0] < stop and days[1] > start:
            yield _listed(name, cells[:-1])


def _listed(name: str, numbers: list[str]) -> Listed:
    size = next((int(cell) for cell in numbers if len(cell) < 16 and cell.isascii() and cell.isdigit()), None)
    return Listed(name, size, next((cell.lower() for cell in numbers if _SUM.fullmatch(cell.lower())), None))


def of_name(kind: str, name: str) -> tuple[date, date] | None:
    """The days `[start, stop)` that a file's name stands for, or None when it is no name of this dataset.

    >>> of_name("gdelt", "200602.zip")
    (datetime.date(2006, 2, 1), datetime.date(2006, 3, 1))
    """
    found = _NAMES[kind].fullmatch(name)
    if found is None:
        return None
    year, month, day = (None if part is None else int(part) for part in found.groups())
    try:
        first = date(int(year or 0), month or 1, day or 1)
    except ValueError:
        return None
    if day is not None:
        return first, first + timedelta(days=1)
    after = date(first.year + 1, 1, 1) if month in (None, 12) else date(first.year, first.month + 1, 1)
    return first, after


def joined(sizes: Iterable[Listed], sums: Iterable[Listed]) -> tuple[Listed, ...]:
    """The files of two lists by name, each with what either of them says."""
    found: dict[str, Listed] = {}
    for each in (*sizes, *sums):
        before = found.get(each.name, each)
        found[each.name] = Listed(each.name, before.size if each.size is None else each.size, each.md5 or before.md5)
    return tuple(found[name] for name in sorted(found))


def check(where: Mirror, *, start: date, stop: date) -> None:
    """Raise DateError when no day is asked for, InputError when the dataset begins only after them."""
    if stop <= start:
        raise DateError("a last day that is not before the first", came=f"{start} came with {stop - timedelta(days=1)}", do="exchange them")
    if stop <= where.begins:
        came = f"all days asked for are before it (the last is {stop - timedelta(days=1)})"
        raise InputError(
            f"days since {where.begins}, when {where.kind} begins", came=came, do="ask for later days, or fetch gdelt, which begins in 1979"
        )
