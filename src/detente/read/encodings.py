"""From bytes to letters: the mark at the beginning, then the declared encoding, then UTF-8, then what charset-normalizer can tell.

A guess is made only from bytes that can be nothing else; otherwise the text is refused with the offset of the first byte that does not fit.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from detente.read.outcomes import Refusal, refusal

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Only codecs that are tables of letters: some others of the standard library take quadratic time on hostile bytes.
_LETTERS = re.compile(
    r"utf-(8|16|32)(-[lb]e)?|ascii|iso8859-\d+|cp\d+|koi8-[rut]|mac-\w+|gb\w+|big5\w*|euc_\w+|shift_jis\w*|johab|hz|tis-620|iso2022_\w+"
)
_ONE_BYTE = re.compile(r"ascii|iso8859-\d+|cp125\d|mac-\w+")
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9._:-]{1,40})""")
_GUESSED = ("cp1252", "cp1250", "cp1251", "koi8_r", "cp949", "gb18030", "big5", "shift_jis", "euc_jp")
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE_BYTES = 100_000
_HEAD_BYTES = 2_048
_SAVE = "save it as UTF-8 and read it again"


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and the encoding it was read in; `guessed` when nothing but the bytes themselves told."""

    text: str
    encoding: str
    guessed: bool


def marked(data: bytes) -> str | None:
    """The encoding that the mark at the beginning (BOM) names, or None."""
    return next((name for mark, name in _MARKS if data.startswith(mark)), None)


def declared(data: bytes) -> str | None:
    """The encoding that markup declares in its first 2,048 bytes, or None."""
    found = _DECLARED.search(data[:_HEAD_BYTES])
    return None if found is None else found[1].decode("ascii")


def decode(data: bytes, *, charset: str | None) -> Decoded | Refusal:
    """The text of `data`; `charset` is what the server or the markup declares (None: nothing).

    A declared one-byte encoding yields to UTF-8 where the bytes are UTF-8 with letters beyond ASCII: servers declare by habit.
    """
    mark = marked(data)
    if mark is not None:
        return _strictly(data, mark)
    told = _codec(charset)
    utf8 = _strictly(data, "utf-8")
    if told is None or _yields(told, data, utf8=utf8):
        return utf8 if isinstance(utf8, Decoded) else _guess(data, utf8)
    as_told = _strictly(data, told)
    if isinstance(as_told, Decoded):
        return as_told
    return utf8 if isinstance(utf8, Decoded) else _guess(data, as_told)


def _yields(told: str, data: bytes, *, utf8: Decoded | Refusal) -> bool:
    """True when UTF-8 comes before what is declared: the same, a habit, or a wide encoding that the bytes cannot be."""
    is_habit = _ONE_BYTE.fullmatch(told) is not None and isinstance(utf8, Decoded)
    return told == "utf-8" or is_habit or (told.startswith(("utf-16", "utf-32")) and b"\0" not in data)


def _codec(charset: str | None) -> str | None:
    """The name of a codec that is known and safe; Latin-1 means windows-1252, as browsers read it."""
    if charset is None or not re.fullmatch(r"[A-Za-z0-9._:-]{1,40}", charset):
        return None
    try:
        name = codecs.lookup(charset).name
    except LookupError:
        return None
    if name in ("iso8859-1", "ascii"):
        return "cp1252"
    return name if _LETTERS.fullmatch(name) else None


def _strictly(data: bytes, encoding: str) -> Decoded | Refusal:
    try:
        return Decoded(data.decode(encoding), encoding, guessed=False)
    except UnicodeDecodeError as error:
        came = (
            f"byte 0x{data[error.start]:02x} at offset {error.start} is none" if error.start < len(data) else f"it ends early at offset {error.start}"
        )
        return refusal("wrong_encoding", f"text in {encoding}", came=came, do=_SAVE)


def _guess(data: bytes, failed: Refusal) -> Decoded | Refusal:
    if b"\0" in data or _is_broken_utf8(data):
        return failed
    best = from_bytes(data[:_SAMPLE_BYTES], cp_isolation=list(_GUESSED)).best()
    if best is None or best.chaos > 0:
        return failed
    guess = _strictly(data, "cp1252" if best.encoding == "cp1250" else best.encoding)
    if isinstance(guess, Refusal) or not _in_words(guess.text):
        return failed
    return Decoded(guess.text, guess.encoding, guessed=True)


def _in_words(text: str) -> bool:
    """True when letters beyond ASCII stand in words as letters do: `caf\u00e9`, not two strange letters by themselves."""
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    return all(len(word) > 1 and (any(letter.isascii() for letter in word) or len(words) > 2) for word in words)


def _is_broken_utf8(data: bytes) -> bool:
    """True when letters beyond ASCII are mostly UTF-8: then it is UTF-8 with a fault, and a guess would spoil all of them."""
    text = data.decode("utf-8", "replace")
    faults = text.count("\ufffd")
    return sum(1 for character in text if character > "\x7f") - faults > faults
