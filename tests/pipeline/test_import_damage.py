"""Every importer under damage: no crash, no hang, and every line of a file has a fate; rows that were left whole are all kept."""

from __future__ import annotations

import gzip
import io
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as parquet
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import published
from detente.errors import CaseError, SourceError
from detente.keep.events import parts
from detente.pipeline.importing import Imported, Order, import_events
from detente.read.datasets import batches, layouts, lines, streams
from detente.read.datasets.batches import Place, Wanted
from detente.read.datasets.maps import Map

ROWS = 12
LONG = 3000
QUIET = settings(
    max_examples=10,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.generate],
)

Damage = Callable[[bytes, int, bytes], bytes]
DAMAGES: dict[str, Damage] = {
    "cut": lambda line, at, _: line[: at % len(line)],
    "quote": lambda line, at, _: line[: at % len(line)] + b'"' + line[at % len(line) :],
    "quotes": lambda line, at, _: line[: at % len(line)] + b'""a"b"' + line[at % len(line) :],
    "nul": lambda line, at, _: line[: at % len(line)] + b"\0" + line[at % len(line) :],
    "more cells": lambda line, _, delimiter: line + delimiter + b"x",
    "fewer cells": lambda line, _, delimiter: line.rpartition(delimiter)[0],
    "huge": lambda line, at, _: line[: at % len(line)] + b"x" * LONG + line[at % len(line) :],
    "no utf-8": lambda line, at, _: line[: at % len(line)] + b"\xff\xc3" + line[at % len(line) :],
    "return": lambda line, at, _: line[: at % len(line)] + b"\r" + line[at % len(line) :],
    "blank": lambda _line, _at, _delimiter: b"",
    "noise": lambda line, at, _: bytes((byte * (at + 7)) % 256 for byte in line).replace(b"\n", b"?"),
}
Hits = dict[int, tuple[str, int]]
hits = st.dictionaries(st.integers(0, ROWS - 1), st.tuples(st.sampled_from(sorted(DAMAGES)), st.integers(1, 4000)), max_size=6)


@pytest.fixture(autouse=True)
def _short_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    """A row may be 2,000 bytes long and a piece a little more, so that small files meet every bound."""
    monkeypatch.setattr(lines, "LONGEST", 2000)
    monkeypatch.setitem(lines.pieces.__kwdefaults__ or {}, "size", 2500)


def damaged(kind: str, struck: Hits) -> bytes:
    clean = published.text(kind, [published.row(kind, number) for number in range(ROWS)]).split(b"\n")
    first = 1 if kind in published.HEADED else 0
    for number, (name, at) in struck.items():
        clean[first + number] = DAMAGES[name](clean[first + number], at, published.delimiter(kind).encode())
    return b"\n".join(clean)


def whole(struck: Hits) -> set[str]:
    """Identifiers of the rows that were left whole, those between two slips with quotation marks among them."""
    return {str(500 + number) for number in range(ROWS) if number not in struck}


def kept(root: Path, table: str) -> set[str]:
    folder = parts.load(root)
    return {name for part in folder.of(table) for name in parquet.read_table(folder.path(part), partitioning=None)["identifier"].to_pylist()}


def checked(found: Imported, again: Imported) -> None:
    """What holds of every import: reasons tell of each row that was refused or failed, and doing it again changes nothing."""
    assert sum(found.reasons.values()) == found.counts.refused + found.counts.failed
    assert again.counts == found.counts.again()


def twice(root: Path, kind: str, path: Path) -> Imported:
    found, again = (import_events(root, Order(kind, [path])) for _ in range(2))
    checked(found, again)
    return found


@pytest.mark.parametrize("kind", published.KINDS)
@given(struck=hits, pack=st.sampled_from(["plain", "gzipped", "zipped"]))
@QUIET
def test_every_line_has_a_fate_and_whole_rows_are_kept(kind: str, struck: Hits, pack: str) -> None:
    content = damaged(kind, struck)
    with tempfile.TemporaryDirectory() as place:
        path = getattr(published, pack)(Path(place) / "file", content)
        found = twice(Path(place) / "t", kind, path)
        assert whole(struck) <= kept(Path(place) / "t", layouts.kind(kind).table)
    filled = sum(bool(line.rstrip(b"\r")) for line in content.split(b"\n")) - (kind in published.HEADED)
    assert found.counts.read == filled
    assert found.unread == []


@pytest.mark.parametrize("kind", ["gdelt2", "icews", "acled", "table"])
@given(content=st.binary(max_size=3000), pack=st.sampled_from(["plain", "gzipped", "zipped"]))
@QUIET
def test_noise_is_never_a_crash(kind: str, content: bytes, pack: str) -> None:
    with tempfile.TemporaryDirectory() as place:
        path = getattr(published, pack)(Path(place) / "file", content)
        try:
            found = list(batches.read(path, batches.names(path)[0], _wanted(kind), start=Place()))
        except SourceError:
            return
        filled = sum(bool(line) for line in content.split(b"\n"))
        assert sum(batch.rows.num_rows + len(batch.broken) for batch in found) <= filled


def _wanted(kind: str) -> Wanted:
    known = layouts.kind(kind)
    if kind == "table":
        return Wanted((layouts.Layout(("day", "source", "target"), ("day", "source", "target")),), ",")
    return Wanted(tuple(layouts.layout(name) for name in known.layouts), known.delimiter)


@given(cut=st.integers(0, 10_000), flip=st.integers(0, 10_000), pack=st.sampled_from(["gzipped", "zipped", "parquet"]))
@settings(parent=QUIET, max_examples=40)
def test_a_damaged_package_is_counted_or_named_never_a_crash(cut: int, flip: int, pack: str) -> None:
    rows = [published.row("icews", number, City=f"{number * number}") for number in range(60)]
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "file"
        if pack == "parquet":
            published.parqueted(path, "icews", rows)
        else:
            getattr(published, pack)(path, published.text("icews", rows))
        content = bytearray(path.read_bytes())
        content[flip % len(content)] ^= 0x55
        path.write_bytes(bytes(content[: len(content) - cut % len(content)]) if cut % 2 else bytes(content))
        found = import_events(Path(place) / "t", Order("icews", [path]))
        checked(found, import_events(Path(place) / "t", Order("icews", [path])))
        assert found.unread or found.counts.read


@given(cut=st.integers(0, 8000), flip=st.integers(0, 8000))
@settings(parent=QUIET, max_examples=15)
def test_a_damaged_workbook_is_counted_or_named_never_a_crash(cut: int, flip: int) -> None:
    book = openpyxl.Workbook()
    for cells in (("day", "source", "target"), *(("2019-01-01", "FIN", f"{number}") for number in range(20))):
        book.worksheets[0].append(cells)
    held = io.BytesIO()
    book.save(held)
    content = bytearray(held.getvalue())
    content[flip % len(content)] ^= 0x55
    with tempfile.TemporaryDirectory() as place:
        path = published.plain(Path(place) / "a.xlsx", bytes(content[: len(content) - cut % len(content)]) if cut % 2 else bytes(content))
        order = Order("table", [path], Map("own", {"day": "day", "source": "source", "target": "target"}))
        try:
            found = import_events(Path(place) / "t", order)
        except CaseError:
            return
        checked(found, import_events(Path(place) / "t", order))
        assert found.unread or found.counts.read


@given(struck=hits)
@settings(parent=QUIET, max_examples=15)
def test_a_table_of_ones_own_keeps_its_whole_rows(struck: Hits) -> None:
    clean = [b"day,source,target,id", *(b"2019-01-01,FIN,ISL,%d" % (500 + number) for number in range(ROWS))]
    for number, (name, at) in struck.items():
        clean[1 + number] = DAMAGES[name](clean[1 + number], at, b",")
    with tempfile.TemporaryDirectory() as place:
        path = published.plain(Path(place) / "own.csv", b"\n".join(clean))
        order = Order("table", [path], Map("own", {"day": "day", "source": "source", "target": "target", "identifier": "id"}, identity="column"))
        found = import_events(Path(place) / "t", order)
        checked(found, import_events(Path(place) / "t", order))
        assert whole(struck) <= kept(Path(place) / "t", "events")


@pytest.mark.parametrize("packed", ["gzip", "zip"])
@pytest.mark.parametrize("unit", [b"x", b"a\tb\n"])
def test_a_bomb_is_refused_where_it_has_grown_too_far(packed: str, unit: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "FREE_BYTES", 1 << 20)
    content = unit * (8_000_000 // len(unit))
    path = tmp_path / "bomb"
    path.write_bytes(gzip.compress(content) if packed == "gzip" else _zip({"inside": content}))
    found = import_events(tmp_path / "t", Order("icews", [path]))
    assert found.counts.kept == 0
    told = [*found.reasons, *(str(error) for error in found.unread)]
    assert any("400 times its size" in text for text in told)


def test_an_archive_of_very_many_files_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "many.zip"
    path.write_bytes(_zip({str(number): b"" for number in range(1001)}))
    found = import_events(tmp_path / "t", Order("icews", [path]))
    assert "at most 1000 files" in str(found.unread[0])


def _zip(files: dict[str, Any]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()
