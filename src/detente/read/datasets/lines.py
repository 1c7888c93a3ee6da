"""A stream parted into pieces of whole lines, of bounded size, each knowing its first line and where the next piece begins.

Lines end with a line feed alone (a carriage return before it is dropped). A line longer than `LONGEST` is broken and never held whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from detente.read.datasets.streams import Readable

LONGEST = 1 << 20
PIECE = 4 << 20
NEWLINE = ord("\n")


@dataclass(frozen=True, slots=True)
class Piece:
    """Whole lines: `first` is the number of the first of them (from 1), `number` how many there are, `stop` the offset behind the last.

    `data` lies in memory that the next piece is read into: it holds until then. `long` is a line that was too long, whose data is not kept.
    """

    data: memoryview
    first: int
    number: int
    stop: int
    long: bool = False


def pieces(stream: Readable, *, first: int = 1, offset: int = 0, size: int = PIECE) -> Iterator[Piece]:
    """The lines of a stream from where it stands; `first` and `offset` are the line's number and place there."""
    room = bytearray(LONGEST + size)
    view, held, came = memoryview(room), 0, 1
    while came:
        came = stream.fill(view[held : held + size])
        stop = held + came
        cut = room.rfind(b"\n", 0, stop) + 1 if came else stop
        for piece in _parted(room, Piece(view[:cut], first, 0, offset + cut)):
            yield piece
            first = piece.first + piece.number
        offset += cut
        view[: stop - cut] = bytes(view[cut:stop])
        held = stop - cut
        if held > LONGEST:
            length, ended = _skip(stream)
            offset += held - len(ended) + length
            yield Piece(view[:0], first, 1, offset, long=True)
            view[: len(ended)] = ended
            held, first = len(ended), first + 1


def _number(data: memoryview) -> int:
    """How many lines there are; the last may lack its end."""
    return int(np.count_nonzero(np.frombuffer(data, np.uint8) == NEWLINE)) + (data[-1] != NEWLINE)


def _skip(stream: Readable) -> tuple[int, bytes]:
    """Read on to the end of an overlong line: how many bytes were read, and what came behind its end."""
    length = 0
    while came := stream.read(LONGEST):
        length += len(came)
        end = came.find(b"\n")
        if end >= 0:
            return length, came[end + 1 :]
    return length, b""


def _parted(room: bytearray, piece: Piece) -> Iterator[Piece]:
    """The piece with its number of lines, or its parts around lines that are too long; its data are the beginning of `room`."""
    size, start, first = len(piece.data), 0, piece.first
    for low, high in (*_overlong(room, size), (size, size)):
        if low > start:
            data = piece.data[start:low]
            yield Piece(data, first, number := _number(data), piece.stop - size + low)
            first += number
        if high > low:
            yield Piece(piece.data[:0], first, 1, piece.stop - size + high, long=True)
            first += 1
        start = high


def _overlong(room: bytearray, size: int) -> Iterator[tuple[int, int]]:
    """The bounds of every line longer than LONGEST among the first `size` bytes. Looks only where such a line can be."""
    low = 0
    while low + LONGEST < size:
        end = room.rfind(b"\n", low, low + LONGEST) + 1
        if end:
            low = end
            continue
        high = room.find(b"\n", low, size) + 1 or size
        yield low, high
        low = high


def skip(stream: Readable, number: int) -> int:
    """Read over so many bytes; returns how many there were."""
    left = number
    while left and (came := stream.read(min(left, LONGEST))):
        left -= len(came)
    return number - left
