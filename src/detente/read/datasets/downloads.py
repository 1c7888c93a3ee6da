"""One file from a public address to a folder: streamed under a temporary name, its size and MD5 proved, then renamed.

What may pass is tried again with growing pauses (busy, cut off, stalled, damaged); what will not pass (404, a forbidden address) is not.
Every hop is checked as pages are: public addresses of http and https only. A host that the user named may also be a private one.
"""

from __future__ import annotations

import hashlib
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

import httpx

from detente.errors import SourceError
from detente.read import fetch, networks
from detente.read.datasets.mirrors import Listed
from detente.read.outcomes import Limits, Refusal

MOST_BYTES = 2_000_000_000
"""A file whose size no list says, such as a list itself, is left when it is longer."""
PASSING = frozenset((408, 425, 429, 500, 502, 503, 504))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How patient: attempts, the first pause in seconds (doubled each time), the longest pause, and how to pause (an argument, for tests).

    A Retry-After longer than the longest pause ends the attempts: the server is not asked before the time that it named.
    """

    attempts: int = 5
    pause_seconds: float = 1.0
    longest_seconds: float = 120.0
    sleep: Callable[[float], None] = time.sleep


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What is the same for all files of a run: limits, pace, and the origin (scheme, host, port) that the user named, or None."""

    limits: Limits
    pace: Pace
    named: str | None = None


@dataclass(frozen=True, slots=True)
class Missed:
    """A file that did not come: why, whether another attempt may help, and the seconds that the server asked to wait."""

    name: str
    why: str
    passing: bool = False
    wait_seconds: float | None = None


def origin(address: str) -> str:
    """Scheme, host and port of an address; SourceError when it is none."""
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL as error:
        raise SourceError("an address such as http://example.org/files/", came=f"{address!r} is none ({error})", do="check it") from error
    return f"{url.scheme}://{url.netloc.decode('ascii')}"


def download(address: str, wanted: Listed, *, into: Path, asking: Asking) -> Missed | None:
    """Bring `address` to `into / wanted.name`; None when it stands there whole, else why not. Nothing half done is left behind."""
    part = into / f"{wanted.name}.part"
    for attempt in range(asking.pace.attempts):
        missed = _attempt(address, wanted, part=part, asking=asking)
        if missed is None:
            part.replace(into / wanted.name)
            return None
        part.unlink(missing_ok=True)
        pause = missed.wait_seconds if missed.wait_seconds is not None else asking.pace.pause_seconds * 2**attempt
        if not missed.passing or attempt + 1 == asking.pace.attempts or pause > asking.pace.longest_seconds:
            return missed
        asking.pace.sleep(pause)
    return None


def whole(path: Path, wanted: Listed) -> bool:
    """True when a file stands there with the size and the MD5 of the list, as far as the list says."""
    if not path.is_file() or (wanted.size is not None and path.stat().st_size != wanted.size):
        return False
    if wanted.md5 is None:
        return wanted.size is not None
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest() == wanted.md5


def _attempt(address: str, wanted: Listed, *, part: Path, asking: Asking) -> Missed | None:
    here, until = address, time.monotonic() + asking.limits.fetch_seconds
    for _ in range(asking.limits.redirects + 1):
        try:
            after = _hop(here, wanted, part=part, asking=asking, until=until)
        except httpx.TimeoutException:
            return Missed(wanted.name, f"nothing came for {asking.limits.wait_seconds:g} s", passing=True)
        except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError) as error:
            return Missed(wanted.name, f"the answer broke off ({type(error).__name__})", passing=True)
        if not isinstance(after, str):
            return after
        here = after
    return Missed(wanted.name, f"more than {asking.limits.redirects} redirects, the last to {here}")


def _hop(address: str, wanted: Listed, *, part: Path, asking: Asking, until: float) -> Missed | str | None:
    proxy = fetch.proxy(address)
    limits = replace(asking.limits, allow_private=asking.named is not None and origin(address) == asking.named)
    place = networks.check(address, limits=limits, by_proxy=proxy is not None)
    if isinstance(place, Refusal):
        return Missed(wanted.name, place.message, passing=place.reason in ("timeout", "unreachable"))
    headers = {**fetch.SENT, "Accept": "*/*", "Accept-Encoding": "identity", "Host": place.host_header}
    with (
        httpx.Client(proxy=proxy, timeout=limits.wait_seconds, trust_env=False, verify=httpx.create_ssl_context()) as client,
        client.stream("GET", place.pinned, headers=headers, extensions={"sni_hostname": place.host}) as answer,
    ):
        if answer.status_code in fetch.REDIRECTS and "location" in answer.headers:
            return str(httpx.URL(place.url).join(answer.headers["location"]))
        if answer.status_code != 200:
            why = f"it answered {answer.status_code} {answer.reason_phrase}"
            return Missed(wanted.name, why, answer.status_code in PASSING, _asked_to_wait(answer.headers.get("retry-after")))
        return _written(answer, wanted, part=part, until=until)


def _written(answer: httpx.Response, wanted: Listed, *, part: Path, until: float) -> Missed | None:
    """Write the body and prove it; too much is left at once, when the size is known."""
    size, digest = 0, hashlib.md5(usedforsecurity=False)
    most = MOST_BYTES if wanted.size is None else wanted.size
    with part.open("wb") as file:
        for chunk in answer.iter_raw():
            size += len(chunk)
            digest.update(chunk)
            file.write(chunk)
            if size > most:
                return Missed(wanted.name, f"more than {most} bytes came", passing=wanted.size is not None)
            if time.monotonic() > until:
                return Missed(wanted.name, "it came too slowly", passing=True)
    if wanted.size is not None and size != wanted.size:
        return Missed(wanted.name, f"{size} of {wanted.size} bytes came", passing=True)
    if wanted.md5 is not None and digest.hexdigest() != wanted.md5:
        return Missed(wanted.name, f"its MD5 is {digest.hexdigest()}, the list says {wanted.md5}", passing=True)
    return None


def _asked_to_wait(sent: str | None) -> float | None:
    """Seconds of a Retry-After header, which gives seconds or a day and time; None when it gives neither."""
    if sent is None or sent.strip().isdecimal():
        return None if sent is None else float(sent)
    try:
        until = parsedate_to_datetime(sent)
    except ValueError:
        return None
    return max(0.0, (until.replace(tzinfo=until.tzinfo or UTC) - datetime.now(UTC)).total_seconds())
