"""What is made to harm: any bytes end in one of three fates, any case folder in a case or a message, and a false letter names no state."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import held
import made
from detente.assess import question
from detente.coding import gazetteer
from detente.errors import DetenteError, QuestionError
from detente.read import cases, gathering, sources
from detente.read.outcomes import Extract, Failed, Limits, Refusal

HEADS = ("", "%PDF-1.7\n", "PK\x03\x04", "<!doctype html><html><body>", "<?xml version='1.0'?><rss><channel>", "\ufeff", "{\\rtf1 ")
PIECES = (
    "<p>",
    "</p>",
    "<!ENTITY a 'b'>",
    "&a;",
    "<table>",
    "<![CDATA[",
    "obj",
    "endobj",
    "stream",
    "\x00",
    "\u202e",
    "Moscow met Pyongyang. ",
    "2014-05-08 ",
)
FALSE = {"Russia": "Russ\u0456a", "Cuba": "\u0421uba", "Chile": "Ch\u0456le", "Japan": "J\u0430pan"}


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(HEADS), st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=30), st.sampled_from(["a.txt", "a.md", "a"])
)
def test_any_bytes_are_kept_or_refused_and_never_fail(head: str, pieces: list[str], name: str) -> None:
    data = (head + "".join(pieces)).encode("utf-8", "replace")
    item = gathering.Item(origin=name, name=name, data=data, retrieved_at="2026-01-01T00:00:00Z")
    run = sources._Run(_Here(), date(2014, 5, 8), None, Limits(offline=True))  # type: ignore[arg-type]
    for outcome in sources._guarded(item, run):
        assert not isinstance(outcome, Failed), outcome.traceback


class _Here:
    """Extracts in this process, so that a fault shows its traceback; limits of time and memory are tested in test_apart."""

    def extract(self, data: bytes, *, kind: str, charset: str | None, address: str | None) -> tuple[Extract | Refusal, ...]:
        from detente.read import extracting

        return tuple(extracting.extract(data, kind=kind, charset=charset, address=address, limits=Limits(offline=True)))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["case.toml", "acts.csv", "series.csv", "publications.csv", "coverage.csv"]), st.integers(0, 2_000), st.binary(max_size=12))
def test_a_spoilt_case_is_a_case_with_faults_or_refused(file: str, at: int, filled: bytes) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for path in (held.CASES / "cuba-usa").iterdir():
            if path.is_file():
                (folder / path.name).write_bytes(path.read_bytes()[:3_000])
        whole = (folder / file).read_bytes()
        (folder / file).write_bytes(whole[:at] + filled + whole[at + len(filled) :])
        try:
            found = cases.read(folder)
        except DetenteError as error:
            assert error.do
        else:
            assert all(fault.message for fault in found.faults)


@pytest.mark.parametrize("mark", ["\u202e", "\u2066", "\u200b", "\u00ad"])
def test_a_name_in_a_table_with_letters_that_cannot_be_seen_is_a_fault(tmp_path: Path, mark: str) -> None:
    row: Any = made.act("v", "2014-04-28", people=f"Aino {mark}Virta | Minister | 4")
    (fault,) = cases.read(made.case(tmp_path, acts=[row])).faults
    assert fault.column == "people"
    assert mark not in fault.message


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("source", "F\u0406N"),
        ("target", "\u0405WE"),
        ("source", "IGO:\u0410\u0421\u0415"),
        ("people", "Aino V\u0456rta | Minister | 4"),
        ("place", "H\u0435lsinki"),
        ("text", "A minister of \u0405weden visited Iceland."),
        ("note", "seen in M\u03bfscow"),
    ],
)
def test_a_letter_of_another_alphabet_in_a_case_table_is_a_fault_that_spells_it(tmp_path: Path, column: str, value: str) -> None:
    faults = cases.read(made.case(tmp_path, acts=[made.act("v", "2014-04-28", **{column: value})])).faults
    assert {fault.column for fault in faults} == {column}
    assert any("\\u" in fault.message and ("alphabet" in fault.message or "ISO 3166-1" in fault.message) for fault in faults)


def test_a_name_in_one_other_alphabet_is_no_fault(tmp_path: Path) -> None:
    assert cases.read(made.case(tmp_path, acts=[made.act("v", "2014-04-28", people="Аино Вирта | Minister | 4")])).faults == ()


def test_a_case_of_a_state_with_a_false_letter_is_refused(tmp_path: Path) -> None:
    folder = made.case(tmp_path)
    (folder / "case.toml").write_text('name = "made"\ndyad = ["F\u0406N", "ISL"]\n', encoding="utf-8")
    with pytest.raises(DetenteError, match="alpha-3"):
        cases.read(folder)


@pytest.mark.parametrize("name", FALSE)
def test_a_state_spelled_with_a_letter_of_another_script_is_not_that_state(name: str) -> None:
    assert question.states(FALSE[name]) == ()
    with pytest.raises(QuestionError):
        question.understand(f"Are {FALSE[name]} and Norway at a new stage?")
    with pytest.raises(QuestionError, match="alike"):
        question.understand(f"Are {FALSE[name]}, Norway and Sweden at a new stage?")


def test_marks_that_turn_the_reading_are_taken_out_of_a_question() -> None:
    assert question.understand("Are Rus\u202esia and Cu\u200bba at a new stage?").dyad == ("CUB", "RUS")


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(["Russia", "Cuba", "the North", "North", "South Korea", "Russ\u0456a", "\u202e", "\u200b", "RUS", "and", "stage", "?", "("]),
        max_size=9,
    )
)
def test_no_words_break_the_question(words: list[str]) -> None:
    try:
        found = question.understand(" ".join(words))
    except QuestionError as error:
        assert error.do
    else:
        assert found.dyad is None or found.dyad[0] < found.dyad[1]


@given(st.lists(st.sampled_from(["the", "North", "South", "Koreans", "Who", "United", "Nations", "Soviet"]), max_size=6))
def test_a_name_found_lies_in_the_text_and_overlaps_no_other(words: list[str]) -> None:
    text = " ".join(words)
    hits = gazetteer.shipped().find(text)
    assert all(0 <= hit.start < hit.stop <= len(text) for hit in hits)
    assert all(left.stop <= right.start for left, right in pairwise(hits))
