"""The parse as plain values, built by hand."""

from __future__ import annotations

import spacy

from detente.coding import parse
from detente.coding.parse import Word


def sentence(*rows: tuple[str, str, str, int]) -> list[Word]:
    """Words from (text, part of speech, label, position of the head)."""
    words, at = [], 0
    for i, (text, pos, dep, _) in enumerate(rows):
        words.append(Word(i, at, text, text.lower(), text.lower(), pos, "", dep))
        at += len(text) + 1
    parse.link(words, [row[3] for row in rows])
    return words


def test_children_stand_in_order_and_edges_reach_the_outermost() -> None:
    old, king, of, spain, spoke = sentence(
        ("old", "ADJ", "amod", 1), ("king", "NOUN", "nsubj", 4), ("of", "ADP", "prep", 1), ("Spain", "PROPN", "pobj", 2), ("spoke", "VERB", "ROOT", 4)
    )
    assert king.children == [old, of] and king.lefts == [old] and king.rights == [of]
    assert king.left_edge is old and list(king.subtree) == [old, king, of, spain]
    assert list(spain.ancestors) == [of, king, spoke]
    assert spain.stop == spain.idx + 5 and old.before is None and spoke.after is None


def test_a_head_outside_the_sentence_makes_a_root() -> None:
    (word,) = sentence(("Yes", "INTJ", "intj", -3))
    assert word.head is word and list(word.ancestors) == []


def test_nothing_is_read_from_nothing() -> None:
    assert parse.read(spacy.blank("en")("")[:]) == []


def test_an_endless_chain_is_cut() -> None:
    words = sentence(("king", "NOUN", "ROOT", 0), *((f"king{i}", "NOUN", "conj", i - 1) for i in range(1, 2000)))
    assert max(sum(1 for _ in word.ancestors) for word in words) < parse.DEEPEST
    assert len({word.i for word in words if word.head is word}) > 1
