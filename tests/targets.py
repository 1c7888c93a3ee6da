"""What coverage-guided fuzzing throws bytes at: each reader, each importer, the tables and the question; and bytes of our own to begin with.

A target takes any bytes and returns; whatever it raises is a fault. `fuzzing.py` drives them, `test_targets.py` repeats what once broke one.
"""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as parquet

import held
import published
from detente import dates
from detente.assess import question
from detente.dates import expressions
from detente.errors import DetenteError
from detente.keep.events.translation import Translation
from detente.publish import bundles
from detente.read import cases, encodings, extracting, formats, gathering, sheets, sources
from detente.read.datasets import batches, layouts, maps
from detente.read.datasets.batches import Place, Wanted
from detente.read.outcomes import Failed, Limits, Refusal
from detente.read.tables import Fault

LIMITS = Limits(offline=True, pages=20, entries=50, unpacked_bytes=4_000_000)
DAY = date(2014, 5, 8)
FILES = ("acts.csv", "case.toml", "series.csv", "publications.csv", "coverage.csv", "hypotheses.csv")
Target = Callable[[bytes], None]


def reading(kind: str) -> Target:
    """The way of one format from bytes to a document or a refusal."""

    def read(data: bytes) -> None:
        item = gathering.Item(origin="a", name="a", data=data, retrieved_at="2026-01-01T00:00:00Z")
        run = sources._Run(None, DAY, None, LIMITS)  # type: ignore[arg-type]
        try:
            found = list(extracting.extract(data, kind=kind, charset=None, address=None, limits=LIMITS))
        except (MemoryError, RecursionError):  # what the process apart turns into a refusal
            return
        for answer in found:
            outcome = sources._fate(answer, run, item=item, kind=kind)
            assert not isinstance(outcome, Failed), outcome.traceback

    return read


def wording(data: bytes) -> None:
    """A Word file; what is no archive is taken for the XML of its text, since no mutation would hit on a true checksum."""
    reading("docx")(data if data[:2] == b"PK" else _word(data))


def _word(text: bytes) -> bytes:
    types = b"<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'><Default Extension='rels' ContentType='"
    types += b"application/vnd.openxmlformats-package.relationships+xml'/><Override PartName='/word/document.xml' ContentType='"
    types += b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'/></Types>"
    leads = b"<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship Id='r1' Type='"
    leads += b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument' Target='word/document.xml'/></Relationships>"
    return _in_zip("[Content_Types].xml", types, **{"_rels/.rels": leads, "word/document.xml": text})


def _columns(kind: str) -> bytes:
    names = published.columns(kind)
    made = io.BytesIO()
    parquet.write_table(pa.table({name: [cell] for name, cell in zip(names, published.row(kind, 1), strict=True)}), made)
    return made.getvalue()


def recognising(data: bytes) -> None:
    """The first byte says how the file is called."""
    name = ("a.txt", "a.md", "a.html", "a.xml", "a")[data[0] % 5] if data else "a"
    found = formats.recognise(data[1:], name=name, media_type=None)
    assert isinstance(found, Refusal) or formats.media_type(found)
    encodings.decode(data[1:], charset=None)


@cache
def _translation(kind: str) -> Translation:
    return Translation(kind, {"version": None})


def importing(kind: str) -> Target:
    """The way of an event file from bytes to rows that are kept or refused; every line has a fate."""
    told = layouts.kind(kind)

    def read(data: bytes) -> None:
        with tempfile.NamedTemporaryFile(suffix=".csv") as file:
            path = Path(file.name)
            path.write_bytes(data)
            wanted = Wanted(tuple(layouts.layout(each) for each in told.layouts), told.delimiter)
            try:
                for name in batches.names(path):
                    for batch in batches.read(path, name, wanted, start=Place()):
                        _translated(kind, batch.rows)
            except DetenteError as error:
                assert error.do

    return read


def _translated(kind: str, rows: pa.Table) -> None:
    if rows.num_rows:
        good, refused = _translation(kind).translate(rows, "0" * 64)
        assert good.num_rows + refused.num_rows == rows.num_rows


def mapping(data: bytes) -> None:
    """A map, or where the first byte is odd a table that a map is guessed from, also as a workbook."""
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / ("map.yaml", "a.csv", "map.yaml", "a.xlsx")[data[0] % 4 if data else 0]
        path.write_bytes(data[1:])
        try:
            if path.suffix == ".yaml":
                maps.text(maps.read(path))
            else:
                guessed = maps.guess(path, known_states={"iso3": frozenset({"FIN", "ISL"})}, classes=frozenset({"CONSULT"}))
                for name in batches.names(path):
                    for batch in maps.mapped(path, name, guessed, start=Place()):
                        assert batch.rows.num_columns
        except DetenteError as error:
            assert error.do


def casing(data: bytes) -> None:
    """A case folder one file of which is replaced; which one the first byte says."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for name, content in _case().items():
            (folder / name).write_bytes(content)
        (folder / FILES[data[0] % len(FILES) if data else 0]).write_bytes(data[1:])
        try:
            found = cases.read(folder)
        except DetenteError as error:
            assert error.do
        else:
            assert all(fault.message for fault in found.faults)


@cache
def _case() -> Mapping[str, bytes]:
    """The first rows of each table of a shipped case."""
    found = {}
    for path in (held.CASES / "cuba-usa").iterdir():
        if path.is_file():
            lines = path.read_bytes().splitlines(keepends=True)
            found[path.name] = b"".join(lines if path.suffix == ".toml" else lines[:4])
    return found


def tabling(data: bytes) -> None:
    """A sheet that came back from a colleague, as text or as a workbook."""
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / ("a.xlsx" if data[:2] == b"PK" else "a.csv")
        path.write_bytes(data)
        faults: list[Fault] = []
        try:
            sheets.read(path, ("id", "kind", "begins"), faults)
        except DetenteError as error:
            assert error.do


def asking(data: bytes) -> None:
    """A question, and the two names of a command."""
    text = data.decode("utf-8", "replace")
    for ask in (question.understand, question.state):
        try:
            ask(text)
        except DetenteError as error:
            assert error.do


def dating(data: bytes) -> None:
    """A day as it is typed, and dates in running text of both languages."""
    text = data.decode("utf-8", "replace")
    try:
        dates.parse(text)
    except DetenteError as error:
        assert error.do
    for language in ("en", "ru"):
        for found in expressions.find(text, anchor=DAY, language=language):
            assert 0 <= found.start < found.stop <= len(text)


def unpacking(data: bytes) -> None:
    """A bundle from elsewhere."""
    try:
        bundles.unpack(data)
    except DetenteError as error:
        assert error.do


TARGETS: Mapping[str, Target] = {
    "formats": recognising,
    **{kind: reading(kind) for kind in ("text", "markdown", "html", "feed", "pdf")},
    "docx": wording,
    **{f"import-{kind}": importing(kind) for kind in published.KINDS},
    "map": mapping,
    "case": casing,
    "sheet": tabling,
    "question": asking,
    "dates": dating,
    "bundle": unpacking,
}


def seeds(target: str) -> Iterator[bytes]:
    """A few small inputs of the right form, made up for the project."""
    if target.startswith("import-"):
        kind = target.removeprefix("import-")
        plain = published.text(kind, [published.row(kind, number) for number in range(2)])
        yield from (plain, _in_zip("inside.csv", plain), _columns(kind))
    elif target == "case":
        yield from (bytes([number]) + _case().get(name, b"") for number, name in enumerate(FILES))
    else:
        yield from _SEEDS[target]


def _in_zip(name: str, content: bytes, **more: bytes) -> bytes:
    """An archive of unpacked files, so that its bytes can be changed."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for each, held_in_it in {name: content, **more}.items():
            archive.writestr(zipfile.ZipInfo(each), held_in_it)
    return made.getvalue()


TEXT = "Helsinki, 8 May 2014. Finland and Iceland signed an agreement on fish on Monday. 평양 Москва “quoted” 3 %."
_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
    b"4 0 obj<</Length 58>>stream\nBT /F 12 Tf 72 720 Td (Finland and Iceland met today.) Tj ET\nendstream endobj\n"
    b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>"
)
_PAGE = (
    "<!doctype html><html lang=en><head><title>A visit</title><meta property='article:published_time' content='2014-05-08'></head>"
    f"<body><article><h1>A visit</h1><p>{TEXT}</p><table><tr><td>1<td>2</table><ul><li>one</ul></article></body></html>"
)
_FEED = (
    "<?xml version='1.0'?><rss version='2.0'><channel><title>Wire</title><item><title>A visit</title><link>https://example.org/1</link>"
    f"<pubDate>Thu, 08 May 2014 10:00:00 GMT</pubDate><description>&lt;p&gt;{TEXT}&lt;/p&gt;</description></item></channel></rss>"
)
_ATOM = f"<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>A</title><updated>2014-05-08T00:00:00Z</updated><content>{TEXT}</content></entry></feed>"
_WORD = (
    b"<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body><w:p><w:pPr><w:pStyle w:val='Title'/></w:pPr>"
    b"<w:r><w:t>A visit</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>"
)
_MAP = "dataset: own\ncolumns: {day: when, source: who, target: whom}\nstates: iso3\ncodes: none\nidentity: content\nday_format: '%Y-%m-%d'\n"
_SEEDS: Mapping[str, tuple[bytes, ...]] = {
    "formats": (b"\0" + TEXT.encode(), b"\2" + _PAGE.encode(), b"\3" + _FEED.encode(), b"\0\xff\xfe" + TEXT.encode("utf-16-le"), b"\0" + _PDF[:60]),
    "text": (TEXT.encode(), b"\xff\xfe" + TEXT.encode("utf-16-le"), "Встреча 5 мая".encode("cp1251") * 9),
    "markdown": (b"---\ntitle: A visit\ndate: 2014-05-08\n---\n# A visit\n\n* one\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n" + TEXT.encode(),),
    "html": (_PAGE.encode(),),
    "feed": (_FEED.encode(), _ATOM.encode()),
    "pdf": (_PDF,),
    "docx": (_WORD, _word(_WORD)),
    "map": (b"\0" + _MAP.encode(), b"\1when,who,whom\n2014-05-08,FIN,ISL\n"),
    "sheet": (b"id,kind,begins\nclm:1,visit,2014-05-08\n", _in_zip("xl/workbook.xml", b"<workbook/>")),
    "question": (b"Are Russia and North Korea at a new stage?", "When did Cuba and the United States sign? 2014 Côte d'Ivoire".encode()),
    "dates": (b"2014-05/2015", b"from late March to 5 April 2014, the 1990s, two weeks ago", "с 5 мая по 7 июня 2014 года".encode()),
    "bundle": (_in_zip("manifest.json", b'{"format": 1}'),),
}
