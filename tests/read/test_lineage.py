from datetime import date

import pytest

from detente.read import lineage
from detente.records import Document

REPORT = "The foreign ministers of Chile and Norway met in Santiago on Monday and agreed to open two consulates before the end of next year."


def doc(source: str, day: int, text: str = REPORT) -> Document:
    return Document(text=text, source=source, published=date(2020, 5, day))


def test_a_later_copy_goes_back_to_the_first() -> None:
    first, copy = doc("Diario", 1), doc("Post", 2, REPORT + " It was the first such meeting.")
    assert lineage.origins([copy, first]) == {copy.id: "Diario"}


def test_a_chain_goes_back_to_its_start() -> None:
    texts = [REPORT, REPORT + " More will follow.", REPORT + " More will follow. So they said."]
    made = [doc(name, day, text) for (name, day), text in zip((("A", 1), ("B", 2), ("C", 3)), texts, strict=True)]
    assert lineage.origins(made) == {made[1].id: "A", made[2].id: "A"}


def test_a_dateline_credits_its_agency() -> None:
    wired = doc("Post", 1, "SANTIAGO, May 1 (Reuters) - Chile and Norway met.")
    assert lineage.origins([wired]) == {wired.id: "Reuters"}


def test_copies_of_a_wired_report_go_back_to_the_agency() -> None:
    one, two = doc("Post", 1, "SANTIAGO (AP) -- " + REPORT), doc("Star", 1, REPORT)
    assert lineage.origins([one])[one.id] == "AP"
    later = doc("Star", 2)
    assert lineage.origins([one, later]) == {one.id: "AP", later.id: "AP"}
    assert two.id not in lineage.origins([two])


def test_the_agency_itself_goes_back_to_nobody() -> None:
    assert lineage.origins([doc("Reuters", 1, "OSLO (Reuters) - Norway said so.")]) == {}


def test_other_words_on_one_event_are_no_copy() -> None:
    other = doc("Star", 2, "Norway's envoy flew to Chile, where both sides promised new consulates by 2021, officials in Oslo said on Tuesday.")
    assert lineage.origins([doc("Diario", 1), other]) == {}


@pytest.mark.parametrize("text", ["", "(Reuters)", "The group (NATO) - an alliance - met.", "Prices rose (see table) -- twice."])
def test_what_is_no_dateline_credits_nobody(text: str) -> None:
    assert lineage.agency(text) is None
