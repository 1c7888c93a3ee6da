"""Lines joined into records where a quoted cell runs over several of them, and parted again where a quotation mark was never closed.

A record ends with the first line that leaves no quotation open. When that takes more than `lines.LONGEST` bytes, or the stream ends before,
the mark is taken for a slip: its line stands alone and reading goes on with the next, so that one slip never swallows the rows behind it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from detente.read.datasets import lines
from detente.read.datasets.lines import Piece


@dataclass(frozen=True, slots=True)
class Records:
    """Records with the line each begins at, lines that were too long, and the offset and line behind them."""

    texts: list[bytes]
    firsts: list[int]
    long: list[int]
    stop: int
    next: int


@dataclass(slots=True)
class _Joining:
    """Lines that wait for the end of their record, each with its number."""

    offset: int
    waiting: deque[tuple[int, bytes]] = field(default_factory=deque)
    checked: int = 0
    held_bytes: int = 0
    is_open: bool = False

    def add(self, number: int, line: bytes) -> None:
        self.waiting.append((number, line))

    def records(self, *, final: bool) -> Iterator[tuple[int, bytes]]:
        """Whole records among what waits; with `final`, everything."""
        while self._grow(final=final):
            taken = [self.waiting.popleft() for _ in range(1 if self.is_open else self.checked)]
            self.checked, self.held_bytes, self.is_open = 0, 0, False
            self.offset += sum(len(line) for _, line in taken)
            yield taken[0][0], b"".join(line for _, line in taken)

    def _grow(self, *, final: bool) -> bool:
        """Look at waiting lines until a record ends or its mark must be a slip; False when more lines are needed."""
        while self.checked < len(self.waiting):
            line = self.waiting[self.checked][1]
            self.checked += 1
            self.held_bytes += len(line)
            self.is_open ^= line.count(b'"') % 2 == 1
            if not self.is_open or self.held_bytes > lines.LONGEST:
                return True
        return final and self.checked > 0


def joined(pieces: Iterable[Piece], *, offset: int) -> Iterator[Records]:
    """Records of every piece; `offset` is where the first piece begins."""
    joining, number = _Joining(offset), 0
    for piece in pieces:
        found: list[tuple[int, bytes]] = []
        if piece.long:
            found = list(joining.records(final=True))
            joining.offset = piece.stop
        for place, line in enumerate(_lines(bytes(piece.data))):
            joining.add(piece.first + place, line)
        found += joining.records(final=False)
        number = piece.first + piece.number
        yield _records(found, [piece.first] if piece.long else [], joining, number)
    yield _records(list(joining.records(final=True)), [], joining, number)


def _lines(data: bytes) -> list[bytes]:
    """Lines with their line feeds; carriage returns part nothing."""
    found = [line + b"\n" for line in data.split(b"\n")]
    last = found.pop()[:-1]
    return [*found, last] if last else found


def _records(found: list[tuple[int, bytes]], long: list[int], joining: _Joining, number: int) -> Records:
    following = joining.waiting[0][0] if joining.waiting else number
    return Records([text for _, text in found], [first for first, _ in found], long, joining.offset, following)
