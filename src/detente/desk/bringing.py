"""Bring in: a pasted text, a file or an address is read on a press, with progress, and then leads to the claims that it proposes."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import quote, urlsplit

from fastapi import FastAPI, File, Form, Request, UploadFile
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from detente import pipeline
from detente.desk import clock, views
from detente.desk.jobs import Job, Jobs
from detente.errors import InputError
from detente.read.outcomes import Limits

if TYPE_CHECKING:
    from detente.desk.showing import Desk

LONGEST_ADDRESS = 2_000
Text = Annotated[str, Form()]
Reads = Job[pipeline.Reading]


@dataclass(frozen=True, slots=True)
class Told:
    """What the form says of the document: the publication and its day, where given."""

    source: str | None
    published: date | None


def told(source: Text = "", published: Text = "") -> Told:
    """The fields of the form that are the same for a text, a file and an address."""
    return Told(source.strip()[:200] or None, views.day(published, clock.today()) if published else None)


def wanted_text(content: bytes, of: Told) -> pipeline.Wanted:
    """A text or a file, read without the network. Raises InputError for nothing."""
    if not content.strip():
        raise InputError("a text or a file", came="nothing came", do="paste a text, or choose a file")
    return pipeline.Wanted(("-",), of.published, of.source, Limits(offline=True), content)


def wanted_address(address: str, of: Told, limits: Limits) -> pipeline.Wanted:
    """One address of the web; never a path of this machine. Raises InputError for anything else, or where the desk may not fetch."""
    if limits.offline:
        raise InputError("a desk that may fetch", came="this one was started with --offline", do="save the page and bring in the file")
    if urlsplit(address).scheme.lower() not in ("http", "https") or len(address) > LONGEST_ADDRESS:
        raise InputError("an address that begins with http:// or https://", came=f"{address[:60]!r} came", do="copy it from the browser")
    return pipeline.Wanted((address,), of.published, of.source, limits)


def reading(wanted: pipeline.Wanted, data: Path, job: Reads) -> None:
    """Read what is wanted, one document after the other."""
    for each in pipeline.read(wanted, data=data, now=clock.now(), wait_seconds=20.0):
        job.came.append(each)


def shown(job: Reads, key: str) -> dict[str, Any]:
    """How far the reading is, and the fate of each thing read."""
    rows = [{**asdict(each), "message": "" if each.fate == "failed" else each.message} for each in job.came]
    plain = {"title": "Reading" if not job.is_over else "What was read", "job": key, "about": job.about, "over": job.is_over, "fault": job.fault}
    return {**plain, "seconds": round(job.seconds, 1), "readings": rows, "claims": sum(each.claims for each in job.came)}


def leads_to(job: Reads) -> str | None:
    """Where a reading that went well leads: to the claims of its document, when it is one."""
    documents = {each.document for each in job.came if each.document is not None}
    if not job.is_over or job.fault is not None or len(documents) != 1 or any(each.fate != "coded" for each in job.came):
        return None
    return f"/review?document={quote(documents.pop())}"


def add(app: FastAPI, desk: Desk, limits: Limits) -> None:
    """The page, the two forms on it, and the page of a reading."""
    jobs = Jobs[pipeline.Reading]()
    _forms(app, desk, jobs, limits)
    _progress(app, desk, jobs)


def _forms(app: FastAPI, desk: Desk, jobs: Jobs[pipeline.Reading], limits: Limits) -> None:
    def begin(about: str, wanted: pipeline.Wanted) -> Response:
        key = jobs.begin(about[:200], lambda job: reading(wanted, desk.data, job))
        return RedirectResponse(f"/bring/{key}", status_code=303)

    @app.get("/bring")
    def offer(request: Request) -> Response:
        return desk.show(request, "bring", {"title": "Bring in", "offline": limits.offline})

    @app.post("/bring")
    def bring(csrf: Text, text: Text = "", source: Text = "", published: Text = "", file: Annotated[UploadFile | None, File()] = None) -> Response:
        desk.sure(csrf)
        if file is not None and file.filename:
            return begin(file.filename, wanted_text(file.file.read(), told(source, published)))
        return begin("the pasted text", wanted_text(text.encode("utf-8", "replace"), told(source, published)))

    @app.post("/bring/address")
    def fetch(csrf: Text, address: Text, source: Text = "", published: Text = "") -> Response:
        desk.sure(csrf)
        return begin(address.strip(), wanted_address(address.strip(), told(source, published), limits))


def _progress(app: FastAPI, desk: Desk, jobs: Jobs[pipeline.Reading]) -> None:
    @app.get("/bring/{key}")
    def progress(request: Request, key: str) -> Response:
        job = jobs.get(key)
        if job is None:
            raise HTTPException(404, "there is no such reading; it was let go, or the desk was started anew since")
        onward = leads_to(job)
        if onward is None or request.scope.get("as_data"):
            return desk.show(request, "reading", shown(job, key), stands=False)
        if request.headers.get("hx-request"):
            return Response(headers={"hx-redirect": onward, "cache-control": "no-store"})
        return RedirectResponse(onward, status_code=303)
