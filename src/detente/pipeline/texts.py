"""Texts to events: rows of a file, coded in this process, in several, or by the workers of a Spark cluster, with the same bytes each time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from detente import dates
from detente.coding.events import event
from detente.errors import SourceError
from detente.read import clean, languages
from detente.records import Document

if TYPE_CHECKING:
    from detente.coding.claims import Coder, Coding
    from detente.coding.parser import Parts

SOURCE = "given text"
BLOCK = 4096
"""Rows that go to a cluster at once; what comes back is written before the next go."""
SCHEMA = "number long, line binary"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the input: its id and the document."""

    id: str
    doc: Document


def rows(texts: Path, published: date | None) -> Iterator[Row]:
    """The rows of a file of texts; raises SourceError naming the line that is wrong."""
    try:
        with texts.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _row(line, number, published)
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError("a readable UTF-8 file of JSON lines", came=f"{texts} could not be read", do="check the path and the encoding") from error


def _row(line: str, number: int, published: date | None) -> Row:
    try:
        raw = json.loads(line)
        text, name, day = raw["text"], str(raw["id"]), raw.get("date")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SourceError('a JSON object with "id" and "text"', came=f"line {number} is none", do="mend or drop the line") from error
    if not isinstance(text, str):
        raise SourceError("a text", came=f"line {number} holds {type(text).__name__}", do="mend or drop the line")
    when = dates.parse_day(str(day)[:10]) if day else published
    return Row(clean.whole(name), document(text, when))


def document(text: str, published: date | None, *, source: str = SOURCE) -> Document:
    """The document of a bare text, in the language that it is written in."""
    text = clean.whole(text)
    return Document(text=text, source=source, published=published, language=languages.detect(text))


def lines(name: str, coding: Coding, *, flat: bool) -> str:
    """The events of a row as JSON lines: all in one, or one each with `flat`."""
    events = [event(claim) for claim in coding.claims]
    if not flat:
        return json.dumps({"id": name, "events": events}, ensure_ascii=False) + "\n"
    return "".join(json.dumps({"doc_id": name, **one}, ensure_ascii=False) + "\n" for one in events)


def on_spark(waiting: Iterator[Row], made_from: Parts, engine: str, *, flat: bool) -> Iterator[str]:
    """The lines of each row in their order, coded by the workers of a Spark address, a block of rows at a time. Raises EngineError."""
    import pyarrow as pa

    from detente.measure import engines

    session = engines.session(engine)
    for block in iter(lambda: list(islice(waiting, BLOCK)), []):
        columns = {
            "number": list(range(len(block))),
            "id": [row.id.encode() for row in block],
            "text": [row.doc.text.encode() for row in block],
            "day": [None if row.doc.published is None else row.doc.published.isoformat() for row in block],
        }
        told = pa.table(columns, schema=pa.schema([("number", pa.int64()), ("id", pa.binary()), ("text", pa.binary()), ("day", pa.string())]))
        spread = session.createDataFrame(told).repartition(max(1, min(len(block), 2 * session.sparkContext.defaultParallelism)))
        coded = spread.mapInArrow(_worker(made_from, flat=flat), SCHEMA).toArrow().sort_by("number")
        yield from (line.decode() for line in coded["line"].to_pylist())


def _coded(row: dict[str, Any], coder: Coder, *, flat: bool) -> str:
    name, text = (row[key].decode() for key in ("id", "text"))
    return lines(name, coder.code(document(text, None if row["day"] is None else date.fromisoformat(row["day"]))), flat=flat)


def _worker(made_from: Parts, *, flat: bool) -> Callable[[Iterator[Any]], Iterator[Any]]:
    """What a worker does with batches of rows: code them with a coder of its own, loaded once."""

    def code(batches: Iterator[Any]) -> Iterator[Any]:
        import pyarrow as pa

        from detente.coding import parser

        coder = parser.coder(made_from)
        for batch in batches:
            told = [_coded(row, coder, flat=flat).encode() for row in batch.to_pylist()]
            yield pa.RecordBatch.from_pydict({"number": batch.column("number"), "line": pa.array(told, pa.binary())})

    return code
