"""The page of what the program cannot do repeats figures; each must still stand on the page that it is taken from, beside its command."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
ROW = re.compile(r"^\| (?P<what>[^|]+) \| (?P<figure>[^|]+) \| \[[\w-]+\]\((?P<page>[\w-]+\.md)\) \| `(?P<command>[^`]+)` \|$", re.MULTILINE)
ROWS = [row.groupdict() for row in ROW.finditer((DOCS / "limits.md").read_text(encoding="utf-8"))]
WORDS = {"make bench-coding": "bench-coding", "make bench-stages": "bench-stages", "python benchmarks/verdict.py": "benchmarks/verdict.py"}


def test_there_are_figures() -> None:
    assert len(ROWS) >= 10


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["what"])
def test_a_figure_stands_on_its_page_beside_its_command(row: dict[str, str]) -> None:
    page = (DOCS / row["page"]).read_text(encoding="utf-8")
    assert re.search(rf"(?<![\d.]){re.escape(row['figure'])}(?!\d)", page), "the page says another figure now; take it over"
    named = next(word for start, word in WORDS.items() if row["command"].startswith(start))
    assert named in page
    assert (ROOT / named).is_file() or f"\n{named}:" in (ROOT / "Makefile").read_text(encoding="utf-8")


def test_every_page_that_a_site_holds_is_in_its_navigation() -> None:
    nav = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert [path.name for path in DOCS.rglob("*.md") if str(path.relative_to(DOCS)) not in nav] == []
