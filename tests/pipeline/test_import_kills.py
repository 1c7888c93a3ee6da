"""A process that imports is killed at random instants; the next import goes on where it stopped, and no row is lost or there twice."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import duckdb

import published
from detente.keep.events import parts

KILLS = int(os.environ.get("DETENTE_KILLS", "3"))
ROWS = 10_000
LOAD = """
import sys
from pathlib import Path
from detente.pipeline import importing
from detente.read.datasets import lines
lines.pieces.__kwdefaults__["size"] = 1 << 18
found = importing.import_events(Path(sys.argv[1]), importing.Order("gdelt2", [Path(sys.argv[2])]), flush=1000)
print(found.counts.kept, found.counts.already, found.counts.read)
"""


def started(folder: Path, path: Path) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", LOAD, str(folder), str(path)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def committed(folder: Path) -> int:
    return sum(part.rows for part in parts.load(folder).of("events"))


def killed_midway(folder: Path, path: Path, after: int) -> int:
    """Kill an import some time after so many rows were committed; how many are there then."""
    process = started(folder, path)
    while process.poll() is None and committed(folder) < after:
        time.sleep(0.005)
    process.kill()
    process.communicate()
    return committed(folder)


def test_a_kill_in_the_middle_resumes_and_every_row_is_there_once(tmp_path: Path) -> None:
    path = published.gzipped(tmp_path / "a.gz", published.text("gdelt2", [published.row("gdelt2", n) for n in range(ROWS)]))
    chance = random.Random(1953)
    resumed = 0
    for number in range(KILLS):
        folder = tmp_path / str(number)
        before = killed_midway(folder, path, chance.randrange(0, ROWS * 3 // 4))
        out, _ = started(folder, path).communicate()
        kept, already, read = (int(word) for word in out.split())
        assert (kept + already, read) == (ROWS, ROWS)
        assert kept == ROWS - before
        resumed += 0 < before < ROWS
        folder_now = parts.load(folder)
        names = [str(folder_now.path(part)) for part in folder_now.of("events")]
        told = duckdb.connect().execute(f"SELECT count(*), count(DISTINCT identifier) FROM read_parquet({names})").fetchall()
        assert told == [(ROWS, ROWS)]
        assert list((folder / "staging").iterdir()) == []
    assert resumed or KILLS < 3


def test_a_torn_last_line_of_the_journal_does_not_count(tmp_path: Path) -> None:
    path = published.plain(tmp_path / "a.csv", published.text("gdelt2", [published.row("gdelt2", n) for n in range(50)]))
    started(tmp_path / "t", path).communicate()
    journal = tmp_path / "t" / "journal.jsonl"
    whole = journal.read_bytes()
    journal.write_bytes(whole + json.dumps({"parts": []}).encode()[:-3])
    assert committed(tmp_path / "t") == 50
    out, _ = started(tmp_path / "t", path).communicate()
    assert out.split() == ["0", "50", "50"]
    assert journal.read_bytes() == whole


def test_a_disk_that_refuses_is_said_and_the_next_import_brings_every_row(tmp_path: Path) -> None:
    path = published.plain(tmp_path / "a.csv", published.text("gdelt2", [published.row("gdelt2", n) for n in range(ROWS)]))
    limited = (
        f"import resource, signal\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\nresource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)){LOAD}"
    )
    refused = subprocess.run([sys.executable, "-c", limited, str(tmp_path / "t"), str(path)], capture_output=True, text=True, check=False)
    assert "room to write" in refused.stderr
    before = committed(tmp_path / "t")
    assert before < ROWS
    out, _ = started(tmp_path / "t", path).communicate()
    assert out.split() == [str(ROWS - before), str(before), str(ROWS)]
    assert committed(tmp_path / "t") == ROWS
