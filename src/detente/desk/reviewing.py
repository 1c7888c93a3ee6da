"""The addresses of review: the queue, the decisions on a claim and on its act, undo, and how far reviewers agree."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated
from urllib.parse import parse_qsl, quote, unquote

from fastapi import FastAPI, Form, Query, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, ValidationError

from detente import pipeline
from detente.desk import clock, queue, views
from detente.desk.queue import Filters, Place
from detente.errors import InputError
from detente.read.corrections import Decided
from detente.records import Merge, Review

if TYPE_CHECKING:
    from detente.desk.showing import Desk


class Asked(Filters, Place):
    """What stands in the address of the queue."""


class Change(BaseModel):
    """What every change of review carries: the page's secret, the claim, who and why, and the filters to come back to."""

    csrf: str
    claim: str
    reviewer: str = ""
    reason: str = ""
    where: str = ""

    def by(self) -> Decided:
        """Who decides now. Raises InputError without a name."""
        name = self.reviewer.strip()[:80]
        if not name:
            raise InputError("the name of the reviewer", came="none was given", do="go back and write it")
        return Decided(name, clock.now(), self.reason.strip()[:500])

    def back(self, by: Decided, **more: str) -> Response:
        """The way back to the queue, as it was asked for; the name is remembered."""
        answer = RedirectResponse(f"/review?{_filters(self.where).query(**more)}", status_code=303)
        answer.set_cookie("reviewer", quote(by.by), httponly=True, samesite="strict")
        return answer


class Decision(Change):
    """The form of a decision on a claim."""

    decision: str
    edits: str = ""


class Joining(Change):
    """The form that joins a claim to an act."""

    act: str


def add(app: FastAPI, desk: Desk) -> None:
    """Add the addresses of review."""
    _reading(app, desk)
    _deciding(app, desk)
    _grouping(app, desk)


def _reading(app: FastAPI, desk: Desk) -> None:
    @app.get("/review")
    def review(request: Request, asked: Annotated[Asked, Query()]) -> Response:
        filters, place = Filters(**asked.model_dump(include=set(Filters.model_fields))), Place(claim=asked.claim, after=asked.after)
        reviewer = unquote(request.cookies.get("reviewer", ""))
        return desk.plain(request, "review", partial(queue.review, filters=filters, place=place, reviewer=reviewer))

    @app.get("/review/agreement")
    def agreement(request: Request, filters: Annotated[Filters, Query()]) -> Response:
        return desk.plain(request, "agreement", partial(queue.agreed, filters=filters))


def _deciding(app: FastAPI, desk: Desk) -> None:
    @app.post("/review")
    def decide(form: Annotated[Decision, Form()]) -> Response:
        desk.sure(form.csrf)
        edits = tuple(_edit(line) for line in form.edits.splitlines() if line.strip())
        if form.decision not in ("accepted", "edited", "rejected", "disputed") or (form.decision == "edited") != bool(edits):
            raise InputError("a decision, with edits when it is edited and only then", came=f"{form.decision[:20]!r} came", do="go back and choose")
        by = form.by()
        made = Review(claim=form.claim, decision=form.decision, reviewer=by.by, at=by.at, reason=by.reason, edits=edits)  # type: ignore[arg-type]
        pipeline.review(made, data=desk.data, now=by.at)
        return form.back(by, after=form.claim)

    @app.post("/review/undo")
    def undo(form: Annotated[Change, Form()]) -> Response:
        desk.sure(form.csrf)
        by = form.by()
        pipeline.retract(form.claim, by=by, data=desk.data)
        return form.back(by, claim=form.claim)


def _grouping(app: FastAPI, desk: Desk) -> None:
    @app.post("/review/join")
    def join(form: Annotated[Joining, Form()]) -> Response:
        desk.sure(form.csrf)
        by, at = form.by(), views.seen(desk.data)
        _, nearby = queue.nearby(at, queue.entry_of(at, form.claim))
        if form.act not in [each.id for each in nearby]:
            raise InputError("an act that stands beside the claim", came=f"{form.act[:60]!r} does not", do="open the claim again and choose")
        made = Merge(claim=form.claim, act=form.act, decision="joined", by=by.by, at=by.at, reason=by.reason)
        pipeline.keep_merge(made, data=desk.data, now=by.at)
        return form.back(by, claim=form.claim)

    @app.post("/review/split")
    def split(form: Annotated[Change, Form()]) -> Response:
        desk.sure(form.csrf)
        by, at = form.by(), views.seen(desk.data)
        own, _ = queue.nearby(at, queue.entry_of(at, form.claim))
        if own is None or len(own.claims) == 1:
            raise InputError("a claim that shares its act with another", came=f"{form.claim[:60]} is the only one", do="go back to the claim")
        made = Merge(claim=form.claim, act=own.id, decision="parted", by=by.by, at=by.at, reason=by.reason)
        pipeline.keep_merge(made, data=desk.data, now=by.at)
        return form.back(by, claim=form.claim)


def _edit(line: str) -> tuple[str, str]:
    name, equals, value = line.partition("=")
    if not equals:
        raise InputError("an edit as field=value", came=f"{line[:60]!r} came", do="write for example valid=2014-04-28")
    return name.strip(), value.strip()


def _filters(where: str) -> Filters:
    """The filters of a page that sent a change; none when they are not its own."""
    try:
        return Filters(**{name: value for name, value in parse_qsl(where) if name in Filters.model_fields})  # type: ignore[arg-type]
    except ValidationError:
        return Filters()
