from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest

import held
import made
from detente.errors import TermError
from detente.publish import brief, drawing, exports, timeline, wording
from detente.records import Statement, Verdict


@cache
def asked(day: str) -> Verdict:
    return held.ask(*held.of(held.CASES / "russia-dprk"), ("PRK", "RUS"), day)


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
    composed = brief.compose(asked("2024-12-31"))
    scale = re.compile(r"\b(almost no chance|unlikely|roughly even|likely|almost certain)\b")
    for section in composed.sections:
        for sentence in section.sentences:
            for part in re.split(r"(?<=[.!?]) ", sentence.text):
                assert not (scale.search(part) and "onfidence" in part), part


def test_the_brief_is_one_file_without_outside_assets_and_the_same_each_time() -> None:
    verdict = asked("2014-05-15")
    page = brief.html(brief.compose(verdict))
    assert brief.html(brief.compose(verdict)) == page
    assert "<svg" in page
    assert not re.search(r'(src|href)="(?!#|https?://[^"]+" rel="noreferrer")', page)
    assert not re.search(r"<script|@import|url\((?!#)", page)


def test_markdown_has_a_footnote_for_every_reference() -> None:
    text = brief.markdown(brief.compose(asked("2014-05-15")))
    used = set(re.findall(r"\[\^(\d+)\](?!:)", text))
    assert used
    assert used <= set(re.findall(r"^\[\^(\d+)\]:", text, re.MULTILINE))


def test_words_of_a_source_cannot_become_markup(tmp_path: Path) -> None:
    nasty = [
        made.act(f"v{year}", f"{year}-03-10", text="<script>alert(1)</script> visited.", address='javascript:"onclick') for year in range(2000, 2015)
    ]
    acts, coverage = held.of(made.case(tmp_path, acts=nasty))
    page = brief.html(brief.compose(held.ask(acts, coverage, ("FIN", "ISL"), "2014-12-31")))
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_an_address_that_is_no_web_address_is_no_link(tmp_path: Path) -> None:
    rows = [made.act(f"v{year}", f"{year}-03-10", address="javascript:alert(1)") for year in range(2000, 2015)]
    acts, coverage = held.of(made.case(tmp_path, acts=rows))
    page = brief.html(brief.compose(held.ask(acts, coverage, ("FIN", "ISL"), "2014-12-31")))
    assert 'href="javascript' not in page


def test_an_answer_that_cannot_tell_makes_a_brief_too() -> None:
    verdict = held.ask(*held.of(held.CASES / "russia-dprk"), ("KOR", "USA"), "2014-05-15")
    assert "annot tell" in brief.html(brief.compose(verdict))
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
