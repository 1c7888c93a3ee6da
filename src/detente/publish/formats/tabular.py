"""Acts as a table: CSV and XLSX with one text a cell, Parquet with typed and nested columns.

Several values of one cell are parted by `; `, a backslash before a `;` of their own; the columns of sources keep one order. A cell that a
spreadsheet would run as a formula has an apostrophe before it, and what cannot be printed stands as its number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO

from detente.publish import sheets
from detente.publish.formats.plain import CITED, PARTY, Row, leaves
from detente.read import tables
from detente.records import Party, notation

if TYPE_CHECKING:
    import pyarrow as pa

COLUMNS = (
    "id", "accepted", "kind", "status", "source", "target", "first_day", "last_day", "precision", "known", "known_assumed", "place", "geonames",
    "latitude", "longitude", "dimensions", "event_class", "mode", "speaker", "hedge", "details", "text", "spans", "made_by", "probability", "why",
    "claims", *(f"source_{name}" for name in CITED),
)  # fmt: skip
LONGEST = 32_767
"""Characters that a cell of a workbook takes."""
BEGINNINGS = frozenset("=@+-'\t\r")
BATCH = 10_000
"""Acts of one row group."""


def commas(rows: Iterable[Row], out: BinaryIO) -> None:
    """CSV in UTF-8 with the mark by which spreadsheets know it."""
    sheets.write_commas(COLUMNS, map(cells, rows), out)


def workbook(rows: Iterable[Row], out: BinaryIO) -> None:
    """XLSX with every cell a text; longer texts are cut at LONGEST characters."""
    cut = ({name: value[: LONGEST - 1] for name, value in cells(found).items()} for found in rows)
    out.write(sheets.workbook(COLUMNS, cut))


def cells(found: Row) -> dict[str, str]:
    """An act as texts by column; unknown ones are empty."""
    when, place = found["when"] or {}, found["place"] or {}
    plain = {name: found[name] for name in ("id", "accepted", "kind", "status", "known", "known_assumed", "event_class", "mode", "hedge", "text")}
    days = {"first_day": when.get("first"), "last_day": when.get("last"), "precision": when.get("precision")}
    where = {"place": place.get("name"), **{name: place.get(name) for name in ("geonames", "latitude", "longitude")}}
    sides = {name: notation.side(tuple(Party(**each) for each in found[name])) for name in ("source", "target")}
    speaker = "" if found["speaker"] is None else notation.side((Party(**found["speaker"]),))
    words = {"speaker": speaker, "details": notation.pairs(tuple(found["details"].items())), "dimensions": " ".join(found["dimensions"])}
    spans = "; ".join(f"{each['document']} {each['start']}-{each['stop']}" for each in found["spans"])
    made = {"spans": spans, "claims": " ".join(found["claims"]), **{name: found[name] for name in ("made_by", "probability", "why")}}
    cited = {f"source_{name}": listed(each[name] for each in found["sources"]) for name in CITED}
    shown = {**plain, **days, **where, **sides, **words, **made, **cited}
    return {name: notation.visible(text(shown[name])) for name in COLUMNS}


def listed(values: Iterable[Any]) -> str:
    """Values as one cell in their order; nothing when none is told.

    >>> listed(["one; two", None, 3])
    'one\\\\; two; ; 3'
    """
    texts = [text(value).replace("\\", "\\\\").replace(";", "\\;") for value in values]
    return "; ".join(texts) if any(texts) else ""


def text(value: Any) -> str:
    """A value as a text: yes and no for truth, nothing for unknown."""
    return "" if value is None else ("yes" if value else "no") if isinstance(value, bool) else str(value)


def guards(found: Row) -> Iterator[str]:
    """What a sheet writes otherwise: cells with an apostrophe before them."""
    if _odd(found) and any(tables.guarded(value) != value for value in cells(found).values()):
        yield "a cell would run as a formula in a spreadsheet, and has an apostrophe before it"


def cuts(found: Row) -> Iterator[str]:
    """The same of a workbook, and cells that are too long for one."""
    yield from guards(found)
    if _long(found) and any(len(value) >= LONGEST for value in cells(found).values()):
        yield f"a text is longer than a cell takes, and is cut at {LONGEST - 1:,} characters"


def _odd(found: Row) -> bool:
    """Whether a cell may have to be guarded: it begins as one of its values does. This is asked of every act, and to make the cells takes longer."""
    return any(str(value)[:1] in BEGINNINGS for _, value in leaves(found)) or any(name[:1] in BEGINNINGS for name in found["details"])


def _long(found: Row) -> bool:
    """Whether a cell may be too long: a character that cannot be printed takes six."""
    return 6 * sum(len(str(value)) + 2 for _, value in leaves(found)) >= LONGEST


def parquet(rows: Iterable[Row], out: BinaryIO) -> None:
    """Parquet with days as dates, numbers as numbers, and parties, spans, sources and further reports nested; nothing is lost."""
    import pyarrow as pa
    import pyarrow.parquet as files

    wanted, left = schema(), iter(rows)
    with files.ParquetWriter(out, wanted, compression="zstd") as writer:
        while part := list(islice(left, BATCH)):
            writer.write_table(pa.Table.from_pylist([_typed(each) for each in part], schema=wanted))


def schema() -> pa.Schema:
    """The columns of a Parquet file of acts."""
    import pyarrow as pa

    claim = [*_claim(pa)]
    cited = pa.struct([(name, pa.date32() if name == "published" else pa.bool_() if name == "published_assumed" else pa.string()) for name in CITED])
    more = [("claims", pa.list_(pa.string())), ("others", pa.list_(pa.struct([("id", pa.string()), *claim]))), ("sources", pa.list_(cited))]
    return pa.schema([("id", pa.string()), ("accepted", pa.bool_()), *claim, *more])


def _claim(pa: Any) -> Iterator[tuple[str, Any]]:
    string, party = pa.string(), pa.struct([(name, pa.int64() if name == "rank" else pa.string()) for name in PARTY])
    yield from [("kind", string), ("status", string), ("source", pa.list_(party)), ("target", pa.list_(party))]
    yield "when", pa.struct([("first", pa.date32()), ("last", pa.date32()), ("precision", string)])
    yield from [("known", pa.date32()), ("known_assumed", pa.bool_()), ("dimensions", pa.list_(string)), ("event_class", string), ("mode", string)]
    yield "place", pa.struct([("name", string), ("geonames", pa.int64()), ("latitude", pa.float64()), ("longitude", pa.float64())])
    yield from [("speaker", party), ("hedge", string), ("details", pa.map_(string, string)), ("text", string)]
    yield "spans", pa.list_(pa.struct([("document", string), ("start", pa.int64()), ("stop", pa.int64())]))
    yield from [("made_by", string), ("probability", pa.float64()), ("why", string)]


def _typed(found: Row) -> dict[str, Any]:
    others = [{**each, "details": list(each["details"].items())} for each in found["others"]]
    return {**found, "details": list(found["details"].items()), "others": others}
