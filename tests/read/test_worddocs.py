"""DOCX: paragraphs and tables in order; bombs and broken files are refused."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from detente.read import worddocs
from detente.read.outcomes import Extract, Limits, Refusal

MakeWord = Callable[..., bytes]


def _with_body(body: str, original: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(original)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, body if name == "word/document.xml" else old.read(name))
    return stream.getvalue()


def test_paragraphs_and_tables_stand_in_their_order(word: MakeWord) -> None:
    told = worddocs.extract(word("A visit ends", "They met.", rows=[("year", "trade"), ("2013", "104")]), limits=Limits())
    assert isinstance(told, Extract)
    assert told.text == "A visit ends\n\nThey met.\n\nyear | trade\n\n2013 | 104"
    assert told.title == "A visit ends"


def test_an_empty_document_is_an_empty_text(word: MakeWord) -> None:
    told = worddocs.extract(word(), limits=Limits())
    assert isinstance(told, Extract) and told.text == ""


def test_a_bomb_is_refused_before_it_is_unpacked(word: MakeWord) -> None:
    bomb = _with_body("<x>" + " " * 30_000_000 + "</x>", word("x"))
    assert len(bomb) < 1_000_000
    told = worddocs.extract(bomb, limits=Limits(unpacked_bytes=20_000_000))
    assert isinstance(told, Refusal) and told.reason == "too_complex"


def test_entities_are_not_expanded(word: MakeWord) -> None:
    body = (
        '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>a&secret;b</w:t></w:r></w:p></w:body></w:document>'
    )
    told = worddocs.extract(_with_body(body, word("x")), limits=Limits())
    assert isinstance(told, Refusal) or "root:" not in told.text


@settings(max_examples=60, deadline=None)
@given(cut=st.integers(0, 36_000), filled=st.binary(max_size=40))
def test_a_spoilt_docx_is_read_or_refused(cut: int, filled: bytes, word: MakeWord) -> None:
    whole = word("They met in Moscow to talk about the railway.")
    spoilt = whole[:cut] + filled + whole[cut + len(filled) :]
    assert isinstance(worddocs.extract(spoilt, limits=Limits()), Extract | Refusal)
