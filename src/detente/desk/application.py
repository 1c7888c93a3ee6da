"""The desk as a web application: its addresses, what each answers, and how a fault is told."""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Iterable
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Annotated

from fastapi import FastAPI, Form, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from jinja2 import Environment, PackageLoader
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles

from detente import pipeline
from detente.desk import bringing, charting, clock, comparing, describing, reviewing, runs, taking, views, world
from detente.desk.guard import Allowed, Guard, problem
from detente.desk.lagging import Noticing
from detente.desk.showing import Desk
from detente.desk.subjects import Subject, Subjects
from detente.errors import DetenteError, LedgerBusy, LedgerError
from detente.read.outcomes import Limits

BRIEFS, RECORDS = (describing.FORMS[f"/{name}/{{form}}"] for name in ("brief", "records"))
"""Media types by form."""
Text = Annotated[str, Form()]
From = Annotated[str | None, Query(alias="from")]
To = Annotated[str | None, Query(alias="to")]
UNLESS_TOLD = Limits()


class Part(BaseModel):
    """What of an examination is asked for: the day, whether with what either did with others, and which part of a long table."""

    as_of: str | None = None
    others: bool = False
    page: Annotated[int, Field(ge=1, le=100_000)] = 1


def application(data: Path, *, host: str = "127.0.0.1", token: str | None = None, limits: Limits = UNLESS_TOLD) -> Guard:
    """The application on a data folder, behind its guard; `token` must be there when `host` is not the loopback.

    `limits` bound what an address that somebody brings in may send, and whether it is asked at all.
    """
    pages = Environment(loader=PackageLoader("detente.desk"), autoescape=True)
    desk = Desk(data, pages, secrets.token_urlsafe(32), Subjects(data))
    app = FastAPI(title="Detente", docs_url=None, redoc_url=None)
    app.mount("/assets/web", StaticFiles(directory=str(files("detente") / "data" / "web")))
    app.mount("/assets", StaticFiles(directory=str(files("detente") / "desk" / "assets")))
    _reading(app, desk)
    _comparing(app, desk)
    _drilling(app, desk)
    _sending(app, desk)
    _changing(app, desk)
    reviewing.add(app, desk)
    taking.add(app, desk)
    bringing.add(app, desk, limits)
    world.add(app, desk)
    charting.add(app, desk)
    runs.add(app, desk)
    _faults(app, desk)
    describing.add(app)
    return Guard(Noticing(app, desk.lagging.changed), allowed=Allowed(host, token))


def _reading(app: FastAPI, desk: Desk) -> None:
    @app.get("/")
    @app.get("/start")
    def start(request: Request, as_of: str | None = None) -> Response:
        day = views.day(as_of, clock.today())
        return desk.shown(request, "start", partial(views.start, as_of=day))

    @app.get("/dyad/{a}/{b}")
    def dyad(request: Request, a: str, b: str, as_of: str | None = None) -> Response:
        views.held(desk.data)
        pair, day = views.pair_of(a, b), views.day(as_of, clock.today())
        return desk.worked(request, "dyad", partial(views.dyad, pair=pair, as_of=day), Subject(pair))

    @app.get("/ask")
    def ask(request: Request, q: str = "", as_of: str | None = None) -> Response:
        day, today = views.day(as_of, clock.today()), clock.today()
        return desk.worked(request, "ask", partial(views.ask, question=q[:1000], as_of=day, today=today))


def _comparing(app: FastAPI, desk: Desk) -> None:
    @app.get("/dyad/{a}/{b}/examined/{name}")
    def examined(request: Request, a: str, b: str, name: str, part: Annotated[Part, Query()]) -> Response:
        family = comparing.family(name)
        if family is None:
            raise HTTPException(404, "there is no such examination")
        views.held(desk.data)
        asked = comparing.Asked(views.pair_of(a, b), family, views.day(part.as_of, clock.today()), part.others, part.page)
        return desk.worked(request, "examined", partial(comparing.examined, asked=asked), Subject(asked.pair, "around"))

    @app.get("/dyad/{a}/{b}/hypotheses")
    def hypotheses(request: Request, a: str, b: str, as_of: str | None = None) -> Response:
        pair, day = views.pair_of(a, b), views.day(as_of, clock.today())
        views.held(desk.data)
        return desk.worked(request, "hypotheses", partial(comparing.hypotheses, pair=pair, as_of=day), Subject(pair, "explained"))

    @app.get("/dyad/{a}/{b}/moved")
    def moved(request: Request, a: str, b: str, since: From = None, until: To = None) -> Response:
        days = comparing.span(since, until, clock.today())
        pair = views.pair_of(a, b)
        views.held(desk.data)
        return desk.worked(request, "moved", partial(comparing.moved, pair=pair, days=days), Subject(pair))


def _drilling(app: FastAPI, desk: Desk) -> None:
    @app.get("/act/{key}")
    def act(request: Request, key: str, as_of: str | None = None) -> Response:
        views.held(desk.data)
        return desk.shown(request, "act", partial(views.act, key=key, as_of=views.day(as_of, clock.today())))

    @app.get("/document/{key}")
    def document(request: Request, key: str, as_of: str | None = None) -> Response:
        views.held(desk.data)
        views.day(as_of, clock.today())
        return desk.shown(request, "document", partial(views.document, key=key))

    @app.get("/sources")
    def sources(request: Request, as_of: str | None = None) -> Response:
        views.held(desk.data)
        day = views.day(as_of, clock.today())
        return desk.shown(request, "sources", partial(views.sources, as_of=day))


def _sending(app: FastAPI, desk: Desk) -> None:
    @app.get("/dyad/{a}/{b}/timeline.svg")
    def timeline(request: Request, a: str, b: str, as_of: str | None = None) -> Response:
        views.held(desk.data)
        pair, day = views.pair_of(a, b), views.day(as_of, clock.today())
        drawn = desk.found(request, partial(views.picture, pair=pair, as_of=day), Subject(pair), costly=True).found
        return Response(drawn["svg"], media_type="image/svg+xml")

    @app.get("/dyad/{a}/{b}/brief/{form}")
    def brief(a: str, b: str, form: str, as_of: str | None = None) -> Response:
        _form(form, BRIEFS)
        pair, today = views.pair_of(a, b), clock.today()
        day = views.day(as_of, today)
        with tempfile.TemporaryDirectory() as folder:
            output = Path(folder) / f"brief.{form}"
            desk.done(partial(views.brief, pair=pair, as_of=day, today=today, output=output))
            return _sent(output, BRIEFS[form])

    @app.get("/dyad/{a}/{b}/records/{form}")
    def records(a: str, b: str, form: str) -> Response:
        _form(form, RECORDS)
        with tempfile.TemporaryDirectory() as folder:
            output = Path(folder) / f"records.{form}"
            pipeline.write_sheet(pipeline.records(desk.data, names=views.pair_of(a, b)), output)
            return _sent(output, RECORDS[form])


def _form(form: str, known: Iterable[str]) -> None:
    if form not in known:
        raise HTTPException(404, f"there is no such form; there are {', '.join(known)}")


def _sent(output: Path, media_type: str) -> Response:
    return Response(output.read_bytes(), media_type=media_type, headers={"content-disposition": f'attachment; filename="{output.name}"'})


def _changing(app: FastAPI, desk: Desk) -> None:
    @app.post("/case")
    def case(csrf: Text, name: Text) -> Response:
        desk.sure(csrf)
        folder = views.shipped().get(name)
        if folder is None:
            raise HTTPException(404, "there is no such case")
        pipeline.load_case(folder, data=desk.data, now=clock.now())
        return RedirectResponse("/", status_code=303)


def _faults(app: FastAPI, desk: Desk) -> None:
    def told(request: Request, status: int, title: str, do: str = "go back to the start") -> Response:
        if request.scope.get("as_data"):
            return JSONResponse(problem(status, title, do), status_code=status, media_type="application/problem+json")
        return desk.show(request, "problem", {"title": "This cannot be shown", "detail": title, "do": do}, status=status)

    @app.exception_handler(DetenteError)
    def ours(request: Request, error: DetenteError) -> Response:
        status = 503 if isinstance(error, LedgerBusy) else 404 if isinstance(error, LedgerError) else 400
        return told(request, status, f"Expected {error.expected}, but {error.came}.", error.do)

    @app.exception_handler(HTTPException)
    def plain(request: Request, error: HTTPException) -> Response:
        return told(request, error.status_code, str(error.detail))

    @app.exception_handler(RequestValidationError)
    def unfit(request: Request, _: RequestValidationError) -> Response:
        return told(request, 422, "The form or address lacks something, or holds something else than expected.")
