from pathlib import Path

import pytest

from detente.coding.gazetteer import Entry, Gazetteer, shipped, with_own
from detente.errors import SourceError


def states(text: str) -> list[tuple[str, str | None]]:
    return [(text[hit.start : hit.stop], hit.entry.state or hit.entry.code) for hit in shipped().find(text)]


def test_empty_text_names_nobody() -> None:
    assert states("") == []


def test_states_are_found_by_name_acronym_demonym_and_capital() -> None:
    found = states("The DPRK, North Korean officials in Pyongyang and the U.S. met.")
    assert found == [("DPRK", "PRK"), ("North Korean", "PRK"), ("Pyongyang", "PRK"), ("U.S.", "USA")]


def test_pronoun_us_is_no_state() -> None:
    assert states("They told us that the US agreed.") == [("US", "USA")]


def test_capitals_of_a_dateline_are_read() -> None:
    assert ("WARSAW", "POL") in states("WARSAW, February 26")


def test_longest_name_wins() -> None:
    assert states("South Sudan and Papua New Guinea") == [("South Sudan", "SSD"), ("Papua New Guinea", "PNG")]


def test_newspapers_and_seas_name_no_state() -> None:
    assert states("The Washington Post wrote about the Sea of Japan and Latin America.") == []


def test_word_who_is_no_body() -> None:
    assert states("Who said so? The WHO did.") == [("WHO", "IGOUNOHLH")]


def test_hyphens_and_possessives_part_names() -> None:
    assert states("Russian-North Korean ties, Iran's oil") == [("Russian", "RUS"), ("North Korean", "PRK"), ("Iran", "IRN")]


def test_article_of_a_short_name_yields_to_the_full_name() -> None:
    table = Gazetteer([Entry("the North", "short", "PRK"), Entry("North Koreans", "demonym", "PRK")])
    text = "the North Koreans"
    assert [text[hit.start : hit.stop] for hit in table.find(text)] == ["North Koreans"]


def test_own_table_adds_a_name(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text("name,state,form\nHermit Kingdom,PRK,name\n", encoding="utf-8")
    text = "The Hermit Kingdom spoke to Japan."
    assert [hit.entry.state for hit in with_own(own).find(text)] == ["PRK", "JPN"]


@pytest.mark.parametrize("content", ["", "name,state\nX,PRK\n"])
def test_own_table_without_its_columns_is_refused(tmp_path: Path, content: str) -> None:
    own = tmp_path / "own.csv"
    own.write_text(content, encoding="utf-8")
    with pytest.raises(SourceError):
        with_own(own)


def test_own_table_that_is_missing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError):
        with_own(tmp_path / "nowhere.csv")
