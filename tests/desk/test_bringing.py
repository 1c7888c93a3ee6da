"""An address, a text or a file is read on a press: with progress, with the guard of the network, and on to the claims that it proposes."""

import http.server
import re
import socketserver
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from detente.desk.application import application
from detente.keep.ledger import Reader
from detente.read import networks
from detente.read.outcomes import Limits

HERE = "http://127.0.0.1:8765"
OWN = Limits(allow_private=True, wait_seconds=5, fetch_seconds=10, bytes=100_000)
"""The test's server is on this machine, which nobody else's desk would ask."""
WORDS = "<p>Russia and North Korea signed an agreement on trade in Pyongyang on 4 March 2014. The ministers of both states met for two days.</p>"
HEAD = "<head><title>Trade</title><meta property='article:published_time' content='2014-03-05'></head>"
PAGE = f"<html>{HEAD}<body><article>{WORDS * 3}</article></body></html>"


class Answers(http.server.BaseHTTPRequestHandler):
    asked: list[str] = []  # noqa: RUF012 - the list that the fixture empties

    def do_GET(self) -> None:
        self.asked.append(self.path)
        to = {"/moved": "/page", "/loop": "/loop", "/inward": "http://169.254.169.254/latest"}.get(self.path)
        body = b"x" * 300_000 if self.path == "/large" else PAGE.encode()
        self.send_response(302 if to else 200)
        for name, value in (("Location", to), ("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))):
            if value:
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


class Quiet(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True

    def handle_error(self, *_: Any) -> None:
        """A client that hangs up is what is tested."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    for name in ("http_proxy", "all_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    Answers.asked.clear()
    with Quiet(("127.0.0.1", 0), Answers) as running:
        threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_address[1]}"
        running.shutdown()


def desk(folder: Path, limits: Limits) -> TestClient:
    return TestClient(application(folder, limits=limits), base_url=HERE, follow_redirects=False)


def csrf(client: TestClient) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', client.get("/bring").text)
    assert found
    return found[1]


def sent(client: TestClient, path: str, **form: str) -> str:
    """The address of the reading that a press began."""
    answer = client.post(path, data={"csrf": csrf(client), **form}, headers={"origin": HERE})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def read(client: TestClient, at: str) -> dict[str, Any]:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        found: dict[str, Any] = client.get(f"{at}.json").json()
        if found["over"]:
            return found
        time.sleep(0.05)
    pytest.fail("the reading does not end")


def test_an_address_is_read_through_its_redirect_and_leads_to_its_claims(server: str, tmp_path: Path) -> None:
    with desk(tmp_path / "data", OWN) as client:
        at = sent(client, "/bring/address", address=f"{server}/moved", source="The Gazette")
        found = read(client, at)
        (one,) = found["readings"]
        assert (one["fate"], found["fault"], one["origin"]) == ("coded", None, f"{server}/moved")
        assert found["claims"] >= 1
        assert Answers.asked == ["/moved", "/page"]
        onward = client.get(at)
        assert onward.status_code == 303
        assert "agreement on trade" in client.get(onward.headers["location"]).text
        assert client.get(at, headers={"hx-request": "true"}).headers["hx-redirect"] == onward.headers["location"]
        runs = client.get("/runs.json").json()["deeds"]
        assert [(each["what"], each["counts"]["coded"]) for each in runs if each["what"].startswith("read")] == [(f"read {server}/moved", 1)]
    with Reader.open(tmp_path / "data") as ledger:
        (doc,) = ledger.documents()
    assert (doc.source, doc.address) == ("The Gazette", f"{server}/page")


@pytest.mark.parametrize(("path", "reason"), [("loop", "too_many_redirects"), ("inward", "forbidden_address"), ("large", "too_large")])
def test_what_an_address_may_not_do_is_refused_with_its_reason(server: str, tmp_path: Path, path: str, reason: str, monkeypatch: Any) -> None:
    """The first hop is let through as if it were public; what it sends to is judged by the real rule."""
    real = networks.is_public
    monkeypatch.setattr(networks, "is_public", lambda ip: str(ip) == "127.0.0.1" or real(ip))
    with desk(tmp_path / "data", Limits(bytes=100_000)) as client:
        at = sent(client, "/bring/address", address=f"{server}/{path}")
        (one,) = read(client, at)["readings"]
        assert (one["fate"], one["reason"], one["document"]) == ("refused", reason, None)
        page = client.get(at)
        assert page.status_code == 200
        assert "refused" in page.text
        assert page.headers["cache-control"] == "no-store"


def test_this_machine_is_not_asked(server: str, tmp_path: Path) -> None:
    with desk(tmp_path / "data", Limits()) as client:
        (one,) = read(client, sent(client, "/bring/address", address=f"{server}/page"))["readings"]
    assert one["reason"] == "forbidden_address"
    assert Answers.asked == []


@pytest.mark.parametrize("address", ["/etc/passwd", "file:///etc/passwd", "-", "ftp://example.org/x", "", "http://example.org/" + "x" * 2_000])
def test_a_path_is_no_address(tmp_path: Path, address: str) -> None:
    with desk(tmp_path / "data", OWN) as client:
        answer = client.post("/bring/address", data={"csrf": csrf(client), "address": address}, headers={"origin": HERE})
    assert answer.status_code in (400, 422)
    assert not (tmp_path / "data").exists()


def test_an_offline_desk_offers_no_fetching_and_does_none(server: str, tmp_path: Path) -> None:
    with desk(tmp_path / "data", Limits(offline=True, allow_private=True)) as client:
        assert 'name="address"' not in client.get("/bring").text
        answer = client.post("/bring/address", data={"csrf": csrf(client), "address": f"{server}/page"}, headers={"origin": HERE})
        assert answer.status_code == 400
        assert "--offline" in answer.text
    assert Answers.asked == []


def test_nothing_is_fetched_without_the_secret_of_the_page(server: str, tmp_path: Path) -> None:
    with desk(tmp_path / "data", OWN) as client:
        assert client.post("/bring/address", data={"csrf": "guessed", "address": f"{server}/page"}, headers={"origin": HERE}).status_code == 403
        client.get(f"/bring/address?address={server}/page")
    assert Answers.asked == []


def test_nothing_brought_in_is_told_at_once(tmp_path: Path) -> None:
    with desk(tmp_path / "data", OWN) as client:
        answer = client.post("/bring", data={"csrf": csrf(client), "text": "  "}, headers={"origin": HERE})
    assert answer.status_code == 400


def test_a_text_without_a_day_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with desk(tmp_path / "data", OWN) as client:
        at = sent(client, "/bring", text="A minister of Finland visited Iceland and went home again.")
        (one,) = read(client, at)["readings"]
        assert one["fate"] == "refused"
        assert "refused" in client.get(at).text


def test_a_reading_that_nobody_began_is_not_there(tmp_path: Path) -> None:
    with desk(tmp_path / "data", OWN) as client:
        assert client.get("/bring/none").status_code == 404
        assert client.get("/bring/none.json").headers["content-type"] == "application/problem+json"
