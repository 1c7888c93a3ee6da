"""Fetching one address that the user asked for: http and https, the public network only, bounded in size, time and redirects.

Each hop is resolved once, its addresses are checked, and the connection goes to the address that was checked, so that a name
cannot point elsewhere in between; the certificate is verified against the name. A proxy of the user's system is respected.
"""

from __future__ import annotations

import re
import ssl
import time
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import httpx

from detente import __version__
from detente.read import networks
from detente.read.outcomes import Limits, Refusal, refusal

REDIRECTS = frozenset((301, 302, 303, 307, 308))
SENT = {"User-Agent": f"detente/{__version__}", "Accept": "text/html,application/xhtml+xml,application/pdf,application/rss+xml,*/*;q=0.8"}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server sent: the bytes, the address they came from in the end, the declared type and charset, and when (UTC)."""

    data: bytes
    address: str
    media_type: str | None
    charset: str | None
    retrieved_at: str


def fetch(address: str, *, limits: Limits) -> Fetched | Refusal:
    """Get `address` over at most `limits.redirects` redirects; whatever keeps it from coming whole is a refusal."""
    if limits.offline:
        return refusal(
            "offline", "a run with the network allowed", came=f"{address} is an address and this run is offline", do="run it without --offline"
        )
    until = time.monotonic() + limits.fetch_seconds
    here = address
    for _ in range(limits.redirects + 1):
        hop = _hop(here, limits=limits, until=until)
        if not isinstance(hop, str):
            return hop
        here = hop
    return refusal("too_many_redirects", f"at most {limits.redirects} redirects", came=f"{address} leads on to {here}", do="give the final address")


def _hop(address: str, *, limits: Limits, until: float) -> Fetched | Refusal | str:
    """The answer of one address, or the next address it sends to."""
    through = proxy(address)
    checked = networks.check(address, limits=limits, by_proxy=through is not None)
    if isinstance(checked, Refusal):
        return checked
    try:
        return _asked(checked, proxy=through, limits=limits, until=until)
    except httpx.TimeoutException:
        return _late(address, limits)
    except (httpx.RemoteProtocolError, httpx.ReadError) as error:
        return refusal("truncated", f"the whole of {address}", came=f"the answer broke off ({type(error).__name__}: {error})", do="try again")
    except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError, OSError) as error:
        do = "check the address or read a saved copy"
        return refusal("unreachable", f"an answer from {address}", came=f"there was none ({type(error).__name__}: {error})", do=do)


def _asked(place: networks.Place, *, proxy: str | None, limits: Limits, until: float) -> Fetched | Refusal | str:
    waits = httpx.Timeout(min(limits.wait_seconds, max(until - time.monotonic(), 0.001)))
    with (
        httpx.Client(proxy=proxy, timeout=waits, trust_env=False, verify=httpx.create_ssl_context()) as client,
        client.stream("GET", place.pinned, headers={**SENT, "Host": place.host_header}, extensions={"sni_hostname": place.host}) as answer,
    ):
        if answer.status_code in REDIRECTS and "location" in answer.headers:
            return str(httpx.URL(place.url).join(answer.headers["location"]))
        if answer.status_code != 200:
            came = f"it answered {answer.status_code} {answer.reason_phrase}"
            return refusal("unreachable", f"the page at {place.url}", came=came, do="check the address or read a saved copy")
        data = _body(answer, limits=limits, until=until)
        return data if isinstance(data, Refusal) else _fetched(data, place.url, headers=answer.headers)


def _body(answer: httpx.Response, *, limits: Limits, until: float) -> bytes | Refusal:
    """The unpacked body, given up as soon as it is too large or too slow."""
    data = bytearray()
    for chunk in answer.iter_bytes():
        data += chunk
        if len(data) > limits.bytes:
            came = f"{answer.url.host} sent more"
            return refusal("too_large", f"at most {limits.bytes} bytes", came=came, do="download it and split it into its documents")
        if time.monotonic() > until:
            return _late(str(answer.url), limits)
    return bytes(data)


def _late(address: str, limits: Limits) -> Refusal:
    expected = f"an answer from {address} within {limits.wait_seconds:g} s, the whole within {limits.fetch_seconds:g} s"
    return refusal("timeout", expected, came="it did not come", do="try again later or read a saved copy")


def _fetched(data: bytes, address: str, *, headers: Mapping[str, str]) -> Fetched:
    sent = headers.get("content-type")
    _, _, charset = (sent or "").lower().partition("charset=")
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return Fetched(data, address, sent, charset.partition(";")[0].strip(" \"'") or None, now)


def proxy(address: str) -> str | None:
    """The proxy that the user's system names for this address, or None."""
    scheme, _, rest = address.partition("://")
    host = re.split(r"[/?#]", rest, maxsplit=1)[0].rpartition("@")[2]
    if urllib.request.proxy_bypass(host):
        return None
    named = urllib.request.getproxies()
    return named.get(scheme.lower()) or named.get("all")
