from __future__ import annotations

import pytest

from detente.coding.russian.names import nominative
from detente.coding.russian.parse import Word


def name(text: str, gender: str, case: str) -> str:
    words = tuple(Word(i, 0, 1, part, -1, "appos", "PROPN", {"Gender": gender, "Case": case}) for i, part in enumerate(text.split()))
    return nominative(words)


@pytest.mark.parametrize(
    ("text", "gender", "case", "expected"),
    [
        ("Сергеем Лавровым", "Masc", "Ins", "Сергей Лавров"),
        ("Сергея Лаврова", "Masc", "Gen", "Сергей Лавров"),
        ("Сергею Лаврову", "Masc", "Dat", "Сергей Лавров"),
        ("Марии Захаровой", "Fem", "Gen", "Мария Захарова"),
        ("Ангелой Меркель", "Fem", "Ins", "Ангела Меркель"),
        ("Владимира Зеленского", "Masc", "Gen", "Владимир Зеленский"),
        ("Ким Чен Ыном", "Masc", "Ins", "Ким Чен Ын"),
        ("Касым-Жомартом Токаевым", "Masc", "Ins", "Касым-Жомарт Токаев"),
        ("Нарендра Моди", "Masc", "Nom", "Нарендра Моди"),
        ("Игоря", "Masc", "Gen", "Игорь"),
        ("Эльза", "", "", "Эльза"),
    ],
)
def test_names_are_brought_to_the_nominative(text: str, gender: str, case: str, expected: str) -> None:
    assert name(text, gender, case) == expected


def test_a_name_of_two_letters_is_left_alone() -> None:
    assert name("Ли", "Masc", "Gen") == "Ли"
