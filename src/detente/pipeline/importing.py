"""Import: published event data, read in batches and kept in the event table, every row with a fate."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

from detente.errors import InputError, SourceError
from detente.keep.events import arrivals, growing, parts
from detente.keep.events.arrivals import Arrivals
from detente.keep.events.parts import Counts, Folder, Progress
from detente.keep.events.translation import Translation
from detente.read.datasets import batches, cells, layouts, maps, streams
from detente.read.datasets.batches import Place, Wanted
from detente.read.datasets.cells import Batch
from detente.read.datasets.maps import Map

Told = Callable[[Progress], None]

AHEAD = 24
"""Batches that are read while others are kept; each is one piece of text."""


@dataclass(frozen=True, slots=True)
class Imported:
    """The fates of all rows, why some were refused or failed, and the files that could not be read at all."""

    counts: Counts
    reasons: dict[str, int]
    unread: list[InputError] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be imported: a kind of dataset, its files, and for a user's own table its map; `version` is told where files do not say it."""

    kind: str
    paths: Sequence[Path]
    map: Map | None = None
    version: str | None = None

    @property
    def dataset(self) -> str:
        """The name that the rows' provenance bears: mentions belong to the dataset they mention."""
        if self.map is not None:
            return self.map.dataset
        return "gdelt2" if self.kind == "mentions" else self.kind


def import_events(root: Path, order: Order, *, told: Told | None = None, flush: int = arrivals.FLUSH) -> Imported:
    """Read every file into the event table under `root`; files that were imported before count as already there, unread.

    A file that cannot be read does not stop the others; it stands in `unread`. Raises LedgerBusy while another import runs.
    """
    kind = layouts.kind(order.kind)
    with parts.writing(root) as folder, growing.growing(folder, kind.table, order.dataset) as growth:
        coming = Arrivals(folder, growth, Translation(kind.name, _settings(order)), flush)
        done: list[Progress] = []
        unread: list[InputError] = []
        for path in order.paths:
            try:
                done += _file(coming, path, order, told or _silent)
            except SourceError as error:
                unread.append(error)
        coming.settle()
    return _summed(done, unread)


def _settings(order: Order) -> dict[str, str | None]:
    version = order.version or layouts.kind(order.kind).version
    if order.map is None:
        return {"version": version}
    return {"version": order.version or order.map.version, **order.map.settings}


def _silent(_: Progress) -> None:
    """Nobody watches."""


def _file(coming: Arrivals, path: Path, order: Order, told: Told) -> Iterator[Progress]:
    """Import one file, its members each on its own; yields what became of each.

    Where nothing of its name came before, reading begins at its start while its digest is still made.
    """
    names = batches.names(path)
    met = {name for dataset, _, name in coming.folder.files if dataset == order.dataset}
    begun = {name: _begun(_ahead(_batches(path, name, order, Place()))) for name in names[:1] if name not in met}
    digest = streams.digest(path)
    for name in names:
        progress = _before(coming.folder, order.dataset, digest, name)
        found = begun.get(name) or _ahead(_batches(path, name, order, Place(progress.offset, progress.line)))
        yield progress if progress.is_done else _member(coming, found, progress, told)


def _before(folder: Folder, dataset: str, digest: str, name: str) -> Progress:
    known = folder.files.get((dataset, digest, name))
    return parts.met_again(known) if known else Progress(digest, name, dataset)


def _member(coming: Arrivals, found: Iterator[Batch], progress: Progress, told: Told) -> Progress:
    for batch in _grouped(found, min(growing.GROUP, coming.flush)):
        progress = coming.take(batch, progress)
        told(progress)
    return coming.end(progress)


def _grouped(found: Iterator[Batch], rows: int) -> Iterator[Batch]:
    """The same batches, so many together that each has at least as many rows, the last excepted: every turn of the SQL costs some milliseconds."""
    held: list[Batch] = []
    for batch in found:
        held.append(batch)
        if sum(each.rows.num_rows + len(each.broken) for each in held) >= rows:
            yield cells.together(held)
            held = []
    if held:
        yield cells.together(held)


def _begun(found: Iterator[Batch]) -> Iterator[Batch]:
    """The same batches; the first has been read already, and so others are being read ahead."""
    return chain(list(islice(found, 1)), found)


def _ahead(found: Iterator[Batch]) -> Iterator[Batch]:
    """The same batches; while one is worked on, the next `AHEAD` are already being read."""
    with ThreadPoolExecutor(max_workers=1) as worker:
        coming = deque(worker.submit(next, found, None) for _ in range(AHEAD))
        while (batch := coming.popleft().result()) is not None:
            coming.append(worker.submit(next, found, None))
            yield batch


def _batches(path: Path, name: str, order: Order, start: Place) -> Iterator[Batch]:
    if order.map is not None:
        return maps.mapped(path, name, order.map, start=start)
    kind = layouts.kind(order.kind)
    return batches.read(path, name, Wanted(tuple(layouts.layout(each) for each in kind.layouts), kind.delimiter), start=start)


def _summed(done: list[Progress], unread: list[InputError]) -> Imported:
    reasons: dict[str, int] = {}
    for progress in done:
        for why, number in progress.reasons.items():
            reasons[why] = reasons.get(why, 0) + number
    return Imported(sum((progress.counts for progress in done), Counts()), reasons, unread)
