from __future__ import annotations

import json
from dataclasses import fields
from typing import get_type_hints

import pytest

from detente import ontology
from detente.errors import InputError
from detente.examine import material as seen
from detente.examine import register
from detente.records import Document
from looked import act, material

ONE_OF_EACH = [act(kind, "2014-03-01", more=dict.fromkeys(term.more["fields"].split(), "1")) for kind, term in ontology.family("kinds").items()]


@pytest.mark.parametrize("name", sorted(register.EXAMINATIONS))
def test_every_examination_finds_nothing_in_nothing_and_survives_anything(name: str) -> None:
    chosen = register.examination(name)
    assert chosen.find(material()) == ()
    for records in (chosen.find(material(*ONE_OF_EACH)), chosen.find(material(*(act(a.claim.kind, None) for a in ONE_OF_EACH)))):
        json.dumps(register.plain(records))
        json.dumps(register.plain(register.summary(name, records)))
        assert all(record.how in ("coded", "table", "person") for record in records)
        assert all(record.proofs for record in records)


@pytest.mark.parametrize("name", sorted(register.EXAMINATIONS))
def test_the_columns_are_fields(name: str) -> None:
    chosen = register.examination(name)
    record = get_type_hints(chosen.find)["return"].__args__[0]
    assert set(chosen.columns) <= {f.name for f in fields(record)}


def test_an_examination_that_is_none_is_refused() -> None:
    with pytest.raises(InputError, match="one of the examinations"):
        register.examination("horoscope")


def test_a_former_state_counts_as_its_successor() -> None:
    assert seen.today("SUN") == "RUS"
    assert seen.today(None) is None


def test_a_proposal_is_shown_in_its_sentence() -> None:
    text = "Nothing else. Finland sent a minister to Iceland, says the paper. The end."
    doc = Document(text=text, source="The Gazette")
    told = act("visit", "2014-03-01", made_by="coder", text=text)
    span = doc.span(14, 21)
    narrow = type(told.claim)(kind="visit", spans=(span,), source=told.claim.source, target=told.claim.target, made_by="coder")
    held = seen.Material(("FIN", "ISL"), material().as_of, (), (), {doc.id: doc})
    proof = held.proof(type(told)(id="act:1", claim=narrow, claims=(), known=None, accepted=False, citations=()))
    assert proof.quote == "Finland sent a minister to Iceland, says the paper."
    assert text[proof.start : proof.end] == proof.quote
