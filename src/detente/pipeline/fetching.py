"""Fetch: the files of a public dataset for some days, politely few at once; what stands there whole is not asked for again.

The dataset's own list says what there is. What did not come is listed with its reason.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from detente.errors import SourceError
from detente.read.datasets import downloads, mirrors
from detente.read.datasets.downloads import Asking, Missed
from detente.read.datasets.mirrors import Listed, Mirror

AT_ONCE = 2
Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Order:
    """What to fetch: the dataset, days `[start, stop)`, the folder, its address, how many files at once."""

    kind: str
    start: date
    stop: date
    into: Path
    address: str
    at_once: int = AT_ONCE


@dataclass(frozen=True, slots=True)
class Fetched:
    """Names of the files of the list: those that came now, that stood there before, and those that did not come."""

    came: list[str] = field(default_factory=list)
    there: list[str] = field(default_factory=list)
    missed: list[Missed] = field(default_factory=list)

    @property
    def settled(self) -> int:
        """How many files have had their fate."""
        return len(self.came) + len(self.there) + len(self.missed)


def fetch(order: Order, *, asking: Asking, told: Told) -> Fetched:
    """Fetch what is missing; `told` hears how many of how many are settled.

    Raises SourceError when the dataset's list does not come or names no file for these days.
    """
    where = mirrors.mirror(order.kind)
    mirrors.check(where, start=order.start, stop=order.stop)
    order.into.mkdir(parents=True, exist_ok=True)
    wanted = _listed(where, order, asking)
    found = Fetched()
    found.there.extend(each.name for each in wanted if downloads.whole(order.into / each.name, each))
    missing = [each for each in wanted if each.name not in set(found.there)]
    told(len(found.there), len(wanted))
    _brought(missing, order, asking=asking, found=found, told=lambda: told(found.settled, len(wanted)))
    return found


def _brought(missing: Sequence[Listed], order: Order, *, asking: Asking, found: Fetched, told: Callable[[], None]) -> None:
    pool = ThreadPoolExecutor(order.at_once)
    try:
        under_way = {pool.submit(downloads.download, _below(order, each.name), each, into=order.into, asking=asking): each.name for each in missing}
        for done in as_completed(under_way):
            missed = done.result()
            if missed is None:
                found.came.append(under_way[done])
            else:
                found.missed.append(missed)
            told()
    finally:
        pool.shutdown(cancel_futures=True)
    found.came.sort()
    found.missed.sort(key=lambda each: each.name)


def _listed(where: Mirror, order: Order, asking: Asking) -> tuple[Listed, ...]:
    lists = [_read(name, order, asking) for name in dict.fromkeys((where.sizes, where.sums))]
    wanted = mirrors.joined(lists[0], lists[-1])
    if not wanted:
        came = "the list of the dataset has none"
        raise SourceError(f"files of {order.kind} for {order.start} and after", came=came, do="check the days and the address")
    return wanted


def _read(name: str, order: Order, asking: Asking) -> list[Listed]:
    """The files of one list, which is fetched anew each time, since it grows."""
    missed = downloads.download(_below(order, name), Listed(name, None, None), into=order.into, asking=asking)
    if missed is not None:
        raise SourceError(f"the list {_below(order, name)}", came=missed.why, do="check the network and the address, then run it again")
    with (order.into / name).open(encoding="utf-8", errors="replace") as lines:
        return list(mirrors.listed(order.kind, lines, start=order.start, stop=order.stop))


def _below(order: Order, name: str) -> str:
    return f"{order.address.rstrip('/')}/{name}"
