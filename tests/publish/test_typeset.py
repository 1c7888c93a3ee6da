from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest

import held
import made
from detente.publish import brief, typeset

NASTY = '#import "x" $x^2$ *bold* _it_ [link] <label> @ref \\ "quoted" `raw` // no comment'


@pytest.fixture(scope="module")
def composed(tmp_path_factory: pytest.TempPathFactory) -> brief.Brief:
    rows = [made.act(f"v{year}", f"{year}-03-10") for year in range(2000, 2015)]
    rows += [
        made.act("nasty", "2014-09-09", text=f"Words: {NASTY}."),
        made.act("tongue", "2014-09-10", text="Газета «Правда» писала о визите, 로동신문."),
    ]
    acts, coverage = held.of(made.case(tmp_path_factory.mktemp("case"), acts=rows))
    return brief.compose(held.ask(acts, coverage, ("FIN", "ISL"), "2014-12-31"), acts=acts)


def words(pdf: bytes) -> str:
    return "".join("".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def test_words_of_a_source_cannot_become_markup(composed: brief.Brief) -> None:
    assert "".join(NASTY.split()) in words(typeset.pdf(composed))


def test_cyrillic_and_hangul_are_printed_with_the_letters_that_are_shipped(composed: brief.Brief) -> None:
    assert typeset.covered(json.dumps(typeset.content(composed), ensure_ascii=False))
    assert "Газета«Правда»писалаовизите,로동신문." in words(typeset.pdf(composed))


def test_other_letters_ask_for_the_fonts_of_the_machine() -> None:
    assert not typeset.covered("中国")
    assert not typeset.covered("뷁")
    assert typeset.covered("")


def test_the_same_brief_is_the_same_pdf_of_its_day(composed: brief.Brief) -> None:
    made_once = typeset.pdf(composed)
    assert typeset.pdf(composed) == made_once
    read = pypdf.PdfReader(io.BytesIO(made_once)).metadata
    assert read is not None
    assert read.title == "Finland and Iceland: a new stage? As of 31 December 2014"
    assert str(read["/ModDate"]).startswith("D:20141231")


def test_what_the_pdf_says_is_told_apart(composed: brief.Brief) -> None:
    assert typeset.said(composed) == typeset.said(replace(composed))
    assert typeset.said(composed) != typeset.said(replace(composed, title="Another"))


def test_a_picture_in_dots_is_a_png() -> None:
    assert typeset.png('<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"></svg>', ppi=72).startswith(b"\x89PNG")


def test_every_mark_leads_to_a_note_that_is_there(composed: brief.Brief) -> None:
    content = typeset.content(composed)
    there = {note["target"] for note in (*content["named"], *content["further"], *content["bases"])}
    used = {mark["target"] for s in content["sections"] for said in s["statements"] for one in said for mark in one["marks"]}
    assert used
    assert used <= there


def test_a_file_of_the_template_reads_no_other_file() -> None:
    template = (Path(typeset.__file__).parents[1] / "data" / "templates" / "brief.typ").read_text(encoding="utf-8")
    assert "#import" not in template
    assert "read(" not in template
