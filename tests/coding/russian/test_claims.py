"""Russian texts become the same claims as English ones, by rules that no sentence of a gold is named in."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.coding import claims as coder
from detente.coding.claims import Coding
from detente.coding.russian import claims
from detente.records import Claim, Document


def coded(text: str, *, day: date | None = date(2014, 5, 15)) -> Coding:
    return claims.code(Document(text=text, source="test", published=day, language="ru"))


def one(text: str) -> Claim:
    (found,) = coded(text).claims
    return found


def sides(claim: Claim) -> tuple[list[str | None], list[str | None]]:
    return [party.state or party.body for party in claim.source], [party.state or party.body for party in claim.target]


def test_an_empty_text_has_no_claims_and_no_silences() -> None:
    assert coded("") == Coding((), ())


def test_a_visit_has_visitor_host_person_office_day_and_place() -> None:
    claim = one("Министр иностранных дел Перу Луис Вега прибыл в Осло 12 мая 2014 года.")
    assert (claim.kind, claim.event_class, claim.status, str(claim.valid), claim.place) == ("visit", "CONSULT", "happened", "2014-05-12", "Oslo")
    assert sides(claim) == (["PER"], ["NOR"])
    assert (claim.source[0].person, claim.source[0].office, claim.source[0].rank) == ("Луис Вега", "Министр иностранных дел Перу", 4)


@pytest.mark.parametrize(
    ("text", "kind", "event_class", "status", "ours", "theirs"),
    [
        ("Президент Кении планирует посетить Уганду в июле.", "visit", "AGREE", "planned", "KEN", "UGA"),
        ("Король Марокко не приедет в Мадрид.", "visit", "CONSULT", "negated", "MAR", "ESP"),
        ("Визит президента Бразилии в Аргентину отменён.", "visit", "CONSULT", "negated", "BRA", "ARG"),
        ("Президент Египта может посетить Анкару.", "visit", "CONSULT", "hypothetical", "EGY", "TUR"),
        ("Россия и Китай подписали соглашение.", "agreement", "SUPPORT", "happened", "RUS", "CHN"),
        ("Соглашение между Латвией и Литвой было подписано в Риге.", "agreement", "SUPPORT", "happened", "LVA", "LTU"),
        ("Перу и Чили в июне подпишут договор.", "agreement", "AGREE", "planned", "PER", "CHL"),
        ("Польско-литовские консультации начались в Варшаве.", "meeting", "CONSULT", "happened", "POL", "LTU"),
        ("В Осло прошли переговоры между делегациями Ганы и Чада.", "meeting", "CONSULT", "happened", "GHA", "TCD"),
        ("Король Иордании принял министра обороны Турции.", "reception", "CONSULT", "happened", "TUR", "JOR"),
        ("США ввели санкции против Никарагуа.", "sanction", "SANCTION", "happened", "USA", "NIC"),
    ],
)
def test_deeds_by_kind_class_status_and_sides(text: str, kind: str, event_class: str, status: str, ours: str, theirs: str) -> None:
    claim = one(text)
    assert (claim.kind, claim.event_class, claim.status) == (kind, event_class, status)
    assert sides(claim) == ([ours], [theirs])


def test_persons_stand_in_the_nominative() -> None:
    claim = one("Президент Эстонии встретился с премьер-министром Норвегии Эрной Сольберг и послом Дании Ларсом Хольмом.")
    assert [party.person for party in claim.target] == ["Эрна Сольберг", "Ларс Хольм"]
    assert [party.office for party in claim.target] == ["премьер-министр Норвегии", "посол Дании"]


def test_pronouns_and_sides_are_known_from_the_text_before() -> None:
    first, second, third = coded(
        "Премьер-министр Эстонии Калле Саар прибыл в Вильнюс. Он встретился с президентом Литвы. Стороны подписали меморандум."
    ).claims
    assert sides(second) == (["EST"], ["LTU"])
    assert second.source[0].person == "Калле Саар"
    assert third.states == {"EST", "LTU"}
    assert first.kind == "visit"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Погода была хорошей.", "nobody_named"),
        ("Погода в Осло была хорошей.", "no_action"),
        ("Посольство Канады в Гаване находится на набережной.", "nobody_acts"),
        ("Музей в Каире принял тысячи гостей из Италии.", "nobody_acts"),
    ],
)
def test_silence_has_a_reason(text: str, reason: str) -> None:
    coding = coded(text)
    assert coding.claims == ()
    assert [silence.reason for silence in coding.silences] == [reason]


def test_spans_quote_the_document() -> None:
    text = "Погода хорошая.\n\nПрезидент Чили посетил Лиму."
    (claim,) = coded(text).claims
    span = claim.spans[0]
    assert text[span.start : span.stop] == span.quote == "Президент Чили посетил Лиму"


def test_without_a_day_nothing_is_dated() -> None:
    (claim,) = coded("Президент Чили посетил Лиму.", day=None).claims
    assert claim.valid is None


def test_the_coder_sends_russian_here_and_refuses_other_languages() -> None:
    text = "Президент Чили посетил Лиму."
    loaded = coder.Coder(None, None, None)  # type: ignore[arg-type]
    assert loaded.code(Document(text=text, source="t", language="ru")).claims
    refused = loaded.code(Document(text="Президент Чилі відвідав Ліму.", source="t", language="uk"))
    assert refused.claims == () and [silence.reason for silence in refused.silences] == ["unsupported_language"]


def test_english_does_not_load_the_russian_models() -> None:
    script = "import sys; from detente.coding import claims; assert not {'slovnet', 'navec', 'razdel', 'natasha'} & set(sys.modules)"
    assert subprocess.run([sys.executable, "-W", "error::ImportWarning", "-c", script], check=False).returncode == 0


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet=st.sampled_from("Россия Китай визит в Осло. «()-–'\"\n\t\x00\u202e\u200f1 мая 2014 г"), max_size=200))
def test_any_text_is_coded_the_same_twice(text: str) -> None:
    assert coded(text) == coded(text)
