"""Streams parted into lines, and lines into rows: whatever the bytes, nothing is lost, and the quick way tells what the careful way tells."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import published
from detente.read.datasets import batches, cells, layouts, lines
from detente.read.datasets.batches import Place, Wanted
from detente.read.datasets.streams import Guarded, Member

QUIET = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
LONGEST = 30
MARKS = st.lists(st.sampled_from([b"a", b"bb", b"\t", b"\n", b"\n\n", b"\r\n", b"\r", b"x" * 40, b"\0", b"\xff"]), max_size=60).map(b"".join)


@pytest.fixture(autouse=True)
def _short_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "LONGEST", LONGEST)


def guarded(content: bytes) -> Guarded:
    return Guarded(io.BytesIO(content), Member("made", lambda: io.BytesIO(content), len(content)))


def parted(content: bytes, size: int) -> Iterator[tuple[int, bytes | None]]:
    """Each line with its number, None where it was too long; checks that pieces follow each other without a gap."""
    stop, following = 0, 1
    for piece in lines.pieces(guarded(content), size=size):
        assert piece.first == following
        found = bytes(piece.data).split(b"\n")
        told = [None] if piece.long else found[:-1] if found[-1] == b"" else found
        assert len(told) == piece.number
        assert piece.stop > stop and (piece.long or piece.stop == stop + len(piece.data))
        stop, following = piece.stop, piece.first + piece.number
        yield from enumerate(told, piece.first)
    assert stop == len(content)


@given(content=MARKS, size=st.integers(1, 80))
@QUIET
def test_every_line_is_told_once_in_order_and_only_long_ones_are_not_held(content: bytes, size: int) -> None:
    usual = content.split(b"\n")
    usual = usual[:-1] if usual[-1] == b"" else usual
    told = list(parted(content, size))
    assert [number for number, _ in told] == list(range(1, len(usual) + 1))
    for (_, line), whole in zip(told, usual, strict=True):
        assert line == whole or (line is None and len(whole) >= LONGEST)
        assert line is None or len(line) <= LONGEST


KINDS = ("gdelt2", "mentions", "icews", "polecat", "acled", "ucdp")


@pytest.mark.parametrize("kind", KINDS)
@given(
    struck=st.dictionaries(st.integers(0, 9), st.sampled_from([b"", b"\t", b"\0", b"\xff", b"\r", b'"', b',"x"y,', b"x\n", b"\n\n"]), max_size=4),
    at=st.integers(0, 500),
)
@settings(parent=QUIET, max_examples=25)
def test_the_quick_way_tells_what_the_careful_way_tells(
    kind: str, struck: dict[int, bytes], at: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clean = published.text(kind, [published.row(kind, number) for number in range(10)]).split(b"\n")
    for number, mark in struck.items():
        place = at % (len(clean[number + 1]) + 1)
        clean[number + 1] = clean[number + 1][:place] + mark + clean[number + 1][place:]
    path = published.plain(tmp_path / "file", b"\n".join(clean))
    with monkeypatch.context() as patch:
        patch.setattr(lines, "LONGEST", 5000)
        quick = told(path, kind)
        patch.setattr(cells, "_parsed", lambda *_, **__: None)
        careful = told(path, kind)
    assert quick == careful


def told(path: Path, kind: str) -> tuple[list[dict[str, object]], list[tuple[int, str]]]:
    """All rows and all broken rows of a file."""
    known = layouts.kind(kind)
    wanted = Wanted(tuple(layouts.layout(name) for name in known.layouts), known.delimiter)
    found = list(batches.read(path, path.name, wanted, start=Place()))
    return [row for batch in found for row in batch.rows.to_pylist()], [row for batch in found for row in batch.broken]


def test_a_note_of_several_lines_is_one_cell_and_rows_between_two_slips_are_rows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(lines, "LONGEST", 5000)
    rows = [published.row("acled", number, notes=f'"first, {number}\n2019-01-05, second\nthird"') for number in range(3)]
    path = published.plain(tmp_path / "notes.csv", published.text("acled", rows))
    found, broken = told(path, "acled")
    assert [row["eventidcnty"] for row in found] == ["500", "501", "502"]
    assert [row["line"] for row in found] == [2, 5, 8]
    assert broken == []
    slips = [published.row("acled", number, notes={1: '"slip', 4: 'slip"'}.get(number, "none")) for number in range(6)]
    found, broken = told(published.plain(tmp_path / "slips.csv", published.text("acled", slips)), "acled")
    assert [row["eventidcnty"] for row in found] == ["500", "502", "503", "504", "505"]
    assert broken == [(3, cells.WRONG_QUOTE)]


NOTES = {"none": True, '"a"b': False, '""b': False, '"a" ': False, '"a,"b"': False, 'a"b': True, '"a""b"': True, '"said, ""b"""': True, ' "a"': True}
"""Notes as they stand in a file of ACLED, and whether such a cell can be read: behind the mark that closes a cell comes the next cell."""


def test_what_stands_behind_a_closing_quotation_mark_fails_its_row_on_both_ways(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "LONGEST", 5000)
    for number, (note, is_read) in enumerate(NOTES.items()):
        rows = [published.row("acled", place, notes=note if place == 1 else "none") for place in range(3)]
        path = published.plain(tmp_path / f"{number}.csv", published.text("acled", rows))
        with monkeypatch.context() as patch:
            quick = told(path, "acled")
            patch.setattr(cells, "_parsed", lambda *_, **__: None)
            careful = told(path, "acled")
        assert quick == careful, note
        assert [row["eventidcnty"] for row in quick[0]] == (["500", "501", "502"] if is_read else ["500", "502"]), note
        assert quick[1] == ([] if is_read else [(3, cells.WRONG_QUOTE)]), note


def test_a_cell_as_long_as_a_row_may_be_is_read_on_both_ways(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "LONGEST", 1 << 20)
    rows = [published.row("acled", place, notes=f'"{"x" * 300_000}"' if place == 1 else "none") for place in range(3)]
    path = published.plain(tmp_path / "long.csv", published.text("acled", rows))
    quick = told(path, "acled")
    monkeypatch.setattr(cells, "_parsed", lambda *_, **__: None)
    assert told(path, "acled") == quick
    assert (len(quick[0]), quick[1]) == (3, [])
