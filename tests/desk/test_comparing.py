"""The closer looks at a pair: examinations with the sentence each row rests on, explanations, and two days compared."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from detente import pipeline
from detente.desk.application import application
from detente.examine.families import FAMILIES, Family

CASE = Path(__file__).parents[2] / "cases" / "russia-dprk"
DAY = "2024-12-31"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("comparing") / "data"
    pipeline.load_case(CASE, data=data, now="2025-01-01T00:00:00Z")
    return data


@pytest.fixture(scope="module")
def desk(folder: Path) -> Iterator[TestClient]:
    with TestClient(application(folder), base_url="http://127.0.0.1:8765", follow_redirects=False) as client:
        yield client


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_a_page_shows_what_the_command_finds(desk: TestClient, folder: Path, family: Family) -> None:
    wanted = pipeline.examine(family.shows, pipeline.Look(("PRK", "RUS"), date(2024, 12, 31)), data=folder)
    for shown, others in ((wanted.narrowed(), 0), (wanted, 1)):
        told = desk.get(f"/dyad/RUS/PRK/examined/{family.name}.json?as_of={DAY}&others={others}").json()
        assert {table["name"]: table["number"] for table in told["tables"]} == {name: len(records) for name, records in shown.found.items()}
        for table in told["tables"]:
            assert len(table["rows"]) == min(table["number"], 100)
            assert all(len(row["cells"]) == len(table["columns"]) for row in table["rows"])
    assert desk.get(f"/dyad/RUS/PRK/examined/{family.name}?as_of={DAY}").status_code == 200


def test_every_row_leads_to_a_sentence_that_stands_marked_in_its_document(desk: TestClient) -> None:
    told = desk.get(f"/dyad/PRK/RUS/examined/visits.json?as_of={DAY}").json()
    rows = told["tables"][0]["rows"]
    assert rows
    assert all(row["words"] for row in rows)
    page = desk.get(f"/dyad/PRK/RUS/examined/visits?as_of={DAY}").text
    for words in [row["words"][0] for row in rows[:10]]:
        assert f'href="/document/{words["document"]}?as_of={DAY}#{words["claim"]}"' in page
        document = desk.get(f"/document/{words['document']}?as_of={DAY}")
        assert f'<mark id="{words["claim"]}">' in document.text
        text = "".join(piece["text"] for piece in desk.get(f"/document/{words['document']}.json").json()["pieces"])
        assert text[words["start"] : words["end"]] == words["quote"]


def test_what_was_not_known_by_the_day_is_not_shown(desk: TestClient) -> None:
    early, late = (desk.get(f"/dyad/PRK/RUS/examined/agreements.json?as_of={day}").json() for day in ("2014-05-15", DAY))
    assert 0 < early["tables"][0]["number"] < late["tables"][0]["number"]
    assert all(words["known"] <= "2014-05-15" for table in early["tables"] for row in table["rows"] for words in row["words"])


def test_a_long_table_comes_in_parts_without_loss_or_repetition(desk: TestClient) -> None:
    path = f"/dyad/PRK/RUS/examined/issues.json?as_of={DAY}&others=1"
    first = desk.get(path).json()
    assert first["last"] > 1
    parts = [desk.get(f"{path}&page={number}").json()["tables"][1] for number in range(1, first["last"] + 1)]
    assert sum(len(part["rows"]) for part in parts) == parts[0]["number"]
    assert desk.get(f"{path}&page={first['last'] + 1}").json()["tables"][1]["rows"] == []
    assert f"page={2}" in desk.get(path.replace(".json", "")).text


@pytest.mark.parametrize("path", ["examined/nothing", "examined/..%2f..%2fetc"])
def test_an_examination_that_is_none_is_not_found(desk: TestClient, path: str) -> None:
    assert desk.get(f"/dyad/PRK/RUS/{path}").status_code == 404


@pytest.mark.parametrize("query", ["page=0", "page=x", "page=99999999999", "others=perhaps", "as_of=2999-01-01", "as_of=soon"])
def test_what_an_address_cannot_mean_is_told(desk: TestClient, query: str) -> None:
    assert desk.get(f"/dyad/PRK/RUS/examined/visits?{query}").status_code in (400, 422)


def test_a_pair_that_nobody_knows_of_is_told_on_every_page(desk: TestClient) -> None:
    for page in ("hypotheses", "moved"):
        assert desk.get(f"/dyad/FRA/BOL/{page}?as_of={DAY}").status_code == 400
        assert desk.get(f"/dyad/nowhere/BOL/{page}").status_code == 400
    assert "Nothing of this kind is known" in desk.get(f"/dyad/FRA/BOL/examined/visits?as_of={DAY}").text


def test_the_board_shows_ranking_matrix_and_what_it_hangs_on(desk: TestClient, folder: Path) -> None:
    wanted, _ = pipeline.hypotheses(("PRK", "RUS"), data=folder, as_of=date(2024, 12, 31))
    told = desk.get(f"/dyad/PRK/RUS/hypotheses.json?as_of={DAY}").json()["boards"]
    assert [board["question"] for board in told] == [board.question for board in wanted]
    for board, shown in zip(wanted, told, strict=True):
        assert [each["code"] for each in shown["hypotheses"]] == [each.code for each in board.ranked]
        assert sum(each["share"] for each in shown["hypotheses"]) == pytest.approx(1, abs=0.01)
        assert len(shown["matrix"]) == len(board.matrix)
        assert shown["hangs_on"]
    page = desk.get(f"/dyad/PRK/RUS/hypotheses?as_of={DAY}").text
    acts = re.findall(r'href="(/act/[^"]+)"', page)
    assert len(acts) > 20
    assert desk.get(acts[-1]).status_code == 200


def test_two_days_are_compared_as_the_command_does(desk: TestClient, folder: Path) -> None:
    told = desk.get("/dyad/PRK/RUS/moved.json?from=2020-12-31&to=2024-12-31").json()
    overall, *dimensions = told["moves"]
    calls = [pipeline.assess(("PRK", "RUS"), data=folder, as_of=date(year, 12, 31), today=date(2025, 1, 1)).overall.call for year in (2020, 2024)]
    assert [overall["dimension"], overall["before"], overall["after"]] == ["overall", *calls]
    assert overall["moved"]
    assert any(move["moved"] and move["came"] for move in dimensions)
    for move in dimensions:
        assert all(told["acts"][act]["when"] is None or told["acts"][act]["when"] <= "2024-12-31" for act in move["came"] if act in told["acts"])
    came = next(move["came"][-1] for move in dimensions if move["came"])
    assert f"/act/{came}" in desk.get("/dyad/PRK/RUS/moved?from=2020-12-31&to=2024-12-31").text


def test_a_day_is_not_compared_with_itself_or_an_earlier_one(desk: TestClient) -> None:
    for query in ("from=2024-12-31&to=2024-12-31", "from=2024-12-31&to=2020-12-31", "from=2024-12-31&to=2999-01-01", "from=x&to=y"):
        assert desk.get(f"/dyad/PRK/RUS/moved?{query}").status_code == 400, query
    told = desk.get("/dyad/PRK/RUS/moved.json?to=2024-12-31").json()
    assert told["since"] == "2024-01-01", "a year before when the earlier day is left out"


def test_the_page_of_a_pair_leads_to_every_closer_look(desk: TestClient) -> None:
    page = desk.get(f"/dyad/PRK/RUS?as_of={DAY}").text
    for path in ("hypotheses?", "moved?to=", *(f"examined/{family.name}?" for family in FAMILIES)):
        assert f'href="/dyad/PRK/RUS/{path}' in page


def test_a_name_in_an_address_is_never_run(desk: TestClient) -> None:
    page = desk.get(f"/dyad/PRK/RUS/examined/visits?as_of={DAY}&<script>alert(1)</script>=%22><script>").text
    assert "<script>" not in page
    assert not re.search(r"<style|\sstyle=|\son\w+=", page)
