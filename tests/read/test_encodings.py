"""Letters come from the mark, the declaration, UTF-8 or a sure guess; otherwise the offset of the fault is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.read.encodings import Decoded, declared, decode
from detente.read.outcomes import Refusal

TEXT = "“The two sides agreed,” said Kim’s envoy — the café in Moscow was full, and they talked about trade."


def _read(data: bytes, charset: str | None = None) -> Decoded:
    found = decode(data, charset=charset)
    assert isinstance(found, Decoded)
    return found


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_utf_is_read_by_its_mark_or_as_it_is(encoding: str) -> None:
    assert _read(TEXT.encode(encoding)).text == TEXT


def test_a_declared_encoding_is_believed() -> None:
    korean = "외무상이 모스크바를 방문했다"
    assert _read(korean.encode("euc-kr"), "euc-kr") == Decoded(korean, "euc_kr", guessed=False)


def test_latin_1_means_windows_1252() -> None:
    assert _read(TEXT.encode("cp1252"), "iso-8859-1").text == TEXT


def test_a_habitual_declaration_yields_to_utf_8() -> None:
    assert _read(TEXT.encode("utf-8"), "iso-8859-1").text == TEXT


def test_a_wide_encoding_that_the_bytes_cannot_be_is_not_believed() -> None:
    assert _read(b"<meta charset=utf-16>", "utf-16").encoding == "utf-8"
    assert _read(TEXT.encode("utf-16-le"), "utf-16-le").text == TEXT


@pytest.mark.parametrize("name", ["punycode", "idna", "unicode_escape", "zip", "utf-7", "no-such", "a" * 100, "é"])
def test_codecs_that_are_no_tables_of_letters_are_never_used(name: str) -> None:
    assert _read(b"plain", name).encoding == "utf-8"


def test_an_undeclared_old_code_page_is_guessed_and_said_to_be() -> None:
    assert _read(TEXT.encode("cp1252")) == Decoded(TEXT, "cp1252", guessed=True)


@pytest.mark.parametrize(
    ("data", "offset"),
    [
        (TEXT.encode()[:40] + b"\xff" + TEXT.encode(), 40),
        (b"plain text \xff\xfe here", 11),
        ("text".encode("utf-16") + b"\x00", 10),
    ],
)
def test_a_fault_is_told_with_its_offset(data: bytes, offset: int) -> None:
    found = decode(data, charset=None)
    assert isinstance(found, Refusal)
    assert found.reason == "wrong_encoding"
    assert f"offset {offset}" in found.message


def test_nothing_is_an_empty_text() -> None:
    assert _read(b"").text == ""


@pytest.mark.parametrize(
    ("data", "name"), [(b'<meta charset="koi8-r">', "koi8-r"), (b"<?xml version='1.0' encoding='GB2312'?>", "GB2312"), (b"<p>none</p>", None)]
)
def test_markup_declares_its_encoding(data: bytes, name: str | None) -> None:
    assert declared(data) == name


@given(st.text())
def test_utf_8_comes_back_as_it_was(text: str) -> None:
    assert _read(text.encode("utf-8")).text in (text, text.removeprefix("\ufeff"))


@given(st.binary(max_size=200), st.sampled_from([None, "utf-16", "big5", "hz", "iso2022_kr", "cp1252"]))
def test_any_bytes_are_read_or_refused(data: bytes, charset: str | None) -> None:
    found = decode(data, charset=charset)
    assert isinstance(found, Decoded) or found.reason == "wrong_encoding"
