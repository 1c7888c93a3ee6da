"""Who may speak to the desk: the Host it is called by, the token off the loopback, the origin and the size of every change.

Every answer leaves with headers that forbid foreign or inline script, framing and guessing of types.
"""

from __future__ import annotations

import hmac
import ipaddress
import json
from dataclasses import dataclass
from http import HTTPStatus
from http.cookies import CookieError, Morsel, SimpleCookie
from urllib.parse import parse_qs, urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BYTES = 20_000_000
COOKIE = "detente_token"
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
POLICY += "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)


@dataclass(frozen=True, slots=True)
class Allowed:
    """Where the desk listens, and the token it asks for there; None on the loopback, where none is asked for."""

    host: str
    token: str | None


def loopback(host: str) -> bool:
    """Whether a host is this machine only.

    >>> loopback("127.0.0.1"), loopback("localhost"), loopback("0.0.0.0"), loopback("example.org")
    (True, True, False, False)
    """
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Guard:
    """An ASGI application around another that refuses what should not come through."""

    def __init__(self, app: ASGIApp, *, allowed: Allowed) -> None:
        self._app, self._allowed = app, allowed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it; a path that ends in .json asks for the data of the page without that ending."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        refused = self._refusal(scope, headers)
        told = _with_headers(send, self._cookie(scope))
        if refused is not None:
            await _refuse(told, *refused)
            return
        path = scope["path"]
        if path.endswith(".json") and path != "/openapi.json":
            scope = {**scope, "path": path.removesuffix(".json"), "as_data": True}
        await self._app(scope, receive, told)

    def _cookie(self, scope: Scope) -> tuple[tuple[bytes, bytes], ...]:
        """The header that remembers a right token given in the address."""
        wanted = self._allowed.token
        if wanted is None or not hmac.compare_digest(_asked(scope).encode(), wanted.encode()):
            return ()
        return ((b"set-cookie", f"{COOKIE}={wanted}; HttpOnly; SameSite=Strict; Path=/".encode()),)

    def _refusal(self, scope: Scope, headers: dict[str, str]) -> tuple[int, str] | None:
        if not self._host(headers.get("host", "")):
            return 421, "This desk does not answer to that Host."
        if not self._known(scope, headers):
            return 401, "Give the token that `detente serve` was started with: open the address with ?token=... once."
        if scope["method"] not in ("GET", "HEAD"):
            return _change(scope["scheme"], headers)
        return None

    def _host(self, given: str) -> bool:
        """A name that is not ours may be a stranger's that leads to this address; numbers cannot be."""
        try:
            name = urlsplit(f"//{given}").hostname or ""
        except ValueError:
            return False
        if loopback(name):
            return True
        if loopback(self._allowed.host):
            return False
        return name == self._allowed.host or _number(name)

    def _known(self, scope: Scope, headers: dict[str, str]) -> bool:
        wanted = self._allowed.token
        if wanted is None:
            return True
        offered = (headers.get("authorization", "").removeprefix("Bearer "), cookie(headers.get("cookie", "")), _asked(scope))
        return any(hmac.compare_digest(each.encode(), wanted.encode()) for each in offered)


def _asked(scope: Scope) -> str:
    query: bytes = scope["query_string"]
    return parse_qs(query.decode("latin-1")).get("token", [""])[0]


def cookie(header: str) -> str:
    """The token in a Cookie header, or nothing."""
    try:
        found: Morsel[str] | None = SimpleCookie(header).get(COOKIE)
    except CookieError:
        return ""
    return "" if found is None else found.value


def _number(name: str) -> bool:
    try:
        return bool(ipaddress.ip_address(name))
    except ValueError:
        return False


def _change(scheme: str, headers: dict[str, str]) -> tuple[int, str] | None:
    if headers.get("origin") != f"{scheme}://{headers['host']}":
        return 403, "A change must come from a page of this desk."
    if headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return 403, "A change must come from a page of this desk."
    length = headers.get("content-length", "")
    if not length.isascii() or not length.isdigit():
        return 411, "Say how long it is."
    if int(length) > MAX_BYTES:
        return 413, f"At most {MAX_BYTES:,} bytes are taken."
    return None


def _with_headers(send: Send, more: tuple[tuple[bytes, bytes], ...]) -> Send:
    async def told(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message.get("headers", ()), *HEADERS, *more]}
        await send(message)

    return told


def problem(status: int, detail: str, do: str | None = None) -> dict[str, object]:
    """A fault as problem details (RFC 9457): a plain type takes the words of its status for a title."""
    told = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    return told if do is None else {**told, "do": do}


async def _refuse(send: Send, status: int, why: str) -> None:
    body = json.dumps(problem(status, why)).encode()
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-type", b"application/problem+json")]})
    await send({"type": "http.response.body", "body": body})
