"""A brief as a Word document (DOCX): the same words, marks and notes, with pictures as SVG and in dots for programs that draw none.

Marks are links to the bookmarks of the notes. The document's times are the as-of day, and the zip's are fixed, so that the same brief gives the
same content.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import docx as word
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from detente.publish import bundles, typeset
from detente.publish.brief import Brief, Figure, Note, Row, Section, Sentence

DEEP, QUIET = RGBColor(0x1A, 0x3F, 0x6B), RGBColor(0x55, 0x55, 0x55)
FACE, EAST = "Cambria", "Malgun Gothic"
FACES = (("Normal", 10.5, 0, 4), ("Title", 19, 0, 2), ("Subtitle", 11, 0, 12), ("Heading 1", 12, 14, 4), ("Heading 2", 10, 8, 3))
"""Styles with their size and the room before and after them, in points."""
WIDTHS = (46, 58, 36, 24)
"""Columns of the table at a glance, in millimetres."""
_SVG = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
_SVG_SPACE = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
Marks = list[dict[str, str]]


def docx(brief: Brief) -> bytes:
    """The brief as DOCX."""
    doc = word.Document()
    _style(doc, brief)
    doc.add_paragraph(brief.title, style="Title")
    doc.add_paragraph(f"As of {brief.as_of}: {brief.call}", style="Subtitle")
    _section(doc, brief, brief.sections[0])
    doc.add_heading("At a glance", 1)
    _table(doc, brief)
    for number, drawn in enumerate(brief.figures, 1):
        _figure(doc, drawn, number)
    for section in brief.sections[1:]:
        _section(doc, brief, section)
    _notes(doc, brief)
    saved = io.BytesIO()
    doc.save(saved)
    return bundles.repacked(saved.getvalue())


def content(packed: bytes) -> str:
    """SHA-256 over what a DOCX says and draws: its text with marks and links, and its SVG; pictures in dots are left out."""
    hashed = hashlib.sha256()
    with zipfile.ZipFile(io.BytesIO(packed)) as zipped:
        for name in sorted(zipped.namelist()):
            if name == "word/document.xml" or name.endswith(".svg"):
                hashed.update(f"{name}\0".encode() + hashlib.sha256(zipped.read(name)).digest())
    return hashed.hexdigest()


def _style(doc: Any, brief: Brief) -> None:
    day = datetime(brief.day.year, brief.day.month, brief.day.day, tzinfo=UTC)
    core = doc.core_properties
    core.title, core.author, core.comments, core.last_modified_by = brief.title, f"Detente {brief.version}", "", ""
    core.created, core.modified, core.revision = day, day, 1
    page = doc.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin, page.right_margin, page.top_margin, page.bottom_margin = Mm(23), Mm(23), Mm(24), Mm(22)
    for name, size, before, after in (
        ("Normal", 10.5, 0, 4),
        ("Title", 19, 0, 2),
        ("Subtitle", 11, 0, 12),
        ("Heading 1", 12, 14, 4),
        ("Heading 2", 10, 8, 3),
    ):
        _face(doc.styles[name], size, before, after)
    doc.styles["List Bullet"].paragraph_format.space_after = Pt(3)
    _edge(page.header.paragraphs[0], f"{brief.title}\tAs of {brief.as_of}", page.page_width - page.left_margin - page.right_margin)
    _numbered(page.footer.paragraphs[0], f"Detente {brief.version}. Every sentence leads to the acts named in its notes. Page ")


def _face(style: Any, size: float, before: float, after: float) -> None:
    style.font.name, style.font.size = FACE, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(name), None)
    fonts.set(qn("w:hAnsi"), FACE)
    fonts.set(qn("w:eastAsia"), EAST)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    if style.name != "Normal":
        style.font.color.rgb = QUIET if style.name == "Subtitle" else DEEP
        style.font.italic, style.font.bold = False, style.name not in ("Subtitle", "Title")
    for name in ("w:pBdr", "w:kern", "w:spacing"):
        for line in [each for each in style.element.iter(qn(name)) if name != "w:spacing" or each.getparent().tag == qn("w:rPr")]:
            line.getparent().remove(line)


def _edge(paragraph: Any, text: str, width: int) -> None:
    """A line whose second part stands at the right edge; the style's own stops are for another width of paper."""
    for tabs in list(paragraph.style.element.iter(qn("w:tabs"))):
        tabs.getparent().remove(tabs)
    paragraph.paragraph_format.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)
    _small(paragraph.add_run(text), 8)


def _numbered(paragraph: Any, text: str) -> None:
    """A line that ends in the page's number, a field of three runs."""
    _small(paragraph.add_run(text), 8)
    for kind in ("begin", "", "end"):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = "PAGE"
        run = paragraph.add_run()
        _small(run, 8)
        run._r.append(part)


def _small(run: Any, size: float) -> None:
    run.font.size, run.font.color.rgb = Pt(size), QUIET


def _section(doc: Any, brief: Brief, section: Section) -> None:
    doc.add_heading(section.title, 1)
    if section.listed:
        for said in section.statements:
            _told(doc.add_paragraph(style="List Bullet"), brief, said)
        return
    paragraph = doc.add_paragraph()
    for number, said in enumerate(section.statements):
        paragraph.add_run(" " if number else "")
        _told(paragraph, brief, said)


def _told(paragraph: Any, brief: Brief, said: Iterable[Sentence]) -> None:
    for number, sentence in enumerate(said):
        paragraph.add_run(f"{' ' if number else ''}{sentence.text}")
        _mark(paragraph, typeset.marks(brief, sentence), raised=True)


def _mark(paragraph: Any, marks: Marks, *, raised: bool) -> None:
    for number, mark in enumerate(marks):
        if number:
            _raise(paragraph.add_run(", "), raised)
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), mark["target"].replace("-", "_"))
        paragraph._p.append(link)
        run = paragraph.add_run(mark["text"])
        _raise(run, raised)
        run.font.color.rgb = DEEP
        link.append(run._r)


def _raise(run: Any, raised: bool) -> None:
    if raised:
        run.font.superscript = True


def _table(doc: Any, brief: Brief) -> None:
    table = doc.add_table(rows=1, cols=4)
    edges = "".join(f'<w:{side} w:val="single" w:sz="4" w:color="C9C9C3"/>' for side in ("bottom", "insideH"))
    borders = parse_xml(f"<w:tblBorders {nsdecls('w')}>{edges}</w:tblBorders>")
    table.autofit = False
    table._tbl.tblPr.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
    for cell, words in zip(table.rows[0].cells, ("dimension", "finding", "likelihood", "confidence"), strict=True):
        _small(cell.paragraphs[0].add_run(words), 8.5)
    for row in brief.glance:
        _row(table.add_row().cells, brief, row)
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, WIDTHS, strict=True):
            cell.width = Mm(width)
            cell.paragraphs[0].paragraph_format.space_after = Pt(1)


def _row(cells: Any, brief: Brief, row: Row) -> None:
    for cell, words in zip(cells, (row.dimension, row.found, row.likelihood, row.confidence), strict=True):
        cell.paragraphs[0].add_run(words).font.size = Pt(9.5)
    _mark(cells[0].paragraphs[0], typeset.marks(brief, row), raised=True)


def _figure(doc: Any, drawn: Figure, number: int) -> None:
    """The picture in dots, and beside it the SVG that newer programs draw instead."""
    paragraph = doc.add_paragraph()
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.keep_with_next = Pt(8), True
    run = paragraph.add_run()
    run.add_picture(io.BytesIO(typeset.png(drawn.svg)), width=Mm(164))
    part = Part(PackURI(f"/word/media/{drawn.name}.svg"), "image/svg+xml", drawn.svg.encode(), doc.part.package)
    key = doc.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
    blip = next(run._r.iter(qn("a:blip")))
    blip.append(
        parse_xml(f'<a:extLst {nsdecls("a", "r")}><a:ext uri="{_SVG}"><asvg:svgBlip xmlns:asvg="{_SVG_SPACE}" r:embed="{key}"/></a:ext></a:extLst>')
    )
    named = next(run._r.iter(qn("wp:docPr")))
    named.set("id", str(number))
    named.set("descr", drawn.caption)
    _small(doc.add_paragraph().add_run(drawn.caption), 8.5)


def _notes(doc: Any, brief: Brief) -> None:
    doc.add_heading("Notes", 1)
    doc.add_heading("What was counted", 2)
    for number, (label, basis) in enumerate(brief.bases, 1):
        paragraph = _hung(doc, label, f"b_{label}", len(brief.notes) + number, 8)
        paragraph.add_run(f"{basis.text}: ").font.size = Pt(8)
        _mark(paragraph, typeset.numbered(brief, basis.acts), raised=False)
        for run in paragraph._p.iter(qn("w:r")):
            run.get_or_add_rPr().get_or_add_sz().set(qn("w:val"), "16")
    for key, title, size in ((True, "Acts named", 8.0), (False, "Further acts counted", 7.0)):
        chosen = [note for note in brief.notes if note.key is key]
        if chosen:
            doc.add_heading(title, 2)
        for note in chosen:
            _note(doc, note, size)


def _note(doc: Any, note: Note, size: float) -> None:
    paragraph = _hung(doc, str(note.number), f"n_{note.number}", note.number, size)
    for words in note.runs:
        run = paragraph.add_run(words.text)
        run.font.size, run.font.italic = Pt(size), words.style == "italic"
        if words.style == "code":
            run.font.color.rgb = QUIET
        if words.style == "link":
            run.font.color.rgb = DEEP
            link = OxmlElement("w:hyperlink")
            link.set(qn("r:id"), doc.part.relate_to(words.text, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
            paragraph._p.append(link)
            link.append(run._r)


def _hung(doc: Any, mark: str, bookmark: str, number: int, size: float) -> Any:
    """A paragraph with a hanging mark that can be linked to."""
    paragraph = doc.add_paragraph()
    form = paragraph.paragraph_format
    form.left_indent, form.first_line_indent, form.space_after = Mm(9), Mm(-9), Pt(1.5)
    form.tab_stops.add_tab_stop(Mm(9))
    for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
        edge = OxmlElement(tag)
        edge.set(qn("w:id"), str(number))
        if tag == "w:bookmarkStart":
            edge.set(qn("w:name"), bookmark)
        paragraph._p.append(edge)
    _small(paragraph.add_run(f"{mark}\t"), size)
    return paragraph
