"""The table of corrected codes in docs/events.md is what the data files say; `python tests/docs/test_events_page.py` writes it."""

from __future__ import annotations

import re
from pathlib import Path

from detente.read.datasets import layouts

PAGE = Path(__file__).parents[2] / "docs" / "events.md"
HEAD = "| CAMEO | what it tells | the mapping | here |\n|---|---|---|---|\n"


def table() -> str:
    """The corrected codes with the class of the published mapping and the one that is used."""
    classes = {row["code"]: row["class"] for row in layouts.rows("cameo")}
    return HEAD + "".join(f"| {row['code']} | {row['tells']} | {row['mapping']} | {classes[row['code']]} |\n" for row in layouts.rows("corrected"))


def test_the_page_lists_the_codes_whose_class_the_manual_corrects() -> None:
    assert table() in PAGE.read_text(encoding="utf-8")


def test_each_corrected_code_has_another_class_than_the_mapping_gives_it() -> None:
    classes = {row["code"]: row["class"] for row in layouts.rows("cameo")}
    assert all(classes[row["code"]] not in ("", row["mapping"]) for row in layouts.rows("corrected"))


def test_what_is_said_to_be_proven_is_what_the_importers_say() -> None:
    told = dict(re.findall(r"^\| `(\w+)` \|.*\| (yes|not yet)", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    assert told == {name: "yes" if kind.proven else "not yet" for name, kind in layouts.kinds().items()}


if __name__ == "__main__":
    text = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(re.sub(re.escape(HEAD) + r"(?:\|.*\n)*", lambda _: table(), text), encoding="utf-8")
