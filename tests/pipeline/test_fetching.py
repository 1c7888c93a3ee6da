"""Whatever the server of a dataset does, each file comes whole or is named with its reason, and again fetches only what is missing."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from typer.testing import CliRunner

from detente.cli import app
from detente.errors import DateError, InputError, SourceError, TermError
from detente.pipeline import fetching
from detente.read.datasets import downloads
from detente.read.datasets.downloads import Asking, Pace
from detente.read.outcomes import Limits

DAY = date(2015, 3, 1)
NAMES = [f"201503010{hour}0000.export.CSV.zip" for hour in range(5)]


@dataclass
class Mirror:
    """A server of files under /v2/ with faults: of each name, what it does first and then, the last for good."""

    files: dict[str, bytes]
    faults: dict[str, list[str]] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    agents: set[str] = field(default_factory=set)
    under_way: int = 0
    most: int = 0
    address: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)


def _server(mirror: Mirror) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def do_GET(self) -> None:
            name = self.path.rpartition("/")[2]
            with mirror.lock:
                mirror.asked[name] += 1
                mirror.agents.add(self.headers["User-Agent"])
                mirror.under_way += 1
                mirror.most = max(mirror.most, mirror.under_way)
                faults = mirror.faults.get(name, [])
                fault = faults.pop(0) if len(faults) > 1 else "".join(faults)
            time.sleep(0.1)
            with mirror.lock:
                mirror.under_way -= 1
            self._answer(name, fault)

        def _answer(self, name: str, fault: str) -> None:
            data = mirror.files.get(name, b"")
            if fault.isdecimal() or name not in mirror.files:
                self.send_response(int(fault or 404))
                if fault in ("503", "429"):
                    self.send_header("Retry-After", "7" if fault == "503" else "9999")
            elif fault.startswith("to "):
                self.send_response(302)
                self.send_header("Location", fault[3:])
            else:
                self.send_response(200)
                self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            if fault in ("", "cut", "wrong", "stalled"):
                sent = {"cut": data[:10], "wrong": data[::-1], "stalled": data[:10]}.get(fault, data)
                self.wfile.write(sent if name in mirror.files else b"")
                self.wfile.flush()
                time.sleep(3 if fault == "stalled" else 0)

    return ThreadingHTTPServer(("127.0.0.1", 0), Handler)


@pytest.fixture
def mirror(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mirror]:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    files = {name: f"made up rows of {name}\n".encode() * 50 for name in NAMES}
    lines = [f"{len(data)} {hashlib.md5(data).hexdigest()} http://elsewhere.invalid/v2/{name}" for name, data in files.items()]
    lines += ["7 0 http://elsewhere.invalid/v2/20150301000000.gkg.csv.zip", "", "../../etc/passwd", f"9 x http://h/{NAMES[0]}/../a"]
    lines += ["10 x http://elsewhere.invalid/v2/20150302000000.export.CSV.zip"]
    made = Mirror({**files, "masterfilelist.txt": "\n".join(lines).encode()})
    with _server(made) as running:
        running.daemon_threads = True
        threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        made.address = f"http://127.0.0.1:{running.server_address[1]}/v2/"
        yield made
        running.shutdown()


def _run(mirror: Mirror, into: Path, *, naps: list[float] | None = None, named: bool = True) -> fetching.Fetched:
    slept: list[float] = [] if naps is None else naps
    pace = Pace(attempts=3, sleep=slept.append)
    asking = Asking(limits=Limits(wait_seconds=1.5, fetch_seconds=20), pace=pace, named=downloads.origin(mirror.address) if named else None)
    order = fetching.Order("gdelt2", DAY, date(2015, 3, 2), into, mirror.address)
    return fetching.fetch(order, asking=asking, told=lambda done, of: None)


def test_all_files_of_the_days_come_two_at_once_under_our_name(mirror: Mirror, tmp_path: Path) -> None:
    found = _run(mirror, tmp_path)
    assert found.came == NAMES and not found.missed
    assert all((tmp_path / name).read_bytes() == mirror.files[name] for name in NAMES)
    assert mirror.most == 2
    assert {agent.split("/")[0] for agent in mirror.agents} == {"detente"}
    assert set(mirror.asked) == {*NAMES, "masterfilelist.txt"}


def test_again_fetches_only_what_is_missing_or_damaged(mirror: Mirror, tmp_path: Path) -> None:
    _run(mirror, tmp_path)
    (tmp_path / NAMES[0]).unlink()
    (tmp_path / NAMES[1]).write_bytes(mirror.files[NAMES[1]][::-1])
    mirror.asked.clear()
    found = _run(mirror, tmp_path)
    assert (found.came, found.there) == (NAMES[:2], NAMES[2:])
    assert set(mirror.asked) == {*NAMES[:2], "masterfilelist.txt"}


@pytest.mark.parametrize(
    ("fault", "why", "asked"),
    [("cut", "broke off", 3), ("wrong", "MD5", 3), ("404", "404", 1), ("503", "503", 3), ("429", "429", 1), ("stalled", "nothing came", 3)],
)
def test_a_lasting_fault_is_named_and_the_others_come(mirror: Mirror, tmp_path: Path, fault: str, why: str, asked: int) -> None:
    mirror.faults[NAMES[2]] = [fault]
    found = _run(mirror, tmp_path)
    assert [each.name for each in found.missed] == [NAMES[2]]
    assert why in found.missed[0].why
    assert mirror.asked[NAMES[2]] == asked
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted({*NAMES, "masterfilelist.txt"} - {NAMES[2]})
    mirror.faults.clear()
    assert _run(mirror, tmp_path).came == [NAMES[2]]


@pytest.mark.parametrize(("fault", "nap"), [("503", 7.0), ("cut", 1.0), ("wrong", 1.0), ("500", 1.0)])
def test_a_passing_fault_is_waited_out_as_long_as_the_server_asks(mirror: Mirror, tmp_path: Path, fault: str, nap: float) -> None:
    mirror.faults[NAMES[0]] = [fault, ""]
    naps: list[float] = []
    assert not _run(mirror, tmp_path, naps=naps).missed
    assert naps == [nap]


def test_a_redirect_to_the_own_network_is_not_followed(mirror: Mirror, tmp_path: Path) -> None:
    mirror.faults[NAMES[0]] = ["to http://127.0.0.1:9/secret"]
    mirror.faults[NAMES[1]] = ["to file:///etc/hostname"]
    found = _run(mirror, tmp_path)
    assert [each.name for each in found.missed] == NAMES[:2]
    assert "public network" in found.missed[0].why and "scheme" in found.missed[1].why


def test_the_own_machine_is_asked_only_when_the_user_named_it(mirror: Mirror, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="public network"):
        _run(mirror, tmp_path, named=False)
    assert not mirror.asked


def test_days_before_the_dataset_and_turned_round_are_told(tmp_path: Path) -> None:
    asking = Asking(limits=Limits(), pace=Pace())
    for start, stop, error in ((date(2014, 1, 1), date(2014, 7, 1), InputError), (date(2016, 1, 2), date(2016, 1, 2), DateError)):
        with pytest.raises(error):
            fetching.fetch(fetching.Order("gdelt2", start, stop, tmp_path, "http://h/"), asking=asking, told=lambda done, of: None)
    with pytest.raises(TermError):
        fetching.fetch(fetching.Order("acled", DAY, date(2016, 1, 1), tmp_path, "http://h/"), asking=asking, told=lambda done, of: None)


def test_the_command_fails_when_a_file_did_not_come_and_passes_after(mirror: Mirror, tmp_path: Path) -> None:
    mirror.faults[NAMES[3]] = ["404"]
    words = ["fetch", "gdelt2", "--from", "2015-03-01", "--to", "2015-03-01", "--into", str(tmp_path), "--address", mirror.address, "--json"]
    first = CliRunner().invoke(app, words)
    assert first.exit_code == 1
    assert json.loads(first.stdout)["missed"] == [{"name": NAMES[3], "why": "it answered 404 Not Found"}]
    assert NAMES[3] in first.stderr and "run the same command again" in first.stderr
    mirror.faults.clear()
    again = CliRunner().invoke(app, words)
    assert again.exit_code == 0
    assert json.loads(again.stdout)["came"] == [NAMES[3]]


def test_gdelt_1_is_named_by_year_month_and_day_in_two_lists(mirror: Mirror, tmp_path: Path) -> None:
    names = ["2005.zip", "200601.zip", "20130401.export.CSV.zip"]
    mirror.files |= {name: name.encode() * 9 for name in names}
    mirror.files["filesizes"] = "\n".join(f"{len(mirror.files[name])} {name}" for name in names).encode()
    mirror.files["md5sums"] = "\n".join(f"{hashlib.md5(mirror.files[name]).hexdigest()}  {name}" for name in names).encode()
    asking = Asking(limits=Limits(), pace=Pace(), named=downloads.origin(mirror.address))
    order = fetching.Order("gdelt", date(2005, 12, 31), date(2013, 4, 1), tmp_path, mirror.address)
    assert fetching.fetch(order, asking=asking, told=lambda done, of: None).came == names[:2]
