"""English is told from other languages by its most frequent words."""

from __future__ import annotations

import pytest

from detente.read import languages


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Visit ends",
        "The two delegations agreed in Pyongyang to settle their trade in roubles and to raise it, officials said there on Monday.",
        "KIM JONG UN RECEIVES RUSSIAN DELEGATION. The delegation of the State Duma arrived here for a visit at the invitation of the assembly.",
    ],
)
def test_english_and_what_is_too_short_pass(text: str) -> None:
    assert languages.is_english(text)


@pytest.mark.parametrize(
    "text",
    [
        "Министр приехал",
        "Министр посетил Пхеньян и встретился с главой государства. " * 4,
        "Le ministre a rencontré le chef de la délégation dans la capitale et ils ont signé un accord pour le commerce entre les deux pays. " * 2,
        "Der Minister traf den Leiter der Delegation in der Hauptstadt, und sie unterzeichneten ein Abkommen über den Handel zwischen den Ländern. "
        * 2,
        "De minister was in de hoofdstad en had een gesprek met de leider; we zagen dat het verdrag in werking is getreden en bleef. " * 2,
        "El ministro se reunió con el jefe de la delegación en la capital y firmaron un acuerdo para el comercio entre los dos países. " * 2,
        "外务大臣访问了莫斯科，双方签署了协议。" * 30,
    ],
)
def test_other_languages_do_not(text: str) -> None:
    assert not languages.is_english(text)


def test_the_share_of_too_few_words_is_unknown() -> None:
    assert languages.shares("The visit ends") is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Министр приехал", "ru"),
        ("Министр посетил Пхеньян и встретился с главой государства. " * 4, "ru"),
        ("Президент України відвідав Варшаву.", "und"),
        ("Президентът посети София и се срещна с министъра.", "bg"),
        ("Председник Србије посетио је Москву и састао се са министром.", "sr"),
        ("Die Minister der beiden Länder trafen sich in Berlin.", "de"),
        ("Le ministre a rencontré le président à Paris.", "fr"),
        ("外务大臣访问了莫斯科", "und"),
        ("La Paz and Los Angeles hosted a summit.", "en"),
        ("São Paulo hosted talks between Peru and Côte d'Ivoire.", "en"),
        ("12 345", "en"),
    ],
)
def test_the_language_is_told_by_alphabet_and_small_words(text: str, language: str) -> None:
    assert languages.detect(text) == language


def test_a_russian_text_with_a_foreign_name_stays_russian() -> None:
    assert languages.detect("Делегация посетила город Львів и вернулась в Москву, где её принял министр. " * 3) == "ru"
