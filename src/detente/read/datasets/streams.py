"""What is packed, opened as plain streams: gzip, every file in a zip, or the file itself. Bounded in memory; bombs are refused.

A member is read once, from beginning to end. What breaks off or unpacks to more than `MOST_TIMES` its size raises SourceError where it is
reached, so that everything before has already been read.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol, cast

from detente.errors import SourceError

MOST_TIMES = 400
FREE_BYTES = 64 << 20
"""Below this size nothing is taken for a bomb."""
MOST_MEMBERS = 1000
BLOCK = 1 << 20


FAULTS = (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError)
"""What the standard library raises about damaged packing."""


class Readable(Protocol):
    """Anything bytes can be read from."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; none at the end."""

    def fill(self, room: memoryview, /) -> int:
        """Read into `room` until it is full or the end is reached; how many bytes came."""


@dataclass(frozen=True, slots=True)
class Member:
    """One stream in a file: its name, and how it is opened."""

    name: str
    open: Callable[[], io.BufferedIOBase]
    packed_bytes: int


@dataclass(slots=True)
class Guarded:
    """A stream whose faults are named and whose growth is watched. What comes before a fault is given; the fault is raised by the next call."""

    stream: io.BufferedIOBase
    member: Member
    seen: int = 0
    fault: tuple[str, str, str] | None = None

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes. Raises SourceError where the packing is damaged, or unpacks to far more than it holds."""
        room = bytearray(size)
        return bytes(room[: self.fill(memoryview(room))])

    def fill(self, room: memoryview, /) -> int:
        """Read into `room` until it is full, the end is reached or a fault; how many bytes came. Raises SourceError as `read` does."""
        filled = 0
        while self.fault is None and filled < len(room) and (came := self._some(room[filled:])):
            filled += came
        if self.fault is not None and not filled:
            expected, told, do = self.fault
            raise SourceError(expected, came=told, do=do)
        return filled

    def _some(self, room: memoryview) -> int:
        try:
            came = self.stream.readinto1(room)
        except FAULTS as error:
            told = f"{self.member.name} breaks off after {self.seen} bytes: {error}"
            self.fault = ("a whole file", told, "fetch it again; what came before is kept")
            return 0
        self.seen += came
        if self.seen > FREE_BYTES and self.seen > MOST_TIMES * self.member.packed_bytes:
            told = f"{self.member.name} unpacks to more than {MOST_TIMES} times its size"
            self.fault = ("a table of events", told, "unpack it yourself if you trust it")
        return came


def digest(path: Path) -> str:
    """SHA-256 of a file. Raises SourceError when it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise SourceError("a file that can be read", came=f"{path}: {error}", do="check the name") from error


def form(path: Path) -> str:
    """`gzip`, `zip`, `xlsx`, `parquet` or `plain`, by the first bytes and, of a workbook, by what is packed in it."""
    try:
        with path.open("rb") as file:
            head = file.read(4)
    except OSError as error:
        raise SourceError("a file that can be read", came=f"{path}: {error}", do="check the name") from error
    if head == b"PK\x03\x04":
        return "xlsx" if path.suffix.lower() == ".xlsx" else "zip"
    return {b"\x1f\x8b": "gzip"}.get(head[:2], "parquet" if head == b"PAR1" else "plain")


def members(path: Path) -> Iterator[Member]:
    """The streams of a file, in order. Raises SourceError for a damaged archive, or one with a password."""
    packed, size = form(path), path.stat().st_size
    if packed == "gzip":
        yield Member(path.name, partial(gzip.GzipFile, path, "rb"), size)
    elif packed == "zip":
        yield from _zipped(path)
    else:
        yield Member(path.name, lambda: path.open("rb"), max(size, FREE_BYTES))


def _zipped(path: Path) -> Iterator[Member]:
    try:
        with zipfile.ZipFile(path) as archive:
            found = [info for info in archive.infolist() if not info.filename.endswith("/")]  # is_dir() fails on a name without letters
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise SourceError("a whole zip archive", came=f"{path.name}: {error}", do="fetch it again") from error
    if len(found) > MOST_MEMBERS:
        raise SourceError(f"at most {MOST_MEMBERS} files in an archive", came=f"{path.name} has {len(found)}", do="unpack it and import the files")
    for info in found:
        yield Member(f"{path.name}/{info.filename}", partial(_packed, path, info), info.compress_size)


def _packed(path: Path, info: zipfile.ZipInfo) -> io.BufferedIOBase:
    """A packed file; the archive stays open as long as it is read."""
    return cast(io.BufferedIOBase, zipfile.ZipFile(path).open(info))


@contextmanager
def opened(member: Member) -> Iterator[Guarded]:
    """A member's guarded stream, closed afterwards."""
    try:
        stream = member.open()
    except (OSError, RuntimeError, ValueError, NotImplementedError, zipfile.BadZipFile) as error:  # a name in letters of no code is a ValueError
        raise SourceError("a member that can be unpacked", came=f"{member.name}: {error}", do="unpack it yourself") from error
    with stream:
        yield Guarded(stream, member)
