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
