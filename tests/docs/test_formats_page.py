"""The table of docs/formats.md is what the program says of its formats. `python tests/docs/test_formats_page.py` writes it anew."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from detente.publish import formats

PAGE = Path(__file__).parents[2] / "docs" / "formats.md"
BEGIN, END = "<!-- made from the program: python tests/docs/test_formats_page.py -->\n", "<!-- end -->"


def rows() -> str:
    """Formats with what they are and how many fields they lose, then the fields by reason."""
    head = ["| format | file | what it is | fields of an act without room |", "| --- | --- | --- | --- |"]
    made = [f"| `{form.name}` | `{form.ending}` | {form.means} | {len(formats.losses(form.name)) or 'none'} |" for form in formats.FORMATS.values()]
    lost = [line for name in formats.FORMATS for line in without(name)]
    return "\n".join([*head, *made, "", "| format | no room for | why |", "| --- | --- | --- |", *lost, ""])


def without(name: str) -> list[str]:
    """Fields that a format loses, those with one reason together."""
    told = sorted(formats.losses(name).items(), key=lambda each: each[1])
    return [f"| `{name}` | {', '.join(f'`{field}`' for field, _ in group)} | {why} |" for why, group in groupby(told, key=lambda each: each[1])]


def rewritten(text: str) -> str:
    before, _, rest = text.partition(BEGIN)
    return f"{before}{BEGIN}\n{rows()}\n{END}{rest.partition(END)[2]}"


def test_the_page_shows_the_formats_and_what_each_loses() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert BEGIN in text
    assert rewritten(text) == text


if __name__ == "__main__":
    PAGE.write_text(rewritten(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
