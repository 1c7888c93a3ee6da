"""A text is passed over only where no pattern hits it: with what patterns need as without."""

from __future__ import annotations

import re
import string
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.examine import lexicon, needed

TABLES = ["bands", "contrasts", "deeds", "delegations", "expressions", "goods", "issues", "measures", "media", "novelty", "occasions"]
TABLES += ["remarks", "seats", "sectors", "stakeholders", "steps", "superlatives", "tones"]
AROUND = st.text(st.sampled_from("ab sſkKiıİ.,’'\"\n3_ß"), max_size=6)


def plainly(name: str, text: str) -> tuple[tuple[str, str], ...]:
    """The hits of a table by searching for each of its patterns."""
    searched = ((row["means"], re.search(row["pattern"], text, re.IGNORECASE)) for row in lexicon.rows(name))
    return tuple((means, " ".join(found.group().split())) for means, found in searched if found)


@pytest.mark.parametrize("name", TABLES)
def test_hits_are_those_of_a_search_for_every_pattern(name: str) -> None:
    patterns = [re.compile(row["pattern"], re.IGNORECASE) for row in lexicon.rows(name)]
    told = st.sampled_from(patterns).flatmap(st.from_regex)

    @settings(max_examples=60, deadline=None)
    @given(told, AROUND, AROUND)
    def holds(words: str, before: str, after: str) -> None:
        text = before + words + after
        found = plainly(name, text)
        assert lexicon.hits(name, text) == found
        assert lexicon.means(name, text) == (found[0][0] if found else "")
        assert lexicon.every(name, text) == tuple(dict.fromkeys(means for means, _ in found))
        assert lexicon.near(name, text) or not plainly(name, words)
        for means, _ in found:
            assert lexicon.hits(name, text, wanted=(means,)) == tuple(each for each in found if each[0] == means)
            assert lexicon.near(name, f"x{text}x", wanted=(means,))

    holds()


def test_every_letter_that_a_pattern_takes_for_a_plain_one_is_folded_to_it() -> None:
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    for letter in string.ascii_lowercase:
        assert {needed.folded(like) for like in re.findall(letter, every, re.IGNORECASE)} == {letter}


@pytest.mark.parametrize(
    ("pattern", "needs"),
    [
        (r"\bseem(?:s|ed)?\b|\b(?:good|bad)\s+news\b", ("news", "seem")),
        (r"(?:port|rail)s?\b[^.]*\bopened", ("opened",)),
        (r"(?:ports|[a-z]+)", ()),
        (r"(?:coal)?", ()),
        (r"(?:coal){0,3}\s", ()),
        (r"(?:coal)+", ("coal",)),
        (r"(?!coal)\w+", ()),
        (r"Größe", ("gr",)),
        (r"", ()),
    ],
)
def test_what_a_pattern_needs(pattern: str, needs: tuple[str, ...]) -> None:
    assert needed.by(pattern) == needs
