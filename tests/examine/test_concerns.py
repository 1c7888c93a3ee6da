from __future__ import annotations

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from detente.examine import concerns, goals, likelihoods
from detente.examine.material import Material
from detente.records import Document
from looked import DYAD, act, material

DANGER = "The reactor poses a danger to neighboring countries, including Iceland."
STANDARD = "International safety standards were raised after the accident in Norway."
OPTION = "Some experts propose that the IAEA inspect the site."
PRECEDENT = "There are precedents: Sweden, despite being no member, did so."
OTHER = "Finland sold fish to Iceland."


def article(*told: str) -> Material:
    """A text that was read, with one act proposed from it."""
    text = " ".join(told)
    claim = act("position", "2014-05-08", made_by="coder", text=text)
    doc = Document(text=text, source="The Gazette", published=date(2014, 5, 8))
    return Material(DYAD, date(2014, 5, 15), (claim,), (), {claim.claim.spans[0].document: doc})


def test_no_text_and_no_row_is_no_concern() -> None:
    assert concerns.find(material()) == ()
    assert concerns.find(article(OTHER)) == ()


def test_a_danger_alone_is_no_concern() -> None:
    assert concerns.find(article(DANGER, OTHER)) == ()


def test_sentences_near_a_danger_make_one_concern() -> None:
    (found,) = concerns.find(article(OTHER, DANGER, STANDARD, OTHER, OPTION, PRECEDENT))
    assert found.hazard == DANGER
    assert found.stakeholder == "neighboring countries; Iceland"
    assert found.standard == STANDARD
    assert (found.option, found.actor) == (OPTION, "IAEA")
    assert (found.precedent, found.difference) == (PRECEDENT, "despite being no member")
    assert [proof.quote for proof in found.proofs] == [DANGER, STANDARD, OPTION, PRECEDENT]
    assert found.how == "coded"


def test_what_is_told_far_away_belongs_to_another_matter() -> None:
    assert concerns.find(article(DANGER, *([OTHER] * (concerns.APART + 1)), OPTION)) == ()


def test_a_row_tells_its_own() -> None:
    row = act("issue", "2014-05-08", hazard="flood", stakeholder="farmers", option="dam", precedent="Holland")
    (found,) = concerns.find(material(row))
    assert (found.hazard, found.stakeholder, found.option, found.precedent, found.how) == ("flood", "farmers", "dam", "Holland", "table")


@given(st.lists(st.tuples(st.integers(1, 9), st.sampled_from(["hazard", "option", "analogy"])), max_size=12))
def test_runs_begin_with_a_danger_and_hold_together(steps: list[tuple[int, str]]) -> None:
    places = [sum(step for step, _ in steps[: n + 1]) for n in range(len(steps))]
    moving = [(place, frozenset({move})) for place, (_, move) in zip(places, steps, strict=True)]
    made = dict(moving)
    found = concerns.runs(moving)
    assert [place for run in found for place in run] == sorted({place for run in found for place in run})
    for run in found:
        assert "hazard" in made[run[0]]
        assert len(run) > 1
        assert all(later - earlier <= concerns.APART + 1 for earlier, later in pairwise(run))


def test_likelihoods_stand_on_the_one_scale() -> None:
    told = ("It is very unlikely that Iceland agrees.", "Finland is likely to wait.", "It may rain.", "This is almost certainly so.")
    found = likelihoods.find(article(*told))
    assert [(each.band, each.low, each.high, each.hit) for each in found] == [
        ("very unlikely", 0.05, 0.2, "very unlikely"), ("likely", 0.55, 0.8, "likely"), ("almost certain", 0.95, 0.99, "almost certainly"),
    ]  # fmt: skip
    assert likelihoods.find(material()) == ()


def test_an_aim_without_a_figure_is_an_aspiration_of_whom_it_names() -> None:
    told = ("Finland hopes much; its ambition is to turn the port into a Venice of the North.", "The goal is to reach 5 million by 2020.")
    (found,) = goals.aspirations(article(*told))
    assert (found.source, found.words, found.how) == ("FIN", told[0], "coded")
