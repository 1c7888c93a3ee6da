"""Which addresses may be opened: http or https, no name and password in them, and only hosts of the public network.

Loopback, private, link-local, shared, reserved and multicast addresses are refused, also where they are wrapped in IPv6 forms,
unless the user allows private ones. A host with one forbidden address among several is refused.
"""

from __future__ import annotations

import ipaddress
import queue
import socket
import threading
from dataclasses import dataclass

import httpx

from detente.read.outcomes import Limits, Refusal, refusal

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_DO = "download it yourself and read the file"
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Place:
    """An address that was checked, and the same with the one network address that may be connected to (or as it is, for a proxy)."""

    url: str
    host: str
    host_header: str
    pinned: str


def check(address: str, *, limits: Limits, by_proxy: bool) -> Place | Refusal:
    """The place that an address names, or why it is not opened; `by_proxy` leaves names that only the proxy knows to the proxy."""
    try:
        url = httpx.URL(address)
    except (httpx.InvalidURL, ValueError, UnicodeError) as error:
        return refusal("forbidden_address", "an address such as https://example.org/page", came=f"it cannot be understood ({error})", do="check it")
    if url.scheme not in ("http", "https") or not url.host or url.userinfo:
        came = "it has a name and password in it" if url.userinfo else f"its scheme is {url.scheme or 'missing'}"
        return refusal("forbidden_address", "an http or https address without a password", came=came, do=_DO)
    found = _resolved(url.host, port=url.port or (443 if url.scheme == "https" else 80), seconds=limits.wait_seconds)
    if isinstance(found, Refusal):
        return _place(url, None) if by_proxy and found.reason == "unreachable" else found
    forbidden = [ip for ip in found if not is_public(ip)]
    if forbidden and not limits.allow_private:
        came = f"{url.host} leads to {forbidden[0]}"
        return refusal("forbidden_address", "an address of the public network", came=came, do=_DO)
    return _place(url, None if by_proxy else min(found, key=lambda ip: ip.version))


def _place(url: httpx.URL, ip: Address | None) -> Place:
    pinned = url if ip is None else url.copy_with(host=str(ip))
    return Place(str(url), url.raw_host.decode("ascii"), url.netloc.decode("ascii"), str(pinned))


def is_public(ip: Address) -> bool:
    """True for an address that anybody's server may have; wrapped IPv4 addresses are judged by what they wrap.

    >>> is_public(ipaddress.ip_address("8.8.8.8")), is_public(ipaddress.ip_address("::ffff:127.0.0.1"))
    (True, False)
    """
    wrapped = _wrapped(ip) if isinstance(ip, ipaddress.IPv6Address) else None
    if wrapped is not None:
        return is_public(wrapped)
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def _wrapped(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if ip.ipv4_mapped is not None:
        return ip.ipv4_mapped
    if ip.sixtofour is not None:
        return ip.sixtofour
    if ip.teredo is not None:
        return ip.teredo[1]
    return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _NAT64 else None


def _resolved(host: str, *, port: int, seconds: float) -> tuple[Address, ...] | Refusal:
    """The network addresses of a host; the system's own look-up has no time limit, so it is waited for from beside."""
    answers: queue.SimpleQueue[tuple[Address, ...] | str] = queue.SimpleQueue()
    threading.Thread(target=_look_up, args=(host, port), kwargs={"answers": answers}, daemon=True).start()
    try:
        found = answers.get(timeout=seconds)
    except queue.Empty:
        return refusal("timeout", f"the network address of {host} within {seconds:g} s", came="it was not found in time", do="try again later")
    if isinstance(found, str) or not found:
        return refusal("unreachable", f"a server named {host}", came=f"there is none ({found or 'no address'})", do="check the address")
    return found


def _look_up(host: str, port: int, *, answers: queue.SimpleQueue[tuple[Address, ...] | str]) -> None:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        answers.put(tuple(ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found))
    except (OSError, UnicodeError, ValueError) as error:
        answers.put(str(error) or type(error).__name__)
