"""The pages with charts as a person uses them: pointing, clicking, another day, without script, and a file dropped on the page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

import browsing

pytestmark = pytest.mark.skipif(browsing.CHROMIUM is None, reason=browsing.MISSING)
WORLD, PAIR = f"/world?as_of={browsing.DAY}", f"{browsing.PAIR}?as_of={browsing.DAY}"
DROP = """([name, text]) => {
  const carried = new DataTransfer();
  carried.items.add(new File([text], name, {type: "text/plain"}));
  document.body.dispatchEvent(new DragEvent("drop", {dataTransfer: carried, bubbles: true, cancelable: true}));
}"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return browsing.filled(tmp_path_factory.mktemp("charts") / "data")


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    """A page that nothing is complained about: no script fault, and nothing that the policy on content refuses."""
    opened = chromium.new_page(base_url=address, viewport={"width": 1280, "height": 1100})
    faults: list[str] = []
    opened.on("console", lambda message: faults.append(message.text) if message.type in ("error", "warning") else None)
    opened.on("pageerror", lambda fault: faults.append(str(fault)))
    opened.set_default_timeout(20_000)
    yield opened
    opened.close()
    assert faults == []


MIDDLE = """line => {
  const at = line.getPointAtLength(line.getTotalLength() / 2).matrixTransform(line.getScreenCTM());
  return [at.x, at.y];
}"""


def middle(page: Page, wanted: str) -> tuple[float, float]:
    """Where half the way along the first drawn line of a colour lies, on the screen."""
    x, y = page.locator(f".live svg path[{wanted}]").first.evaluate(MIDDLE)
    return x, y


def test_an_act_in_the_chart_tells_its_words_and_leads_to_its_page(page: Page) -> None:
    page.goto(PAIR)
    page.locator(".live > div > svg").wait_for()
    box = page.locator('.live svg path[fill="#1b7837"]').first.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 4, box["y"] + 4)
    expect(page.locator(".hint")).to_contain_text("202")
    page.mouse.click(box["x"] + 4, box["y"] + 4)
    page.wait_for_url(f"**/act/act:*?as_of={browsing.DAY}")


def test_an_arc_tells_its_numbers_and_leads_to_its_pair(page: Page) -> None:
    page.goto(WORLD)
    page.locator(".live > div > svg").wait_for()
    at = middle(page, 'stroke="#b35806"')
    page.mouse.move(*at)
    expect(page.locator(".hint")).to_contain_text("North Korea and Russia: ")
    page.mouse.click(*at)
    page.wait_for_url(f"**/dyad/PRK/RUS?as_of={browsing.DAY}")


def test_the_slider_shows_another_day_without_loading_the_page_anew(page: Page) -> None:
    page.goto(WORLD)
    page.locator(".live > div > svg").wait_for()
    page.evaluate("() => { window.same = true; }")
    page.locator("#as_of_slider").focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**/world?as_of=2024-12-30")
    expect(page.locator("main")).to_contain_text("year up to 2024-12-30")
    assert page.evaluate("() => window.same")
    page.locator(".live > div > svg").wait_for()
    assert page.evaluate("() => document.activeElement.id") == "as_of_slider", "the next press of the key moves it on"
    assert "as_of=2024-12-30" in (page.locator("#pages a").first.get_attribute("href") or "")
    assert "as_of=2024-12-30" in (page.locator("#foot a").first.get_attribute("href") or "")
    page.go_back()
    page.wait_for_url(f"**{WORLD}")
    expect(page.locator("main")).to_contain_text(f"year up to {browsing.DAY}")


def test_a_file_that_is_dropped_is_read_and_leads_to_its_claims(page: Page) -> None:
    page.set_default_timeout(60_000)
    page.goto("/bring")
    page.locator("#published").fill("2014-03-05")
    page.evaluate(DROP, ["trade.txt", "Russia and North Korea signed an agreement on rail traffic in Pyongyang on 4 March 2014."])
    page.wait_for_url("**/review?document=*", timeout=60_000)
    expect(page.locator("#quote")).to_contain_text("Russia and North Korea signed")


def test_without_script_the_map_the_timeline_and_another_day_are_there(chromium: Browser, address: str) -> None:
    context = chromium.new_context(base_url=address, java_script_enabled=False, viewport={"width": 1280, "height": 1100})
    page = context.new_page()
    page.goto(WORLD)
    arcs = page.locator("svg.map a")
    assert arcs.count() > 5
    page.screenshot()
    assert page.locator("#as_of_slider").is_hidden()
    page.locator("#as_of").fill("2020-12-31")
    page.get_by_role("button", name="See").click()
    page.wait_for_url("**/world?as_of=2020-12-31")
    page.locator('svg.map a[href^="/dyad/PRK/RUS"]').focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/dyad/PRK/RUS?as_of=2020-12-31")
    expect(page.locator("img.chart")).to_be_visible()
    context.close()


def test_on_paper_the_picture_stands_in_place_of_the_chart(page: Page) -> None:
    page.goto(WORLD)
    page.locator(".live > div > svg").wait_for()
    page.emulate_media(media="print")
    expect(page.locator("svg.map")).to_be_visible()
    expect(page.locator(".live")).to_be_hidden()
