"""The commands of docs/examinations.md, run as they stand in one ledger; what stands below them must be what they print.

`python tests/docs/test_examinations_page.py` writes the outputs anew. `| head -N` is the page's own way to leave the rest out.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "examinations.md"
BLOCK = re.compile(r"```(console|shell)\n(.*?)```", re.DOTALL)
"""What a command of a shell block prints is not shown; it is run all the same."""
HEAD = re.compile(r" \| head -(\d+)$")
MARK = "\x1e"
SHEET = "/tmp/detente-records.csv"
RUN = f"""
import shlex, sys
from detente.cli import app
for line in sys.stdin.read().splitlines():
    print({MARK!r})
    app(shlex.split(line)[1:], standalone_mode=False)
"""


def commands(text: str) -> list[str]:
    """The commands of the page in their order."""
    return [line for _, block in BLOCK.findall(text) for row in block.splitlines() if (line := row.removeprefix("$ ")).startswith("detente ")]


def outputs(lines: list[str], folder: Path) -> Iterator[str]:
    """What each command prints, one after the other in the same ledger."""
    asked = "\n".join(HEAD.sub("", line).replace(SHEET, str(folder / "records.csv")) for line in lines)
    environment = {**os.environ, "DETENTE_DATA": str(folder / "ledger"), "COLUMNS": "100"}
    done = subprocess.run([sys.executable, "-c", RUN], input=asked, capture_output=True, text=True, check=False, cwd=ROOT, env=environment)
    assert done.returncode == 0, done.stderr
    for line, printed in zip(lines, done.stdout.split(f"{MARK}\n")[1:], strict=True):
        shown = [row.rstrip() for row in printed.replace(str(folder / "records.csv"), SHEET).splitlines()]
        head = HEAD.search(line)
        cut = shown if head is None else shown[: int(head[1])]
        yield "".join(f"{row}\n" for row in cut)


def rewritten(text: str, folder: Path) -> str:
    """The page with each command's output below it."""
    told = outputs(commands(text), folder)

    def block(found: re.Match[str]) -> str:
        if found[1] == "shell":
            next(told)
            return found[0]
        lines = [line for line in found[2].splitlines() if line.startswith("$ ")]
        return "```console\n" + "".join(f"{line}\n{next(told)}" for line in lines) + "```"

    return BLOCK.sub(block, text)


def test_the_commands_of_the_page_print_what_it_shows() -> None:
    text = PAGE.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as scratch:  # a short path: a long one would wrap the line that names it
        assert rewritten(text, Path(scratch)) == text


def test_every_family_of_examinations_stands_on_the_page() -> None:
    from detente.examine.families import FAMILIES

    told = commands(PAGE.read_text(encoding="utf-8"))
    assert [family.name for family in FAMILIES if not any(line.startswith(f"detente {family.name} ") for line in told)] == []


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        PAGE.write_text(rewritten(PAGE.read_text(encoding="utf-8"), Path(scratch)), encoding="utf-8")
