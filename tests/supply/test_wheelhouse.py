"""The environment in which the wheelhouse is tried refuses every connection and every look-up."""

from __future__ import annotations

import subprocess
import sys

import pytest

import wheelhouse


@pytest.mark.parametrize(
    "attempt",
    [
        "socket.create_connection(('127.0.0.1', 9))",
        "socket.getaddrinfo('example.org', 443)",
        "socket.gethostbyname('example.org')",
        "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'a', ('127.0.0.1', 9))",
    ],
)
def test_in_the_new_environment_nothing_connects_and_no_name_is_looked_up(attempt: str) -> None:
    done = subprocess.run([sys.executable, "-c", f"{wheelhouse.BLOCK}\nimport socket\n{attempt}"], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "no network here" in done.stderr
