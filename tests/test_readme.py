"""The commands of the README and of the pages under docs/, run as they stand; what is shown below them must be what they print.

A block with a title is a file that the commands find. `python tests/test_readme.py` writes the outputs anew.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
FILE = re.compile(r'```\w+ title="(?P<name>[\w./-]+)"\n(?P<text>.*?)```', re.DOTALL)
ELSEWHERE = ("examinations.md",)
"""A page with a test of its own, in tests/docs."""
WRITTEN = (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))
PAGES = [path for path in WRITTEN if path.name not in ELSEWHERE and BLOCK.search(path.read_text(encoding="utf-8"))]


def run(line: str, folder: Path) -> str:
    """What a line prints, with the ledger in `folder`; only a check may find faults."""
    words = shlex.split(line)
    assert words[0] == "detente"
    command = [sys.executable, "-c", "from detente.cli import main; main()", *words[1:]]
    environment = {**os.environ, "DETENTE_DATA": str(folder / "ledger"), "COLUMNS": "100"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder, env=environment)
    assert done.returncode == 0 or (done.returncode == 1 and words[1:3] == ["case", "check"]), f"{line}: {done.stdout}{done.stderr}"
    return "".join(f"{row.rstrip()}\n" for row in done.stdout.splitlines())


def rewritten(text: str, folder: Path) -> str:
    """The text with each command's output below it."""

    def block(found: re.Match[str]) -> str:
        lines = [line for line in found.group(1).splitlines() if line.startswith("$ ")]
        return "```console\n" + "".join(f"{line}\n{run(line[2:], folder)}" for line in lines) + "```"

    for given in FILE.finditer(text):
        (folder / given["name"]).parent.mkdir(parents=True, exist_ok=True)
        (folder / given["name"]).write_text(given["text"], encoding="utf-8")
    return BLOCK.sub(block, text)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_commands_of_a_page_print_what_it_shows(page: Path, tmp_path: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert rewritten(text, tmp_path) == text


def test_the_pages_with_commands_are_found() -> None:
    assert {"README.md", "tutorial.md", "case.md", "articles.md", "cite.md", "move.md"} <= {page.name for page in PAGES}


if __name__ == "__main__":
    for path in PAGES:
        with tempfile.TemporaryDirectory() as scratch:
            path.write_text(rewritten(path.read_text(encoding="utf-8"), Path(scratch)), encoding="utf-8")
