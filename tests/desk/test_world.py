"""The page of the world: the pairs that changed as a list and as arcs, by the day in the address, and the scan of imported events."""

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

import browsing
import made
from detente import pipeline
from detente.desk.application import application

HERE = "http://127.0.0.1:8765"
CALM, CRISIS = [(200 + 13 * (i % 5), 40 + 7 * (i % 4)) for i in range(30)], [(2500, 3000), (2000, 2500)] * 6


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("world") / "data"
    pipeline.load_case(browsing.CASE, data=data, now=browsing.NOW)
    return data


@pytest.fixture
def desk(folder: Path) -> Iterator[TestClient]:
    with TestClient(application(folder), base_url=HERE) as client:
        yield client


def world(desk: TestClient, day: str) -> dict[str, Any]:
    found: dict[str, Any] = desk.get(f"/world.json?as_of={day}").json()
    return found


def test_the_pair_that_changed_most_comes_first_and_leads_to_its_acts(desk: TestClient) -> None:
    first = world(desk, "2024-12-31")["rows"][0]
    assert (first["a"], first["b"], first["direction"]) == ("PRK", "RUS", "more")
    assert first["now"] > 1.5 * first["usual"]
    assert desk.get(f"/act/{first['acts'][0]}").status_code == 200
    page = desk.get("/world?as_of=2024-12-31").text
    assert f'href="/act/{first["acts"][0]}?as_of=2024-12-31"' in page
    assert 'href="/dyad/PRK/RUS?as_of=2024-12-31"' in page


def test_the_page_is_of_the_day_in_its_address(desk: TestClient) -> None:
    then = {(row["a"], row["b"]): row["now"] for row in world(desk, "2014-12-31")["rows"]}
    now = {(row["a"], row["b"]): row["now"] for row in world(desk, "2024-12-31")["rows"]}
    assert then["PRK", "RUS"] != now["PRK", "RUS"]
    assert world(desk, "1950-01-01")["rows"] == []
    assert "No act between two states was known" in desk.get("/world?as_of=1950-01-01").text


def test_each_arc_stands_in_the_page_and_in_the_chart_with_the_same_numbers(desk: TestClient) -> None:
    found = world(desk, "2024-12-31")
    drawn = re.findall(r'<path class="arc ([\w-]+)" stroke-width="[\d.]+" d="M[\d.,ML]+"/>', desk.get("/world?as_of=2024-12-31").text)
    assert len(drawn) == len(found["arcs"]) > 5
    arcs, places = found["chart"]["series"]
    assert {each["link"] for each in arcs["data"]} == {row["link"] for row in found["arcs"]}
    assert {each["name"] for each in places["data"]} >= {"Russia", "North Korea"}
    rows = {f"/dyad/{row['a']}/{row['b']}": row for row in found["rows"]}
    assert all(f"{rows[row['link']]['now']} days" in row["told"] for row in found["arcs"])


def test_an_arc_across_the_date_line_is_drawn_in_two_pieces(desk: TestClient) -> None:
    (arc,) = [row for row in world(desk, "2024-12-31")["arcs"] if row["link"] == "/dyad/PRK/USA"]
    assert arc["line"].count("M") == 2


def test_without_a_ledger_there_is_no_such_page(tmp_path: Path) -> None:
    with TestClient(application(tmp_path / "none"), base_url=HERE) as client:
        assert client.get("/world").status_code == 404


def test_without_events_nothing_is_said_of_a_scan_and_none_can_be_begun(desk: TestClient) -> None:
    assert world(desk, "2024-12-31")["events"] is None
    page = desk.get("/world").text
    assert "Scan the events" not in page
    csrf = re.search(r'name="csrf" value="([^"]+)"', desk.get("/bring").text)
    assert csrf
    assert desk.post("/world/scan", data={"csrf": csrf[1]}, headers={"origin": HERE}).status_code == 400


def scanned(client: TestClient, day: str) -> dict[str, Any]:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        found: dict[str, Any] = world(client, day)["events"]
        if found["over"]:
            return found
        time.sleep(0.05)
    pytest.fail("the scan does not end")


def test_imported_events_are_scanned_on_a_press_and_remembered_until_they_change(tmp_path: Path) -> None:
    data = tmp_path / "data"
    pipeline.load_case(made.case(tmp_path / "case", acts=[made.act("a", "2020-01-01")]), data=data, now=browsing.NOW)
    lines = [f"FIN,ISL,{2018 + i // 12}-{i % 12 + 1:02d},{up},{down}" for i, (up, down) in enumerate([*CALM, *CRISIS])]
    (data / "series.csv").write_text("a,b,month,cooperation,conflict\n" + "\n".join(lines), encoding="utf-8")
    with TestClient(application(data), base_url=HERE) as client:
        assert world(client, "2024-12-31")["events"]["begun"] is False
        csrf = re.search(r'name="csrf" value="([^"]+)"', client.get("/world").text)
        assert csrf
        assert client.post("/world/scan", data={"csrf": "guessed"}, headers={"origin": HERE}).status_code == 403
        assert client.post("/world/scan", data={"csrf": csrf[1]}, headers={"origin": HERE}).status_code == 200
        (row,) = scanned(client, "2024-12-31")["rows"]
        assert (row["names"], row["direction"] in ("cooperate", "conflict")) == ("Finland and Iceland", True)
        assert row["month"] >= "2020-07"
        assert "Finland and Iceland" in client.get("/world").text
        assert world(client, "2020-06-30")["events"]["rows"] == [], "the alarm was not raised yet"
        (data / "series.csv").write_text("a,b,month,cooperation,conflict\n", encoding="utf-8")
        assert world(client, "2024-12-31")["events"]["begun"] is False
