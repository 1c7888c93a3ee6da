"""Only the public network is opened, however an address is dressed up."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.read import networks
from detente.read.outcomes import Limits, Refusal


def _reason(address: str, limits: Limits | None = None) -> str | None:
    found = networks.check(address, limits=limits or Limits(), by_proxy=False)
    return found.reason if isinstance(found, Refusal) else None


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://[fe80::1]/",
        "http://[fc00::1]/",
        "http://0.0.0.0/",
        "http://10.1.2.3/",
        "http://172.16.0.1/",
        "http://192.168.0.1/",
        "http://169.254.169.254/latest/meta-data",
        "http://100.64.0.1/",
        "http://224.0.0.1/",
        "http://255.255.255.255/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://127.1/",
        "file:///etc/passwd",
        "ftp://example.org/x",
        "gopher://example.org/x",
        "http://user:secret@example.org/",
        "http://",
        "http://[::1",
        "http://exa\x00mple.org/",
    ],
)
def test_what_is_not_public_http_is_forbidden(address: str) -> None:
    assert _reason(address) == "forbidden_address"


def test_a_public_address_is_pinned_and_keeps_its_name() -> None:
    place = networks.check("https://93.184.216.34:8443/a?b=c", limits=Limits(), by_proxy=False)
    assert isinstance(place, networks.Place)
    assert (place.pinned, place.host_header) == ("https://93.184.216.34:8443/a?b=c", "93.184.216.34:8443")
    six = networks.check("http://[2606:4700::1111]/x", limits=Limits(), by_proxy=False)
    assert isinstance(six, networks.Place)
    assert six.pinned == "http://[2606:4700::1111]/x"


def test_private_addresses_are_opened_when_the_user_allows_them() -> None:
    assert _reason("http://127.0.0.1:1/", Limits(allow_private=True)) is None
    assert _reason("file:///etc/passwd", Limits(allow_private=True)) == "forbidden_address"


def test_a_name_without_a_server_is_unreachable_or_left_to_the_proxy() -> None:
    assert _reason("http://no-such-host.invalid/", Limits(wait_seconds=30)) in ("unreachable", "timeout")
    place = networks.check("http://no-such-host.invalid/", limits=Limits(wait_seconds=30), by_proxy=True)
    assert isinstance(place, networks.Place) or place.reason == "timeout"


def test_a_password_is_not_repeated_in_the_message() -> None:
    found = networks.check("http://user:secret@example.org/", limits=Limits(), by_proxy=False)
    assert isinstance(found, Refusal) and "secret" not in found.message


@given(st.ip_addresses(v=4))
def test_wrapping_an_address_changes_nothing(ip: ipaddress.IPv4Address) -> None:
    mapped = ipaddress.IPv6Address(f"::ffff:{ip}")
    assert networks.is_public(mapped) == networks.is_public(ip)


@given(st.ip_addresses(v=4, network="10.0.0.0/8") | st.ip_addresses(v=4, network="127.0.0.0/8") | st.ip_addresses(v=6, network="fc00::/7"))
def test_no_private_address_is_public(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    assert not networks.is_public(ip)


@given(st.text(max_size=40))
def test_any_text_is_a_place_or_refused(text: str) -> None:
    found = networks.check(f"file://{text}", limits=Limits(), by_proxy=False)
    assert isinstance(found, Refusal)
