from datetime import date

from detente.coding import actors
from detente.coding.actors import Cast, chosen
from detente.coding.gazetteer import shipped
from detente.coding.sentences import split
from detente.records import Party


def cast_of(text: str, day: date | None = None) -> Cast:
    return actors.read(split(text), shipped(), day=day)


def named(text: str, day: date | None = None) -> list[str | None]:
    return [party.state or party.body for found in cast_of(text, day).mentions for mention in found for party in mention.parties]


def test_empty_document_has_an_empty_cast() -> None:
    cast = cast_of("")
    assert cast.mentions == () and cast.states == () and cast.pair == ()


def test_the_north_is_a_korea_only_beside_the_other() -> None:
    assert named("Seoul spoke. The North answered.") == ["KOR", "PRK"]
    assert named("Nigeria spoke. The North answered.") == ["NGA"]


def test_korean_follows_the_korea_of_the_document() -> None:
    assert named("Pyongyang spoke. The Korean people rejoiced.") == ["PRK", "PRK"]
    assert named("Seoul spoke. The Korean people rejoiced.") == ["KOR", "KOR"]


def test_backed_and_anti_name_no_actor() -> None:
    assert named("US-backed rebels met pro-Iranian fighters in Syria.") == ["SYR"]


def test_person_is_met_again_by_family_name() -> None:
    cast = cast_of("Norwegian Foreign Minister Kari Dahl arrived. Dahl spoke.")
    assert cast.mentions[1][0].parties == (Party(state="NOR", person="Kari Dahl", office="Norwegian Foreign Minister", rank=4),)


def test_part_of_a_longer_name_is_not_the_person() -> None:
    cast = cast_of("Norwegian Foreign Minister Kari Dahl arrived. Dahl Olsen spoke.")
    assert cast.mentions[1] == ()


def test_office_without_a_name_finds_its_holder() -> None:
    cast = cast_of("Norwegian Foreign Minister Kari Dahl arrived. The foreign minister spoke.")
    assert [mention.parties[0].person for mention in cast.mentions[1]] == ["Kari Dahl"]


def test_title_without_a_state_takes_it_from_the_list() -> None:
    cast = cast_of("Present were Per Lund, Norwegian ambassador to Peru, and Ola Berg, minister of Transport.")
    assert [mention.parties[0].state for mention in cast.mentions[0]] == ["NOR", "NOR"]


def test_leader_loses_office_outside_the_term() -> None:
    (mention,) = cast_of("Margaret Thatcher spoke.", date(1985, 5, 1)).mentions[0]
    assert (mention.parties[0].office, mention.parties[0].rank) == ("prime minister", 2)
    (mention,) = cast_of("Margaret Thatcher spoke.", date(1995, 5, 1)).mentions[0]
    assert (mention.parties[0].state, mention.parties[0].office, mention.parties[0].rank) == ("GBR", None, None)


def test_former_state_is_itself_before_its_end_and_its_successor_after() -> None:
    assert named("The Soviet Union spoke.", date(1985, 1, 1)) == ["SUN"]
    assert named("The Soviet Union spoke.", date(2014, 1, 1)) == ["RUS"]


def test_coordinated_names_are_chosen_together() -> None:
    text = "The presidents of Peru, Chile and Bolivia met."
    mentions = cast_of(text).mentions[0]
    assert [mention.states for mention in chosen(text, mentions, 0, len(text))] == [("PER",), ("CHL",), ("BOL",)]


def test_name_aimed_at_is_not_the_actor() -> None:
    text = "The envoys to Peru of Norway met."
    mentions = cast_of(text).mentions[0]
    assert [mention.states for mention in chosen(text, mentions, 0, len(text))] == [("NOR",)]


def test_states_are_ordered_by_how_often_they_are_named() -> None:
    assert cast_of("Peru met Chile. Chile met Bolivia. Chile left.").pair == ("CHL", "PER")


def test_names_in_furniture_are_no_persons() -> None:
    assert cast_of("They met.\n\nSubscribe to Foreign Minister Kari Dahl").people == {}
