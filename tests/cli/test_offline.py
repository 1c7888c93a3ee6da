"""Nothing is fetched that the user did not ask for: commands run in a process whose sockets raise, and offline even an address opens none."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

BLOCKED = """
import socket, sys
def refused(*a, **k):
    sys.stderr.write("A SOCKET WAS OPENED\\n")
    raise OSError("no network in this test")
socket.socket.connect = socket.socket.connect_ex = socket.socket.sendto = refused
socket.getaddrinfo = socket.gethostbyname = socket.create_connection = refused
from detente.cli import main
main()
"""
ARTICLE = (
    "Moscow, 8 May 2014. The minister of Russia visited Pyongyang on Thursday and met the leader of North Korea. They signed an agreement on trade.\n"
)


def run(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", BLOCKED, "--data", str(folder / "ledger"), *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder, env={**os.environ, **environment})


def test_the_main_commands_open_no_socket(tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text(ARTICLE * 3, encoding="utf-8")
    for words in (
        ("case", "load", "russia-dprk"),
        ("read", "article.txt", "--published", "2014-05-08"),
        ("ask", "Are Russia and North Korea at a new stage?", "--as-of", "2014-05-15", "--short"),
        ("brief", "Russia", "North Korea", "--as-of", "2014-05-15", "-o", "brief.html"),
        ("visits", "Russia", "North Korea"),
        ("backup", "copy.sqlite"),
        ("verify",),
    ):
        done = run(tmp_path, *words)
        assert done.returncode == 0, (words, done.stderr)
        assert "A SOCKET WAS OPENED" not in done.stderr, words


def test_offline_by_switch_or_by_environment_refuses_an_address_without_a_look_up(tmp_path: Path) -> None:
    for words, environment in (
        (("--offline", "read", "https://example.org/a"), {}),
        (("read", "https://example.org/a"), {"DETENTE_OFFLINE": "1"}),
        (("read", "--offline", "https://example.org/a"), {}),
    ):
        done = run(tmp_path, *words, **environment)
        assert "offline" in done.stdout
        assert "A SOCKET WAS OPENED" not in done.stderr


def test_the_switch_is_what_keeps_it_from_the_network(tmp_path: Path) -> None:
    assert "A SOCKET WAS OPENED" in run(tmp_path, "read", "https://example.org/a").stderr
