"""The desk as a person uses it, in a real Chromium: from an empty ledger to a verdict, its sentence, and a review by keyboard alone."""

import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Page, expect, sync_playwright

from detente import pipeline
from detente.desk.application import application

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine; `apt-get install chromium` brings one")
QUIET = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
TEXT = (
    "The Russian foreign minister visited Pyongyang on 3 March 2014. Russia and North Korea signed an agreement on trade on 4 March 2014. "
    "North Korea thanked Russia for food aid."
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("desk") / "data"


@pytest.fixture(scope="module")
def page(folder: Path) -> Iterator[Page]:
    server = uvicorn.Server(uvicorn.Config(application(folder), host="127.0.0.1", port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser.new_page(base_url=f"http://127.0.0.1:{port}", viewport={"width": 1280, "height": 900})
        browser.close()
    server.should_exit = True
    thread.join()


def see(page: Page, day: str) -> str:
    page.locator("#as_of").fill(day)
    page.locator("#as_of").dispatch_event("change")
    page.wait_for_url(f"**as_of={day}*")
    return page.locator("#verdict").inner_text()


def test_from_an_empty_ledger_to_a_verdict_that_changes_with_the_day_and_down_to_its_sentence(page: Page) -> None:
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.set_default_timeout(60_000)
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("The ledger is empty")
    page.get_by_role("button", name="Open russia-dprk").click()
    page.get_by_role("link", name="North Korea and Russia", exact=True).click()
    told = {day: see(page, day) for day in ("2014-05-15", "2020-12-31", "2024-12-31")}
    assert "contact and intent" in told["2014-05-15"]
    assert "not at a new stage" in told["2020-12-31"]
    assert "are at a new stage" in told["2024-12-31"]
    assert page.locator("img.chart").evaluate("each => each.decode().then(() => each.naturalWidth)") > 0
    page.get_by_role("link", name="act act:").first.click()
    words = page.locator(".text mark").first.inner_text()
    page.locator(".text mark a").first.click()
    assert words in page.locator("#text").inner_text()
    assert faults == []


def test_a_pasted_text_is_reviewed_by_keyboard_alone_and_a_decision_is_taken_anew(page: Page, folder: Path) -> None:
    page.goto("/bring")
    page.locator("#text").fill(TEXT)
    page.locator("#published").fill("2014-03-05")
    page.get_by_role("button", name="Read").click()
    page.wait_for_url("**/review?document=*")
    before = len(pipeline.claims(folder, proposed=True))
    assert before >= 2
    page.locator("#reviewer").fill("Ann")
    page.locator("#reviewer").press("Escape")
    page.keyboard.press("a")
    page.wait_for_url("**/review?last=*")
    assert len(pipeline.claims(folder, proposed=True)) == before - 1
    page.keyboard.press("u")
    page.wait_for_url("**/review?claim=*")
    page.keyboard.press("r")
    page.wait_for_url("**/review?last=*")
    key = page.url.split("last=")[1].split("&")[0].replace("%3A", ":")
    page.goto(f"/review?claim={key}")
    told = page.locator("main").inner_text()
    assert "accepted by Ann" in told
    assert "rejected by Ann" in told
