from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from detente.cli import listing
from detente.examine.questions import Answer
from detente.examine.register import EXAMINATIONS, Examination, Record
from looked import act, material

VISIT = act("visit", "2014-03-01/2014-03-03", people=[("Aino Virta", "Minister of Trade", 4)], hosts=[("Jon Storm", "President", 1)], occasion="fair")


def printed(shown: Examination, records: tuple[Record, ...], width: int) -> str:
    out = io.StringIO()
    Console(file=out, width=width).print(listing.table(shown, records, title="t", width=width))
    return out.getvalue()


@pytest.mark.parametrize("name", EXAMINATIONS)
@pytest.mark.parametrize("width", [80, 100, 250])
def test_a_table_fits_and_hides_nothing_short(name: str, width: int) -> None:
    text = "A short row of words."
    told = [act(kind, "2014-03-01", text=f"{text} {kind}") for kind in ("visit", "agreement", "position", "vote", "signal", "sanction", "issue")]
    records = EXAMINATIONS[name].find(material(*told))
    assert all(len(line) <= width for line in printed(EXAMINATIONS[name], records, width).splitlines())


def test_a_wide_terminal_gets_a_column_a_field_and_a_narrow_one_lines_below() -> None:
    shown = EXAMINATIONS["visits"]
    records = shown.find(material(VISIT))
    wide, narrow = printed(shown, records, 250), printed(shown, records, 90)
    assert "Aino Virta   Minister of Trade   4" in wide
    assert all(words in " ".join(narrow.split()) for words in ("FIN > ISL", "office: Minister", "rank: 4", "gap: 3"))
    assert "…" not in wide + narrow


def test_what_no_record_tells_has_no_column() -> None:
    shown = EXAMINATIONS["visits"]
    assert "not received by" not in printed(shown, shown.find(material(VISIT)), 250)


@settings(deadline=None)
@given(st.text(alphabet="ab c", max_size=400), st.integers(2, 300))
def test_a_short_text_is_a_beginning_and_no_longer_than_asked(text: str, longest: int) -> None:
    found = listing.short(text, longest)
    assert len(found) <= longest
    assert text.startswith(found.removesuffix("…"))


def test_an_answer_is_a_line_a_record_and_silence_stands_apart() -> None:
    plain = {"template": "t", "serves": (1,), "evidence": ()}
    told = Answer(question="Who came?", answer="3 earlier, and then: one | two", how="table", **plain)  # type: ignore[arg-type]
    none = Answer(question="Who left?", answer="Nobody.", how="none", **plain)  # type: ignore[arg-type]
    out = io.StringIO()
    Console(file=out, width=80).print(listing.answers([none, told]))
    lines = [line.strip() for line in out.getvalue().splitlines() if line.strip()]
    assert lines == [
        "Who came?  table, 0 pieces of evidence",
        "- 3 earlier",
        "- one",
        "- two",
        "not answered by what is known",
        "- Who left? Nobody.",
    ]
