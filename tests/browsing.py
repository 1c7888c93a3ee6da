"""The desk on a port of its own and a Chromium to look at it with; every page by name, for tests that go through all of them and for pictures."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import uvicorn
from playwright.sync_api import Browser, sync_playwright

from detente import pipeline
from detente.desk.application import application
from detente.examine.families import FAMILIES
from detente.keep.ledger import Writer
from detente.read.outcomes import Limits
from detente.records import Claim, Document, Review

CASE = Path(__file__).parents[1] / "cases" / "russia-dprk"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
MISSING = "no Chromium on this machine; `apt-get install chromium` brings one"
QUIET = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
NOW = "2025-01-01T00:00:00Z"
DAY = "2024-12-31"
PAIR = "/dyad/PRK/RUS"
TEXT = (
    "Министры подписали соглашение о торговле. 두 나라는 무역 협정에 서명했다. 两国签署了贸易协定。 "
    "Russia and North Korea signed an agreement on trade in Pyongyang. It was the third of its kind. <b>Nobody</b> spoke of prices."
)
QUOTE = "Russia and North Korea signed an agreement on trade in Pyongyang."


@contextmanager
def served(folder: Path, *, limits: Limits | None = None) -> Iterator[str]:
    """The desk on a data folder, at an address that nobody else listens on; `limits` are those of what is fetched."""
    server = uvicorn.Server(uvicorn.Config(application(folder, limits=limits or Limits()), host="127.0.0.1", port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


@contextmanager
def browser() -> Iterator[Browser]:
    """A headless Chromium that calls nobody."""
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield opened
        opened.close()


def filled(folder: Path, case: Path = CASE) -> Path:
    """A ledger with a case, the shipped one, a row of it that two persons decided on, and a text in four scripts on which one claim is proposed."""
    pipeline.load_case(case, data=folder, now=NOW)
    doc = Document(text=TEXT, source="A newspaper", title="Trade in four scripts: соглашение, 협정, 协定")
    start = TEXT.index(QUOTE)
    claim = Claim(kind="agreement", spans=(doc.span(start, start + len(QUOTE)),), source=(), target=(), made_by="coder")
    with Writer.open(folder, now=NOW) as writer, writer.transaction():
        writer.add_document(doc)
        writer.add_claim(claim)
        writer.add_coding(doc.id, [claim.id], now=NOW)
    row = pipeline.claims(folder)[0].stored
    for who, decision, edits in (("Bo", "edited", (("place", "Moscow"),)), ("Ann", "accepted", ())):
        made = Review(claim=row, decision=decision, reviewer=who, at=f"{NOW} {who}", edits=edits)  # type: ignore[arg-type]
        pipeline.review(made, data=folder, now=NOW)
    return folder


def pages(folder: Path) -> dict[str, str]:
    """The address of every page by its name, on a ledger that `filled` made."""
    dated = f"?as_of={DAY}"
    (proposed,) = pipeline.claims(folder, proposed=True)
    found = pipeline.queue(folder)
    near = next(each.stored for each in found if each.maker == "table" and len(pipeline.beside(each, data=folder)[1]) > 1)
    words = pipeline.examine(("agreements",), pipeline.Look(("PRK", "RUS"), date.fromisoformat(DAY)), data=folder).found["agreements"][-1].proofs[0]
    looks = {f"examined-{family.name}": f"{PAIR}/examined/{family.name}{dated}" for family in FAMILIES}
    return {
        "start": f"/{dated}",
        "world": f"/world{dated}",
        "dyad": f"{PAIR}{dated}",
        "timeline": f"{PAIR}/timeline{dated}",
        **looks,
        "hypotheses": f"{PAIR}/hypotheses{dated}",
        "moved": f"{PAIR}/moved?from=2020-12-31&to={DAY}",
        "act": f"/act/{words.id}{dated}",
        "document": f"/document/{proposed.claim.spans[0].document}",
        "ask": f"/ask{dated}&q=Are+Russia+and+North+Korea+at+a+new+stage%3F",
        "review": "/review",
        "review-nearby": f"/review?a=PRK&state=mine&made_by=table&claim={near}",
        "agreement": "/review/agreement",
        "bring": "/bring",
        "sources": f"/sources{dated}",
        "take": f"/take{dated}&proposed=true",
        "take-pair": f"{PAIR}/take{dated}",
        "runs": "/runs",
        "problem": "/act/none",
    }
