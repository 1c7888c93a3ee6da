from __future__ import annotations

import re
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

import held
from detente import ontology
from detente.coding import gazetteer
from detente.errors import InputError
from detente.examine import questions, register
from detente.examine.material import Material
from detente.examine.questions import Template
from detente.records import Document
from looked import DYAD, act, material

MECHANISMS = 67
VISIT = act("visit", "2014-03-01", people=[("Aino Virta", "Minister", 4)])
WHO = Template(
    template="who", question="Who came from {source} to {target}?", serves=(1,), examination="visits", where="between",
    answer="{when}: {visitor}[, {office}][, in {place}]", none="Nobody came from {a} to {b}.",
)  # fmt: skip


def test_every_mechanism_is_served() -> None:
    served = {number for template in questions.templates() for number in template.serves}
    assert served == set(range(1, MECHANISMS + 1))


def test_no_template_names_a_state_a_person_or_a_year() -> None:
    for template in questions.templates():
        words = f"{template.question} {template.answer} {template.none}"
        assert not re.search(r"\b(?:19|20)\d\d\b", words), template.template
        named = [hit for hit in gazetteer.shipped().find(words) if hit.entry.state]
        assert not named, (template.template, named)


@pytest.mark.parametrize("template", questions.templates(), ids=lambda t: t.template)
def test_the_slots_of_a_template_are_fields_of_its_records(template: Template) -> None:
    found = get_type_hints(register.examination(template.examination).find)["return"]
    record = found.__args__[0]
    known = {f.name for f in fields(record)} | {"a", "b", "as_of"}
    slots = re.findall(r"\{(\w+)\}", template.question + template.answer)
    conditions = [re.match(r"!?(\w+)", part.strip()) for part in template.where.split(";") if part.strip()]
    assert set(slots) <= known
    assert {found[1] for found in conditions if found} <= known
    assert set(re.findall(r"\{(\w+)\}", template.none)) <= {"a", "b", "as_of"}


def test_templates_have_names_of_their_own() -> None:
    names = [template.template for template in questions.templates()]
    assert len(set(names)) == len(names)


def test_an_empty_ledger_answers_every_template_with_nothing_known() -> None:
    found = questions.ask(material())
    assert len(found) == len(questions.templates())
    assert all(answer.how == "none" and answer.answer and not answer.evidence for answer in found)


def test_a_record_answers_with_its_evidence() -> None:
    (found,) = questions.ask(material(VISIT), chosen=[WHO])
    assert found.question == "Who came from Finland to Iceland?"
    assert found.answer == "2014-03-01: Aino Virta, Minister"
    assert [proof.id for proof in found.evidence] == [VISIT.id]
    assert found.how == "table"


def test_records_of_tables_and_of_the_coder_answer_apart() -> None:
    coded = act("visit", "2014-04-01", people=[("Olli Salo", "Governor", 5)], made_by="coder")
    assert [answer.how for answer in questions.ask(material(VISIT, coded), chosen=[WHO])] == ["table", "coded"]


def test_both_directions_are_questions_of_their_own() -> None:
    back = act("visit", "2014-05-01", source="ISL", target="FIN")
    asked = [answer.question for answer in questions.ask(material(VISIT, back), chosen=[WHO])]
    assert asked == ["Who came from Finland to Iceland?", "Who came from Iceland to Finland?"]


def test_many_records_are_told_in_short_and_kept_as_evidence() -> None:
    many = [act("visit", f"20{n:02d}-03-01", people=[(f"Guest {n}", None, 4)]) for n in range(10)]
    (found,) = questions.ask(material(*many), chosen=[WHO])
    assert found.answer.startswith("4 earlier, and then: ")
    assert len(found.evidence) == 10


@pytest.mark.parametrize(
    ("where", "holds"),
    [("", True), ("between", True), ("!between", False), ("visitor=Aino Virta", True), ("visitor!=Aino Virta", False), ("rank=4|5", True),
     ("visitor~^aino", True), ("occasion", False), ("!occasion;between", True)],
)  # fmt: skip
def test_conditions(where: str, holds: bool) -> None:
    (record,) = register.examination("visits").find(material(VISIT))
    assert questions.holds(record, where) is holds


@pytest.mark.parametrize("where", ["colour=red", "between and more"])
def test_a_condition_that_is_none_is_refused(where: str) -> None:
    (record,) = register.examination("visits").find(material(VISIT))
    with pytest.raises(InputError):
        questions.holds(record, where)


def article(text: str) -> Material:
    """A text that was read, with one act proposed from its first words."""
    doc = Document(text=text, source="The Gazette", published=date(2014, 5, 8))
    told = act("position", "2014-05-08", made_by="coder", text=text)
    return Material(DYAD, date(2014, 5, 15), (told,), (), {told.claim.spans[0].document: doc})


def test_evidence_of_a_text_stands_where_it_says() -> None:
    text = "Finland and Iceland drift apart. Some would argue that this is not so. Perhaps trade will grow."
    doc = Document(text=text, source="The Gazette", published=date(2014, 5, 8))
    told = act("position", "2014-05-08", made_by="coder", text=text)
    seen = Material(DYAD, date(2014, 5, 15), (told,), (), {told.claim.spans[0].document: doc})
    for answer in questions.ask(seen):
        for proof in answer.evidence:
            assert text[proof.start : proof.end] == proof.quote
            assert answer.how == "coded"
    assert {"dissent.told", "text.hedge"} <= {answer.template for answer in questions.ask(seen) if answer.how == "coded"}


@pytest.mark.parametrize(("name", "dyad"), [("russia-dprk", ("RUS", "PRK")), ("cuba-usa", ("CUB", "USA"))])
def test_the_shipped_cases_answer_the_same_templates(name: str, dyad: tuple[str, str]) -> None:
    acts, cover = held.of(Path(held.CASES) / name)
    found = questions.ask(Material(dyad, date(2025, 1, 1), acts, cover))
    names = {ontology.state_name(state) for state in dyad}
    answered = {answer.template for answer in found if answer.how != "none"}
    assert len(answered) >= 30
    assert any(names <= set(re.findall(r"[A-Z]\w+(?: [A-Z]\w+)*", answer.question)) for answer in found)


@given(st.lists(st.sampled_from(("FIN", "ISL", "NOR")), max_size=6))
def test_asking_twice_answers_the_same(sources: list[str]) -> None:
    seen = material(*(act("visit", f"20{10 + n}-01-01", source=s, target="SWE") for n, s in enumerate(sources)))
    assert questions.ask(seen, chosen=[WHO]) == questions.ask(seen, chosen=[WHO])


def test_an_empty_slot_leaves_no_marks() -> None:
    pattern = "{when}, {visitor}: {office}, {place}; due {occasion}, done"
    template = Template(template="t", question="?", serves=(1,), examination="visits", where="", answer=pattern, none="")
    (found,) = questions.ask(material(act("visit", "2014-03-01")), chosen=[template])
    assert found.answer == "2014-03-01: due done"
