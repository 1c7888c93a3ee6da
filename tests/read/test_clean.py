"""The gate: what is clean passes unchanged, what cannot be seen is taken out and counted."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.read.clean import clean, shown


@pytest.mark.parametrize("text", ["", "a", "Kim’s “visit” — 30 km² of Pyŏngyang\u00a0land, 50 ₽\n\n\tdone.  \n"])
def test_a_clean_text_passes_unchanged(text: str) -> None:
    assert clean(text).text == text
    assert dict(clean(text).changes) == {}


@pytest.mark.parametrize(
    ("dirty", "expected", "kind"),
    [
        ("a\r\nb\rc", "a\nb\nc", "line ends"),
        ("a\x00b\x1bc", "abc", "control characters"),
        ("a\x0cb\u2028c", "a\nb\nc", "line and page breaks"),
        ("a\u2029b", "a\n\nb", "line and page breaks"),
        ("\u202eKim\u202c", "Kim", "direction marks"),
        ("\ufeffK\u200bi\u2060m", "Kim", "zero-width characters"),
        ("coop\u00aderation", "cooperation", "soft hyphens"),
        ("cafe\u0301", "caf\u00e9", "decomposed letters"),
        ("a\ud800b", "a\ufffdb", "broken surrogates"),
        ("hi\U000e0041\U000e0042", "hi", "zero-width characters"),
    ],
)
def test_dirt_is_taken_out_and_counted(dirty: str, expected: str, kind: str) -> None:
    cleaned = clean(dirty)
    assert cleaned.text == expected
    assert set(cleaned.changes) == {kind}
    assert all(count > 0 for count in cleaned.changes.values())


def test_notes_say_how_many_of_what() -> None:
    assert clean("a\u200bb\u200bc").notes == ("2 zero-width characters cleaned",)


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = clean(text).text
    assert clean(once).text == once


@given(st.text(st.characters(blacklist_categories=()), max_size=60))
def test_behind_the_gate_nothing_is_hidden(text: str) -> None:
    behind = clean(text).text
    assert unicodedata.is_normalized("NFC", behind)
    assert not [letter for letter in behind if unicodedata.category(letter) in ("Cc", "Cs") and letter not in "\n\t"]
    assert not set(behind) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200e\u200f\ufeff")


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=200))
def test_ascii_is_never_touched(text: str) -> None:
    assert clean(text).text == text


@given(st.text(st.characters(blacklist_categories=()), max_size=60))
def test_a_shown_name_is_on_one_line_and_can_be_printed(name: str) -> None:
    visible = shown(name)
    visible.encode("utf-8")
    assert not set(visible) & set("\n\r\t\u202e\u200b")
