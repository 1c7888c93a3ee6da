"""The README's own commands, run as they stand; what it prints below them must be what they print.

`python tests/test_readme.py` writes the outputs anew.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

README = Path(__file__).parents[1] / "README.md"
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)


def run(line: str, folder: Path) -> str:
    """What a line prints, with the ledger in `folder`."""
    words = shlex.split(line)
    assert words[0] == "detente"
    command = [sys.executable, "-c", "from detente.cli import main; main()", *words[1:]]
    environment = {**os.environ, "DETENTE_DATA": str(folder / "ledger"), "COLUMNS": "100"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder, env=environment)
    assert done.returncode == 0, done.stderr
    return "".join(f"{row.rstrip()}\n" for row in done.stdout.splitlines())


def rewritten(text: str, folder: Path) -> str:
    """The text with each command's output below it."""

    def block(found: re.Match[str]) -> str:
        lines = [line for line in found.group(1).splitlines() if line.startswith("$ ")]
        return "```console\n" + "".join(f"{line}\n{run(line[2:], folder)}" for line in lines) + "```"

    return BLOCK.sub(block, text)


def test_the_commands_of_the_readme_print_what_it_shows(tmp_path: Path) -> None:
    text = README.read_text(encoding="utf-8")
    assert len(BLOCK.findall(text)) >= 2
    assert rewritten(text, tmp_path) == text


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        README.write_text(rewritten(README.read_text(encoding="utf-8"), Path(scratch)), encoding="utf-8")
