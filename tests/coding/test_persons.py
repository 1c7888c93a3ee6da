from detente.coding import offices
from detente.coding.gazetteer import shipped
from detente.coding.persons import roles, titled


def people(text: str) -> list[tuple[str, str, str | None]]:
    return [(one.name, one.office, one.state or one.code) for one in titled(text, shipped().find(text))]


def test_text_without_titles_names_no_person() -> None:
    assert people("") == []
    assert people("The treaty was signed in Oslo.") == []


def test_title_before_the_name() -> None:
    assert people("Polish Foreign Minister Anna Zielinska arrived.") == [("Anna Zielinska", "Polish Foreign Minister", "POL")]


def test_title_before_a_comma() -> None:
    text = "On Tuesday the Norwegian prime minister, Kari Dahl, spoke."
    assert people(text) == [("Kari Dahl", "Norwegian prime minister", "NOR")]


def test_title_with_a_parenthesis_before_the_name() -> None:
    text = "The Chairman of the Council of Peru (who is second in rank), Luis Vega, travelled."
    assert people(text) == [("Luis Vega", "Chairman of the Council of Peru", "PER")]


def test_apposition_after_the_name() -> None:
    assert people("Luis Vega, premier of Peru, had a talk.") == [("Luis Vega", "premier of Peru", "PER")]


def test_list_of_appositions_gives_each_name_its_own_office() -> None:
    text = "Present were Ola Berg, minister of Transport, and Per Lund, Norwegian ambassador to Peru."
    assert people(text) == [("Ola Berg", "minister of Transport", None), ("Per Lund", "Norwegian ambassador to Peru", "NOR")]


def test_person_whom_one_talks_with_does_not_take_the_title() -> None:
    assert people("After talks with the Peruvian president, Kari Dahl said nothing more.") == []


def test_possessive_state_before_a_name() -> None:
    assert people("Poland's Jan Nowak signed it.") == [("Jan Nowak", "Poland", "POL")]


def test_office_of_a_body() -> None:
    assert people("NATO secretary-general Per Lund spoke.") == [("Per Lund", "NATO secretary-general", "IGONAT")]


def test_office_without_a_name_is_a_role() -> None:
    text = "The Russian president met the governor."
    assert [(one.office, one.state) for one in roles(text, shipped().find(text))] == [("Russian president", "RUS"), ("governor", None)]


def test_deputy_ranks_below_the_minister() -> None:
    assert [offices.rank(office) for office in ("president", "deputy prime minister", "foreign minister", "vice-minister of Trade")] == [1, 3, 4, 5]


def test_president_of_a_region_ranks_as_a_governor() -> None:
    assert offices.rank("President of Tatarstan", within_state=True) == 5


def test_unknown_office_has_no_rank() -> None:
    assert offices.rank("gardener") is None
