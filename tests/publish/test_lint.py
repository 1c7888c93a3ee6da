from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

import held
import made
from detente.publish import brief, lint, pages, prose, rulebook

DISSENT = "\n\n## Dissenting view\n\nAnother reading is held by some.[^1]\n\n[^1]: The Gazette, 3 May 2014.\n"


def codes(text: str) -> list[str]:
    """The faults of a text that is otherwise sound."""
    return [fault.code for fault in lint.faults(text + DISSENT)]


def test_a_sound_text_has_no_faults() -> None:
    assert codes("# A title\n\nA visit is likely (60%).[^1] Confidence is moderate.[^1]") == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("A visit is likely and confidence is high.[^1]", "likelihood_with_confidence"),
        ("We judge with high confidence that a visit is very unlikely.[^1]", "likelihood_with_confidence"),
        ("The probability is 60%, with moderate confidence.[^1]", "likelihood_with_confidence"),
        ("A visit is likely.[^1] A treaty is improbable.[^1]", "mixed_scales"),
        ("There are roughly even odds of a visit.[^1] A treaty is almost certain.[^1]", "mixed_scales"),
        ("Exports fell by half.", "uncited"),
        ("- Exports fell by half.[^1]\n- Imports rose", None),
        ("- Exports fell by half.[^1]\n- Imports of coal rose by half", "uncited"),
        ("Trade may rise.[^1]", "weasel"),
        ("Perhaps trade will rise.[^1]", "weasel"),
        ("It is widely believed that trade rose.[^1]", "weasel"),
        ("Some analysts say that trade rose.[^1]", "weasel"),
        ("A visit cannot be ruled out.[^1]", "weasel"),
        ("A visit is highly likely.[^1]", "off_scale"),
        ("There are good prospects of a visit.[^1]", "off_scale"),
        ("A visit is likely (12%).[^1]", "band"),
        ("The probability is 12% (likely).[^1]", "band"),
        ("There is a 75 percent chance (unlikely) of a visit.[^1]", "band"),
        ("A visit is unlikely, about 75%.[^1]", "band"),
        ("A visit is unlikely (p = 0.75).[^1]", "band"),
        ("We have medium confidence in this.[^1]", "confidence_level"),
        ("A visit took place.[^7]", "note_missing"),
        ("A visit took place.[^1]\n\n[^8]: The Herald.", "note_unused"),
        ("| what | how |\n|---|---|\n| contact | rose |\n", "uncited"),
    ],
)
def test_a_planted_fault_is_found(text: str, code: str | None) -> None:
    assert set(codes(text)) == ({code} if code else set())


@pytest.mark.parametrize(
    "text",
    [
        "The delegation came on 3 May 2014.[^1]",
        "It was held in May.[^1]",
        "They came as soon as possible.[^1]",
        "Its military might grew.[^1]",
        "They could not agree.[^1]",
        "Trade may rise, which is likely (60%).[^1]",
        "Confidence-building measures are likely.[^1]",
        "A vote of confidence is unlikely.[^1]",
        "It is more likely than before.[^1]",
        "“Trade may rise,” the minister said.[^1]",
        "> Trade may rise, with high confidence likely.\n\nSo he said.[^1]",
        "```\nTrade may rise.\n```\n\nSo it reads.[^1]",
        "What would that mean? It rose.[^1]",
        "Mr. Smith of the U.S. embassy met J. Doe at 3.5 p.m. on Friday.[^1]",
        "There is a 75 percent chance (likely) of a visit.[^1]",
        "A visit is likely, and exports rose by 12%.[^1]",
        "A visit is likely (55%).[^1] A treaty is a roughly even chance (55%).[^1]",
        "A visit is very unlikely (20%).[^1] A treaty is unlikely (20%).[^1]",
        "It rose [by half](https://example.org/a).",
        "It rose by half (Smith 2014, p. 3).",
        "| what | likelihood | confidence | |\n|---|---|---|---|\n| contact | likely (60%) | moderate | [^1] |",
    ],
)
def test_what_is_no_fault_is_let_through(text: str) -> None:
    assert codes(text) == []


def test_a_text_needs_a_dissent_that_says_something() -> None:
    note = "\n\n[^1]: The Gazette.\n"
    assert [f.code for f in lint.faults(f"A visit took place.[^1]{note}")] == ["no_dissent"]
    empty = lint.faults(f"A visit took place.[^1]\n\n## Dissenting view{note}")
    assert [(f.code, f.line) for f in empty] == [("no_dissent", 3)]
    assert lint.faults(f"A visit took place.[^1] The minority view is that it did not.[^1]{note}") == ()


def test_a_text_without_statements_has_one_fault() -> None:
    assert [f.code for f in lint.faults("")] == ["empty"]
    assert [f.code for f in lint.faults("# Only a title\n")] == ["empty"]


def test_faults_stand_on_their_lines_and_say_what_to_do() -> None:
    text = "# Title\n\nA visit took place.[^1]\nExports fell\nby half. Trade\nmay rise.[^1]\n\n- one thing is so.[^1]\n- another thing\n  is not so\n"
    found = lint.faults(text + DISSENT)
    assert [(f.line, f.code) for f in found] == [(4, "uncited"), (5, "weasel"), (9, "uncited")]
    assert all(f.expected and f.came and f.do for f in found)


def test_notes_may_stand_in_notes() -> None:
    assert codes("It rose.[^a]\n\n[^a]: Both acts: [^1]\n") == []


def test_a_body_of_a_footnote_is_not_judged() -> None:
    assert codes("It rose.[^2]\n\n[^2]: It may be highly likely that\n    this too is likely with high confidence.\n") == []


def test_every_word_of_the_rules_has_its_columns_and_its_reason() -> None:
    for kind in ("off_scale", "weasel"):
        assert all(hit for hit in rulebook.patterns(kind))
        assert all(instead and note for _, instead, note in rulebook.patterns(kind))
    assert rulebook.likelihoods("very likely") and len(rulebook.likelihoods("very likely")) == 1


def test_sentences_keep_every_word() -> None:
    text = "It held. The U.S. left at 3.5 p.m. on Friday! Did it? No."
    assert " ".join(prose.sentences(text)) == text
    assert len(prose.sentences(text)) == 4
    assert prose.sentences("") == ()


@given(st.text(alphabet=st.sampled_from(list("aB.[]^1()|-#\n*“”> :%likely may")), max_size=200))
def test_no_text_makes_it_stumble_and_lines_are_lines_of_the_text(text: str) -> None:
    lines = text.count("\n") + 1
    assert all(1 <= fault.line <= lines for fault in lint.faults(text))


@pytest.mark.parametrize("text", ["(" + "a " * 20_000, "likely " * 20_000, "A. " * 20_000, "[^1]" * 20_000, "(Smith " + "a " * 20_000])
def test_a_long_line_takes_no_long_time(text: str) -> None:
    began = time.monotonic()
    lint.faults(text)
    assert time.monotonic() - began < 20


def test_a_month_and_a_year_in_brackets_are_no_source() -> None:
    assert codes("It rose by half (May 2014).") == ["uncited"]
    assert codes("It rose by half (Ministry of Trade, May 2014).") == []


def test_windows_lines_are_numbered_as_others() -> None:
    assert [f.line for f in lint.faults("Fine.[^1]\r\n\r\nExports fell.\r\n" + DISSENT)] == [3]


PLANTED = {
    "likelihood_with_confidence": "It is likely that they meet, and we have high confidence in that.[^1]",
    "mixed_scales": "They will probably meet.[^1]",
    "uncited": "They met in the winter of that year.",
    "weasel": "They might meet again.[^1]",
    "off_scale": "It is highly likely that they meet.[^1]",
    "band": "They meet with 20% (likely).[^1]",
    "note_missing": "They met.[^999]",
}


@pytest.mark.parametrize(("code", "sentence"), PLANTED.items())
def test_a_fault_planted_anywhere_in_a_brief_is_found_on_its_line(tmp_path_factory: pytest.TempPathFactory, code: str, sentence: str) -> None:
    rows = [made.act(f"v{year}", f"{year}-03-10") for year in range(2000, 2015)]
    acts, coverage = held.of(made.case(tmp_path_factory.mktemp("case"), acts=rows))
    text = pages.markdown(brief.compose(held.ask(acts, coverage, ("FIN", "ISL"), "2014-12-31"), acts=acts))
    assert lint.faults(text) == ()
    lines = text.split("\n")
    places = [n for n, line in enumerate(lines) if line.endswith("]") and not line.startswith(("[^", "|"))]
    for place in places[:: max(1, len(places) // 6)]:
        found = lint.faults("\n".join([*lines[:place], f"{lines[place]} {sentence}", *lines[place + 1 :]]))
        assert [(fault.code, fault.line) for fault in found] == [(code, place + 1)]


def test_a_brief_without_its_dissent_is_found(tmp_path_factory: pytest.TempPathFactory) -> None:
    rows = [made.act(f"v{year}", f"{year}-03-10") for year in range(2000, 2015)]
    acts, coverage = held.of(made.case(tmp_path_factory.mktemp("case"), acts=rows))
    text = pages.markdown(brief.compose(held.ask(acts, coverage, ("FIN", "ISL"), "2014-12-31"), acts=acts))
    before, after = text.split("## Dissenting view\n")
    without = lint.faults(before + after[after.index("## ") :])
    assert "no_dissent" in {fault.code for fault in without} <= {"no_dissent", "note_unused"}
