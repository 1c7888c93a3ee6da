"""The commands of docs/scale-out.md, run as they stand in one folder; each must succeed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "scale-out.md"


@pytest.mark.skipif(shutil.which("java") is None, reason="no java on the path, which Spark runs on")
@pytest.mark.skipif(find_spec("pyspark") is None or find_spec("chdb") is None, reason="pip install 'detente[spark,clickhouse]'")
def test_the_page_can_be_followed_word_for_word(tmp_path: Path) -> None:
    blocks = re.findall(r"```shell\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    command = tmp_path / "detente"
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m detente "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}", "DETENTE_DATA": str(tmp_path / "ledger")}
    done = subprocess.run(
        ["sh", "-e"], input="\n".join(blocks), text=True, capture_output=True, check=False, cwd=tmp_path, env=environment, timeout=300
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert "4 read, 4 kept" in done.stdout
    assert (tmp_path / "spark.csv").read_text(encoding="utf-8").count("\n") == 3
    assert (tmp_path / "there.jsonl").stat().st_size > 200
