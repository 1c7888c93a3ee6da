from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente import dates, records
from detente.errors import InputError
from detente.records import Claim, Document, Party, canonical, identity


def document(text: str = "A minister came.") -> Document:
    return Document(text=text, source="The Gazette", published=date(2014, 5, 8))


def claim(doc: Document) -> Claim:
    return Claim(kind="visit", spans=(doc.span(0, 10),), source=(Party(state="FIN"),), valid=dates.parse("2014-05"), details=(("b", "2"), ("a", "1")))


def test_the_same_content_has_the_same_identity_in_any_process() -> None:
    assert document().id == document().id == "doc:" + identity("doc", document()).split(":")[1]
    assert identity("x", ["a", date(2014, 1, 1), None]) == "x:" + identity("y", ("a", "2014-01-01", None)).split(":")[1]


def test_identity_does_not_drift_between_versions() -> None:
    assert document().id == "doc:e7e77e8f8fbb20a5721c6c68"
    assert claim(document()).id == "clm:dbc0de1e1a972d4e688dc954"


@pytest.mark.parametrize("name", ["retrieved_at", "original", "media_type"])
def test_how_a_document_was_fetched_is_outside_its_identity(name: str) -> None:
    assert replace(document(), **{name: "other"}).id == document().id  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["probability", "why"])
def test_how_sure_a_claim_is_is_outside_its_identity(name: str) -> None:
    made = claim(document())
    assert replace(made, **{name: 0.5 if name == "probability" else "rule"}).id == made.id  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["kind", "status", "place", "event_class", "made_by"])
def test_what_a_claim_says_is_its_identity(name: str) -> None:
    made = claim(document())
    assert replace(made, **{name: "other"}).id != made.id  # type: ignore[arg-type]


def test_a_slot_is_the_kind_at_the_words_whatever_else_is_coded() -> None:
    made = claim(document())
    assert replace(made, status="planned", valid=None).slot == made.slot
    assert replace(made, kind="meeting").slot != made.slot


def test_details_are_sorted_and_found_by_name() -> None:
    made = claim(document())
    assert made.details == (("a", "1"), ("b", "2"))
    assert made.detail("a") == "1"
    assert made.detail("c") is None


def test_a_span_is_verbatim_and_within_the_text() -> None:
    assert document().span(2, 10).quote == "minister"
    for start, stop in ((-1, 3), (3, 3), (0, 99)):
        with pytest.raises(InputError, match="a span within"):
            document().span(start, stop)


def test_a_claim_without_words_is_refused() -> None:
    with pytest.raises(InputError, match="at least one span"):
        Claim(kind="visit", spans=(), source=())


def test_every_name_that_is_offered_exists() -> None:
    assert all(hasattr(records, name) for name in records.__all__)


def test_canonical_leaves_out_ids() -> None:
    assert "id" not in canonical(document())
    assert {f.name for f in fields(Document)} - set(canonical(document())) == {"id", "media_type", "original", "retrieved_at"}


@given(st.text(max_size=40), st.text(max_size=40))
def test_different_texts_have_different_identities(one: str, other: str) -> None:
    assert (document(one).id == document(other).id) == (one == other)
