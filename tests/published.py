"""Made-up rows as the event datasets publish them, for the tests: one visit of a Finnish to an Icelandic office a row, nothing real."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as parquet

from detente.read.datasets import layouts

KINDS = ("gdelt", "gdelt2", "mentions", "icews", "polecat", "acled", "ucdp")
HEADED = ("icews", "polecat", "acled", "ucdp")
CELLS: Mapping[str, Mapping[str, str]] = {
    "gdelt": {
        "SQLDATE": "{day:%Y%m%d}",
        "Actor1Code": "FINGOV",
        "Actor1CountryCode": "FIN",
        "Actor2Code": "ISLGOV",
        "Actor2CountryCode": "ISL",
        "EventCode": "042",
        "QuadClass": "1",
        "GoldsteinScale": "1.9",
        "NumMentions": "7",
        "ActionGeo_CountryCode": "IC",
        "DATEADDED": "{day:%Y%m%d}",
    },
    "mentions": {
        "EventTimeDate": "{day:%Y%m%d}120000",
        "MentionTimeDate": "{day:%Y%m%d}130000",
        "MentionType": "1",
        "MentionSourceName": "example.org",
        "MentionIdentifier": "https://example.org/{number}",
        "SentenceID": "3",
        "Confidence": "80",
    },
    "icews": {
        "Event Date": "{day:%Y-%m-%d}",
        "Source Name": "Foreign Ministry",
        "Source Country": "Finland",
        "CAMEO Code": "042",
        "Intensity": "1.9",
        "Target Name": "Government",
        "Target Country": "Iceland",
        "Country": "Iceland",
    },
    "polecat": {
        "Event Date": "{day:%Y-%m-%d}",
        "Event Type": "CONSULT",
        "Event Mode": "visit",
        "Intensity": "2.0",
        "Quad Code": "Q1",
        "Contexts": "military;economic",
        "Actor Name": "Ministry",
        "Actor Country": "FIN",
        "Recipient Name": "Government",
        "Recipient Country": "ISL",
        "Country": "ISL",
        "Publication Date": "{day:%Y-%m-%d}",
        "Version": "NGEC_1",
    },
    "acled": {
        "event_date": "{day:%Y-%m-%d}",
        "event_type": "Battles",
        "sub_event_type": "Armed clash",
        "actor1": "Military Forces of Finland (2019-)",
        "actor2": "Protesters (Iceland)",
        "country": "Iceland",
        "fatalities": "3",
        "timestamp": "1546300800",
    },
    "ucdp": {
        "type_of_violence": "1",
        "side_a": "Government of Finland",
        "side_b": "Government of Iceland",
        "country": "Iceland",
        "date_start": "{day:%Y-%m-%d} 00:00:00.000",
        "best": "3",
        "gwnoa": "375",
        "gwnob": "395",
    },
}
IDENTIFIERS = {"icews": "Event ID", "polecat": "Event ID", "acled": "event_id_cnty", "ucdp": "id"}


def columns(kind: str) -> list[str]:
    """The published names, as data/events/layouts.csv writes them."""
    return [row["column"] for row in layouts.rows("layouts") if row["layout"] == kind]


def row(kind: str, number: int, **cells: str) -> list[str]:
    """The row of a number: its identifier, a day that moves on every ten rows, and the cells given instead of the usual ones."""
    day = date(2019, 1, 1) + timedelta(days=number // 10)
    usual = CELLS["gdelt" if kind == "gdelt2" else kind]
    made = {name: text.format(day=day, number=number) for name, text in usual.items()}
    made[IDENTIFIERS.get(kind, "GLOBALEVENTID")] = str(500 + number)
    return [{**made, **cells}.get(name, "") for name in columns(kind)]


def delimiter(kind: str) -> str:
    return layouts.kind(kind).delimiter


def text(kind: str, rows: Sequence[Sequence[str]]) -> bytes:
    """A file as it is published, with a header where there is one."""
    whole = [columns(kind), *rows] if kind in HEADED else list(rows)
    return "".join(delimiter(kind).join(cells) + "\n" for cells in whole).encode()


def plain(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def zipped(path: Path, content: bytes) -> Path:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inside.csv", content)
    return plain(path, held.getvalue())


def gzipped(path: Path, content: bytes) -> Path:
    return plain(path, gzip.compress(content, mtime=0))


def parqueted(path: Path, kind: str, rows: Sequence[Sequence[str]]) -> Path:
    names = columns(kind)
    parquet.write_table(pa.table({name: [cells[at] for cells in rows] for at, name in enumerate(names)}), path)
    return path
