"""A stream parted into pieces of whole lines, of bounded size, each knowing its first line and where the next piece begins.

Lines end with a line feed alone (a carriage return before it is dropped). A line longer than `LONGEST` is broken and never held whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from detente.read.datasets.streams import Readable

LONGEST = 1 << 20
PIECE = 16 << 20


@dataclass(frozen=True, slots=True)
class Piece:
    """Whole lines: `first` is the number of the first of them (from 1), `stop` the offset in the stream behind the last.

    `long` is the number of a line that was too long; such a piece holds nothing else.
    """

    data: bytes
    first: int
    stop: int
    long: bool = False


def pieces(stream: Readable, *, first: int = 1, offset: int = 0, size: int = PIECE) -> Iterator[Piece]:
    """The lines of a stream from where it stands; `first` and `offset` are the line's number and place there."""
    held = b""
    while True:
        came = stream.read(size)
        cut = came.rfind(b"\n") + 1
        if data := b"".join((held, memoryview(came)[:cut])) if cut or not came else b"":
            offset += len(data)
            yield from _checked(Piece(data, first, offset))
            first += data.count(b"\n")
            held = b""
        held += came[cut:]
        if not came:
            return
        if len(held) > LONGEST:
            length, ended = _skip(stream)
            offset += len(held) - len(ended) + length
            yield Piece(b"", first, offset, long=True)
            held, first = ended, first + 1


def _skip(stream: Readable) -> tuple[int, bytes]:
    """Read on to the end of an overlong line: how many bytes were read, and what came behind its end."""
    length = 0
    while came := stream.read(LONGEST):
        length += len(came)
        end = came.find(b"\n")
        if end >= 0:
            return length, came[end + 1 :]
    return length, b""


def _checked(piece: Piece) -> Iterator[Piece]:
    """The piece, or its parts around lines that are too long."""
    if len(piece.data) <= LONGEST:
        yield piece
        return
    start, first, begin = 0, piece.first, piece.stop - len(piece.data)
    for number, (low, high) in _overlong(piece.data):
        if low > start:
            yield Piece(piece.data[start:low], first, begin + low)
        yield Piece(b"", piece.first + number, begin + high, long=True)
        start, first = high, piece.first + number + 1
    if start < len(piece.data):
        yield Piece(piece.data[start:], first, piece.stop) if start else piece


def _overlong(data: bytes) -> Iterator[tuple[int, tuple[int, int]]]:
    """Every line longer than LONGEST: how many lines stand before it, and its bounds. Looks only where such a line can be."""
    low = 0
    while low + LONGEST < len(data):
        end = data.rfind(b"\n", low, low + LONGEST) + 1
        if end:
            low = end
            continue
        high = data.find(b"\n", low) + 1 or len(data)
        yield data.count(b"\n", 0, low), (low, high)
        low = high


def skip(stream: Readable, number: int) -> int:
    """Read over so many bytes; returns how many there were."""
    left = number
    while left and (came := stream.read(min(left, LONGEST))):
        left -= len(came)
    return number - left
