"""RSS and Atom: one document an entry, from what the feed itself holds; nothing more is fetched.

The day is the entry's day of publication as printed; an Atom entry with only `updated` is dated by it, for that is the day of the text read.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from xml.sax import SAXException

import feedparser

from detente.read import encodings, publication, webpages
from detente.read.outcomes import Extract, Limits, Refusal, refusal

_ENTITY = re.compile("<!ENTITY", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
# What feedparser lets through from broken feeds.
_BROKEN = (SAXException, KeyError, ValueError, TypeError, AttributeError, IndexError)
_CLOCK = re.compile(r"\s+\d{1,2}:\d{2}.*|\s+[+-]\d{4}\s*$")
_WEEKDAY = re.compile(r"^[A-Za-z]{3,9},\s*")


def extract(data: bytes, *, charset: str | None, limits: Limits) -> Iterator[Extract | Refusal]:
    """An extract or a refusal for each entry, or one refusal for the feed; `charset` is what a server declared."""
    feed = _parsed(data, charset)
    if isinstance(feed, Refusal):
        yield feed
        return
    entries = feed.entries
    kind = "application/atom+xml" if str(feed.get("version", "")).startswith("atom") else None
    for entry in entries[: limits.entries]:
        told = _entry(entry, source=feed.feed.get("title"))
        yield told if isinstance(told, Refusal) else replace(told, media_type=kind)
    if len(entries) > limits.entries:
        came = f"it has {len(entries)}"
        yield refusal("too_large", f"at most {limits.entries} entries", came=came, do="split the feed; the first entries were read")


def _parsed(data: bytes, charset: str | None) -> Any | Refusal:
    """The feed as its parser gives it, with at least one entry, or why there is none."""
    decoded = encodings.decode(data, charset=charset or encodings.declared(data))
    if isinstance(decoded, Refusal):
        return decoded
    if _ENTITY.search(decoded.text):
        do = "remove its DOCTYPE; an honest feed needs none"
        return refusal("unsafe_markup", "a feed without entities of its own", came="it defines some", do=do)
    plain = _DECLARATION.sub("", decoded.text).encode("utf-8", "replace")
    try:
        # A stream and never the bytes: given bytes, the parser would first try them as the name of a file to open.
        feed = feedparser.parse(io.BytesIO(plain), response_headers={"content-type": "application/xml; charset=utf-8"})
    except _BROKEN as error:
        return refusal("damaged", "a whole feed", came=f"it cannot be followed ({type(error).__name__})", do="open its address in a browser")
    if feed.entries:
        return feed
    came = f"none was found ({feed.bozo_exception})"[:200] if feed.bozo else "none was found"
    return refusal("damaged" if feed.bozo else "empty", "a feed with entries", came=came, do="open its address in a browser")


def _entry(entry: Any, *, source: str | None) -> Extract | Refusal:
    contents = [piece.get("value") or "" for piece in entry.get("content", ())]
    markup = max([*contents, entry.get("summary") or ""], key=len)
    text = webpages.words(markup)
    name = str(entry.get("id") or entry.get("link") or entry.get("title") or "")
    if not text:
        return refusal("empty", "an entry with text", came=f"{name[:100]!r} has none", do="read the page that it links to")
    day = publication.written_day(_day_part(entry.get("published") or dict.get(entry, "updated") or ""))
    return Extract(text=text, title=entry.get("title"), source=source, address=_link(entry), published=day, entry=name or None)


def _link(entry: Any) -> str | None:
    """The entry's page; an identity such as urn:1 that the parser offers in its place is none."""
    link = str(entry.get("link") or "")
    return link if link.startswith(("http://", "https://")) else None


def _day_part(stamp: str) -> str:
    """`Thu, 08 May 2014 10:00:00 +0900` without weekday and clock."""
    return _CLOCK.sub("", _WEEKDAY.sub("", stamp.strip()))
