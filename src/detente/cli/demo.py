"""`make demo`: from an empty ledger to three answers and a brief, each step shown as the command that a user would type.

Run as `python -m detente.cli.demo FOLDER`. At the end it says how long it took, how much memory and room, and what to type next.
"""

from __future__ import annotations

import resource
import shlex
import shutil
import sys
import time
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from rich.rule import Rule
from rich.text import Text

from detente.cli import app, console

QUESTION = "Is Russia-North Korea cooperation at a new stage?"
DAYS = ("2014-05-15", "2020-12-31", "2024-12-31")
MEGABYTE = 1_000_000


def run(folder: Path) -> None:
    """Make the ledger anew in `folder` and take every step."""
    began = time.monotonic()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    samples = sorted(str(path) for path in Path(str(files("detente") / "data" / "samples")).iterdir())
    brief = str(folder / "brief.html")
    steps: list[Sequence[str]] = [
        ["case", "load", "russia-dprk"],
        ["read", *samples],
        *(["ask", QUESTION, "--as-of", day, "--evidence", "4"] for day in DAYS),
        ["brief", "Russia", "North Korea", "--as-of", DAYS[-1], "-o", brief],
        ["verify"],
    ]
    for number, step in enumerate(steps, 1):
        _take(number, len(steps), folder, step)
    _close(folder, time.monotonic() - began)


def _take(number: int, total: int, folder: Path, step: Sequence[str]) -> None:
    shown = [Path(word).name if Path(word).is_absolute() else word for word in step]
    console.out.print(Rule(Text(f"{number}/{total}  detente {shlex.join(shown)}"), align="left"))
    app(["--data", str(folder / "ledger"), *step], standalone_mode=False)


def _close(folder: Path, seconds: float) -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MEGABYTE
    size = sum(path.stat().st_size for path in Path(sys.prefix).rglob("*") if path.is_file()) / MEGABYTE
    console.out.print(Rule())
    console.out.print(f"The demo took {seconds:.0f} s and {peak:.0f} MB of memory; the installation takes {size:.0f} MB.")
    console.out.print(f"Open {folder / 'brief.html'} in a browser. To go on, type:\n")
    ledger = shlex.quote(str(folder / "ledger"))
    for line in (
        f"export DETENTE_DATA={ledger}",
        f"detente ask {shlex.quote(QUESTION)} --as-of 2021-03-31",
        "detente case load cuba-usa",
        "detente ask 'Are Cuba and the United States at a new stage?' --as-of 2016-12-31",
        "detente read YOUR-ARTICLE.pdf --published 2024-11-05",
        "detente --help",
    ):
        console.out.print(f"  {line}", markup=False, soft_wrap=True)


if __name__ == "__main__":
    run(Path(sys.argv[1] if len(sys.argv) > 1 else "demo"))
