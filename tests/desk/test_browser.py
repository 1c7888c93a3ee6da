"""The desk as a person uses it, in a real Chromium: from an empty ledger to a verdict, its sentence, and a review by keyboard alone."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

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
def page(chromium: Browser, address: str) -> Page:
    return chromium.new_page(base_url=address, viewport={"width": 1280, "height": 900})


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
    return str(page.locator("#decide input[name=claim]").input_value())


def told(page: Page) -> Any:
    """The data of the page that is open."""
    return page.request.get(page.url.replace("/review", "/review.json", 1)).json()


def press(page: Page, key: str, then: str) -> None:
    """Press a key and wait for the page that it leads to."""
    with page.expect_navigation(url=re.compile(then)):
        page.keyboard.press(key)


def test_a_pasted_text_and_ten_of_its_claims_are_reviewed_by_keyboard_alone(page: Page, folder: Path) -> None:
    page.goto("/bring")
    tab_to(page, "#text")
    page.keyboard.insert_text(TEXT)
    tab_to(page, "#published")
    page.keyboard.type("07012014")
    tab_to(page, "button.main")
    page.keyboard.press("Enter")
    page.wait_for_url("**/review?document=*")
    before = told(page)["progress"]
    assert before["decided"] == 0 and before["of"] >= 10
    tab_to(page, "#reviewer")
    page.keyboard.type("Ann")
    page.keyboard.press("Enter")
    assert told(page)["progress"] == before, "Enter in a field decides nothing"
    page.keyboard.press("Escape")
    made = dict(decide_by_key(page, number) for number in range(10))
    assert len(made) == 10, "no claim came twice"
    assert told(page)["progress"] == {"decided": 10, "of": before["of"]}
    assert page.locator("progress").get_attribute("value") == "10"
    for key, decision in made.items():
        history = page.request.get(f"/review.json?claim={key}").json()["claim"]["reviews"]
        assert [(each["decision"], each["reviewer"]) for each in history] == [(decision, "Ann")]


def decide_by_key(page: Page, number: int) -> tuple[str, str]:
    decision, key = DECIDED[number % 4], KEYS[number % 4]
    if decision == "edited":
        page.keyboard.press("e")
        page.keyboard.type("valid=2014-03-01")
        page.keyboard.press("Escape")
    last = claim_of(page)
    press(page, key, f"after={last.replace(':', '%3A')}")
    return last, decision


def test_a_claim_is_joined_to_an_act_and_split_from_it_and_both_are_undone_by_key(page: Page, folder: Path) -> None:
    page.goto("/review?a=Russia&b=PRK&state=all&q=the+DEBT+of")
    key, alone = claim_of(page), told(page)["claim"]["act"]
    assert alone["others"] == [] and page.locator("[data-key=x]").count() == 0
    page.keyboard.press("m")
    assert page.evaluate("() => document.activeElement.id") == "nearby"
    chosen = told(page)["claim"]["nearby"][0]["act"]
    press(page, "1", "claim=")
    joined = told(page)["claim"]
    assert joined["id"] == key and joined["act"]["others"], "the claim stays, in the act that was chosen"
    assert chosen not in [each["act"] for each in joined["nearby"]]
    press(page, "x", "claim=")
    assert told(page)["claim"]["act"] == alone
    for expected in (joined["act"], alone):
        press(page, "u", "claim=")
        assert claim_of(page) == key
        assert told(page)["claim"]["act"] == expected, "the last one is undone first"
    assert list(pipeline.verify(folder)) == []


def test_undo_takes_decisions_back_one_by_one_and_what_stood_before_stands_again(page: Page, folder: Path) -> None:
    page.goto("/review")
    left, key = told(page)["left"], claim_of(page)
    press(page, "r", "after=")
    page.goto(f"/review?claim={key}")
    press(page, "a", "after=")
    assert told(page)["left"] == left - 1
    page.goto("/review")
    press(page, "u", "claim=")
    assert claim_of(page) == key
    assert [each["decision"] for each in told(page)["claim"]["reviews"]] == ["rejected", "accepted", "retracted"], "nothing is erased"
    assert told(page)["undo"]["decision"] == "rejected"
    assert key not in {item.stored for item in pipeline.claims(folder)}, "rejected again"
    press(page, "u", "claim=")
    assert told(page)["left"] == left
    assert key in {item.stored for item in pipeline.claims(folder, proposed=True)}
    press(page, "n", "after=")
    assert claim_of(page) != key


def test_filters_stand_in_the_address_and_stay_while_deciding(page: Page) -> None:
    page.goto("/review")
    every = told(page)["left"]
    page.keyboard.press("f")
    page.keyboard.type("Russia")
    tab_to(page, "#q")
    page.keyboard.type("railway")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=railway*")
    assert 0 < told(page)["left"] < every
    assert "railway" in page.locator("#quote").inner_text()
    page.keyboard.press("Escape")
    press(page, "d", "q=railway")
    assert "a=Russia" in page.url


def test_a_second_reviewer_decides_blind_and_the_two_are_compared(page: Page, chromium: Browser, address: str) -> None:
    second = chromium.new_page(base_url=address)
    second.goto("/review?state=mine&q=Russia&made_by=coder")
    second.locator("#reviewer").fill("Bo")
    second.keyboard.press("Escape")
    for number in range(6):
        assert told(second)["claim"]["reviews"] == [], "what Ann decided is hidden"
        press(second, "r" if number == 2 else "a", "after=")
    page.goto("/review/agreement?q=Russia")
    expect(page.locator("#fields tbody tr").first).to_contain_text("decision")
    shared = page.request.get("/review/agreement.json?q=Russia").json()
    assert {"Ann", "Bo"} == {each["name"] for each in shared["reviewers"]}
    assert shared["claims"] >= 3
    measured = shared["fields"][0]
    assert measured["name"] == "decision" and measured["pairs"][0]["one"] == "Ann" and measured["pairs"][0]["other"] == "Bo"
    assert 0 <= measured["raw"] < 1 and shared["differing"]
    page.locator("#differing a").first.click()
    expect(page.locator("#quote")).to_be_visible()
    second.close()
