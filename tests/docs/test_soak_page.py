"""The page of the harnesses: its commands exist, its table adds up, and every work that is disturbed stands in it with nothing lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import targets
import works

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "soak.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| ([a-z ]+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", re.MULTILINE)
ROWS = {name: tuple(map(int, numbers)) for name, *numbers in ROW.findall(PAGE)}


def test_every_work_stands_in_the_table_and_the_table_adds_up() -> None:
    whole = ROWS["all"]
    each = [ROWS[work.name] for work in works.WORKS]
    assert tuple(map(sum, zip(*each, strict=True))) == whole
    assert sum(whole[:3]) == whole[3]
    assert whole[4:] == (0, 0)
    assert whole[0] >= 500


@pytest.mark.parametrize("command", sorted(set(re.findall(r"`make ([\w-]+)", PAGE))))
def test_a_command_of_the_page_is_a_target(command: str) -> None:
    assert f"\n{command}:" in (ROOT / "Makefile").read_text(encoding="utf-8")


@pytest.mark.parametrize("target", targets.TARGETS)
def test_every_target_of_the_fuzzing_stands_on_the_page(target: str) -> None:
    assert f"| {target} |" in PAGE
