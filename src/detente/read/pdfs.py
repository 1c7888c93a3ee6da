"""PDF: the text layer of the pages joined into paragraphs, without running heads and feet, with divided words made whole.

Pictures are not read: a PDF of scanned pages is refused. Scripts, forms and attachments are never opened. The day in a PDF's
properties is when the file was made, not when the text was published: it is only told to the user.
"""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections import Counter
from collections.abc import Sequence

from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError, PdfReadError, PyPdfError

from detente.read import plaintexts
from detente.read.outcomes import Extract, Limits, Refusal, refusal

# What pypdf lets through from broken files beside its own errors.
_BROKEN = (
    PyPdfError,
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    struct.error,
    zlib.error,
    OSError,
    UnicodeError,
    NotImplementedError,
)
_LETTERS_A_PAGE = 3
_MARGIN_LINES = 2
_DIVIDED = re.compile(r"([^\W\d_]+)-\n([a-z]+)")
_MADE = re.compile(r"D:(\d{4})(\d{2})(\d{2})")
_SHORT_SHARE = 0.75


def extract(data: bytes, *, limits: Limits) -> Extract | Refusal:
    """The text of a PDF, paragraphs divided by blank lines."""
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            return _locked()
        count = len(reader.pages)
        if count > limits.pages:
            return refusal("too_large", f"at most {limits.pages} pages", came=f"it has {count}", do="split it into its documents")
        pages = [page.extract_text() for page in reader.pages]
        properties = reader.metadata
        title, made = (None, "") if properties is None else (properties.title, str(properties.get("/CreationDate", "")))
    except (FileNotDecryptedError, DependencyError):
        return _locked()
    except LimitReachedError as error:
        return refusal("too_complex", "a PDF of ordinary size when unpacked", came=f"it has more ({error})", do="save its text as plain text")
    except _BROKEN as error:
        kind = "not closed" if isinstance(error, PdfReadError) else type(error).__name__
        return refusal(
            "damaged", "a whole PDF", came=f"it cannot be followed ({kind}: {str(error)[:120]})", do="download it again or print it anew to PDF"
        )
    return _document(pages, title=title, made=made)


def joined(pages: Sequence[str]) -> tuple[str, int]:
    """The text of the pages as paragraphs, and how many lines of running heads and feet were left away.

    >>> joined(["The two sides agreed on coopera-\\ntion in trade."])
    ('The two sides agreed on cooperation in trade.', 0)
    """
    split = [[line.rstrip() for line in page.strip().split("\n")] for page in pages]
    running = _running(split)
    body = [[line for at, line in enumerate(lines) if not (_at_margin(at, lines) and _form(line) in running)] for lines in split]
    dropped = sum(map(len, split)) - sum(map(len, body))
    return _paragraphs([line for lines in body for line in lines]), dropped


def _document(pages: Sequence[str], *, title: str | None, made: str) -> Extract | Refusal:
    bare = sum(sum(map(str.isalpha, page)) < _LETTERS_A_PAGE for page in pages)
    if bare == len(pages):
        came = f"none of its {len(pages)} pages has text that can be read"
        return refusal("no_text_layer", "a PDF with a text layer", came=came, do="run text recognition over it and read the result")
    text, dropped = joined(pages)
    day = _MADE.match(made)
    notes = [f"{bare} of {len(pages)} pages have no text layer"] if bare else []
    notes += [f"{dropped} lines of running heads and feet left away"] if dropped else []
    named = title if isinstance(title, str) else None
    made_on = None if day is None else "-".join(day.groups())
    return Extract(text=text, title=plaintexts.headline(text, named=named), weak_day=made_on, notes=tuple(notes))


def _locked() -> Refusal:
    return refusal("encrypted", "a PDF without a password", came="it is locked", do="save a copy without the password")


def _at_margin(at: int, lines: Sequence[str]) -> bool:
    return at < _MARGIN_LINES or at >= len(lines) - _MARGIN_LINES


def _form(line: str) -> str:
    """A line with its numbers blanked out, so that `Page 3 of 9` is the same on every page."""
    return re.sub(r"\d+", "#", " ".join(line.split())).lower()


def _running(pages: Sequence[Sequence[str]]) -> frozenset[str]:
    """The lines at the margins of at least three pages and of half of all; on three or more pages only."""
    seen: Counter[str] = Counter()
    for lines in pages:
        seen.update({_form(line) for at, line in enumerate(lines) if _at_margin(at, lines) and line.strip()})
    return frozenset(form for form, count in seen.items() if count >= 3 and count * 2 >= len(pages))


def _paragraphs(lines: Sequence[str]) -> str:
    """Lines joined to paragraphs: a blank line ends one, and so does a short line that closes a sentence or stands before a capital."""
    widths = sorted(len(line) for line in lines if line.strip())
    full = widths[len(widths) * 3 // 4] if widths else 0
    pieces: list[str] = []
    for at, line in enumerate(lines):
        following = lines[at + 1].lstrip() if at + 1 < len(lines) else ""
        is_short = len(line) < full * _SHORT_SHARE
        ends = not following or (is_short and (line.endswith((".", "!", "?", "”", '"')) or following[:1].isupper()))
        pieces.append(line.strip() + ("\n\n" if ends else "\n"))
    whole = _DIVIDED.sub(r"\1\2", "".join(pieces))
    blocks = (" ".join(block.split()) for block in whole.split("\n\n"))
    return "\n\n".join(block for block in blocks if block)
