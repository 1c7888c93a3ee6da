from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente import ontology
from detente.errors import TermError


@pytest.mark.parametrize("family", ontology.FAMILIES)
def test_every_term_says_what_it_means_and_why_and_gives_an_example(family: str) -> None:
    for term in ontology.family(family).values():
        assert all((term.code, term.name, term.means, term.why, term.example, term.instead)), term.code


def test_the_sixteen_classes_are_those_of_plover() -> None:
    names = "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT"
    assert set(ontology.family("classes")) == set(names.split())


def test_every_mode_belongs_to_a_class() -> None:
    assert {term.more["of"] for term in ontology.family("modes").values()} <= set(ontology.family("classes"))


def test_every_kind_points_into_the_vocabulary() -> None:
    for term in ontology.family("kinds").values():
        assert set(term.more["dimension"].split()) <= set(ontology.family("dimensions")), term.code
        assert term.more["depth"] in ("declared", "binding", "delivered")
        assert term.more["effect"] in ("-1", "0", "1")


def test_ladders_rise() -> None:
    for family, column in (("agreements", "binding"), ("scopes", "weight")):
        weights = [float(term.more[column]) for term in ontology.family(family).values()]
        assert weights == sorted(set(weights))
    ranks = [float(term.more["weight"]) for term in ontology.family("ranks").values()]
    assert ranks == sorted(set(ranks), reverse=True)


def test_the_scale_of_probability_has_no_gap() -> None:
    scale = list(ontology.family("probabilities").values())
    assert [a.more["high"] for a in scale[:-1]] == [b.more["low"] for b in scale[1:]]


@given(st.floats(0, 1))
def test_every_probability_has_its_word(probability: float) -> None:
    word = ontology.likelihood(probability)
    low, high = float(word.more["low"]), float(word.more["high"])
    assert low <= min(max(probability, 0.01), 0.99) <= high


def test_a_word_is_explained_in_any_case_and_an_unknown_one_refused() -> None:
    assert ontology.explain("consult")[0].code == "CONSULT"
    assert {term.family for term in ontology.explain("visit")} >= {"kinds", "modes"}
    with pytest.raises(TermError, match="detente explain"):
        ontology.explain("no such word")
    with pytest.raises(TermError, match="one of the families"):
        ontology.family("colours")
    with pytest.raises(TermError, match="a code of kinds"):
        ontology.term("kinds", "dance")


def test_states_have_names_and_unknown_codes_stay_codes() -> None:
    assert ontology.state_name("PRK") == "North Korea"
    assert ontology.state_name("ZZZ") == "ZZZ"
