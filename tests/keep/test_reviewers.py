"""Agreement of reviewers against published worked examples, its bounds, and what of the ledger it is taken from."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.keep import reviewers
from detente.keep.reviewers import FIELDS, alpha, kappa, raw
from detente.records import Claim, Document, Party, Review

DOC = Document(text="One. Two. Three. Four.", source="The Gazette", published=date(2014, 5, 8))
VALUES = st.sampled_from("abc")
BOTH = st.lists(st.tuples(VALUES, VALUES), max_size=12)
UNITS = st.lists(st.lists(VALUES, max_size=5), max_size=10)


def of(*observers: str) -> list[tuple[str, ...]]:
    """Units of a table with one line an observer; a dot is a missing value."""
    return [tuple(value for value in unit if value != ".") for unit in zip(*observers, strict=True)]


def test_alpha_is_that_of_the_published_examples() -> None:
    """Krippendorff (2011), sections A (binary, two observers), B (nominal, two observers) and C (any number, missing values)."""
    assert alpha(of("0100000010", "1110010000")) == pytest.approx(0.095, abs=5e-4)
    assert alpha(of("aabbdcccedda", "babbbccceddd")) == pytest.approx(0.692, abs=5e-4)
    assert alpha(of("123321412...", "1233224125.3", ".3332342251.", "12332441251.")) == pytest.approx(0.743, abs=5e-4)


def test_kappa_is_that_of_the_published_example() -> None:
    """Cohen (1960), table 2: 200 cases, three categories, 0.492."""
    table = ((88, 14, 18), (10, 40, 10), (2, 6, 12))
    both = [(str(row), str(column)) for row, counts in enumerate(table) for column, count in enumerate(counts) for _ in range(count)]
    assert len(both) == 200
    assert raw(both) == pytest.approx(0.70)
    assert kappa(both) == pytest.approx(0.492, abs=5e-4)


def test_what_cannot_be_told_is_none_and_not_a_figure() -> None:
    assert (alpha([]), kappa([]), raw([])) == (None, None, None)
    assert (alpha([("a", "a")]), kappa([("a", "a")]), raw([("a", "a")])) == (None, None, 1.0)
    assert alpha([("a",), ("b",)]) is None


@given(BOTH)
def test_kappa_is_symmetric_and_within_its_bounds(both: list[tuple[str, str]]) -> None:
    found = kappa(both)
    assert found == kappa([(b, a) for a, b in both])
    assert found == kappa([(a.upper(), b.upper()) for a, b in reversed(both)])
    if found is not None:
        assert -1 <= found <= 1
        assert (found == 1) == all(a == b for a, b in both)


@given(UNITS)
def test_alpha_does_not_depend_on_order_and_is_at_most_one(units: list[list[str]]) -> None:
    found = alpha(units)
    turned = [list(reversed(unit)) for unit in reversed(units)]
    again = alpha(turned)
    assert (found is None) == (again is None)
    if found is not None and again is not None:
        assert again == pytest.approx(found)
        assert found <= 1
        assert (found == 1) == all(len(set(unit)) <= 1 for unit in units)


@given(BOTH)
def test_alpha_of_two_is_within_its_bounds_and_near_kappa_when_both_use_the_values_alike(both: list[tuple[str, str]]) -> None:
    found, alike = alpha(both), alpha([*both, *((b, a) for a, b in both)])
    assert found is None or -1 <= found <= 1
    mirrored = kappa([*both, *((b, a) for a, b in both)])
    if alike is not None and mirrored is not None:
        count = 4 * len(both)
        assert 1 - alike == pytest.approx((1 - mirrored) * (count - 1) / count), (
            "alpha corrects Scott's pi, which mirrored kappa is, for small numbers"
        )


def claim(number: int) -> Claim:
    start = DOC.text.index(("One", "Two", "Three", "Four")[number])
    parties = {"source": (Party(state="FIN"),), "target": (Party(state="ISL"),)}
    return Claim(kind="visit", spans=(DOC.span(start, start + 3),), known=DOC.published, made_by="coder", **parties)  # type: ignore[arg-type]


CLAIMS = [claim(number) for number in range(4)]


def said(number: int, who: str, decision: str, *edits: tuple[str, str], at: int = 0) -> tuple[str, Review]:
    made = Review(claim=CLAIMS[number].id, decision=decision, reviewer=who, at=str(at), edits=edits)  # type: ignore[arg-type]
    return CLAIMS[number].slot, made


def test_fields_are_compared_where_both_kept_the_claim_and_decisions_everywhere() -> None:
    made = [
        *(said(number, "Ann", "accepted") for number in range(4)),
        said(0, "Bo", "accepted"),
        said(1, "Bo", "edited", ("status", "planned")),
        said(2, "Bo", "rejected"),
    ]
    found = reviewers.agreement(made, {each.id: each for each in CLAIMS})
    assert found.reviewers == (("Ann", 4), ("Bo", 3))
    assert found.claims == 3
    fields = {each.name: each for each in found.fields}
    assert set(fields) == set(FIELDS)
    assert fields["decision"].claims == 3 and fields["decision"].raw == pytest.approx(1 / 3)
    assert (fields["status"].claims, fields["status"].raw) == (2, 0.5)
    assert (fields["kind"].raw, fields["kind"].alpha, fields["kind"].pairs[0].kappa) == (1.0, None, None)
    assert [(each.claim, each.field, each.said) for each in found.differing] == [
        (CLAIMS[1].id, "decision", {"Ann": "accepted", "Bo": "edited"}),
        (CLAIMS[1].id, "status", {"Ann": "happened", "Bo": "planned"}),
        (CLAIMS[2].id, "decision", {"Ann": "accepted", "Bo": "rejected"}),
    ]


def test_the_last_decision_of_each_counts_and_not_what_was_taken_back() -> None:
    made = [
        said(0, "Ann", "edited", ("status", "planned")), said(0, "Bo", "accepted", at=1), said(0, "Ann", "rejected", at=2),
        said(1, "Ann", "accepted"), said(1, "Bo", "rejected", at=1), said(1, "Bo", "retracted", at=2),
    ]  # fmt: skip
    found = reviewers.agreement(made, {each.id: each for each in CLAIMS})
    assert found.claims == 1
    assert [each.name for each in found.fields] == ["decision"], "a claim that one of them rejected has no fields to compare"
    assert found.differing[0].said == {"Ann": "rejected", "Bo": "accepted"}


def test_three_reviewers_are_compared_two_by_two() -> None:
    made = [said(0, who, decision) for who, decision in (("Ann", "accepted"), ("Bo", "accepted"), ("Cy", "disputed"))]
    (decided,) = (each for each in reviewers.agreement(made, {CLAIMS[0].id: CLAIMS[0]}).fields if each.name == "decision")
    assert [(pair.one, pair.other, pair.raw) for pair in decided.pairs] == [("Ann", "Bo", 1.0), ("Ann", "Cy", 0.0), ("Bo", "Cy", 0.0)]
    assert decided.raw == pytest.approx(1 / 3)


def test_claims_that_are_not_asked_for_do_not_count() -> None:
    made = [said(0, "Ann", "accepted"), said(0, "Bo", "accepted"), said(1, "Ann", "accepted")]
    assert reviewers.agreement(made, {CLAIMS[1].id: CLAIMS[1]}).reviewers == (("Ann", 1),)
    assert reviewers.agreement([], {}).fields == ()
