from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.oxml.ns import qn

import held
import made
from detente.publish import brief, worddocs


@pytest.fixture(scope="module")
def composed(tmp_path_factory: pytest.TempPathFactory) -> brief.Brief:
    rows = [made.act(f"v{year}", f"{year}-03-10", address="https://example.org/a") for year in range(2000, 2015)]
    acts, coverage = held.of(made.case(tmp_path_factory.mktemp("case"), acts=[*rows, made.act("odd", "2014-09-09", text="<b>Конь & 조선</b>.")]))
    return brief.compose(held.ask(acts, coverage, ("FIN", "ISL"), "2014-12-31"), acts=acts)


@pytest.fixture(scope="module")
def packed(composed: brief.Brief) -> bytes:
    return worddocs.docx(composed)


def test_it_says_every_sentence_and_every_note(composed: brief.Brief, packed: bytes) -> None:
    text = "\n".join("".join(t.text or "" for t in p._p.iter(qn("w:t"))) for p in docx.Document(io.BytesIO(packed)).paragraphs)
    for section in composed.sections:
        assert section.title in text
        assert all(sentence.text in text for sentence in section.sentences)
    assert all(note.act in text for note in composed.notes)
    assert "<b>Конь & 조선</b>." in text


def test_every_mark_leads_to_a_bookmark(packed: bytes) -> None:
    body = docx.Document(io.BytesIO(packed)).element.body
    marked = {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))} - {None}
    names = [start.get(qn("w:name")) for start in body.iter(qn("w:bookmarkStart"))]
    assert marked
    assert marked <= set(names)
    assert len(names) == len(set(names))


def test_pictures_are_there_as_svg_and_in_dots(packed: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(packed)) as zipped:
        names = zipped.namelist()
        assert any(name.endswith("timeline.svg") for name in names)
        assert any(name.endswith(".png") for name in names)
        assert b"svgBlip" in zipped.read("word/document.xml")


def test_the_same_brief_is_the_same_document_of_its_day(composed: brief.Brief, packed: bytes) -> None:
    assert worddocs.docx(composed) == packed
    core = docx.Document(io.BytesIO(packed)).core_properties
    assert core.created is not None
    assert core.created.date() == composed.day
    assert core.title == composed.title
    with zipfile.ZipFile(io.BytesIO(packed)) as zipped:
        assert {info.date_time for info in zipped.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert zipped.namelist()[0] == "[Content_Types].xml"


def test_what_it_says_is_told_apart(packed: bytes) -> None:
    assert worddocs.content(packed) == worddocs.content(packed)
    plain = docx.Document(io.BytesIO(packed))
    plain.add_paragraph("More.")
    saved = io.BytesIO()
    plain.save(saved)
    assert worddocs.content(saved.getvalue()) != worddocs.content(packed)
