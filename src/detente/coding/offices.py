"""Offices in words: which phrases name one, which rung 1-7 it stands on, and which words belong to titles. Data, with little to decide.

The rungs are those of data/ontology/ranks.csv; a longer phrase wins over a shorter, so that a deputy minister is no minister.
"""

from __future__ import annotations

from functools import cache

from detente.coding.gazetteer import rows


@cache
def offices() -> tuple[tuple[tuple[str, ...], str, str], ...]:
    """Phrases of office with rank and scope, longest first."""
    table = [(tuple(row["phrase"].replace("-", " ").split()), row["rank"], row["scope"]) for row in rows("offices.csv")]
    return tuple(sorted(table, key=lambda row: -len(row[0])))


@cache
def heads() -> frozenset[str]:
    """The last words of the phrases of office: minister, president, envoy."""
    last = (phrase[phrase.index("of") - 1] if "of" in phrase else phrase[-1] for phrase, _, _ in offices())
    return frozenset(last) | frozenset(row["phrase"] for row in rows("offices.csv"))


@cache
def title_words() -> dict[str, str]:
    """Words that belong to titles and not to names, by their use: rank, past, field, courtesy."""
    return {row["word"]: row["use"] for row in rows("titles.csv")}


def rank(office: str, *, within_state: bool = False) -> int | None:
    """The rung 1-7 of an office in words, by the longest phrase that it holds; None when no phrase fits."""
    words = office.lower().replace("-", " ").replace("’", "'").split()
    for phrase, rung, _ in offices():
        if any(tuple(words[at : at + len(phrase)]) == phrase for at in range(len(words))):
            return max(5, int(rung)) if within_state else int(rung)
    return None


def head_of(office: str) -> str:
    """The word that says what the office is: minister, president; the first that is known."""
    words = office.lower().replace("-", " ").split()
    phrase = next((words[at] for at in range(len(words)) if words[at] in heads() and rank(words[at]) is not None), "")
    return "premier" if "prime minister" in office.lower() or phrase == "premier" else phrase


def scope(office: str) -> str:
    """Whether an office is one of a state, a region, a body, or the calling of a person; by its last word."""
    words = office.lower().replace("-", " ").split()
    return next((kind for phrase, _, kind in offices() if words and words[-1:] == list(phrase[-1:])), "state")
