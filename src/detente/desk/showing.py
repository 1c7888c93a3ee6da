"""What all pages of the desk share: how one is found, kept, worked out apart in a large ledger, waited for, and sent as a page or as its data."""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from fastapi import Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from jinja2 import Environment
from starlette.exceptions import HTTPException

from detente.desk import clock, views
from detente.desk.apart import Apart
from detente.desk.lagging import Answer, Lagging, Task
from detente.desk.subjects import Subject, Subjects
from detente.desk.views import Seen

DATED = ("start", "world", "dyad", "timeline", "ask", "act", "sources", "examined", "hypotheses", "take")
"""Pages that show what was known by a day."""
PATIENCE_SECONDS = 1.0
"""How long a reader waits for a page of a large ledger before a page says that it is being worked out."""
SENT = 128
"""Pages kept as they were sent."""
T = TypeVar("T")
Data = dict[str, Any]
Work = Callable[[Seen], Data]
Worked = Answer[Seen, Data]
LEDGER = Subject()


class Sent:
    """The last pages as they were sent, by their tags."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def page(self, tag: str, render: Callable[[], str]) -> bytes:
        """The page of a tag, rendered when it was not sent before."""
        with self._lock:
            held = self._kept.get(tag)
            if held is not None:
                self._kept.move_to_end(tag)
        if held is None:
            held = render().encode()
            with self._lock:
                self._kept[tag] = held
                while len(self._kept) > SENT:
                    self._kept.popitem(last=False)
        return held


@dataclass(frozen=True, slots=True)
class Desk:
    """The data folder, the templates, the secret that a change must repeat, and what was worked out before."""

    data: Path
    pages: Environment
    csrf: str
    subjects: Subjects
    lagging: Lagging[Seen, Data] = field(default_factory=Lagging)
    apart: Apart = field(default_factory=Apart)
    sent: Sent = field(default_factory=Sent)

    def shown(self, request: Request, name: str, work: Work) -> Response:
        """A page about the whole ledger that costs little: as the ledger stands, or as it stood a moment ago, which the page then says."""
        return self.show(request, name, (answer := self.found(request, work)).found, stands=answer)

    def plain(self, request: Request, name: str, work: Work) -> Response:
        """A page that is found anew for every reader, and so always of now."""
        at, began = views.seen(self.data), time.time()
        return self.show(request, name, found := work(at), stands=Answer(at, found, began, 0.0))

    def worked(self, request: Request, name: str, work: Work, about: Subject = LEDGER) -> Response:
        """A page that may cost much, likewise; while nobody has it yet, one that says so.

        In a large ledger `work` is done in a process apart, so it must be a function of a module or a partial of one.
        """
        answer = self.awaited(request, work, about)
        return answer if isinstance(answer, Response) else self.show(request, name, answer.found, stands=answer)

    def awaited(self, request: Request, work: Work, about: Subject = LEDGER) -> Worked | Response:
        """What `worked` shows, or the page that says that it is being worked out."""
        is_data = bool(request.scope.get("as_data"))
        try:
            return self.found(request, work, about, seconds=PATIENCE_SECONDS if self.is_large and not is_data else None, costly=True)
        except TimeoutError:
            return self._waiting(request)

    def done(self, work: Callable[[Seen], T]) -> T:
        """What is made for one answer and not kept, apart in a large ledger."""
        at = views.held(self.data)
        return self.apart.work(work, at, patient=False) if self.is_large else work(at)

    def found(self, request: Request, work: Work, about: Subject = LEDGER, *, seconds: float | None = None, costly: bool = False) -> Worked:
        """What an address shows. Raises TimeoutError when it is not there after some seconds."""
        is_apart = costly and self.is_large
        task = Task(partial(self.subjects.state, about), self._apart(work) if is_apart else _here(work), lags=is_apart)
        return self.lagging.answer(_asked(request), task, seconds=seconds)

    @property
    def is_large(self) -> bool:
        """Whether what costs much is worked out apart."""
        return sum(views.seen(self.data).stamp[1::2]) > views.LARGE_BYTES

    def _apart(self, work: Work) -> Callable[[Seen, bool], Data]:
        return lambda at, patient: self.apart.work(work, at, patient=patient)

    def _waiting(self, request: Request) -> Response:
        """What is shown until a page is there."""
        began = self.lagging.since(_asked(request)) or time.time()
        again = f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path
        found = {"title": "Being worked out", "seconds": round(time.time() - began), "again": again}
        return self.show(request, "waiting", found, status=202)

    def show(self, request: Request, name: str, found: Data, *, status: int = 200, stands: Worked | bool = True) -> Response:
        """A page, or its data where the address ends in .json; not sent again when the reader has it.

        `stands`: found in the ledger as it is now, or in the state of an answer; False for what passes and must always be sent.
        """
        is_kept, is_data = status == 200 and stands is not False, bool(request.scope.get("as_data"))
        late = clock.told(stands.began) if isinstance(stands, Answer) and stands.late else None
        tag = self._tag(request, late, stands.state if isinstance(stands, Answer) else views.seen(self.data), name)
        headers = {"etag": tag, "cache-control": "private, no-cache", "vary": "Cookie"} if is_kept else {"cache-control": "no-store"}
        if is_kept and request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        if is_data:
            return JSONResponse({"as_of": _as_of(request), **found, **({"stood": late} if late else {})}, headers=headers)
        render = partial(self._rendered, request, name, found, late, status)
        page = self.sent.page(tag, render) if is_kept and isinstance(stands, Answer) else render()
        return HTMLResponse(page, status_code=status, headers=headers)

    def _tag(self, request: Request, late: str | None, at: Seen, name: str) -> str:
        """What changes when what is sent does."""
        parts = (self.csrf, repr(at.stamp), late, str(request.url), str(clock.today()), request.headers.get("cookie", ""), name)
        return f'"{hashlib.sha256(repr((parts, bool(request.scope.get("as_data")))).encode()).hexdigest()[:32]}"'

    def _rendered(self, request: Request, name: str, found: Data, late: str | None, status: int) -> str:
        path = request.url.path
        twin = f"{'/start' if path == '/' else path}.json?{request.url.query}" if status == 200 else ""
        kept = [each for each in request.query_params.multi_items() if each[0] not in ("as_of", "page", "token")]
        shared: Data = {"path": path, "as_of": _as_of(request), "today": clock.today().isoformat(), "twin": twin, "csrf": self.csrf}
        shared |= {"dated": name in DATED, "kept": kept, "late": late}
        return self.pages.get_template(f"{name}.html").render(**shared, **found)

    def sure(self, csrf: str) -> None:
        """Refuse a change that does not repeat the secret of this desk's pages."""
        if not secrets.compare_digest(csrf.encode(), self.csrf.encode()):
            raise HTTPException(403, "the page is older than this desk; open it again")


def _here(work: Work) -> Callable[[Seen, bool], Data]:
    return lambda at, _: work(at)


def _as_of(request: Request) -> str:
    return request.query_params.get("as_of") or clock.today().isoformat()


def _asked(request: Request) -> tuple[object, ...]:
    """What tells one page from another."""
    items = sorted(item for item in request.query_params.multi_items() if item[0] != "token")
    return (request.url.path, tuple(items), clock.today())
