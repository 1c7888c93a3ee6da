"""A run of `detente code` that is killed by the system, not stopped by an exception."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

from detente.cli import code as command
from detente.coding import claims

ROWS = 400


def order(texts: Path, out: Path) -> list[str]:
    return [sys.executable, "-m", "detente", "code", str(texts), "-o", str(out)]


def wait_for(progress: Path, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 120
    while not progress.exists() and time.monotonic() < until:
        assert process.poll() is None, "the run ended before it could be killed"
        time.sleep(0.005)


def test_nothing_is_coded_twice_or_lost_after_sigkill(tmp_path: Path) -> None:
    texts, whole, cut = tmp_path / "in.jsonl", tmp_path / "whole.jsonl", tmp_path / "cut.jsonl"
    rows = [{"id": str(row), "text": f"Chile attacked Bolivia on day {row}. Peru condemned Chile."} for row in range(ROWS)]
    texts.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    with subprocess.Popen(order(texts, cut), stderr=subprocess.DEVNULL) as process:
        wait_for(cut.with_name("cut.jsonl.progress"), process)
        process.kill()
    assert process.returncode == -signal.SIGKILL
    assert 0 < cut.read_bytes().count(b"\n") < ROWS
    subprocess.run(order(texts, cut), check=True, stderr=subprocess.DEVNULL)
    command.Run(texts, whole, None).write(claims.load(), command.Form(flat=False, explain=False), processes=1)
    assert cut.read_bytes() == whole.read_bytes()
    assert [json.loads(line)["id"] for line in cut.read_text(encoding="utf-8").splitlines()] == [row["id"] for row in rows]
