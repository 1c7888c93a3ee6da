"""Which kind of file some bytes are: by what they contain first, by name and declared type only where the content does not tell.

The signatures and names are tables in data/read. Pictures, programs, archives and tables of data are refused here, by name.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import PurePath

from detente.read import encodings, lists
from detente.read.outcomes import Refusal, refusal

_READS = "text, Markdown, HTML, PDF, DOCX, RSS or Atom"
_HEAD_CHARACTERS = 4_096
_SKIPPED = re.compile(r"\s+|<!--.*?-->|<\?(?!xml).*?\?>", re.DOTALL)
_XML = re.compile(r"<\?xml\b[^>]*\?>")
_DOCTYPE = re.compile(r"<!doctype\s+(\w+)", re.IGNORECASE)
_ELEMENT = re.compile(r"<([A-Za-z][\w:]*)[\s/>]")
_FEED_ELEMENTS = ("rss", "feed", "rdf:rdf")
_HTML_ELEMENTS = ("html", "head", "body", "title", "meta", "article", "main", "div", "section", "p", "h1", "table", "script", "link")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_MOST_CONTROL_SHARE = 0.02


def recognise(data: bytes, *, name: str, media_type: str | None) -> str | Refusal:
    """The format of `data`: text, markdown, html, pdf, docx or feed; or why it is not read.

    `name` is the file's name or the last part of its address, `media_type` what a server declared (None: nothing).
    """
    if not data.strip():
        return refusal("empty", "a document with text in it", came=f"it holds {len(data)} bytes and no letter", do="check that it was saved whole")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    for row in lists.rows("signatures"):
        start, mark = int(row["offset"]), bytes.fromhex(row["hex"])
        if data[start : start + len(mark)] == mark:
            return _signed(data, row)
    return _of_letters(data, name=name, media_type=media_type)


def media_type(format_: str) -> str:
    """The media type that a document of this format carries."""
    return next(row["media_types"].split()[0] for row in lists.rows("formats") if row["format"] == format_)


def _signed(data: bytes, row: Mapping[str, str]) -> str | Refusal:
    fate, name = row["fate"], row["name"]
    if fate == "zip":
        return _packed(data)
    if fate == "ole":
        if _LOCKED in data:
            return refusal("encrypted", "a document without a password", came="it is a locked Office file", do="save a copy without the password")
        fate = "unsupported_format"
    do = "unpack it and give the folder" if fate == "archive" else "save its text as plain text, HTML, PDF or DOCX"
    return refusal(fate, _READS, came=f"it is {name}", do=do)


def _packed(data: bytes) -> str | Refusal:
    """A ZIP is a DOCX, another office format, or an archive; only its table of contents is looked at."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            names = set(packed.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        return refusal("damaged", "a whole ZIP or DOCX", came=f"its table of contents cannot be read ({error})", do="download it again")
    if "word/document.xml" in names:
        return "docx"
    if names & {"[Content_Types].xml", "mimetype"}:
        return refusal("unsupported_format", _READS, came="it is another office format", do="save it as DOCX or PDF")
    return refusal("archive", _READS, came=f"it is a ZIP archive of {len(names)} files", do="unpack it and give the folder")


def _of_letters(data: bytes, *, name: str, media_type: str | None) -> str | Refusal:
    wide = encodings.marked(data)
    if wide is None and (found := _not_letters(data)) is not None:
        return found
    head = data[: _HEAD_CHARACTERS * 4].decode(wide or "latin-1", "replace")
    marked_up = _markup(head.removeprefix("\ufeff"))
    if marked_up is not None:
        return marked_up
    told = _told(name=name, media_type=media_type)
    if told == "unsupported_format":
        return refusal(
            "unsupported_format", _READS, came="it is a table or a program's data", do="give articles; event data are imported and not read"
        )
    return told if told in ("markdown", "html") else "text"


def _not_letters(data: bytes) -> Refusal | None:
    """Why bytes without a mark are no text: zeros as in UTF-16 without its mark, or too many control bytes."""
    head = data[:65_536]
    zeros = (head[0::2].count(0), head[1::2].count(0))
    if max(zeros) > len(head) * 0.2 and min(zeros) < len(head) * 0.01:
        came = f"it looks like UTF-16 without its mark, from offset {head.index(0)}"
        return refusal("wrong_encoding", "text in UTF-8, or in UTF-16 with its mark", came=came, do="save it as UTF-8 and read it again")
    controls = _CONTROL.findall(head)
    if b"\0" in controls or len(controls) > len(head) * _MOST_CONTROL_SHARE:
        return refusal("binary", _READS, came=f"{len(controls)} of its first {len(head)} bytes are no letters", do="convert it to text")
    return None


def _markup(head: str) -> str | Refusal | None:
    """What the first element says, past comments and white space: html, feed, another XML (refused), or None for plain text."""
    at, is_xml = 0, False
    while (skipped := _SKIPPED.match(head, at)) or (declared := _XML.match(head, at)):
        is_xml = is_xml or skipped is None
        at = skipped.end() if skipped is not None else declared.end()  # type: ignore[union-attr]
    doctype = _DOCTYPE.match(head, at)
    if doctype is not None:
        return "html" if doctype[1].lower() == "html" else _by_first_element(head, is_xml=True)
    return _by_first_element(head[at:], is_xml=is_xml)


def _by_first_element(head: str, *, is_xml: bool) -> str | Refusal | None:
    found = _ELEMENT.search(head) if is_xml else _ELEMENT.match(head)
    element = "" if found is None else found[1].lower()
    if element in _FEED_ELEMENTS:
        return "feed"
    if element in _HTML_ELEMENTS:
        return "html"
    if is_xml:
        return refusal("unsupported_format", _READS, came=f"it is XML that begins with <{element}>", do="save its text as plain text")
    return None


def _told(*, name: str, media_type: str | None) -> str | None:
    """The format that the server or the name declares, or None."""
    sent = (media_type or "").partition(";")[0].strip().lower()
    ending = PurePath(name).suffix.lower().removeprefix(".")
    by_type = (row["format"] for row in lists.rows("formats") if sent and sent in row["media_types"].split() and sent != "text/plain")
    by_name = (row["format"] for row in lists.rows("formats") if ending and ending in row["extensions"].split())
    return next(by_type, None) or next(by_name, None)
