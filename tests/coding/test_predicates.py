"""Subjects, objects and prepositions, whatever the voice; sentences built by hand."""

from __future__ import annotations

from detente.coding import parse, predicates
from detente.coding.parse import Word


def sentence(*rows: tuple[str, str, str, str, int]) -> list[Word]:
    """Words from (text, lemma, tag, label, position of the head); the part of speech follows from the tag."""
    kinds = {"V": "VERB", "N": "NOUN", "I": "ADP", "M": "AUX", "W": "PRON", "J": "ADJ", "C": "CCONJ", "T": "PART"}
    words = []
    for i, (text, lemma, tag, dep, _) in enumerate(rows):
        pos = "PROPN" if tag.startswith("NNP") else "AUX" if dep in ("aux", "auxpass") else kinds[tag[0]]
        words.append(Word(i, i * 20, text, text.lower(), lemma, pos, tag, dep))
    parse.link(words, [row[4] for row in rows])
    return words


def texts(words: list[Word]) -> list[str]:
    return [word.text for word in words]


def test_passive_is_turned_round() -> None:
    words = sentence(
        ("Minsk", "minsk", "NNP", "nsubjpass", 2),
        ("was", "be", "VBD", "auxpass", 2),
        ("visited", "visit", "VBN", "ROOT", 2),
        ("by", "by", "IN", "agent", 2),
        ("Castro", "castro", "NNP", "pobj", 3),
    )
    pred = predicates.of_verb(words[2])
    assert pred.passive and texts(pred.subjects) == ["Castro"] and texts(pred.objects) == ["Minsk"]


def test_coordinated_verbs_share_their_subject() -> None:
    words = sentence(
        ("Togo", "togo", "NNP", "nsubj", 1),
        ("met", "meet", "VBD", "ROOT", 1),
        ("and", "and", "CC", "cc", 1),
        ("thanked", "thank", "VBD", "conj", 1),
        ("Ghana", "ghana", "NNP", "dobj", 3),
    )
    assert texts(predicates.of_verb(words[3]).subjects) == ["Togo"]


def test_relative_pronoun_gives_its_antecedent() -> None:
    words = sentence(
        ("Modi", "modi", "NNP", "nsubj", 4),
        ("who", "who", "WP", "nsubj", 2),
        ("visited", "visit", "VBD", "relcl", 0),
        ("Nepal", "nepal", "NNP", "dobj", 2),
        ("spoke", "speak", "VBD", "ROOT", 4),
    )
    assert texts(predicates.of_verb(words[2]).subjects) == ["Modi"]


def test_light_verb_lends_its_subject_to_the_noun() -> None:
    words = sentence(
        ("Chad", "chad", "NNP", "nsubj", 1),
        ("held", "hold", "VBD", "ROOT", 1),
        ("talks", "talk", "NNS", "dobj", 1),
        ("with", "with", "IN", "prep", 2),
        ("Libya", "libya", "NNP", "pobj", 3),
    )
    pred = predicates.of_noun(words[2])
    assert texts(pred.subjects) == ["Chad"] and texts(pred.prepositions["with"]) == ["Libya"]
    assert pred.clause is words[1]


def test_an_intransitive_participle_is_no_passive() -> None:
    words = sentence(("guests", "guest", "NNS", "ROOT", 0), ("arrived", "arrive", "VBN", "acl", 0))
    assert not predicates.is_passive(words[1])


def test_a_particle_is_joined_whatever_its_label() -> None:
    words = sentence(("Peru", "peru", "NNP", "nsubj", 1), ("pulled", "pull", "VBD", "ROOT", 1), ("out", "out", "IN", "prep", 1))
    assert predicates.phrasal(words[1]) == "pull_out"
    assert predicates.phrasal(words[0]) is None


def test_a_verb_without_anything_has_empty_places() -> None:
    (word,) = sentence(("Go", "go", "VB", "ROOT", 0))
    pred = predicates.of_verb(word)
    assert (pred.subjects, pred.objects, pred.prepositions) == ([], [], {})
