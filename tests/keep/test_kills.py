"""A process that writes is killed at random instants; the ledger must verify each time, and the work must end well when it is taken up again.

`DETENTE_KILLS` says how often; `make soak` sets it high.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import held
from detente import pipeline
from detente.keep.ledger import FILE, Reader
from detente.read import cases

KILLS = int(os.environ.get("DETENTE_KILLS", "6"))
LOAD = "from detente.cli import main; main()"


def started(folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", LOAD, "--data", str(folder), "case", "load", str(held.CASES / "russia-dprk")]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def sound(folder: Path) -> bool:
    if not (folder / FILE).exists():
        return True
    with Reader.open(folder) as ledger:
        counts = ledger.counts()
    return list(pipeline.verify(folder)) == [] and counts["claims"] in (0, len(cases.read(held.CASES / "russia-dprk").facts))


def test_a_kill_at_any_instant_leaves_a_ledger_that_verifies(tmp_path: Path) -> None:
    began = time.monotonic()
    started(tmp_path / "whole").wait()
    lasts = time.monotonic() - began
    chance = random.Random(20140508)
    for number in range(KILLS):
        folder = tmp_path / str(number)
        process = started(folder)
        time.sleep(chance.uniform(0.2, 1.1) * lasts)
        process.kill()
        process.wait()
        assert sound(folder)
        assert started(folder).wait() == 0
        assert sound(folder)
