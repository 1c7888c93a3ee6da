"""The desk as a person uses it, in a real Chromium: from an empty ledger to a verdict, its sentence, and a review by keyboard alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import browsing
from detente import pipeline

pytestmark = pytest.mark.skipif(browsing.CHROMIUM is None, reason=browsing.MISSING)
TEXT = (
    "The Russian foreign minister visited Pyongyang on 3 March 2014. Russia and North Korea signed an agreement on trade on 4 March 2014. "
    "North Korea thanked Russia for food aid. Russia delivered 50,000 tons of wheat to North Korea in April 2014. "
    "Kim Yong Nam travelled to Sochi on 7 February 2014. Russia and North Korea agreed to settle trade in rubles. "
    "Russia condemned the missile launch of North Korea. North Korea threatened South Korea with war. "
    "The United States imposed sanctions on North Korea. China criticized the nuclear test of North Korea. "
    "Russian and North Korean officials met in Vladivostok on 5 June 2014. Russia wrote off the debt of North Korea. "
    "North Korea invited Vladimir Putin to Pyongyang. Russia opened the railway to Rason."
)
DECIDED = ("accepted", "rejected", "disputed", "edited")
KEYS = ("a", "r", "d", "s")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("desk") / "data"


@pytest.fixture(scope="module")
def page(folder: Path) -> Iterator[Page]:
    with browsing.served(folder) as address, browsing.browser() as chromium:
        yield chromium.new_page(base_url=address, viewport={"width": 1280, "height": 900})


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


def tab_to(page: Page, wanted: str) -> None:
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
    pytest.fail(f"no key leads to {wanted} on {page.url}")


def claim_of(page: Page) -> str:
    return str(page.locator("input[name=claim]").input_value())


def test_a_pasted_text_and_ten_of_its_claims_are_reviewed_by_keyboard_alone(page: Page, folder: Path) -> None:
    page.goto("/bring")
    tab_to(page, "#text")
    page.keyboard.insert_text(TEXT)
    tab_to(page, "#published")
    page.keyboard.type("07012014")
    tab_to(page, "button.main")
    page.keyboard.press("Enter")
    page.wait_for_url("**/review?document=*")
    before = len(pipeline.claims(folder, proposed=True))
    assert before >= 10
    made = dict(decide_by_key(page, number) for number in range(10))
    assert len(made) == 10, "no claim came twice"
    assert len(pipeline.claims(folder, proposed=True)) == before - 10
    for key, decision in made.items():
        told = page.request.get(f"/review.json?claim={key}").json()["claim"]["reviews"]
        assert [(each["decision"], each["reviewer"]) for each in told] == [(decision, "Ann")]


def decide_by_key(page: Page, number: int) -> tuple[str, str]:
    if number == 0:
        tab_to(page, "#reviewer")
        page.keyboard.type("Ann")
        page.keyboard.press("Escape")
    decision, key = DECIDED[number % 4], KEYS[number % 4]
    if decision == "edited":
        page.keyboard.press("e")
        page.keyboard.type("valid=2014-03-01")
        page.keyboard.press("Escape")
    last = claim_of(page)
    page.keyboard.press(key)
    page.wait_for_url(f"**/review?last={last.replace(':', '%3A')}*")
    return last, decision


def test_the_last_decision_is_taken_anew_and_a_claim_is_passed_over_by_key(page: Page, folder: Path) -> None:
    key = page.url.split("last=")[1].split("&")[0].replace("%3A", ":")
    page.keyboard.press("u")
    page.wait_for_url("**/review?claim=*")
    assert claim_of(page) == key
    page.keyboard.press("a")
    page.wait_for_url("**/review?last=*")
    told = page.request.get(f"/review.json?claim={key}").json()["claim"]["reviews"]
    assert [each["decision"] for each in told] == ["rejected", "accepted"], "both decisions are kept"
    page.goto("/review")
    shown = claim_of(page)
    page.keyboard.press("n")
    page.wait_for_url("**/review?claim=*")
    assert claim_of(page) != shown
