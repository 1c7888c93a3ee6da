"""Every format of acts: what the table says it carries is in the file, what the table says it loses is not, and other programs can read it."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import networkx  # type: ignore[import-untyped]
import openpyxl
import pyarrow as pa
import pyarrow.parquet as parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente import dates, ontology
from detente.publish import formats
from detente.publish.formats import events, plain, report, tabular
from detente.read import tables
from detente.records import Act, Citation, Claim, Document, Party

DOC = Document(text="Words that say it. More of them.", source="The Gazette")
OTHER = Claim(kind="visit", spans=(DOC.span(19, 23),), source=(Party(state="FIN"),), made_by="other-coder", why="other-why", hedge="other-hedge")
CLAIM = Claim(
    kind="recognition",
    spans=(DOC.span(0, 18),),
    source=(Party(state="FIN", body="Body Nord", person="Aino Virta", office="Envoy of Fish", rank=3),),
    target=(Party(state="ISL", body="Body Sud", person="Jon Berg", office="Keeper of Ice", rank=5),),
    status="attributed",
    valid=dates.between(date(1987, 3, 5), date(1988, 4, 6)),
    known=date(1989, 5, 7),
    known_assumed=True,
    dimensions=("symbolic", "nuclear"),
    event_class="AGREE",
    mode="mode-told",
    place="Vladivostok",
    speaker=Party(state="NOR", body="Speaking Body", person="Odd Tale"),
    hedge="hedge-told",
    details=(("occasion", "detail-told"),),
    made_by="coder-told",
    probability=0.4375,
    why="why-told",
)
CITED = Citation(
    document=DOC.id, publication="Publication-told", published=date(1990, 6, 8), published_assumed=True, address="https://address.example/told",
    title="Title-told", reliability="reliability-told", credibility="credibility-told", origin="Origin-told",
)  # fmt: skip
ACT = Act(id="act:0123456789abcdef01234567", claim=CLAIM, claims=(CLAIM.id, OTHER.id), known=CLAIM.known, accepted=True, citations=(CITED,))
REPORTS = {CLAIM.id: CLAIM, OTHER.id: OTHER}
ROW = formats.row(ACT, REPORTS)
DASHED = DOC.id.replace(":", "-")
MARKS = {
    "source.state": ("FIN", "Finland"), "source.rank": ("| 3", '"rank": 3', "'rank': 3", ">3<"), "target.state": ("ISL", "Iceland"),
    "target.rank": ("| 5", '"rank": 5', "'rank': 5", ">5<"), "when.first": ("1987-03-05", "datetime.date(1987, 3, 5)"),
    "when.last": ("1988-04-06", "datetime.date(1988, 4, 6)"), "when.precision": ("days",), "known": ("1989-05-07", "datetime.date(1989, 5, 7)"),
    "known_assumed": ('"known_assumed": true', ">yes<", ",yes,", "'yes'", "'known_assumed': True"), "place.geonames": ("2013348",),
    "place.latitude": ("43.10562",), "place.longitude": ("131.87353",), "speaker": ("Odd Tale",), "spans.document": (DOC.id, DASHED),
    "spans.start": ("0-18", '"start": 0', "'start': 0"), "spans.stop": ("0-18", '"stop": 18', "'stop': 18", '"end": 18'), "claims": (OTHER.id,),
    "others": ("other-why",), "sources.document": (DOC.id, DASHED), "sources.published": ("1990-06-08", "datetime.date(1990, 6, 8)"),
    "sources.published_assumed": ('"published_assumed": true', 'source_published_assumed">yes<', "yes", "'published_assumed': True"),
    "accepted": ("yes", "true", "True"), "probability": ("0.4375",), "details": ("detail-told",), "kind": ("recognition",),
}  # fmt: skip
"""How a leaf's value may look in a file; all others look as they are."""
BY_FORM = {("ftm", "when.precision")}
"""What the form of another value tells: a day, a month or a year by its length. It has a test of its own."""
LEAVES = sorted(report.told(ROW | {"accepted": False}))


def content(form: str, *rows: plain.Row) -> bytes:
    out = io.BytesIO()
    formats.write(formats.FORMATS[form], rows, out)
    return out.getvalue()


def seen(form: str, packed: bytes) -> str:
    """What stands in a file, as one text."""
    if form == "xlsx":
        return repr([cell for row in openpyxl.load_workbook(io.BytesIO(packed)).active.values for cell in row])
    if form == "parquet":
        return repr(parquet.read_table(pa.BufferReader(packed)).to_pylist())
    return packed.decode("utf-8-sig").replace('"detail-told"', "detail-told")


@pytest.fixture(scope="module")
def written() -> dict[str, str]:
    return {form: seen(form, content(form, ROW)) for form in formats.FORMATS}


def value(leaf: str) -> tuple[str, ...]:
    if leaf in MARKS:
        return MARKS[leaf]
    (found,) = {str(each) for path, each in plain.leaves(ROW) if path == leaf} - {"symbolic"}
    return (found,)


@pytest.mark.parametrize("leaf", LEAVES)
@pytest.mark.parametrize("form", formats.FORMATS)
def test_a_format_carries_what_its_table_does_not_name_as_lost(written: dict[str, str], form: str, leaf: str) -> None:
    if (form, leaf) in BY_FORM or (leaf == "accepted" and formats.FORMATS[form].unfit(ROW | {"accepted": False})):
        return
    there = any(mark in written[form] for mark in value(leaf))
    if leaf in formats.losses(form):
        assert not there, f"{form} carries {leaf} after all; take it out of data/formats/losses.csv"
    else:
        assert there, f"{form} does not carry {leaf}; name it in data/formats/losses.csv"


def test_the_act_of_these_tests_tells_every_leaf_and_the_table_names_no_other() -> None:
    every = {field for name in formats.FORMATS for field in formats.losses(name)}
    assert every <= set(LEAVES)
    plain_leaves = set(pa_leaves())
    assert plain_leaves - {"others", "accepted"} <= set(LEAVES)


def pa_leaves() -> Iterator[str]:
    """Leaves of the typed columns, those of groups under their name."""

    def under(path: str, kind: Any) -> Iterator[str]:
        if pa.types.is_list(kind):
            yield from under(path, kind.value_type)
        elif pa.types.is_struct(kind) and path not in ("others", "speaker"):
            for field in kind:
                yield from under(f"{path}.{field.name}", field.type)
        else:
            yield path

    return (leaf for field in tabular.schema() for leaf in under(field.name, field.type))


def test_losses_are_counted_in_acts_that_told_something_and_reasons_stand_beside_them() -> None:
    plainer = formats.row(replace(ACT, id="act:2", claim=replace(CLAIM, hedge=None, details=()), claims=(CLAIM.id,)), REPORTS)
    made = formats.write(formats.FORMATS["plover"], [ROW, plainer, plainer], io.BytesIO())
    lost = {each.field: each.acts for each in made.lost}
    assert (made.acts, made.written, lost["hedge"], lost["details"], lost["others"], lost["dimensions"]) == (3, 3, 1, 1, 1, 3)
    assert all(each.why for each in made.lost)
    assert made == next(each for each in formats.reports([ROW, plainer, plainer]) if each.format == "plover"), "foretold as it came"


@pytest.mark.parametrize(
    ("form", "changes", "why"),
    [
        ("plover", {"accepted": False}, "proposal"),
        ("plover", {"status": "planned"}, "planned"),
        ("plover", {"status": "negated"}, "negated"),
        ("plover", {"when": None}, "first day"),
        ("plover", {"event_class": None, "kind": "agreement"}, "no event type"),
        ("plover", {"source": []}, "who acts"),
        ("ftm", {"accepted": False}, "proposal"),
        ("ftm", {"status": "hypothetical"}, "hypothetical"),
    ],
)
def test_an_act_that_does_not_fit_is_left_out_counted_and_named(form: str, changes: dict[str, Any], why: str) -> None:
    made = formats.write(formats.FORMATS[form], [{**ROW, **changes}, ROW], io.BytesIO())
    assert (made.acts, made.written) == (2, 1)
    (left,) = made.left
    assert why in left.why
    assert (left.acts, left.examples) == (1, (ACT.id,))


@pytest.mark.parametrize("form", formats.FORMATS)
def test_a_format_of_no_acts_can_be_read(form: str) -> None:
    packed = content(form)
    if form in ("geojson", "plover"):
        assert json.loads(packed) in ([], {"type": "FeatureCollection", "features": []})
    elif form == "graphml":
        assert networkx.parse_graphml(packed.decode()).number_of_nodes() == 0
    elif form == "parquet":
        assert parquet.read_table(pa.BufferReader(packed)).num_rows == 0
    elif form == "csv":
        assert len(packed.splitlines()) == 1
    elif form in ("jsonl", "ftm"):
        assert packed == b""


def test_a_point_has_longitude_first_and_a_place_without_one_no_geometry() -> None:
    nowhere = ROW | {"place": {"name": "Norway", "geonames": None, "latitude": None, "longitude": None}}
    made = formats.write(formats.FORMATS["geojson"], [ROW, nowhere], out := io.BytesIO())
    collection = json.loads(out.getvalue())
    assert set(collection) == {"type", "features"}
    first, second = collection["features"]
    assert first["geometry"] == {"type": "Point", "coordinates": [131.87353, 43.10562]}
    assert second["geometry"] is None
    assert (first["type"], first["id"]) == ("Feature", ACT.id)
    assert [number for _, number in made.notes] == [1]


def test_a_graph_leads_from_who_acts_over_the_act_to_its_target() -> None:
    found = networkx.parse_graphml(content("graphml", ROW).decode(), force_multigraph=True)
    assert found.is_directed()
    kinds = dict(found.nodes(data="type"))
    assert sorted(kinds.values()) == ["act", "person", "person", "state", "state"]
    (before,), (after,) = found.predecessors(ACT.id), found.successors(ACT.id)
    assert (found.nodes[before]["label"], found.nodes[after]["label"]) == ("Aino Virta", "Jon Berg")
    assert found.edges[before, ACT.id, 0]["rank"] == 3
    assert [found.nodes[each]["label"] for each in found.successors(before) if kinds[each] == "state"] == ["Finland"]


def test_a_table_of_columns_keeps_types(tmp_path: Path) -> None:
    path = tmp_path / "acts.parquet"
    path.write_bytes(content("parquet", ROW, ROW))
    asked = f"SELECT \"when\".first, source[1].rank, details['occasion'], others[1].why, place.latitude FROM '{path}'"
    assert duckdb.connect().execute(asked).fetchall() == [(date(1987, 3, 5), 3, "detail-told", "other-why", 43.10562)] * 2


def test_an_event_record_has_the_fields_of_the_manual_and_says_where_its_type_came_from() -> None:
    visit = ROW | {"kind": "visit", "event_class": None, "mode": None}
    made = formats.write(formats.FORMATS["plover"], [visit], out := io.BytesIO())
    (record,) = json.loads(out.getvalue())
    assert {"id", "date", "source", "event"} <= set(record), "what the manual requires"
    assert (record["event"], record["mode"], record["quadCode"], record["date"], record["enddate"]) == (
        "CONSULT", "visit", 1, "1987-03-05", "1988-04-06",
    )  # fmt: skip
    assert record["source"] == [{"code": "FIN", "identifier": "Body Nord", "actorText": "Aino Virta", "office": "Envoy of Fish"}]
    assert made.notes == (("the event type is taken from the kind of the act", 1),)


def test_types_taken_from_kinds_are_of_the_vocabulary() -> None:
    for row in report.read("types"):
        assert ontology.term("kinds", row["kind"])
        assert ontology.term("classes", row["event_class"]).more["quad"] in events.QUADS
        assert not row["mode"] or ontology.term("modes", row["mode"]).more["of"] == row["event_class"]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_cell_that_would_run_has_an_apostrophe_and_is_counted(form: str) -> None:
    odd = ROW | {"text": "=cmd|' /C calc'!A0", "hedge": "@sum"}
    made = formats.write(formats.FORMATS[form], [odd, ROW], out := io.BytesIO())
    assert "'=cmd|" in seen(form, out.getvalue())
    assert "'@sum" in seen(form, out.getvalue())
    assert [number for _, number in made.notes] == [1]


def test_a_text_too_long_for_a_workbook_is_cut_and_counted() -> None:
    made = formats.write(formats.FORMATS["xlsx"], [ROW | {"text": "x" * 40_000}], out := io.BytesIO())
    assert max(len(str(cell)) for row in openpyxl.load_workbook(out).active.values for cell in row) == 32_766
    assert any("32,766" in why for why, _ in made.notes)


WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)


@given(text=WORDS, person=WORDS, detail=WORDS)
def test_any_words_can_be_written_and_read(text: str, person: str, detail: str) -> None:
    odd = ROW | {"text": text, "source": [{**ROW["source"][0], "person": person}], "details": {"occasion": detail}}
    assert bool([*tabular.guards(odd)]) == any(tables.guarded(cell) != cell for cell in tabular.cells(odd).values())
    assert json.loads(content("jsonl", odd))["details"] == {"occasion": detail}
    assert json.loads(content("geojson", odd))["features"][0]["properties"]["text"] == text
    assert json.loads(content("plover", odd))[0]["text"] == text
    ET.fromstring(content("graphml", odd))
    assert len(list(csv.reader(io.StringIO(content("csv", odd).decode("utf-8-sig"), newline="")))) == 2
    assert [json.loads(line)["schema"] for line in content("ftm", odd).decode().split("\n") if line][-1] == "Event"
