"""Faults on purpose: work on a ledger is killed at random instants, its disk fills, its files are read-only; then everything is counted.

`python tests/faults.py --trials 500 --seconds 600` is the long form and prints the table. Each trial runs in a process of its own, which
writes down what was acknowledged to it; afterwards the ledger must verify, hold all of that, and the same work must end as if undisturbed.
"""

from __future__ import annotations

import argparse
import importlib
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import crowds
import held
from detente import pipeline
from detente.errors import DetenteError
from detente.keep import heads, openfiles
from detente.keep.ledger import FILE, Reader, Writer
from detente.read.outcomes import Limits
from detente.records import Merge, Review

NOW = "2026-01-01T00:00:00Z"
NOBODY = 65534
CASE = held.CASES / "russia-dprk"
Tell = Callable[[str], None]
State = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Work:
    """Work that is disturbed: `run` does it on a folder and tells what was acknowledged, `kept` is what of it stands, `loaded` begins with a case."""

    name: str
    run: Callable[[Path, Tell], None]
    kept: Callable[[Path], set[str]]
    loaded: bool = True


@dataclass(slots=True)
class Count:
    """Faults injected, of them survived (sound, complete, taken up again); acknowledged things lost; rows doubled; what went wrong, in words."""

    injected: int = 0
    survived: int = 0
    lost: int = 0
    doubled: int = 0
    told: list[str] = field(default_factory=list)


def review(folder: Path, tell: Tell) -> None:
    for item in pipeline.claims(folder)[:40]:
        pipeline.review(Review(claim=item.stored, decision="accepted", reviewer="A", at=NOW), data=folder, now=NOW)
        tell(item.stored)


def merge(folder: Path, tell: Tell) -> None:
    for act in pipeline.grouped(folder)[0][:4]:
        pipeline.merge(Merge(claim=act.claims[0], act=act.id, decision="joined", by="A", at=NOW, reason="seen"), data=folder, now=NOW)
        tell(act.claims[0])


def case(folder: Path, tell: Tell) -> None:
    tell(f"{pipeline.load_case(CASE, data=folder, now=NOW).case.name}")


def migrate(folder: Path, tell: Tell) -> None:
    for number in range(40):
        Writer.open(folder / str(number), now=NOW).close()
        tell(str(number))


def texts(folder: Path) -> Path:
    """Twelve reports to read."""
    made = folder / "texts"
    made.mkdir(parents=True)
    for number in range(12):
        words = f"Russia and North Korea signed agreement number {number} in Pyongyang on Monday. " * 3
        (made / f"{number:02}.txt").write_text(
            f"{words}The minister of Russia visited Pyongyang and met the leader of North Korea.", encoding="utf-8"
        )
    return made


def read(folder: Path, tell: Tell) -> None:
    wanted = pipeline.Wanted((str(folder / "texts"),), date(2014, 5, 8), "Wire", Limits(offline=True))
    for reading in pipeline.read(wanted, data=folder, now=NOW):
        if reading.document is not None:
            tell(reading.document)


def backup(folder: Path, tell: Tell) -> None:
    for number in range(3):
        if not (folder / f"{number}.copy").exists():
            pipeline.backup(folder / f"{number}.copy", data=folder)
        tell(f"{number}.copy")


def export(folder: Path, tell: Tell) -> None:
    for number in range(3):
        if not (folder / f"{number}.open").exists():
            pipeline.export(folder / f"{number}.open", data=folder)
        tell(f"{number}.open")


def restore(folder: Path, tell: Tell) -> None:
    if not (folder / "a.copy").exists():
        pipeline.backup(folder / "a.copy", data=folder)
    for number in range(3):
        pipeline.restore(folder / "a.copy", data=folder, force=True, now=f"2026-01-01T00:00:0{number}Z")
    tell("restored")


def rows_of(sql: str) -> Callable[[Path], set[str]]:
    def found(folder: Path) -> set[str]:
        if not (folder / FILE).exists():
            return set()
        with Reader.open(folder) as ledger:
            return {key for (key,) in ledger.run(sql)}

    return found


def whole_copies(folder: Path) -> set[str]:
    """Copies that make the ledger again; one that does not raises."""
    for path in (*folder.glob("*.copy"), *folder.glob("*.open")):
        with tempfile.TemporaryDirectory() as scratch:
            (openfiles.rebuild if path.is_dir() else pipeline_restore)(path, Path(scratch), force=False, now=NOW)
    return {path.name for path in (*folder.glob("*.copy"), *folder.glob("*.open"))}


def pipeline_restore(path: Path, folder: Path, *, force: bool, now: str) -> object:
    return pipeline.restore(path, data=folder, force=force, now=now)


def migrated(folder: Path) -> set[str]:
    for path in folder.glob(f"*/{FILE}"):
        if path.stat().st_size:
            assert list(pipeline.verify(path.parent)) == []
    return {path.parent.name for path in folder.glob(f"*/{FILE}") if path.stat().st_size}


REVIEW = Work("review", review, rows_of("SELECT claim FROM reviews"))
READ = Work("read", read, rows_of("SELECT id FROM documents"), loaded=False)
WORKS = (
    REVIEW,
    Work("merge", merge, rows_of("SELECT claim FROM merges")),
    Work("case load", case, rows_of("SELECT name FROM case_loads"), loaded=False),
    Work("migrate", migrate, migrated, loaded=False),
    Work("backup", backup, whole_copies),
    Work("export", export, whole_copies),
    Work("restore", restore, lambda folder: {"restored"}),
)


def state(folder: Path) -> State:
    """What a ledger holds, without the log of runs: head and rows of each table."""
    if not (folder / FILE).exists():
        return ()
    with Reader.open(folder) as ledger:
        return heads.head(ledger), {table: rows for table, rows in ledger.counts().items() if table != "runs"}


class Trials:
    """Trials of one work in a scratch folder; `before` is the ledger it begins with, `whole` how it ends undisturbed, after `lasts` seconds."""

    def __init__(self, work: Work, scratch: Path, *, seed: int) -> None:
        self.work, self.scratch, self.chance = work, scratch, random.Random(seed)
        self.acks = scratch / "acknowledged"
        self.base = scratch / "base"
        texts(self.base)
        if work.loaded:
            pipeline.load_case(CASE, data=self.base, now=NOW)
        began = time.monotonic()
        folder = self.fresh()
        ended = self.child(folder, lambda: None, wait=None)
        assert ended == 0, (work.name, self.acks.read_text())
        self.lasts, self.whole = time.monotonic() - began, state(folder)
        self.size = (folder / FILE).stat().st_size if (folder / FILE).exists() else 100_000

    def fresh(self) -> Path:
        folder = self.scratch / "trial"
        if folder.exists():
            shutil.rmtree(folder)
        shutil.copytree(self.base, folder)
        self.acks.write_text("")
        self.acks.chmod(0o666)
        return folder

    def child(self, folder: Path, limit: Callable[[], None], *, wait: float | None) -> int:
        """Run the work in a child; kill it after `wait` seconds. 0 done, 1 refused with a message, 2 broke, negative killed."""
        pid = os.fork()
        if pid == 0:
            with self.acks.open("a", encoding="utf-8", buffering=1) as acks:
                try:
                    limit()
                    self.work.run(folder, lambda key: print(key, file=acks, flush=True))
                except DetenteError:
                    os._exit(1)
                except BaseException:  # noqa: BLE001 - the child must end here, whatever came
                    sys.stderr.write(traceback.format_exc())
                    os._exit(2)
            os._exit(0)
        if wait is not None:
            time.sleep(wait)
            os.kill(pid, signal.SIGKILL)
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])

    def trial(self, fault: str, count: Count) -> None:
        """One fault, and what became of it."""
        folder = self.fresh()
        ended = getattr(self, fault)(folder)
        told = set(self.acks.read_text().split("\n")) - {""} if self.work.name != "restore" else set()
        count.injected += 1
        wrong = [f"ended {ended}"] if ended == 2 else []
        wrong += list(pipeline.verify(folder)) if (folder / FILE).exists() and self.work.name != "migrate" else []
        missing = told - self.work.kept(folder)
        count.lost += len(missing)
        wrong += [f"lost {key}" for key in missing]
        again = self.child(folder, lambda: None, wait=None)
        after = state(folder)
        if again != 0 or after != self.whole:
            wrong.append(f"taken up again: {again}, {after} and not {self.whole}")
            count.doubled += _more(after, self.whole)
        count.survived += not wrong
        count.told += [f"{self.work.name} {fault}: {line}" for line in wrong]

    def killed(self, folder: Path) -> int:
        return self.child(folder, lambda: None, wait=self.chance.uniform(0, 1) * self.lasts)

    def full(self, folder: Path) -> int:
        most = int(self.chance.uniform(0, 1.1) * self.size)
        return self.child(folder, lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)), wait=None)

    def read_only(self, folder: Path) -> int:
        paths = [folder, *folder.rglob("*")]
        for path in paths:
            path.chmod(0o555 if path.is_dir() else 0o444)

        def unprivileged() -> None:
            if self.work is READ:
                importlib.import_module("detente.coding.claims")  # another user may not be able to
            if os.getuid() == 0:
                os.setuid(NOBODY)

        ended = self.child(folder, unprivileged, wait=None)
        told = state(folder)
        for path in paths:
            path.chmod(0o755 if path.is_dir() else 0o644)
        assert told == state(folder), "a read-only ledger can be read"
        return 2 if ended == 0 else ended


def _more(after: State, whole: State) -> int:
    if not after or not whole:
        return 0
    mine, theirs = after[1], whole[1]
    assert isinstance(mine, dict)
    assert isinstance(theirs, dict)
    return sum(max(0, mine[table] - theirs[table]) for table in theirs)


def run(work: Work, *, kills: int, fills: int, scratch: Path, seed: int = 20140508) -> dict[str, Count]:
    """All faults of one work."""
    trials = Trials(work, scratch / work.name.replace(" ", "-"), seed=seed)
    counts = {"killed": Count(), "full": Count(), "read_only": Count()}
    for fault, times in (("killed", kills), ("full", fills), ("read_only", 1)):
        for _ in range(times):
            trials.trial(fault, counts[fault])
    return counts


def main() -> int:
    """The long form; exit code 1 when anything was lost or did not survive."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--trials", type=int, default=500, help="kills in all")
    asked.add_argument("--seconds", type=float, default=600, help="how long two writers and eight readers run")
    given = asked.parse_args()
    works = (READ, *WORKS)
    print(f"{'work':<12}{'fault':<12}{'injected':>9}{'survived':>9}{'lost':>6}{'doubled':>8}")
    bad: list[str] = []
    with tempfile.TemporaryDirectory() as scratch:
        Path(scratch).chmod(0o755)
        for work in works:
            each = -(-given.trials // len(works))
            for fault, count in run(work, kills=each, fills=max(2, each // 6), scratch=Path(scratch)).items():
                print(f"{work.name:<12}{fault:<12}{count.injected:>9}{count.survived:>9}{count.lost:>6}{count.doubled:>8}", flush=True)
                bad += count.told
        bad += crowds.run(Path(scratch) / "crowd", seconds=given.seconds).tell()
    print(*bad, sep="\n")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
