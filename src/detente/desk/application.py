"""The desk as a web application: its addresses, what each answers, and how a fault is told."""

from __future__ import annotations

import hashlib
import secrets
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, TypeVar

from fastapi import FastAPI, Form, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from jinja2 import Environment, PackageLoader
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles

from detente import pipeline
from detente.desk import bringing, charting, clock, comparing, describing, reviewing, runs, taking, views, world
from detente.desk.guard import Allowed, Guard, problem
from detente.desk.lagging import Answer, Lagging, Noticing
from detente.errors import DetenteError, LedgerBusy, LedgerError
from detente.read.outcomes import Limits

BRIEFS, RECORDS = (describing.FORMS[f"/{name}/{{form}}"] for name in ("brief", "records"))
"""Media types by form."""
DATED = ("start", "world", "dyad", "timeline", "ask", "act", "sources", "examined", "hypotheses", "take")
"""Pages that show what was known by a day."""
Text = Annotated[str, Form()]
From = Annotated[str | None, Query(alias="from")]
To = Annotated[str | None, Query(alias="to")]
Found = TypeVar("Found")
Worked = Answer[views.Seen, dict[str, Any]]
UNLESS_TOLD = Limits()


class Part(BaseModel):
    """What of an examination is asked for: the day, whether with what either did with others, and which part of a long table."""

    as_of: str | None = None
    others: bool = False
    page: Annotated[int, Field(ge=1, le=100_000)] = 1


@dataclass(frozen=True, slots=True)
class Desk:
    """What all pages share: the data folder, the templates, the secret that a change must repeat, and the pages worked out before."""

    data: Path
    pages: Environment
    csrf: str
    lagging: Lagging[views.Seen, dict[str, Any]]

    def worked(self, request: Request, name: str, work: Callable[[views.Seen], dict[str, Any]]) -> Response:
        """A page that may cost much: as the ledger stands, or as it stood a moment ago, which the page then says."""
        asked = sorted(item for item in request.query_params.multi_items() if item[0] != "token")
        answer = self.lagging.answer((request.url.path, tuple(asked), clock.today()), work)
        return self.show(request, name, answer.found, stands=answer)

    def show(self, request: Request, name: str, found: dict[str, Any], *, status: int = 200, stands: Worked | bool = True) -> Response:
        """A page, or its data where the address ends in .json; not sent again when the reader has it.

        `stands`: found in the ledger as it is now, or in the state of an answer; False for what passes and must always be sent.
        """
        today, now = clock.today(), views.seen(self.data)
        as_of = request.query_params.get("as_of") or today.isoformat()
        path, is_kept = request.url.path, status == 200 and stands is not False
        at, began = (now, 0.0) if isinstance(stands, bool) else (stands.state, stands.began)
        late = None if at == now else clock.told(began)
        parts = (self.csrf, repr(at.stamp), late, str(request.url), str(today), request.headers.get("cookie", ""))
        tag = f'"{hashlib.sha256(repr((parts, bool(request.scope.get("as_data")))).encode()).hexdigest()[:32]}"'
        headers = {"etag": tag, "cache-control": "private, no-cache", "vary": "Cookie"} if is_kept else {"cache-control": "no-store"}
        if is_kept and request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        if request.scope.get("as_data"):
            return JSONResponse({"as_of": as_of, **found, **({"stood": late} if late else {})}, headers=headers)
        twin = f"{'/start' if path == '/' else path}.json?{request.url.query}" if status == 200 else ""
        shared: dict[str, Any] = {"path": path, "as_of": as_of, "today": today.isoformat(), "twin": twin, "csrf": self.csrf}
        kept = [each for each in request.query_params.multi_items() if each[0] not in ("as_of", "page", "token")]
        shared |= {"dated": name in DATED, "kept": kept, "late": late}
        return HTMLResponse(self.pages.get_template(f"{name}.html").render(**shared, **found), status_code=status, headers=headers)

    def sure(self, csrf: str) -> None:
        """Refuse a change that does not repeat the secret of this desk's pages."""
        if not secrets.compare_digest(csrf.encode(), self.csrf.encode()):
            raise HTTPException(403, "the page is older than this desk; open it again")


def application(data: Path, *, host: str = "127.0.0.1", token: str | None = None, limits: Limits = UNLESS_TOLD) -> Guard:
    """The application on a data folder, behind its guard; `token` must be there when `host` is not the loopback.

    `limits` bound what an address that somebody brings in may send, and whether it is asked at all.
    """
    pages = Environment(loader=PackageLoader("detente.desk"), autoescape=True)
    desk = Desk(data, pages, secrets.token_urlsafe(32), Lagging(lambda: views.seen(data)))
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
        return desk.worked(request, "start", lambda at: views.start(at, day))

    @app.get("/dyad/{a}/{b}")
    def dyad(request: Request, a: str, b: str, as_of: str | None = None) -> Response:
        views.held(desk.data)
        pair, day = views.pair_of(a, b), views.day(as_of, clock.today())
        return desk.worked(request, "dyad", lambda at: views.dyad(at, pair, day))

    @app.get("/ask")
    def ask(request: Request, q: str = "", as_of: str | None = None) -> Response:
        return desk.show(request, "ask", views.ask(views.seen(desk.data), q[:1000], views.day(as_of, clock.today()), clock.today()))


def _comparing(app: FastAPI, desk: Desk) -> None:
    def worked(request: Request, name: str, work: Callable[[views.Seen], dict[str, Any]]) -> Response:
        views.held(desk.data)
        return desk.worked(request, name, work)

    @app.get("/dyad/{a}/{b}/examined/{name}")
    def examined(request: Request, a: str, b: str, name: str, part: Annotated[Part, Query()]) -> Response:
        family = _found(comparing.family(name), "examination")
        asked = comparing.Asked(views.pair_of(a, b), family, views.day(part.as_of, clock.today()), part.others, part.page)
        return worked(request, "examined", lambda at: comparing.examined(at, asked))

    @app.get("/dyad/{a}/{b}/hypotheses")
    def hypotheses(request: Request, a: str, b: str, as_of: str | None = None) -> Response:
        pair, day = views.pair_of(a, b), views.day(as_of, clock.today())
        return worked(request, "hypotheses", lambda at: comparing.hypotheses(at, pair, day))

    @app.get("/dyad/{a}/{b}/moved")
    def moved(request: Request, a: str, b: str, since: From = None, until: To = None) -> Response:
        days = comparing.span(since, until, clock.today())
        pair = views.pair_of(a, b)
        return worked(request, "moved", lambda at: comparing.moved(at, pair, days))


def _drilling(app: FastAPI, desk: Desk) -> None:
    @app.get("/act/{key}")
    def act(request: Request, key: str, as_of: str | None = None) -> Response:
        at = views.held(desk.data)
        return desk.show(request, "act", _found(views.act(at, key, views.day(as_of, clock.today())), "act known by that day"))

    @app.get("/document/{key}")
    def document(request: Request, key: str, as_of: str | None = None) -> Response:
        at = views.held(desk.data)
        views.day(as_of, clock.today())
        return desk.show(request, "document", _found(views.document(at, key), "document"))

    @app.get("/sources")
    def sources(request: Request, as_of: str | None = None) -> Response:
        views.held(desk.data)
        day = views.day(as_of, clock.today())
        return desk.worked(request, "sources", lambda at: views.sources(at, day))


def _found(data: Found | None, what: str) -> Found:
    if data is None:
        raise HTTPException(404, f"there is no such {what}")
    return data


def _sending(app: FastAPI, desk: Desk) -> None:
    @app.get("/dyad/{a}/{b}/timeline.svg")
    def timeline(a: str, b: str, as_of: str | None = None) -> Response:
        at = views.held(desk.data)
        drawn = views.picture(at, views.pair_of(a, b), views.day(as_of, clock.today()))
        return Response(drawn, media_type="image/svg+xml")

    @app.get("/dyad/{a}/{b}/brief/{form}")
    def brief(a: str, b: str, form: str, as_of: str | None = None) -> Response:
        _form(form, BRIEFS)
        with tempfile.TemporaryDirectory() as folder:
            output = Path(folder) / f"brief.{form}"
            pipeline.brief(views.pair_of(a, b), data=desk.data, as_of=views.day(as_of, clock.today()), today=clock.today(), output=output)
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
