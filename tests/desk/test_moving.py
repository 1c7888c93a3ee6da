"""All of a ledger taken out through the desk in a real Chromium, and made again elsewhere: every identity is the same."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Page
from typer.testing import CliRunner

import browsing
import made
from detente import cli, pipeline
from detente.keep import heads
from detente.keep.ledger import Reader
from detente.keep.schema import GROWING
from detente.records import Review

pytestmark = pytest.mark.skipif(browsing.CHROMIUM is None, reason=browsing.MISSING)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    scratch = tmp_path_factory.mktemp("moving")
    acts = [made.act(f"v{year}", f"{year}-03-10", place="Vladivostok") for year in range(2000, 2015)]
    folder = browsing.filled(scratch / "data", made.case(scratch / "case", acts=acts))
    (open_one,) = pipeline.claims(folder, proposed=True)
    decided = Review(claim=open_one.stored, decision="edited", reviewer="Ann", at=browsing.NOW, edits=(("valid", "2014-03-01"),))
    pipeline.review(decided, data=folder, now=browsing.NOW)
    return folder


@pytest.fixture(scope="module")
def page(folder: Path) -> Iterator[Page]:
    with browsing.served(folder) as address, browsing.browser() as chromium:
        opened = chromium.new_page(base_url=address, viewport={"width": 1280, "height": 900})
        opened.set_default_timeout(60_000)
        yield opened


def downloaded(page: Page, link: str, into: Path) -> Path:
    with page.expect_download() as waiting:
        page.get_by_role("link", name=link, exact=True).click()
    path = into / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def identities(folder: Path) -> dict[str, object]:
    """The head, every row of every table, and the acts with the claims that they are made of."""
    with Reader.open(folder) as ledger:
        rows = {table: ledger.run(f"SELECT * FROM {table} ORDER BY rowid").fetchall() for table in GROWING}
        head = heads.head(ledger)
    return {"head": head, **rows, "acts": [(act.id, act.claims, act.accepted) for act in pipeline.known(folder, as_of=date.max).acts]}


@pytest.mark.parametrize(("link", "command"), [("Everything as open files", "rebuild"), ("Everything as a backup", "restore")])
def test_a_ledger_taken_out_through_the_desk_is_made_again_with_the_same_identities(
    page: Page, folder: Path, tmp_path: Path, link: str, command: str
) -> None:
    page.goto(f"/?as_of={browsing.DAY}")
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Take out").click()
    path = downloaded(page, link, tmp_path)
    if path.suffix == ".zip":
        ZipFile(path).extractall(tmp_path)
        path = tmp_path / "ledger"
    done = CliRunner().invoke(cli.app, [command, str(path), "--data", str(tmp_path / "again")])
    assert done.exit_code == 0, done.output
    assert identities(tmp_path / "again") == identities(folder)
    assert list(pipeline.verify(tmp_path / "again")) == []


def test_acts_taken_out_on_the_page_of_a_pair_are_the_acts_of_the_ledger(page: Page, folder: Path, tmp_path: Path) -> None:
    page.goto(f"/dyad/FIN/ISL?as_of={browsing.DAY}")
    page.get_by_role("link", name="other formats").click()
    path = downloaded(page, "Take out as jsonl", tmp_path)
    assert path.name == f"acts-FIN-ISL-{browsing.DAY}.jsonl"
    held = pipeline.known(folder, as_of=date.fromisoformat(browsing.DAY)).acts
    wanted = {act.id: list(act.claims) for act in held if act.accepted and {"FIN", "ISL"} <= act.claim.states}
    assert len(wanted) == 15
    assert {told["id"]: told["claims"] for told in map(json.loads, path.read_text(encoding="utf-8").splitlines())} == wanted
    assert page.locator("#jsonl ~ p").first.inner_text().startswith("JSON Lines")
