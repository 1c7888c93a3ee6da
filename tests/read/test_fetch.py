"""Whatever a server does, the page comes whole or is refused with the reason."""

from __future__ import annotations

import shutil
import socket
import socketserver
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from detente.read import fetch, networks
from detente.read.outcomes import Limits, Refusal

Server = tuple[str, list[str]]
HERE = Limits(allow_private=True, wait_seconds=5, fetch_seconds=10)


@pytest.fixture(autouse=True)
def _without_proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    yield


def _reason(address: str, limits: Limits = HERE) -> str:
    found = fetch.fetch(address, limits=limits)
    assert isinstance(found, Refusal), found
    assert "expected" in found.message and "; " in found.message
    return found.reason


def test_a_page_comes_with_its_type_charset_and_time(server: Server) -> None:
    found = fetch.fetch(f"{server[0]}/page", limits=HERE)
    assert isinstance(found, fetch.Fetched)
    assert b"Trade in roubles" in found.data
    assert (found.media_type, found.charset, found.address) == ("text/html; charset=utf-8", "utf-8", f"{server[0]}/page")
    assert found.retrieved_at.endswith("+00:00")


def test_a_redirect_is_followed_to_its_end(server: Server) -> None:
    found = fetch.fetch(f"{server[0]}/moved", limits=HERE)
    assert isinstance(found, fetch.Fetched)
    assert found.address == f"{server[0]}/page"


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("missing", "unreachable"),
        ("busy", "unreachable"),
        ("loop", "too_many_redirects"),
        ("to-file", "forbidden_address"),
        ("cut", "truncated"),
        ("garbage", "truncated"),
    ],
)
def test_each_fault_has_its_reason(server: Server, path: str, reason: str) -> None:
    assert _reason(f"{server[0]}/{path}") == reason


def test_a_loop_is_left_after_the_allowed_redirects(server: Server) -> None:
    fetch.fetch(f"{server[0]}/loop", limits=HERE)
    assert len(server[1]) == HERE.redirects + 1


@pytest.mark.parametrize("path", ["stalled", "trickle"])
def test_a_slow_server_is_left_in_time(server: Server, path: str) -> None:
    began = time.monotonic()
    assert _reason(f"{server[0]}/{path}", Limits(allow_private=True, wait_seconds=0.5, fetch_seconds=0.8)) == "timeout"
    assert time.monotonic() - began < 1.9


@pytest.mark.parametrize("path", ["large", "bomb"])
def test_too_much_is_refused_also_when_it_comes_packed(server: Server, path: str) -> None:
    assert _reason(f"{server[0]}/{path}", Limits(allow_private=True, bytes=100_000)) == "too_large"


def test_a_redirect_does_not_open_the_own_network(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first hop is let through as if it were public; what it sends to is judged by the real rule."""
    port = server[0].rpartition(":")[2]
    real = networks.is_public
    monkeypatch.setattr(networks, "is_public", lambda ip: str(ip) == "127.0.0.1" or real(ip))
    assert _reason(f"http://127.0.0.1:{port}/to-metadata", Limits()) == "forbidden_address"


def test_nobody_listening_is_unreachable() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    assert _reason(f"http://127.0.0.1:{port}/") == "unreachable"


def test_the_own_machine_is_not_asked_unless_allowed(server: Server) -> None:
    assert _reason(f"{server[0]}/page", Limits()) == "forbidden_address"
    assert server[1] == []


def test_offline_opens_no_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", forbidden)
    monkeypatch.setattr(socket, "getaddrinfo", forbidden)
    assert _reason("http://example.org/", Limits(offline=True)) == "offline"


def test_a_server_without_a_true_certificate_is_unreachable(server: Server) -> None:
    assert _reason(server[0].replace("http://", "https://")) == "unreachable"


@pytest.mark.skipif(shutil.which("openssl") is None, reason="the certificate is made with openssl")
def test_the_certificate_is_verified_against_the_name_though_the_connection_goes_to_the_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    files = ["-addext", "subjectAltName=DNS:localhost", "-keyout", str(tmp_path / "key.pem"), "-out", str(tmp_path / "cert.pem")]
    subprocess.run([*made, *files], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "cert.pem"))
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Greeting) as running:
        running.daemon_threads = True
        running.socket = context.wrap_socket(running.socket, server_side=True)
        threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        port = running.server_address[1]
        found = fetch.fetch(f"https://localhost:{port}/", limits=HERE)
        by_number = _reason(f"https://127.0.0.1:{port}/")
        running.shutdown()
    assert isinstance(found, fetch.Fetched) and found.data == b"hello"
    assert by_number == "unreachable"


class _Greeting(socketserver.BaseRequestHandler):
    """Says hello to whoever trusts its certificate."""

    def handle(self) -> None:
        self.request.recv(65_536)
        self.request.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")


def test_the_proxy_of_the_system_is_asked(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", server[0])
    monkeypatch.setenv("no_proxy", "")
    fetch.fetch("http://no-such-host.invalid/page", limits=Limits(wait_seconds=10))
    assert server[1] == ["http://no-such-host.invalid/page"]
