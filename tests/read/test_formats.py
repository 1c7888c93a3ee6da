"""The format comes from the content; the name and the declared type only break ties."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.read import formats, lists
from detente.read.outcomes import Refusal


def _kind(data: bytes, name: str = "x", media_type: str | None = None) -> str:
    found = formats.recognise(data, name=name, media_type=media_type)
    return found.reason if isinstance(found, Refusal) else found


def _zip(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        for name in names:
            packed.writestr(zipfile.ZipInfo(name), "x")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"Two sides met.", "note.txt", "text"),
        (b"Two sides met.", "note", "text"),
        (b"# Two sides met", "note.md", "markdown"),
        (b"<!DOCTYPE html><html></html>", "note.txt", "html"),
        (b"\xef\xbb\xbf  <!-- saved -->\n<html lang='en'>", "x", "html"),
        (b"<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x'><html>", "x", "html"),
        (b"Two <b>sides</b> met", "x.html", "html"),
        (b"<?xml version='1.0'?>\n<rss version='2.0'>", "x", "feed"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'>", "x.html", "feed"),
        (b"<?xml version='1.0'?><rdf:RDF xmlns='x'>", "x", "feed"),
        (b"<?xml version='1.0'?><kml>", "x", "unsupported_format"),
        ("<html>".encode("utf-16"), "x", "html"),
        (b"%PDF-1.4 ...", "note.txt", "pdf"),
        (b"\n\n%PDF-1.4 ...", "x", "pdf"),
        (b"{\\rtf1 x}", "note.doc", "unsupported_format"),
        (b"a,b\n1,2\n", "table.csv", "unsupported_format"),
        (b"", "x", "empty"),
        (b" \n\t ", "x", "empty"),
        (b"\x89PNG\r\n\x1a\n....", "note.txt", "binary"),
        (b"\xff\xd8\xff\xe0 JFIF", "x", "binary"),
        (b"SQLite format 3\x00....", "x", "binary"),
        (b"ab\x00\x01\x02cd\x00\x00\x00", "note.txt", "binary"),
        (b"\x01\x02\x03\x04abc", "x", "binary"),
        (b"\x1f\x8b\x08....", "x", "archive"),
        ("no mark at all".encode("utf-16-le"), "x", "wrong_encoding"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "old.doc", "unsupported_format"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "x.docx", "encrypted"),
        (_zip("a.txt", "b.txt"), "x.zip", "archive"),
        (_zip("[Content_Types].xml", "xl/workbook.xml"), "x.xlsx", "unsupported_format"),
        (_zip("[Content_Types].xml", "word/document.xml"), "x.zip", "docx"),
        (_zip("a.txt")[:20], "x.docx", "damaged"),
    ],
)
def test_the_content_tells_the_format(data: bytes, name: str, kind: str) -> None:
    assert _kind(data, name) == kind


def test_a_tar_archive_is_known_by_its_mark_at_257() -> None:
    assert _kind(b"a" * 257 + b"ustar" + b"a" * 100) == "archive"


def test_the_declared_type_breaks_a_tie_and_content_beats_it() -> None:
    assert _kind(b"Two <b>sides</b>", "page", "text/html; charset=utf-8") == "html"
    assert _kind(b"{}", "page", "application/json") == "unsupported_format"
    assert _kind(b"<html>", "page", "application/pdf") == "html"


def test_real_files_are_known(pdf: Callable[..., bytes], word: Callable[..., bytes]) -> None:
    assert _kind(pdf("Hello"), "x.txt") == "pdf"
    assert _kind(word("Hello"), "x.txt") == "docx"


def test_each_format_has_a_media_type() -> None:
    assert [formats.media_type(row["format"]) for row in lists.rows("formats")][:3] == ["text/plain", "text/markdown", "text/html"]


@given(st.binary(max_size=400), st.sampled_from(["x", "x.txt", "x.html", "x.md", "x.csv", "", ".", "x."]))
def test_any_bytes_have_a_format_or_a_reason(data: bytes, name: str) -> None:
    assert _kind(data, name)


@given(st.lists(st.sampled_from(["<?xml version='1.0'?>", "<!--", "-->", "<?php", "?>", "<!DOCTYPE x", "<rss>", " ", ">", "<html"]), max_size=30))
def test_any_beginning_of_markup_has_a_format_or_a_reason(pieces: list[str]) -> None:
    assert _kind("".join(pieces).encode())
