"""The three fates of what is read: kept, refused with a reason, failed with a traceback. They add up to what was read.

Hidden files of a folder are not read; they are counted as left out. The reasons stand in data/ontology/reasons.csv.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from detente.records import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much is read at most, and what the network may be used for.

    `bytes` bounds a file or an answer, `characters` a document's text; `seconds` and `memory_bytes` bound the reading of one file,
    `fetch_seconds` the fetching of one address with all its redirects, `wait_seconds` each single wait for the network.
    """

    bytes: int = 50_000_000
    characters: int = 2_000_000
    pages: int = 2_000
    entries: int = 5_000
    unpacked_bytes: int = 200_000_000
    memory_bytes: int = 2_000_000_000
    seconds: float = 60.0
    fetch_seconds: float = 90.0
    wait_seconds: float = 20.0
    redirects: int = 5
    allow_private: bool = False
    offline: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something is not read: a code of the family `reasons`, and what was expected, what came and what to do."""

    reason: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """The text that a format gave up, before it is cleaned, with what its own metadata say.

    `entry` tells the entries of one feed apart, `media_type` is set where the format has several,
    `weak_day` is a day that is no publication day and may be one (a PDF's creation).
    """

    text: str
    title: str | None = None
    source: str | None = None
    address: str | None = None
    published: date | None = None
    weak_day: str | None = None
    entry: str | None = None
    media_type: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A document that was read; `original` are the bytes it was read from, `notes` what was done to them, in words."""

    document: Document
    origin: str
    original: bytes
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Something that was not read, and why; `reason` is a code of the family `reasons`."""

    origin: str
    reason: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """A fault of the program while it read this."""

    origin: str
    traceback: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Hidden files and folders of a folder, which were not read: no fate, only a count."""

    origin: str
    count: int


Outcome = Kept | Refused | Failed | LeftOut


def refusal(reason: str, expected: str, *, came: str, do: str) -> Refusal:
    """A refusal in the words of every message: what was expected, what came, what to do."""
    return Refusal(reason, f"expected {expected}, but {came}; {do}")
