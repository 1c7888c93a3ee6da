import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.coding import sentences
from detente.coding.sentences import LONGEST, Sentence, split


def texts(text: str) -> list[str]:
    return [sentence.text for sentence in split(text)]


def roles(text: str) -> list[str]:
    return [sentence.role for sentence in split(text)]


def test_empty_and_blank_texts_have_no_sentence() -> None:
    assert split("") == ()
    assert split(" \n\n\t ") == ()


def test_single_sentence_is_kept_whole() -> None:
    assert split("They met.") == (Sentence("They met.", 0, 9, 0),)


def test_abbreviations_and_initials_end_no_sentence() -> None:
    text = "Mr. J. Smith met U.S. Secretary Lee. They talked."
    assert texts(text) == ["Mr. J. Smith met U.S. Secretary Lee.", "They talked."]


def test_missing_space_after_a_stop_is_seen() -> None:
    assert texts("They signed the treaty.The talks went on.") == ["They signed the treaty.", "The talks went on."]


def test_footnote_mark_stays_with_its_sentence() -> None:
    assert texts("They signed it.[1] Then they left.") == ["They signed it.[1]", "Then they left."]


def test_paragraphs_are_numbered_and_first_line_is_a_heading() -> None:
    found = split("Talks in Oslo\n\nThey met.\n\nThey parted.")
    assert [(one.paragraph, one.role) for one in found] == [(0, "heading"), (1, "text"), (2, "text")]


def test_sentence_that_goes_on_in_a_quotation_is_quoted() -> None:
    found = split("He said: “We agree. We will sign.” They left.")
    assert [one.quoted for one in found] == [False, True, False]


def test_newsletter_box_and_footnote_are_furniture() -> None:
    text = (
        "They met in Oslo today.\n\n[1] See for instance the Journal.\n\nStay informed about our latest\nnews:\nI'm interested in...\nOur Site: News"
    )
    assert roles(text) == ["text", "furniture", "furniture", "furniture"]


def test_marks_without_words_are_noise() -> None:
    assert set(roles("(" * 10_000)) == {"noise"}


def test_line_of_a_megabyte_is_cut() -> None:
    found = split("peace and " * 100_000)
    assert max(len(one.text) for one in found) <= LONGEST


@given(st.text(max_size=400))
def test_every_sentence_stands_where_it_says(text: str) -> None:
    found = split(text)
    assert all(text[one.start : one.stop] == one.text and one.text.strip() for one in found)
    assert all(left.stop <= right.start for left, right in pairwise(found))


@given(st.text(alphabet="a .“”\"'\n!?[]1A", max_size=300))
def test_no_letter_is_lost(text: str) -> None:
    kept = "".join(one.text for one in split(text))
    assert [letter for letter in kept if not letter.isspace()] == [letter for letter in text if not letter.isspace()]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("SEOUL, May 5 (Yonhap) -- Laos and Chad signed an agreement.", "SEOUL, May 5 (Yonhap) --"),
        ("Pyongyang, November 28 (KCNA) -- The premier met the governor.", "Pyongyang, November 28 (KCNA) --"),
        ("BEIJING, Feb. 3 /Xinhua/ -- China sent aid.", "BEIJING, Feb. 3 /Xinhua/ --"),
        ("WASHINGTON -- Lawmakers return.", "WASHINGTON --"),
        ("(CNN) -- Cuba said so.", "(CNN) --"),
    ],
)
def test_a_dateline_is_no_part_of_the_first_sentence(text: str, line: str) -> None:
    first, second = split(text)
    assert (first.text, first.role, second.text) == (line, "furniture", text[len(line) + 1 :])
    assert all(text[part.start : part.stop] == part.text for part in (first, second))


@pytest.mark.parametrize("text", ["NATO - Russia ties froze.", "- Russia said so.", "U.S.-led forces entered.", "RUSSIA–CHINA trade grew."])
def test_other_dashes_open_no_dateline(text: str) -> None:
    assert [part.text for part in split(text)] == [text]


@given(st.text(alphabet="abA .!?…”’')]([1\n", max_size=60))
def test_ends_are_those_of_two_searches_at_every_place(text: str) -> None:
    stop = r"[.!?…]+[\"”’'»)\]]*(?:\[\d{1,3}\])*(?=\s+[\"“‘'«(\[]*[^\W_a-z])"
    plain = re.compile(rf"{stop}|(?<=[a-z]{{2}})[.!?](?=[A-Z][a-z])")
    assert [found.span() for found in sentences._END.finditer(text)] == [found.span() for found in plain.finditer(text)]


@given(st.text(alphabet="a .\n!?[]1A'", max_size=200))
def test_a_text_without_marks_is_cut_as_one_with_them_and_nothing_is_quoted(text: str) -> None:
    bare, told = split(text), split(f"{text}\n\n“A”\n\n{text}")
    assert not any(sentence.quoted for sentence in bare)
    assert [sentence.text for sentence in bare] == [sentence.text for sentence in told[len(told) - len(bare) :]]
