"""The audit fails for known faults, never for a missing network, ends in time, and calls nothing sound that nobody looked at."""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

import audit

SOUND: dict[str, Any] = {"name": "one", "version": "1", "vulns": []}
FAULTY: dict[str, Any] = {"name": "two", "version": "2", "vulns": [{"id": "PYSEC-1", "fix_versions": ["3"]}]}
SKIPPED: dict[str, Any] = {"name": "three", "skip_reason": "Dependency not found"}
HOME = audit.ROOT / ".venv" / "audit"


@pytest.mark.parametrize(
    ("told", "complaint", "code", "says"),
    [
        ([SOUND], "", 0, "audited: 0 known faults in 1 packages"),
        ([SOUND, FAULTY], "Found 1 known vulnerability", 1, "two 2: PYSEC-1, mended in 3"),
        ([SOUND, SKIPPED], "", 0, "1 packages passed over"),
        ([SKIPPED], "", 0, "not audited"),
        (None, "ServiceError: Failed to connect to the service", 0, "cannot be reached"),
        (None, "pip_audit: error: argument", 1, "not audited: pip-audit ended"),
    ],
)
def test_only_a_known_fault_or_a_broken_audit_fails(told: list[dict[str, Any]] | None, complaint: str, code: int, says: str) -> None:
    found, sentences = audit.verdict(audit.Ended(code, "" if told is None else json.dumps({"dependencies": told}), complaint))
    assert found == code
    assert says in "\n".join(sentences)


def test_an_index_without_pip_audit_is_told_in_one_line_and_fails_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "empty"))
    code, sentences = audit.audited(tmp_path / "a.lock", tmp_path / "home", seconds=60)
    assert code == 0
    assert len(sentences) == 1
    assert sentences[0].startswith("not audited: pip-audit cannot be installed here")
    assert not (tmp_path / "home" / "ready").exists()


def test_what_hangs_is_killed_with_all_that_it_started() -> None:
    child = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(60)'])"
    began = time.monotonic()
    ended = audit.ran([sys.executable, "-c", child], seconds=1)
    assert ended.code is None
    assert time.monotonic() - began < 20
    assert audit.verdict(ended)[0] == 0


@contextmanager
def service(answer: Callable[[str], tuple[int, bytes]]) -> Iterator[str]:
    """An advisory service that speaks as api.osv.dev does: `answer` gives status and body for a package's name."""

    class Asked(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            name = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["package"]["name"]
            status, body = answer(name)
            with suppress(BrokenPipeError):  # who asked may have left
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Asked) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


def known_fault(name: str) -> tuple[int, bytes]:
    if name != "faulty":
        return 200, b"{}"
    events = [{"introduced": "0"}, {"fixed": "1.1"}]
    affected = [{"package": {"name": name, "ecosystem": "PyPI"}, "ranges": [{"type": "ECOSYSTEM", "events": events}]}]
    return 200, json.dumps({"vulns": [{"id": "MADE-UP-1", "aliases": [], "affected": affected}]}).encode()


def stalled(_: str) -> tuple[int, bytes]:
    time.sleep(6)
    return 200, b"{}"


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    path = tmp_path / "some.lock"
    path.write_text("".join(f"{name}==1.0 --hash=sha256:{'0' * 64}\n" for name in ("sound", "faulty")), encoding="utf-8")
    return path


@pytest.mark.skipif(not (HOME / "ready").exists(), reason="pip-audit is not installed: make audit")
@pytest.mark.parametrize(
    ("answer", "code", "says"),
    [
        (known_fault, 1, "faulty 1.0: MADE-UP-1, mended in 1.1"),
        (lambda _: (200, b"{}"), 0, "audited: 0 known faults in 2 packages"),
        (lambda _: (503, b"busy"), 0, "cannot be reached"),
        (lambda _: (404, b"no such thing"), 0, "cannot be reached"),
        (lambda _: (200, b"<html>Please log in</html>"), 0, "cannot be reached"),
        (stalled, 0, "takes too long"),
    ],
)
def test_pip_audit_asks_a_service_and_only_a_known_fault_fails(answer: Callable[[str], tuple[int, bytes]], code: int, says: str, lock: Path) -> None:
    with service(answer) as address:
        found, sentences = audit.audited(lock, HOME, seconds=5 if "long" in says else 60, osv=address)
    assert says in "\n".join(sentences)
    assert found == code


@pytest.mark.skipif(not (HOME / "ready").exists(), reason="pip-audit is not installed: make audit")
def test_a_service_that_nobody_runs_is_told_in_one_line(lock: Path) -> None:
    code, sentences = audit.audited(lock, HOME, seconds=60, osv="http://127.0.0.1:9/")
    assert code == 0
    assert len(sentences) == 1
    assert "cannot be reached" in sentences[0]
