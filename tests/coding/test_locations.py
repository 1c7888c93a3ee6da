from detente.coding import actors, locations
from detente.coding.gazetteer import shipped
from detente.coding.locations import Location
from detente.coding.sentences import split


def place(text: str) -> Location | None:
    spans = split(text)
    mentions = actors.read(spans, shipped(), day=None).mentions
    return locations.find(text, mentions[0], near=0) if spans else None


def test_sentence_without_a_place_has_none() -> None:
    assert place("They met.") is None


def test_government_that_speaks_is_no_place() -> None:
    assert place("Moscow said that it agreed.") is None


def test_town_comes_with_its_number_and_coordinates() -> None:
    found = place("They met in Vladivostok.")
    assert found is not None
    assert (found.name, found.state, found.geonames) == ("Vladivostok", "RUS", 2013348)
    assert found.latitude is not None and 43 < found.latitude < 44


def test_town_goes_before_state() -> None:
    found = place("They met in Norway in Oslo.")
    assert found is not None and found.name == "Oslo"


def test_state_alone_has_no_coordinates() -> None:
    found = place("They met in Norway.")
    assert found is not None and found.kind == "state" and found.latitude is None


def test_owner_is_no_place() -> None:
    assert place("They believe in Norway's promise.") is None
