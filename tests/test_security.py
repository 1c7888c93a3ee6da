"""The threat model names real tests: a line whose test is gone or renamed is a promise that nobody keeps."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def named_in(path: Path) -> set[str]:
    return {node.name for node in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(node, ast.FunctionDef)}


def test_every_test_that_a_threat_names_exists() -> None:
    found = NAMED.findall(PAGE)
    assert len(found) > 20
    assert [f"{file}::{name}" for file, name in found if not (ROOT / file).is_file() or name not in named_in(ROOT / file)] == []


def test_every_threat_names_a_test() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith("| threat")]
    assert len(rows) > 20
    assert [row for row in rows if not NAMED.search(row)] == []
