"""The coder as a whole, on sentences written for the test."""

from __future__ import annotations

import dataclasses
import json
from datetime import date
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.coding import claims
from detente.coding.claims import Coder, Coding
from detente.coding.events import event
from detente.ontology import family
from detente.records import Claim, Document

TODAY = date(2014, 5, 8)
STORY = (
    "Peruvian Foreign Minister Luis Vega visited Oslo on Tuesday and held talks with Norwegian Prime Minister Kari Dahl. "
    "Vega thanked Norway for its help. He said Peru would sign the treaty in June. The weather was fine.\n\n"
    "Both countries agreed to hold another meeting next year."
)


@pytest.fixture(scope="module")
def coder() -> Coder:
    return claims.load()


def document(text: str, *, published: date | None = TODAY, language: str = "en") -> Document:
    return Document(text=text, source="test", published=published, language=language)


def code(coder: Coder, text: str) -> tuple[Claim, ...]:
    return coder.code(document(text)).claims


def sides(claim: Claim) -> tuple[list[str | None], list[str | None]]:
    return [party.state or party.body for party in claim.source], [party.state or party.body for party in claim.target]


@pytest.mark.parametrize("text", ["", " \n ", "The weather was fine.", "((((((", "\x00\x07\u202e"])
def test_text_without_actors_has_no_claim(coder: Coder, text: str) -> None:
    assert coder.code(document(text)).claims == ()


def test_visit_has_visitor_host_day_and_rank(coder: Coder) -> None:
    (claim, *_) = code(coder, "Peruvian Foreign Minister Luis Vega visited Oslo on 5 May 2014.")
    assert (claim.kind, claim.event_class, claim.status) == ("visit", "CONSULT", "happened")
    assert sides(claim) == (["PER"], ["NOR"])
    assert (claim.source[0].person, claim.source[0].office, claim.source[0].rank) == ("Luis Vega", "Peruvian Foreign Minister", 4)
    assert str(claim.valid) == "2014-05-05"


def test_every_claim_says_why_how_sure_and_who_made_it(coder: Coder) -> None:
    found = code(coder, STORY)
    assert found
    assert all(claim.why and claim.probability is not None and 0 < claim.probability <= 1 and claim.made_by == "coder" for claim in found)
    assert all(claim.known == TODAY for claim in found)


def test_quotes_are_verbatim(coder: Coder) -> None:
    assert all(STORY[span.start : span.stop] == span.quote for claim in code(coder, STORY) for span in claim.spans)


def test_every_sentence_has_a_claim_or_a_silence(coder: Coder) -> None:
    coding = coder.code(document(STORY))
    starts = [silence.start for silence in coding.silences]
    assert STORY.index("The weather") in starts
    assert len(starts) == len(set(starts))


def test_codes_belong_to_the_vocabulary(coder: Coder) -> None:
    for claim in code(coder, STORY):
        assert claim.kind in family("kinds") and claim.status in family("statuses")
        assert claim.event_class is None or claim.event_class in family("classes")


def test_reciprocal_act_has_two_sides(coder: Coder) -> None:
    (claim, *_) = code(coder, "Peru and Norway signed a treaty of friendship on Monday.")
    assert claim.event_class == "SUPPORT" and set(claim.states) == {"PER", "NOR"} and claim.target


def test_pronoun_and_both_countries_are_resolved(coder: Coder) -> None:
    found = code(coder, STORY)
    assert any(set(claim.states) == {"PER", "NOR"} and claim.spans[0].start >= STORY.index("Both") for claim in found)


def test_planned_visit_is_a_promise(coder: Coder) -> None:
    (claim, *_) = code(coder, "Peruvian President Luis Vega will visit Norway in June.")
    assert (claim.event_class, claim.status) == ("AGREE", "planned")


def test_denied_meeting_is_negated(coder: Coder) -> None:
    found = code(coder, "Peruvian President Luis Vega did not meet Norwegian Prime Minister Kari Dahl.")
    assert all(claim.status == "negated" for claim in found)


def test_target_keeps_baseline_goal_unit_and_deadline(coder: Coder) -> None:
    found = code(coder, "Peru and Norway set the goal of raising their trade from 112 million dollars to 1 billion dollars by 2020.")
    (claim,) = [claim for claim in found if claim.kind == "target"]
    wanted = {"baseline": "112000000", "goal": "1000000000", "unit": "USD", "deadline": "2020-12-31", "measure": "trade_turnover"}
    assert wanted.items() <= dict(claim.details).items()


def test_furniture_yields_no_claim(coder: Coder) -> None:
    coding = coder.code(document("Peru met Norway.\n\nSubscribe: Peru attacked Norway, says our newsletter"))
    assert all(claim.spans[0].stop <= 16 for claim in coding.claims)
    assert [silence.reason for silence in coding.silences if silence.start > 16] == ["furniture"]


def test_language_without_support_is_refused_with_a_reason(coder: Coder) -> None:
    coding = coder.code(document("Perú visitó Noruega.", language="es"))
    assert coding.claims == () and [silence.reason for silence in coding.silences] == ["unsupported_language"]


def test_text_without_a_day_is_coded_undated(coder: Coder) -> None:
    coding = coder.code(document("Peru attacked Norway.", published=None))
    assert [claim.valid for claim in coding.claims] == [None]


def test_silence_reasons_are_explained() -> None:
    text = (files("detente") / "data" / "coding" / "silences.csv").read_text(encoding="utf-8")
    codes = {line.split(",")[0] for line in text.splitlines()[1:]}
    assert {"furniture", "noise", "nobody_named", "no_action", "too_weak", "nobody_acts", "too_doubtful", "unsupported_language"} == codes


def test_same_input_gives_the_same_bytes(coder: Coder) -> None:
    def bytes_of(coding: Coding) -> str:
        return json.dumps([event(claim) for claim in coding.claims]) + "".join(claim.id for claim in coding.claims)

    first = bytes_of(coder.code(document(STORY)))
    coder.code(document("Chile attacked Bolivia. It denied it."))
    assert bytes_of(coder.code(document(STORY))) == first


def test_many_documents_are_coded_as_each_alone(coder: Coder) -> None:
    docs = [document(STORY), document(""), document("Chile attacked Bolivia.")]
    assert list(coder.code_many(docs)) == [coder.code(doc) for doc in docs]
    assert list(coder.code_many([])) == []


def test_known_day_does_not_depend_on_the_event(coder: Coder) -> None:
    early = coder.code(document(STORY)).claims
    late = coder.code(dataclasses.replace(document(STORY), published=date(2014, 5, 9))).claims
    assert {claim.known for claim in early} == {TODAY} and {claim.known for claim in late} == {date(2014, 5, 9)}


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_coded_without_a_crash(text: str) -> None:
    coding = claims.load().code(document("Peru met Norway. " + text))
    assert all(claim.spans[0].quote for claim in coding.claims)


@pytest.mark.parametrize(
    "text", ["(" * 10_000, "Peru " * 20_000, "\u202ePeru attacked Norway\u202c " * 50, "a" * 100_000, "“" * 500 + "Peru attacked Norway."]
)
def test_hostile_text_neither_crashes_nor_hangs(coder: Coder, text: str) -> None:
    assert isinstance(coder.code(document(text)), Coding)
