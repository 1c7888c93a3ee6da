from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente import dates
from detente.coding import sentences
from detente.examine import concerns, lexicon, readings, remarks
from detente.examine.material import Material
from detente.examine.remarks import moves
from detente.records import Document
from looked import DYAD, act, material

TEXT = """Finland sent a minister to Iceland last July.

Perhaps the port will open. Some would argue that it will not.

[1] A. Virta, "Ports of the North," Gazette Forum, May 6, 2014.

Subscribe to our newsletter"""


def read(text: str = TEXT, *, published: date | None = date(2014, 5, 8)) -> Material:
    told = act("visit", "2013-07", made_by="coder", text=text)
    doc = Document(text=text, source="The Gazette", published=published)
    return Material(DYAD, date(2014, 5, 15), (told,), (), {told.claim.spans[0].document: doc})


def test_rows_of_tables_are_no_texts() -> None:
    seen = material(act("visit", "2014-03-01"))
    assert readings.texts(seen) == []
    assert remarks.find(seen) == ()


def test_dates_that_count_from_the_text_are_told_with_their_days() -> None:
    (found,) = readings.counted(read())
    assert (found.words, found.means) == ("last July", "2013-07")
    assert readings.counted(read(published=None)) == ()


def test_a_cited_source_bounds_when_the_text_was_written() -> None:
    (found,) = readings.citations(read())
    assert found.written_after == date(2014, 5, 6)


def test_furniture_is_told_from_content() -> None:
    assert "Subscribe to our newsletter" in [each.words for each in readings.unread(read())]
    assert all("newsletter" not in each.words for each in remarks.find(read()))


def test_remarks_quote_their_sentence_and_one_too_short_the_next_one_too() -> None:
    found = [(r.move, r.words) for r in remarks.find(read())]
    hedge = next(words for move, words in found if move == "hedge")
    assert hedge.startswith("Perhaps the port will open. ") and hedge != "Perhaps the port will open."
    assert any(move == "dissent" and words.startswith("Some would argue that it will not.") for move, words in found)


@pytest.mark.parametrize(("after", "quoted"), [("Trade fell.", False), ("This prospect is far.", True)])
def test_a_remark_that_stands_alone_is_quoted_alone_unless_the_next_sentence_takes_it_up(after: str, quoted: bool) -> None:
    long = "Perhaps the two ministries will one day agree to open the old port on the eastern coast again."
    (found,) = remarks.find(read(f"{long} {after}"))
    assert found.words == (f"{long} {after}" if quoted else long)


@pytest.mark.parametrize(
    ("words", "move"),
    [
        ("The two sides met in Oslo.", None),
        ("Critics warn that the deal rewards aggression.", "dissent"),
        ("Officials reportedly agreed on a price.", "unsourced"),
        ("The embargo forbids all trade.", "prohibition"),
        ("Quito depends on one buyer and wants to diversify.", "dependence"),
        ("It remains to be seen whether the talks resume.", "open question"),
        ("Oman mediated between the two.", "third party"),
    ],
)
def test_a_move_is_read_from_its_words(words: str, move: str | None) -> None:
    found = [name for name, _ in moves(words)]
    assert (move in found) if move else found == []


@pytest.mark.parametrize(("one", "other"), [("Rho Doo Chol", "Ro Tu Chol"), ("Minnihanov", "Minnikhanov"), ("Yury Trutnev", "Yuri Trutnev")])
def test_spellings_of_one_name_share_a_skeleton(one: str, other: str) -> None:
    assert readings.skeleton(one) == readings.skeleton(other)


def test_other_names_do_not() -> None:
    assert readings.skeleton("Kim Yong Nam") != readings.skeleton("Kim Yong Il")
    assert readings.skeleton("Aino Virta") != readings.skeleton("Eino Virta")


def test_spellings_are_gathered_with_their_offices() -> None:
    held = [
        act("visit", "2014-04-28", people=[("Ro Tu Chol", "Vice Premier", 3)]),
        act("visit", "2014-05-28", people=[("Rho Doo Chol", "Chairman", 3)]),
    ]
    (found,) = readings.names(material(*held))
    assert (found.spellings, found.offices, found.acts) == (("Ro Tu Chol", "Rho Doo Chol"), ("Vice Premier", "Chairman"), 2)


@pytest.mark.parametrize(
    "table", ["occasions", "seats", "delegations", "goods", "measures", "expressions", "remarks", "media", "novelty", "tones", "sectors", "issues",
              "deeds", "superlatives"],
)  # fmt: skip
def test_the_word_lists_are_patterns_with_a_meaning(table: str) -> None:
    for row in lexicon.rows(table):
        assert set(row) == {"pattern", "means"}
        assert row["means"]
        assert re.compile(row["pattern"]).search("") is None


WORDS = [
    "last",
    "July",
    "next",
    "year",
    "in 2012",
    "the 15th",
    "this",
    "xlast",
    "5",
    "_",
    "ago",
    "two",
    "days",
    "perhaps",
    "aims to",
    "danger",
    "region",
]
WORDS += ["Its goal is to", "experts propose that", "ports", "model for", ".", ". The", "\n\n", ", "]
TOLD = st.lists(st.sampled_from(WORDS), min_size=1, max_size=25)


@given(TOLD, st.sampled_from([" ", ""]))
def test_dates_are_counted_as_if_every_sentence_were_read(parts: list[str], between: str) -> None:
    text, day = between.join(["Finland", *parts]), date(2014, 5, 8)
    every = [found for s in sentences.split(text) if s.role in ("text", "heading") for found in dates.find(s.text, anchor=day)]
    told = [found.text for found in every if re.search(lexicon.rows("expressions")[0]["pattern"], found.text, re.IGNORECASE)]
    assert [each.words for each in readings.counted(read(text))] == told


@given(TOLD)
def test_remarks_wanted_are_those_of_all(parts: list[str]) -> None:
    seen = read(" ".join(["Finland", *parts]))
    for wanted in (("aim",), concerns.MOVES):
        assert remarks.find(seen, wanted=wanted) == tuple(each for each in remarks.find(seen) if each.move in wanted)


@given(TOLD)
def test_concerns_are_read_as_if_every_sentence_were_looked_at(parts: list[str]) -> None:
    text = " ".join(["Finland", *parts])
    made = [frozenset(name for name, _ in moves(s.text)) & set(concerns.MOVES) if s.role == "text" else frozenset() for s in sentences.split(text)]
    held = concerns.runs([(place, found) for place, found in enumerate(made) if found])
    assert [len(each.proofs) for each in concerns.find(read(text))] == [len(places) for places in held]
