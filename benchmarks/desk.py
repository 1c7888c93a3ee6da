"""How fast the desk answers while it is used: `python benchmarks/desk.py [--documents N] [--acts N] [--seconds S] [--pause S]`.

A ledger with the shipped case and made documents, each about two states drawn by how much is told of them (seeded), is served by `detente serve` in
a process of its own. Readers open one page after another, each beginning elsewhere (acts, documents and claims each time others), while a writer adds
a document with a claim every so often. Printed: the median and the 99th percentile of each page in milliseconds, faults, documents written, and the
most memory that the desk held. Before the writer begins every page is opened once, and that is printed as `first`.
"""

from __future__ import annotations

import argparse
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import httpx

from detente import dates, pipeline
from detente.errors import LedgerBusy
from detente.examine.families import FAMILIES
from detente.keep.ledger import Reader, Writer
from detente.records import Claim, Document, Party

CASE = Path(__file__).parents[1] / "cases" / "russia-dprk"
NOW, DAY, PAIR = "2025-01-01T00:00:00Z", date(2024, 12, 31), "/dyad/PRK/RUS"
FIRST, DAYS = date(1995, 1, 1), 10_900
CODES = (
    "USA CHN RUS DEU FRA GBR JPN IND IRN TUR UKR ISR KOR PRK SAU POL ITA AUS CAN PAK SYR IRQ EGY BRA VNM ESP NLD SWE BLR KAZ "
    "MEX IDN ZAF THA PHL GRC NOR FIN HUN ROU SRB CUB VEN ARG CHL MYS SGP AFG AZE ARM GEO QAT ARE JOR LBN LBY DZA MAR NGA KEN "
    "ETH SDN COD EST LVA LTU DNK CHE AUT BEL CZE PRT IRL BGR HRV SVK SVN MDA UZB TKM KGZ TJK MNG MMR KHM LAO BGD LKA NPL NZL "
    "PER COL ECU BOL PRY URY ISL LUX CYP MLT ALB MKD BIH YEM OMN KWT BHR "
)
OTHERS = 4_000
"""Acts, documents and claims that readers open, each another one."""
WAITING = 202
"""The status of the page that says that one is being worked out; the reader asks again, and all the time counts."""
STATES = tuple(CODES.split())
"""States by how much is told of them: the n-th is named as often as 1/n, as in the world's news."""
WEIGHTS = tuple(1 / (place + 3) for place in range(len(STATES)))
KINDS = {
    "visit": 15,
    "meeting": 20,
    "agreement": 8,
    "position": 25,
    "military": 8,
    "trade_value": 5,
    "signal": 6,
    "sanction": 2,
    "project_milestone": 6,
    "vote": 5,
}
"""Kinds of acts and how often each is told of in a hundred."""


@dataclass(slots=True)
class Run:
    """What readers and the writer did: milliseconds by page, faults, and documents written."""

    times: dict[str, list[float]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    written: int = 0


def made(chance: random.Random, number: int, acts: int) -> tuple[Document, list[Claim]]:
    """A document about two states with so many acts, one a sentence: four of five of the two, the others of one of them with another state."""
    pair = two(chance)
    pairs = [pair if chance.random() < 0.8 else (chance.choice(pair), other_than(chance, pair)) for _ in range(acts)]
    sentences = [f"{a} and {b} spoke for the {number * acts + place}th time." for place, (a, b) in enumerate(pairs)]
    day = FIRST + timedelta(days=chance.randrange(DAYS))
    doc = Document(text=" ".join(sentences), source=f"Newspaper {number % 40}", title=f"Number {number}", published=day)
    claims, start = [], 0
    for (a, b), sentence in zip(pairs, sentences, strict=True):
        sides = {"source": (Party(state=a),), "target": (Party(state=b),)}
        span = doc.span(start, start + len(sentence))
        when = dates.parse(str(day - timedelta(days=chance.randrange(300))))
        claims.append(Claim(kind=chance.choices([*KINDS], [*KINDS.values()])[0], spans=(span,), valid=when, known=day, **sides))
        start += len(sentence) + 1
    return doc, claims


def two(chance: random.Random) -> tuple[str, str]:
    first = chance.choices(STATES, WEIGHTS)[0]
    return first, other_than(chance, (first,))


def other_than(chance: random.Random, named: tuple[str, ...]) -> str:
    while (found := chance.choices(STATES, WEIGHTS)[0]) in named:
        pass
    return found


def filled(folder: Path, documents: int, acts: int) -> None:
    pipeline.load_case(CASE, data=folder, now=NOW)
    chance = random.Random(8)
    for first in range(0, documents, 500):
        with Writer.open(folder, now=NOW) as writer, writer.transaction():
            for number in range(first, min(first + 500, documents)):
                doc, claims = made(chance, number, acts)
                writer.add_document(doc)
                for claim in claims:
                    writer.add_claim(claim)


@contextmanager
def serving(folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "detente", "--data", str(folder), "serve", "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        for _ in range(300):
            try:
                httpx.get(f"http://127.0.0.1:{port}/bring")
                break
            except httpx.ConnectError:
                time.sleep(0.1)
        yield server
    finally:
        server.terminate()
        server.wait()


def pages() -> dict[str, list[str]]:
    """Addresses by the name of the page."""
    dated = f"?as_of={DAY}"
    looks = {f"examined/{each.name}": f"{PAIR}/examined/{each.name}{dated}" for each in FAMILIES}
    pair = {
        "dyad": f"{PAIR}{dated}",
        "timeline": f"{PAIR}/timeline{dated}",
        "take pair": f"{PAIR}/take{dated}",
        "hypotheses": f"{PAIR}/hypotheses{dated}",
    }
    asked = {"ask": f"/ask?q=Are+relations+between+Russia+and+North+Korea+at+a+new+stage%3F&as_of={DAY}", "take": f"/take{dated}"}
    plain = {"review": "/review", "bring": "/bring", "runs": "/runs", "sources": f"/sources{dated}", "world": f"/world{dated}"}
    found = {"start": f"/{dated}", **pair, "moved": f"{PAIR}/moved?from=2020-12-31&to={DAY}", **looks, **asked, **plain}
    return {name: [path] for name, path in found.items()}


def varied(folder: Path) -> dict[str, list[str]]:
    """Pages that are another one each time: acts, documents and claims to review, drawn from all of the ledger (seeded)."""
    chance, found = random.Random(10), dict[str, list[str]]()
    with Reader.open(folder) as ledger:
        of = "SELECT a.act, c.document, c.id FROM claims AS c JOIN claim_states AS a ON a.claim = c.number WHERE c.number = ?"
        (most,) = ledger.run("SELECT max(number) FROM claims").fetchone()
        for act, document, claim in (ledger.run(of, (chance.randint(1, most),)).fetchone() for _ in range(OTHERS)):
            found.setdefault("act", []).append(f"/act/{act}?as_of={DAY}")
            found.setdefault("document", []).append(f"/document/{document}")
            found.setdefault("review a claim", []).append(f"/review?state=all&claim={claim}")
    return found


def read(address: str, wanted: list[tuple[str, list[str]]], run: Run, until: float, turn: int = 0) -> None:
    """Open every page once, and again as long as there is time. The first time through is told as it goes."""
    with httpx.Client(base_url=address, timeout=600) as client:
        again = True
        while again:
            for name, paths in wanted:
                began = time.monotonic()
                while (status := client.get(paths[turn % len(paths)]).status_code) == WAITING:
                    time.sleep(0.2)
                run.times.setdefault(name, []).append(1000 * (time.monotonic() - began))
                if not until:
                    print(f"{name}: {run.times[name][-1]:,.0f} ms", file=sys.stderr, flush=True)
                if status != 200:
                    run.faults.append(f"{name}: {status}")
            again, turn = time.monotonic() < until, turn + 1


def write(folder: Path, run: Run, until: float, pause: float) -> None:
    chance = random.Random(9)
    while time.monotonic() < until:
        doc, claims = made(chance, 10_000_000 + run.written, 1)
        try:
            with Writer.open(folder, now=NOW) as writer, writer.transaction():
                writer.add_document(doc)
                writer.add_claim(claims[0])
            run.written += 1
        except LedgerBusy as error:
            run.faults.append(f"writer: {error}")
        time.sleep(pause)


def crowd(address: str, folder: Path, wanted: dict[str, list[str]], given: argparse.Namespace) -> Run:
    run, until, paths = Run(), time.monotonic() + given.seconds, list(wanted.items())
    turned = [paths[n % len(paths) :] + paths[: n % len(paths)] for n in range(0, 2 * given.readers, 2)]
    firsts = range(0, OTHERS, OTHERS // given.readers)
    tasks = [threading.Thread(target=read, args=(address, each, run, until, first)) for each, first in zip(turned, firsts, strict=False)]
    tasks.append(threading.Thread(target=write, args=(folder, run, until, given.pause)))
    for task in tasks:
        task.start()
    for task in tasks:
        task.join()
    return run


def memory(process: subprocess.Popen[bytes]) -> list[float]:
    """The most that the desk held, and the process that it works costly pages out in, in MiB."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    told = [Path(f"/proc/{each}/status").read_text() for each in (process.pid, *children)]
    return [int(re.findall(r"VmHWM:\s+(\d+)", status)[0]) / 1024 for status in told]


def tell(first: dict[str, float], run: Run) -> None:
    print(f"{'page':22}{'first ms':>10}{'median ms':>11}{'99 % ms':>9}{'answers':>9}")
    for name, times in run.times.items():
        highest = statistics.quantiles(times, n=100, method="inclusive")[98] if len(times) > 1 else times[0]
        print(f"{name:22}{first[name]:10.0f}{statistics.median(times):11.0f}{highest:9.0f}{len(times):9}")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    for name, usual, kind in (("documents", 200, int), ("acts", 20, int), ("seconds", 30.0, float), ("readers", 8, int), ("pause", 15.0, float)):
        asked.add_argument(f"--{name}", type=kind, default=usual)
    asked.add_argument("--port", type=int, default=8799)
    given = asked.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended before the figures were there"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        filled(folder, given.documents, given.acts)
        with serving(folder, given.port) as server:
            address = f"http://127.0.0.1:{given.port}"
            wanted, once = {**pages(), **varied(folder)}, Run()
            read(address, list(wanted.items()), once, 0)
            run = crowd(address, folder, wanted, given)
            print(f"{given.documents:,} documents, {given.documents * given.acts:,} made acts and the case")
            print(f"{given.readers} readers for {given.seconds:g} s, a document written every {given.pause:g} s")
            tell({name: times[0] for name, times in once.times.items()}, run)
            held = " and ".join(f"{each:,.0f}" for each in memory(server))
            print(f"{run.written} documents written meanwhile; {len(run.faults)} faults {run.faults[:3]}; {held} MiB at most")


if __name__ == "__main__":
    main()
