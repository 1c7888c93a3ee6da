"""The page of the world: which pairs of states changed, by the ledger's acts and by imported events, as a map and as the table behind it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import FastAPI, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from detente import ontology, pipeline
from detente.assess import changed
from detente.assess.changed import Changed
from detente.desk import clock, views
from detente.desk.jobs import Job, Jobs
from detente.desk.remembering import remembered
from detente.desk.views import Seen
from detente.errors import InputError
from detente.keep.events import parts
from detente.pipeline import measuring
from detente.publish import maps, watching

if TYPE_CHECKING:
    from pathlib import Path

    from detente.assess.scan import Scan, Watched
    from detente.desk.showing import Desk

ROWS = 100
ARCS = 60
"""Pairs on the map, those that changed most."""
ALARMS = 50
"""Pairs of the scan on the page."""
Page = Annotated[int, Query(ge=1, le=100_000)]
State = tuple[int, ...]


@remembered(8)
def pairs(at: Seen, as_of: date) -> tuple[Changed, ...]:
    """Every pair by how much it changed, from what was known by a day."""
    held = pipeline.known_since(changed.span(as_of).start, data=at.data, as_of=as_of)
    return changed.pairs(held.acts, held.coverage, as_of=as_of)


def world(at: Seen, as_of: date, page: int) -> dict[str, Any]:
    """A part of the ranked pairs, the map of the foremost, and the span that is compared."""
    found, over = pairs(at, as_of), changed.span(as_of)
    rows = [_row(each) for each in found[(page - 1) * ROWS : page * ROWS]]
    drawn = [row for row in map(_arc, found[:ARCS]) if row["pieces"]]
    names = [{"name": ontology.state_name(code), "x": round(x, 1), "y": round(y, 1)} for code, (x, y) in maps.labels(_named(found[:ARCS])).items()]
    plain = {"title": "World", "since": str(over.since), "start": str(over.start), "rows": rows, "number": len(found)}
    parts_of = {"page": page, "last": max(1, -(-len(found) // ROWS)), "arcs": drawn, "names": names}
    return {**plain, **parts_of, "unplaced": sum(not maps.between(each.pair) for each in found[:ARCS]), "chart": _chart(drawn, names)}


def _named(found: Iterable[Changed]) -> list[str]:
    return [code for each in found for code in each.pair]


def _row(each: Changed) -> dict[str, Any]:
    name = None if each.dimension is None else ontology.term("dimensions", each.dimension).name
    plain = {"a": each.pair[0], "b": each.pair[1], "names": views.named(each.pair), "now": each.now, "usual": round(each.usual, 2)}
    return {**plain, "score": round(each.score, 2), "direction": each.direction, "dimension": name, **_read(each), "acts": list(each.acts)}


def _read(each: Changed) -> dict[str, Any]:
    return {"cooling": each.cooling, "read": each.read}


def _arc(each: Changed) -> dict[str, Any]:
    pieces = maps.between(each.pair)
    told = f"{each.now} days with an act, {each.usual:.1f} in a usual year ({each.direction})"
    plain = {"names": views.named(each.pair), "told": told, "link": f"/dyad/{each.pair[0]}/{each.pair[1]}", "direction": each.direction}
    return {**plain, "now": each.now, "width": maps.thickness(each.now), "line": maps.line(pieces), "pieces": pieces}


def _chart(drawn: Sequence[dict[str, Any]], names: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The option, its coordinates to a tenth of a pixel."""
    cut = [{**row, "pieces": [[(round(x, 1), round(y, 1)) for x, y in piece] for piece in row["pieces"]]} for row in drawn]
    return maps.option(cut, names)


def state(data: Path) -> State:
    """Sizes and times of what a scan reads; nothing where there are no events and no series."""
    found = [path.stat() for path in (data / "series.csv", measuring.folder(data) / parts.JOURNAL) if path.is_file()]
    return tuple(number for each in found for number in (each.st_mtime_ns, each.st_size))


class Scans:
    """The scan of the imported events: begun on a press, then remembered until the events change."""

    def __init__(self, data: Path) -> None:
        self._data, self._jobs = data, Jobs["Scan"](kept=0)
        self._begun: tuple[State, str] | None = None

    def job(self) -> Job[Scan] | None:
        """The scan of the events as they lie there now; None when nobody has begun it."""
        if self._begun is None or self._begun[0] != state(self._data):
            return None
        return self._jobs.get(self._begun[1])

    def begin(self) -> None:
        """Begin it, unless it runs or is done. Raises InputError when there is nothing to scan."""
        now, job = state(self._data), self.job()
        if not now:
            raise InputError("imported events", came="there are none", do="bring some in with `detente import`; docs/events.md says how")
        if job is None or job.fault is not None:
            self._begun = (now, self._jobs.begin("imported events", self._scan))

    def _scan(self, job: Job[Scan]) -> None:
        from detente.assess.scan import scan

        def along(seen: Iterable[Watched], number: int) -> Iterable[Watched]:
            for at, each in enumerate(seen, start=1):
                job.far = f"{at:,} of {number:,} pairs"
                yield each

        job.far = "reading the series"
        job.came.append(scan(measuring.kept(self._data), along=along))

    def shown(self, as_of: date) -> dict[str, Any] | None:
        """The pairs that entered a new stage by the end of the month before a day; how far the scan is; None without events."""
        if not state(self._data):
            return None
        job = self.job()
        if job is None:
            return {"begun": False, "over": False, "fault": None, "far": "", "rows": []}
        plain = {"begun": True, "over": job.is_over, "fault": job.fault, "far": job.far, "seconds": round(job.seconds, 1)}
        return {**plain, "rows": [row for found in job.came[:1] for row in alarms(found, as_of)]}


def alarms(found: Scan, as_of: date) -> list[dict[str, Any]]:
    """The foremost pairs of a scan as it stood at the end of the last month that was over by a day."""
    from detente.assess.scan import entered, until

    seen = until(found, f"{as_of.year - (as_of.month == 1):04d}-{(as_of.month - 2) % 12 + 1:02d}")
    rows = watching.document(entered(seen, top=ALARMS), seen.months)
    return [{**row, "names": views.named((row["a"], row["b"]))} for row in rows]


def add(app: FastAPI, desk: Desk) -> None:
    """The page, and the press that begins the scan."""
    scans = Scans(desk.data)

    @app.get("/world")
    def shown(request: Request, as_of: str | None = None, page: Page = 1) -> Response:
        day = views.day(as_of, clock.today())
        views.held(desk.data)
        answer = desk.awaited(request, partial(world, as_of=day, page=page))
        if isinstance(answer, Response):
            return answer
        stands = False if state(desk.data) else answer
        return desk.show(request, "world", {**answer.found, "events": scans.shown(day)}, stands=stands)

    @app.post("/world/scan")
    def scan(csrf: Annotated[str, Form()], as_of: Annotated[str, Form()] = "") -> Response:
        desk.sure(csrf)
        scans.begin()
        day = views.day(as_of or None, clock.today())
        return RedirectResponse(f"/world?as_of={day}#events", status_code=303)
