"""Every reason that the code can give stands in the vocabulary, and none stands there for nothing."""

from __future__ import annotations

import csv
import re
from importlib.resources import files
from pathlib import Path

from detente import ontology, read
from detente.read.outcomes import Limits, refusal


def _source() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(Path(str(read.__file__)).parent.glob("*.py")))


def _given() -> set[str]:
    """The codes in calls of refusal, and the fates of the tables of signatures and formats."""
    called = set(re.findall(r"refusal\(\s*\"([a-z_]+)\"", _source()))
    rows = csv.DictReader((files("detente") / "data" / "read" / "signatures.csv").read_text(encoding="utf-8").splitlines())
    return called | {row["fate"] for row in rows} - {"zip", "ole"}


def test_each_reason_that_can_be_given_is_explained() -> None:
    assert _given() <= set(ontology.family("reasons"))


def test_no_reason_is_explained_that_cannot_be_given() -> None:
    assert {code for code in ontology.family("reasons") if f'"{code}"' not in _source()} <= _given()


def test_each_reason_says_what_why_an_example_and_what_instead() -> None:
    for term in ontology.family("reasons").values():
        assert all((term.name, term.means, term.why, term.example, term.instead)), term.code


def test_a_refusal_says_what_was_expected_what_came_and_what_to_do() -> None:
    assert refusal("empty", "a text", came="nothing came", do="give one").message == "expected a text, but nothing came; give one"


def test_the_page_on_reading_tells_each_reason_and_each_limit() -> None:
    page = (Path(__file__).parents[2] / "docs" / "reading.md").read_text(encoding="utf-8")
    rows = [f"| `{term.code}` | {term.means} | {term.instead} |" for term in ontology.family("reasons").values()]
    assert [row for row in rows if row not in page] == []
    limits = Limits()
    numbers = (limits.bytes, limits.characters, limits.pages, limits.entries, limits.unpacked_bytes, limits.memory_bytes, limits.redirects)
    seconds = (limits.seconds, limits.fetch_seconds, limits.wait_seconds)
    assert [number for number in (f"{number:,}" for number in numbers) if f"| {number} |" not in page] == []
    assert [number for number in (f"{number:g}" for number in seconds) if f"| {number} |" not in page] == []
