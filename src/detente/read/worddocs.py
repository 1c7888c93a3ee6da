"""DOCX: the paragraphs and tables of a Word document in their order. Macros, pictures, comments and fields are not opened."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

import docx
from docx.document import Document as WordDocument
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table
from lxml.etree import LxmlError  # type: ignore[import-untyped]

from detente.read import plaintexts
from detente.read.outcomes import Extract, Limits, Refusal, refusal

_FILES = 10_000
# What python-docx and zipfile let through from broken files.
_BROKEN = (
    PackageNotFoundError,
    zipfile.BadZipFile,
    LxmlError,
    KeyError,
    ValueError,
    AttributeError,
    IndexError,
    TypeError,
    zlib.error,
    OSError,
    EOFError,
    NotImplementedError,
)


def extract(data: bytes, *, limits: Limits) -> Extract | Refusal:
    """The text of a DOCX, paragraphs divided by blank lines, the cells of a table's row by bars."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            inside = packed.infolist()
        unpacked = sum(item.file_size for item in inside)
        if unpacked > limits.unpacked_bytes or len(inside) > _FILES:
            came = f"it unpacks to {unpacked} bytes in {len(inside)} files"
            return refusal("too_complex", f"at most {limits.unpacked_bytes} bytes when unpacked", came=came, do="save its text as plain text")
        if any(item.flag_bits & 1 for item in inside):
            return refusal("encrypted", "a document without a password", came="it is locked", do="save a copy without the password")
        word = docx.Document(io.BytesIO(data))
        text, title = "\n\n".join(_blocks(word)), word.core_properties.title
    except _BROKEN as error:
        came = f"it cannot be followed ({type(error).__name__}: {str(error)[:120]})"
        return refusal("damaged", "a whole DOCX", came=came, do="open it in a word processor and save it anew")
    return Extract(text=text, title=plaintexts.headline(text, named=title))


def _blocks(word: WordDocument) -> Iterator[str]:
    for block in word.iter_inner_content():
        if isinstance(block, Table):
            yield from (" | ".join(dict.fromkeys(cell.text.strip() for cell in row.cells)) for row in block.rows)
        elif block.text.strip():
            yield block.text
