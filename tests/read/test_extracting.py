"""One door to the formats: what is guessed is noted, what cannot be decoded is refused in every format of letters."""

from __future__ import annotations

import subprocess
import sys

import pytest

from detente.read import extracting
from detente.read.outcomes import Extract, Limits, Refusal

TEXT = "“The two sides agreed,” said Kim’s envoy, and they met again in the summer of the year."


def _one(data: bytes, kind: str, charset: str | None = None) -> Extract | Refusal:
    (told,) = extracting.extract(data, kind=kind, charset=charset, address=None, limits=Limits())
    return told


def test_a_guessed_encoding_is_noted() -> None:
    told = _one(TEXT.encode("cp1252"), "text")
    assert isinstance(told, Extract)
    assert (told.text, told.notes) == (TEXT, ("encoding guessed as cp1252",))


def test_a_declared_encoding_is_not_noted() -> None:
    told = _one(TEXT.encode("cp1252"), "text", "windows-1252")
    assert isinstance(told, Extract) and told.notes == ()


def test_a_page_declares_its_own_encoding_and_plain_text_does_not() -> None:
    page = f"<html><head><meta charset='koi8-r'></head><body><article><p>{'Министр приехал в столицу. ' * 20}</p></article></body></html>"
    told = _one(page.encode("koi8-r"), "html")
    assert isinstance(told, Extract) and "Министр приехал" in told.text


@pytest.mark.parametrize("kind", ["text", "markdown", "html", "feed"])
def test_letters_that_cannot_be_decoded_are_refused(kind: str) -> None:
    told = _one("“Kim’s” ".encode() * 9 + b"\xff", kind)
    assert isinstance(told, Refusal) and told.reason == "wrong_encoding"


def test_no_parser_is_loaded_before_its_format_comes() -> None:
    code = (
        "import sys, detente.read.sources; "
        "print([name for name in ('trafilatura', 'pypdf', 'docx', 'feedparser', 'markdown_it', 'httpx') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
