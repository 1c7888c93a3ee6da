"""Every page under axe-core in a real Chromium, wide in light and narrow in dark: no serious fault, and nothing that runs out of the window."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from starlette.testclient import TestClient

import browsing
from detente.desk import showing, views
from detente.desk.application import application
from detente.examine.families import FAMILIES

pytestmark = pytest.mark.skipif(browsing.CHROMIUM is None, reason=browsing.MISSING)
AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text(encoding="utf-8")
RUN = "async () => (await axe.run({resultTypes: ['violations']})).violations.map(v => [v.impact, v.id, v.nodes.map(n => n.html.slice(0, 120))])"
GRAVE = ("serious", "critical")
WIDE = 1280
LIKE_OTHERS = {f"examined-{each.name}" for each in FAMILIES} - {"examined-visits", "examined-bans", "examined-firsts"}
"""Examinations share one template; narrow only those with the most columns, the most tables and the longest words are looked at."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return browsing.filled(tmp_path_factory.mktemp("access") / "data")


def faults(page: Page) -> list[str]:
    """Grave faults of the open page, and whether it is wider than its window."""
    page.evaluate(AXE)
    found = [f"{rule}: {nodes[:3]}" for impact, rule, nodes in page.evaluate(RUN) if impact in GRAVE]
    wide = page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
    return [*found, *([f"{wide} pixels wider than the window"] if wide > 0 else [])]


@pytest.mark.parametrize(("width", "scheme"), [(WIDE, "light"), (390, "dark")])
def test_no_page_has_a_serious_fault_of_access(chromium: Browser, address: str, folder: Path, width: int, scheme: str) -> None:
    page = chromium.new_page(base_url=address, viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page.context.add_cookies([{"name": "reviewer", "value": "Ann", "url": address}])
    found = {}
    for name, path in browsing.pages(folder).items():
        if width < WIDE and name in LIKE_OTHERS:
            continue
        page.goto(path)
        if page.locator("figure[data-chart]").count():
            page.locator(".live > div > svg").wait_for()
        found[name] = faults(page)
    page.close()
    assert {name: each for name, each in found.items() if each} == {}


def test_the_first_page_of_an_empty_desk_has_none_either(chromium: Browser, tmp_path: Path) -> None:
    with browsing.served(tmp_path / "none") as at:
        page = chromium.new_page(base_url=at, viewport={"width": 390, "height": 900})
        for path in ("/", "/review"):
            page.goto(path)
            assert faults(page) == []
        page.close()


def test_the_page_of_a_reading_has_none_either(chromium: Browser, tmp_path: Path) -> None:
    with browsing.served(tmp_path / "data") as at:
        page = chromium.new_page(base_url=at, viewport={"width": 390, "height": 900}, color_scheme="dark")
        page.goto("/bring")
        page.locator("#text").fill("A minister of Finland visited Iceland and went home again.")
        page.get_by_role("button", name="Read", exact=True).click()
        page.get_by_role("link", name="Bring in another").wait_for()
        assert "give it with" in page.locator("#reading").inner_text()
        assert faults(page) == []
        page.close()


def test_the_page_that_is_shown_until_one_is_there_has_none_and_gives_way_to_it(
    chromium: Browser, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(showing, "PATIENCE_SECONDS", 0.0)
    monkeypatch.setattr(views, "LARGE_BYTES", 0)
    page = chromium.new_page(base_url=address, viewport={"width": 390, "height": 900})
    answer = page.goto("/dyad/PRK/RUS/examined/due?as_of=2013-12-31")
    assert answer is not None
    assert answer.status == 202
    assert faults(page) == []
    page.get_by_role("heading", name="Due, North Korea and Russia").wait_for()
    assert faults(page) == []
    page.close()


def test_a_fault_would_be_found(chromium: Browser, address: str) -> None:
    page = chromium.new_page(base_url=address, viewport={"width": 390, "height": 900})
    page.goto("/bring")
    page.evaluate("() => { document.querySelector('label').remove(); document.body.style.minWidth = '900px'; }")
    told = faults(page)
    page.close()
    assert any(each.startswith("label") for each in told)
    assert any("wider than the window" in each for each in told)


def test_no_page_is_left_out(folder: Path) -> None:
    with TestClient(application(folder), base_url="http://127.0.0.1:1") as client:
        known = {path for path, does in client.get("/openapi.json").json()["paths"].items() if "get" in does}
        for name, path in browsing.pages(folder).items():
            answer = client.get(path)
            assert answer.status_code == (404 if name == "problem" else 200), name
            assert not re.search(r"<style|<script(?! src=\"/assets/)|\sstyle=|\son\w+=", answer.text), name
    files = {path for path in known if path.endswith(("/{form}", "/timeline.svg", ".json"))}
    plain = {"/", "/start", "/ask", "/review", "/review/agreement", "/bring", "/bring/{key}", "/sources", "/world", "/runs", "/take"}
    of_pair = {"", "/examined/{name}", "/hypotheses", "/moved", "/timeline", "/take"}
    assert known - files == plain | {"/act/{key}", "/document/{key}"} | {f"/dyad/{{a}}/{{b}}{end}" for end in of_pair}
