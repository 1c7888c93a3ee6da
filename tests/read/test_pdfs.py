"""PDF: lines become paragraphs again, running heads go, and what has no text or no end is refused."""

from __future__ import annotations

import zlib
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.read import pdfs
from detente.read.outcomes import Extract, Limits, Refusal

MakePdf = Callable[..., bytes]
LIMITS = Limits()


def _told(data: bytes, limits: Limits = LIMITS) -> Extract:
    told = pdfs.extract(data, limits=limits)
    assert isinstance(told, Extract)
    return told


def _reason(data: bytes, limits: Limits = LIMITS) -> str:
    told = pdfs.extract(data, limits=limits)
    assert isinstance(told, Refusal)
    return told.reason


def test_a_word_divided_at_the_line_end_is_whole_again(pdf: MakePdf) -> None:
    told = _told(pdf("The envoys spoke of the coopera-\ntion of the two states in trade."))
    assert told.text == "The envoys spoke of the cooperation of the two states in trade."


def test_running_heads_and_page_numbers_go(pdf: MakePdf) -> None:
    told = _told(pdf("First part of the text", "second part of it", "and the third.", head="The Northern Review"))
    assert told.text.split() == ["First", "part", "of", "the", "text", "second", "part", "of", "it", "and", "the", "third."]
    assert told.notes == ("6 lines of running heads and feet left away",)


def test_a_line_that_is_repeated_in_the_text_of_two_pages_stays(pdf: MakePdf) -> None:
    assert _told(pdf("They met.", "They met.")).text.count("They met.") == 2


def test_the_day_of_the_file_is_only_a_hint(pdf: MakePdf) -> None:
    told = _told(pdf("They met in Moscow to talk."))
    assert told.published is None
    assert told.weak_day is not None


def test_pages_without_a_text_layer_are_told(pdf: MakePdf) -> None:
    assert _told(pdf("They met in Moscow.", "")).notes == ("1 of 2 pages have no text layer",)


def test_scans_locks_and_fragments_are_refused(pdf: MakePdf) -> None:
    whole = pdf("They met in Moscow to talk.")
    assert _reason(pdf("", "")) == "no_text_layer"
    assert _reason(pdf("They met.", password="secret")) == "encrypted"
    assert _reason(whole[: len(whole) // 2]) == "damaged"
    assert _reason(b"%PDF-1.4\n") == "damaged"
    assert _reason(pdf("a", "b", "c"), Limits(pages=2)) == "too_large"


def _raw(*objects: bytes) -> bytes:
    """A PDF of these objects, numbered from 1, with its table of offsets."""
    body, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer<</Root 1 0 R/Size {len(objects) + 1}>>\nstartxref\n"
    return body + head.encode() + str(len(body)).encode() + b"\n%%EOF"


def test_a_title_that_is_no_text_is_left_alone() -> None:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
    stream = b"<</Length 44>>stream\nBT /F1 12 Tf (They met in the capital.) Tj ET  \nendstream"
    font, title = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", b"<</Title<</A 1>>>>"
    data = _raw(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, stream, font, title)
    assert _told(data.replace(b"/Root 1 0 R", b"/Root 1 0 R/Info 6 0 R")).title is None


def test_a_page_that_unpacks_without_end_is_too_complex() -> None:
    packed = zlib.compress(b" " * 200_000_000)
    stream = f"<</Length {len(packed)}/Filter/FlateDecode>>stream\n".encode() + packed + b"\nendstream"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    data = _raw(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, stream, font)
    assert len(data) < 300_000
    assert _reason(data) == "too_complex"


def test_paragraphs_end_at_blank_and_at_short_lines() -> None:
    line = "The two delegations agreed on many things in the course of the day and"
    text, dropped = pdfs.joined([f"Heading\n{line}\nclosed.\n{line}\n\n{line}"])
    assert text == f"Heading\n\n{line} closed.\n\n{line}\n\n{line}"
    assert dropped == 0


@pytest.mark.parametrize("pages", [[], [""], ["", ""]])
def test_no_pages_and_empty_pages_are_an_empty_text(pages: list[str]) -> None:
    assert pdfs.joined(pages) == ("", 0)


@given(st.lists(st.text(st.sampled_from("ab .-\n"), max_size=60), max_size=5))
def test_no_letter_is_invented_when_pages_are_joined(pages: list[str]) -> None:
    text, _ = pdfs.joined(pages)
    letters = [letter for letter in text if letter.isalpha()]
    assert len(letters) <= sum(letter.isalpha() for page in pages for letter in page)


@settings(max_examples=60, deadline=None)
@given(cut=st.integers(0, 1500), filled=st.binary(max_size=40))
def test_a_spoilt_pdf_is_read_or_refused(cut: int, filled: bytes, pdf: MakePdf) -> None:
    whole = pdf("They met in Moscow to talk about the railway.")
    spoilt = whole[:cut] + filled + whole[cut + len(filled) :]
    assert isinstance(pdfs.extract(spoilt, limits=LIMITS), Extract | Refusal)
