"""Take out: acts in the formats of other programs with the account of what each cannot carry, and the whole ledger to be restored elsewhere."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from zipfile import ZIP_DEFLATED, ZipFile

from fastapi import FastAPI, Query, Request
from fastapi.responses import FileResponse, JSONResponse, Response
from pydantic import BaseModel
from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException

from detente import pipeline
from detente.desk import clock, views
from detente.desk.remembering import remembered
from detente.keep import tallies
from detente.keep.ledger import Reader
from detente.pipeline import taking
from detente.publish import formats

if TYPE_CHECKING:
    from detente.desk.showing import Desk

VERY_MANY = 100_000
"""Claims of a whole ledger from which on its acts are not even made to be counted."""
MOST = 20_000
"""Acts up to which the page counts what each format loses; of more it names the fields, and the account of a download counts."""
Pair = tuple[str, str]


class Asked(BaseModel):
    """What is taken out: as of a day, and whether with what the coder proposes."""

    as_of: str | None = None
    proposed: bool = False


def add(app: FastAPI, desk: Desk) -> None:
    """Add the pages and files of this family."""

    @app.get("/take")
    def everything(request: Request, asked: Annotated[Asked, Query()]) -> Response:
        views.held(desk.data)
        return desk.worked(request, "take", partial(page, pair=None, wanted=_wanted(None, asked)))

    @app.get("/take/{form}")
    def file(request: Request, form: str, asked: Annotated[Asked, Query()]) -> Response:
        return _file(request, desk, form, _wanted(None, asked))

    @app.get("/take/ledger/{form}")
    def ledger(form: str) -> Response:
        return _ledger(views.held(desk.data), form)

    @app.get("/dyad/{a}/{b}/take")
    def pair(request: Request, a: str, b: str, asked: Annotated[Asked, Query()]) -> Response:
        pair = views.pair_of(a, b)
        views.held(desk.data)
        return desk.worked(request, "take", partial(page, pair=pair, wanted=_wanted(pair, asked)))

    @app.get("/dyad/{a}/{b}/take/{form}")
    def pair_file(request: Request, a: str, b: str, form: str, asked: Annotated[Asked, Query()]) -> Response:
        return _file(request, desk, form, _wanted(views.pair_of(a, b), asked))


def page(at: views.Seen, pair: Pair | None, wanted: taking.Taking) -> dict[str, Any]:
    """Every format with what it is, where its file is, and what it would lose."""
    number, made = accounts(at, wanted)
    counted, told = bool(made), {each.format: each for each in made}
    forms = [{**_form(form), **(_account(told[form.name]) if counted else _named(form))} for form in formats.FORMATS.values()]
    beside = [list(each) for each in told["csv"].beside] if counted else []
    about = "the ledger" if pair is None else views.named(pair)
    plain = {"title": f"Take out, {about}", "a": pair and pair[0], "b": pair and pair[1], "proposed": wanted.proposed}
    return {**plain, "acts": number, "counted": counted, "forms": forms, "beside": beside}


@remembered(8)
def accounts(at: views.Seen, wanted: taking.Taking) -> tuple[int | None, tuple[formats.Report, ...]]:
    """The number of acts, and what would become of them in every format; none of that when there are too many, and no number of very many."""
    with Reader.open(at.data) as ledger:
        if not wanted.states and tallies.claims(ledger, as_of=wanted.as_of) > VERY_MANY:
            return None, ()
    held = _known(at, wanted)
    number = len(taking.acts(held, wanted))
    return number, taking.account(held, wanted, data=at.data) if number <= MOST else ()


def _known(at: views.Seen, wanted: taking.Taking) -> pipeline.Known:
    """What holds the acts that are asked for: of two states what a verdict looks at, otherwise everything."""
    pair = sorted(wanted.states)
    return views.looked_at(at, (pair[0], pair[1]), wanted.as_of) if len(pair) == 2 else views.known(at, wanted.as_of)


def _wanted(pair: Pair | None, asked: Asked) -> taking.Taking:
    return taking.Taking(views.day(asked.as_of, clock.today()), frozenset(pair or ()), asked.proposed)


def _form(form: formats.Form) -> dict[str, Any]:
    return {"name": form.name, "means": form.means, "media_type": form.media_type}


def _account(told: formats.Report) -> dict[str, Any]:
    return {name: value for name, value in asdict(told).items() if name not in ("format", "beside")}


def _named(form: formats.Form) -> dict[str, Any]:
    """What a format loses of any acts, not counted."""
    lost = [{"field": field, "acts": None, "why": why} for field, why in formats.losses(form.name).items()]
    return {"acts": None, "written": None, "lost": lost, "left": [], "notes": []}


def _file(request: Request, desk: Desk, name: str, wanted: taking.Taking) -> Response:
    """The acts in a format; where the address ends in .json, the account of that file."""
    form = formats.FORMATS.get(name)
    if form is None:
        raise HTTPException(404, f"there is no such format; there are {', '.join(formats.FORMATS)}")
    stem = "-".join(["acts", *sorted(wanted.states), str(wanted.as_of)])
    made: list[formats.Report] = []

    def write(path: Path) -> None:
        made.append(desk.done(partial(_taken, form=name, wanted=wanted, output=path)))

    sent = _sent(f"{stem}{form.ending}", form.media_type, write)
    if not request.scope.get("as_data"):
        return sent
    _gone(Path(sent.path).parent)
    return JSONResponse(asdict(made[0]))


def _taken(at: views.Seen, form: str, wanted: taking.Taking, output: Path) -> formats.Report:
    return taking.take(form, wanted, data=at.data, output=output, held=_known(at, wanted))


def _ledger(at: views.Seen, form: str) -> Response:
    """The whole ledger: a backup for `detente restore`, or open files for `detente rebuild` in one archive."""
    if form == "sqlite":
        return _sent("ledger.sqlite", "application/vnd.sqlite3", lambda path: pipeline.backup(path, data=at.data))
    if form == "zip":
        return _sent("ledger.zip", "application/zip", lambda path: _archive(at.data, path))
    raise HTTPException(404, "there is no such form; there are sqlite, zip")


def _archive(data: Path, path: Path) -> None:
    folder = path.with_suffix("")
    pipeline.export(folder, data=data)
    with ZipFile(path, "w", ZIP_DEFLATED) as packed:
        for each in sorted(folder.iterdir()):
            packed.write(each, f"{folder.name}/{each.name}")


def _sent(name: str, media_type: str, write: Callable[[Path], object]) -> FileResponse:
    """A file that is made for this answer, and gone after it."""
    folder = Path(tempfile.mkdtemp(prefix="detente-take-"))
    try:
        write(folder / name)
    except BaseException:
        _gone(folder)
        raise
    headers = {"cache-control": "private, no-cache"}
    return FileResponse(folder / name, media_type=media_type, filename=name, headers=headers, background=BackgroundTask(_gone, folder))


def _gone(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
