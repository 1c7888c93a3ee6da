"""The page of pictures shows every page of the desk in both sizes, and none that is not taken."""

from __future__ import annotations

import re
from pathlib import Path

import browsing
import screenshots

DOCS = Path(__file__).parents[2] / "docs"


def shown() -> set[str]:
    return set(re.findall(r"\(screenshots/([\w-]+\.png)\)", (DOCS / "desk-pages.md").read_text(encoding="utf-8")))


def test_every_picture_is_shown_and_every_page_has_one(tmp_path: Path) -> None:
    kept = {path.name for path in (DOCS / "screenshots").glob("*.png")}
    assert shown() == kept
    names = ["empty", *(name for name in browsing.pages(browsing.filled(tmp_path)) if screenshots.is_wanted(name))]
    assert kept == {f"{name}-{size}.png" for name in names for size, *_ in screenshots.SIZES}
