from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest

import held
import made
from detente.errors import TermError
from detente.publish import brief, drawing, exports, pages, timeline, wording
from detente.records import Act, Coverage, Statement, Verdict

CASE = held.CASES / "russia-dprk"


@cache
def facts() -> tuple[tuple[Act, ...], tuple[Coverage, ...]]:
    return held.of(CASE)


@cache
def asked(day: str) -> Verdict:
    return held.ask(*facts(), ("PRK", "RUS"), day)


@cache
def composed(day: str) -> brief.Brief:
    return brief.compose(asked(day), acts=facts()[0])


def made_up(folder: Path, rows: list[dict[str, str]], day: str = "2014-12-31") -> brief.Brief:
    acts, coverage = held.of(made.case(folder, acts=rows))
    return brief.compose(held.ask(acts, coverage, ("FIN", "ISL"), day), acts=acts)


@pytest.mark.parametrize("day", ["2014-05-15", "2024-12-31"])
def test_every_reason_leads_to_acts_that_are_in_the_evidence(day: str) -> None:
    verdict = asked(day)
    held_acts = {piece.id for piece in verdict.evidence}
    for found in (verdict.overall, *verdict.dimensions):
        assert {*found.supports, *found.contradicts} <= held_acts
        for statement in (*found.statements, *verdict.explanations):
            assert set(statement.acts) <= held_acts
            assert wording.say(statement)
        if found.call != "cannot_tell":
            assert any(statement.acts for statement in found.statements), found.dimension


def test_every_piece_of_evidence_says_where_it_is_from_and_since_when_it_is_known() -> None:
    for piece in asked("2014-05-15").evidence:
        assert piece.citations
        assert piece.known is not None
        assert piece.known <= date(2014, 5, 15)


def test_a_likelihood_and_a_confidence_never_share_a_sentence() -> None:
    scale = re.compile(r"\b(almost no chance|unlikely|roughly even|likely|almost certain)\b")
    for section in composed("2024-12-31").sections:
        for sentence in section.sentences:
            assert not (scale.search(sentence.text) and "onfidence" in sentence.text), sentence.text


def test_the_brief_is_one_file_without_outside_assets_and_the_same_each_time() -> None:
    page = pages.html(composed("2014-05-15"))
    assert pages.html(brief.compose(asked("2014-05-15"), acts=facts()[0])) == page
    assert "<svg" in page
    assert not re.search(r'(src|href)="(?!#|https?://[^"]+" rel="noreferrer")', page)
    assert not re.search(r"<script|@import|url\((?!#)", page)


def test_markdown_has_a_footnote_for_every_reference() -> None:
    text = pages.markdown(composed("2014-05-15"))
    used = set(re.findall(r"\[\^(\w+)\](?!:)", text))
    assert used
    assert used == set(re.findall(r"^\[\^(\w+)\]:", text, re.MULTILINE))


def test_words_of_a_source_cannot_become_markup(tmp_path: Path) -> None:
    nasty = [
        made.act(f"v{year}", f"{year}-03-10", text="<script>alert(1)</script> visited.", address='javascript:"onclick') for year in range(2000, 2015)
    ]
    page = pages.html(made_up(tmp_path, nasty))
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_an_address_that_is_no_web_address_is_no_link(tmp_path: Path) -> None:
    rows = [made.act(f"v{year}", f"{year}-03-10", address="javascript:alert(1)") for year in range(2000, 2015)]
    page = pages.html(made_up(tmp_path, rows))
    assert 'href="javascript' not in page


def test_every_brief_leads_to_the_page_of_what_the_program_cannot_do() -> None:
    held_sentence = composed("2014-05-15").sections[-1].sentences[-1]
    assert "docs/limits.md" in held_sentence.text
    assert (Path(__file__).parents[2] / "docs" / "limits.md").is_file()
    assert all("docs/limits.md" in render(composed("2014-05-15")) for render in (pages.html, pages.markdown))


def test_an_answer_that_cannot_tell_makes_a_brief_too() -> None:
    verdict = held.ask(*facts(), ("KOR", "USA"), "2014-05-15")
    assert "annot tell" in pages.html(brief.compose(verdict, acts=facts()[0]))
    assert exports.verdict(verdict)["overall"]["probability"] is None


def test_every_statement_of_the_wording_can_be_said() -> None:
    for code in wording.sentences():
        assert wording.say(Statement(code=code, values=(("carried", "contact legal"), ("dimension", "contact"))))
    with pytest.raises(TermError, match="has none"):
        wording.say(Statement(code="no_such_code"))


def test_a_drawing_is_svg_and_steady() -> None:
    option = timeline.option(asked("2014-05-15"), since=date(2004, 1, 1))
    assert drawing.svg(option, width=400, height=200) == drawing.svg(option, width=400, height=200)
    assert drawing.svg({"series": []}, width=40, height=20).startswith("<svg")


@pytest.mark.parametrize(("value", "text"), [(112, "112"), ("1000", "1,000"), ("153.12", "153.12"), ("36.70", "36.7"), (0, "0")])
def test_numbers_carry_no_needless_zeros(value: object, text: str) -> None:
    assert wording.number(value) == text
