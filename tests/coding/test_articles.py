from typing import Any

from detente.coding import articles

ACTOR = {"country": "PER", "kind": "state", "person": "Luis Vega"}


def gold(**changes: Any) -> dict[str, Any]:
    event = {"tier": 1, "start": 0, "end": 4, "plover": "REQUEST", "status": "attributed", "date": None, "source": [ACTOR], "target": None, **changes}
    return {"file": "article.txt", "events": [event]}


def test_appeal_may_be_left_without_a_class() -> None:
    (event,) = articles.read(gold(), "Peru asked.", published="2014-05-08").events
    assert {"REQUEST", "NONE", "POSITION"} <= event.accept and "CONSULT" not in event.accept


def test_body_is_no_state() -> None:
    body = {"country": "EUR", "kind": "igo"}
    (event,) = articles.read(gold(source=[ACTOR, body]), "Peru asked.", published="2014-05-08").events
    assert event.pairs == {("PER", None)}


def test_statuses_that_the_format_lacks_count_as_happened() -> None:
    assert [articles.settled(status) for status in ("historical", "ongoing", "planned", None)] == ["happened", "happened", "planned", None]


def test_persons_of_the_core_are_listed_once() -> None:
    raw = gold()
    raw["events"] = [*raw["events"], {**raw["events"][0], "tier": 2, "source": [{"person": "Nobody"}]}]
    assert articles.persons(raw) == ("Luis Vega",)
