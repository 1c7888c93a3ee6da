"""The page of a pair's timeline: stages by dimension with the acts under them, held against the pairs that its case names as benchmarks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI, Request
from fastapi.responses import Response

from detente import ontology
from detente.assess import changed
from detente.assess.facts import rule
from detente.desk import clock, views
from detente.desk.remembering import remembered
from detente.desk.subjects import Subject
from detente.desk.views import Seen
from detente.measure.occasions import add_months
from detente.publish import exports, timeline
from detente.records import Finding, Verdict

if TYPE_CHECKING:
    from detente.desk.showing import Desk

Pair = tuple[str, str]


@remembered(16)
def drawn(at: Seen, pair: Pair, as_of: date) -> dict[str, Any]:
    """The option of the interactive timeline, and the two tables behind it: calls by dimension, and days with an act by year."""
    found = views.verdict(at, pair, as_of)
    since = add_months(as_of, -int(rule("memory_months")))
    all_ = (found, *found.benchmarks)
    yearly = changed.yearly(views.looked_at(at, pair, as_of).acts, [each.dyad for each in all_], since=since, as_of=as_of)
    counted = {views.named(pair): numbers for pair, numbers in yearly.items()}
    evidence = [exports.evidence(piece) for piece in found.evidence if piece.valid and (piece.valid.start or date.max) >= since]
    return {
        "chart": timeline.overlaid(found, since=since, yearly=counted),
        "pairs": list(counted),
        "years": [{"year": since.year + at, "days": [numbers[at] for numbers in counted.values()]} for at in range(as_of.year - since.year + 1)],
        "rows": [_row(f, all_) for f in found.dimensions],
        "evidence": evidence,
        "since": str(since),
    }


def _row(f: Finding, all_: Iterable[Verdict]) -> dict[str, Any]:
    """One dimension: what each pair's verdict calls it, and when the stage began."""
    calls = [next((each for each in verdict.dimensions if each.dimension == f.dimension), None) for verdict in all_]
    told = [None if each is None else {"verdict": each.call, "begins": each.stage and str(each.stage.begins)} for each in calls]
    return {"dimension": ontology.term("dimensions", f.dimension).name, "calls": told}


def page(at: Seen, pair: Pair, as_of: date) -> dict[str, Any]:
    """The timeline of a pair with its tables."""
    return {"title": f"Timeline, {views.named(pair)}", "a": pair[0], "b": pair[1], **drawn(at, pair, as_of)}


def add(app: FastAPI, desk: Desk) -> None:
    """The page; its data are what the interactive drawing is made of."""

    @app.get("/dyad/{a}/{b}/timeline")
    def shown(request: Request, a: str, b: str, as_of: str | None = None) -> Response:
        views.held(desk.data)
        pair, day = views.pair_of(a, b), views.day(as_of, clock.today())
        return desk.worked(request, "timeline", partial(page, pair=pair, as_of=day), Subject(pair))
