from detente.coding import actors
from detente.coding.gazetteer import shipped
from detente.coding.references import Memory
from detente.coding.sentences import split
from detente.records import Party


def memory_after(text: str) -> Memory:
    spans = split(text)
    cast = actors.read(spans, shipped(), day=None)
    memory = Memory(cast)
    for span, mentions in zip(spans, cast.mentions, strict=True):
        memory.note(span.text, mentions)
    return memory


def states(parties: tuple[Party, ...]) -> list[str | None]:
    return [party.state for party in parties]


def test_nothing_said_refers_to_nobody() -> None:
    memory = memory_after("")
    assert memory.resolve("he", ()) == () and memory.resolve("both sides", ()) == ()


def test_word_that_refers_to_nothing_stands_for_nobody() -> None:
    assert memory_after("Peru met Chile.").resolve("the weather", ()) == ()


def test_he_is_the_person_whom_the_last_sentence_put_first() -> None:
    memory = memory_after("Norwegian Foreign Minister Kari Dahl met Peruvian President Luis Vega.")
    assert [party.person for party in memory.resolve("she", ())] == ["Kari Dahl"]


def test_both_sides_are_the_two_last_named_together() -> None:
    memory = memory_after("Peru met Chile. Chile and Bolivia talked.")
    assert states(memory.resolve("both sides", ())) == ["CHL", "BOL"]


def test_these_governments_are_the_last_list() -> None:
    memory = memory_after("Players such as Peru, Chile and Bolivia arrived.")
    assert states(memory.resolve("these governments", ())) == ["PER", "CHL", "BOL"]


def test_it_is_the_state_named_last() -> None:
    assert states(memory_after("Peru spoke.").resolve("it", ())) == ["PER"]


def test_we_is_the_speaker() -> None:
    memory = memory_after("Peru spoke.")
    memory.speaker = Party(state="NOR", person="Kari Dahl")
    assert states(memory.resolve("we", ())) == ["NOR"]


def test_counterpart_is_the_other_of_the_pair() -> None:
    memory = memory_after("Peru met Chile.")
    assert states(memory.counterpart("PER")) == ["CHL"]
    assert memory.counterpart("NOR") == ()
