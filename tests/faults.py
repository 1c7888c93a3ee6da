"""Faults on purpose: work on a data folder is killed at random instants, its disk is full, its files are read-only; then everything is counted.

`python tests/faults.py --trials 500 --seconds 600` is the long form and prints the table. Each trial runs in a process of its own, which
writes down what was acknowledged to it; afterwards the ledger must verify, hold all of that, and the same work must end as if undisturbed.
The disk is a small file system in memory that really is full, where the user may mount one; elsewhere no file may grow beyond a bound.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import crowds
import offices
import works
from detente import pipeline
from detente.errors import DetenteError
from detente.keep.ledger import FILE
from works import Work

NOBODY = 65534
BLOCK = 4096
SEALS = ((0o555, 0o444), (0o777, 0o444), (0o555, 0o666))
"""Modes of folders and files: nothing can be written, only new files can, only old ones can."""


@dataclass(slots=True)
class Count:
    """Faults injected, of them survived (sound, complete, taken up again); acknowledged things lost; rows doubled; what went wrong, in words."""

    injected: int = 0
    survived: int = 0
    lost: int = 0
    doubled: int = 0
    told: list[str] = field(default_factory=list)


@cache
def mounts() -> bool:
    """Whether this user may mount a file system in memory."""
    with tempfile.TemporaryDirectory() as place:
        try:
            _mount(Path(place), 1 << 20)
        except (OSError, subprocess.CalledProcessError):
            return False
        _system("umount", place)
    return True


def _mount(place: Path, size: int) -> None:
    _system("mount", "-t", "tmpfs", "-o", f"size={size},mode=755", "tmpfs", str(place))


def _system(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


@contextmanager
def disk(place: Path, size: int) -> Iterator[None]:
    """A file system of so many bytes at a place, with what lies there now."""
    aside = place.with_name(f"{place.name}.aside")
    place.rename(aside)
    place.mkdir()
    _mount(place, size)
    try:
        shutil.copytree(aside, place, dirs_exist_ok=True)
        yield
    finally:
        _system("umount", str(place))
        place.rmdir()
        shutil.rmtree(aside)


class Trials:
    """Trials of one work in a scratch folder; `base` is what it begins with, `whole` how it ends undisturbed, after `lasts` seconds."""

    def __init__(self, work: Work, scratch: Path, *, seed: int) -> None:
        self.work, self.scratch, self.chance = work, scratch, random.Random(seed)
        self.acks = scratch / "acknowledged"
        self.base = scratch / "base"
        self.base.mkdir(parents=True)
        work.before(self.base)
        folder = self.fresh()
        began = time.monotonic()
        ended = self.child(folder, _free, wait=None)
        assert ended == 0, (work.name, self.acks.read_text())
        self.lasts, self.whole = time.monotonic() - began, work.state(folder)
        self.begins, self.ends = weight(self.base), weight(folder)
        self.size = max((path.stat().st_size for path in folder.rglob("*") if path.is_file()), default=BLOCK)

    def copy(self, name: str) -> Path:
        """What the work begins with, anew."""
        folder = self.scratch / name
        if folder.exists():
            shutil.rmtree(folder)
        shutil.copytree(self.base, folder)
        return folder

    def fresh(self) -> Path:
        folder = self.copy("trial")
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
        wrong = self.after(folder, getattr(self, fault)(folder, count.injected), count)
        count.injected += 1
        again = self.child(folder, _free, wait=None)
        after = self.work.state(folder)
        if again != 0 or after != self.whole:
            wrong.append(f"taken up again: {again}, {after} and not {self.whole}")
            count.doubled += sum(max(0, after[1].get(table, 0) - rows) for table, rows in self.whole[1].items())
        count.survived += not wrong
        count.told += [f"{self.work.name} {fault}: {line}" for line in wrong]

    def after(self, folder: Path, ended: int, count: Count) -> list[str]:
        """What is wrong once the work has ended so: it broke, the ledger is unsound, something acknowledged is not there."""
        wrong = [f"ended {ended}"] if ended == 2 else []
        wrong += list(pipeline.verify(folder)) if (folder / FILE).exists() else []
        missing = set(self.acks.read_text().split("\n")) - {""} - self.work.kept(folder)
        count.lost += len(missing)
        return wrong + [f"lost {key}" for key in missing]

    def killed(self, folder: Path, _: int) -> int:
        return self.child(folder, _free, wait=self.chance.uniform(0, 1) * self.lasts)

    def full(self, folder: Path, _: int) -> int:
        """The work on a full disk; then there is room again."""
        share = self.chance.uniform(0, 1.1)
        if not mounts():
            most = int(share * self.size)
            return self.child(folder, lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)), wait=None)
        left = self.scratch / "left"
        with disk(folder, self.begins + BLOCK + int(share * (self.ends - self.begins))):
            ended = self.child(folder, _free, wait=None)
            shutil.copytree(folder, left)
        left.rename(folder)
        return ended

    def read_only(self, folder: Path, number: int) -> int:
        """Folders, files or both cannot be written to; what is there can still be read by whoever may read."""
        paths = [folder, *folder.rglob("*")]
        shut, still = SEALS[number % len(SEALS)]
        for path in paths:
            path.chmod(shut if path.is_dir() else still)

        def unprivileged() -> None:
            if os.getuid() == 0:
                self.work.run(self.copy("warm"), len)  # loads what another user may not be able to
                os.setuid(NOBODY)
            self.work.state(folder)

        ended = self.child(folder, unprivileged, wait=None)
        for path in [folder, *folder.rglob("*")]:
            path.chmod(0o755 if path.is_dir() else 0o644)
        return 2 if ended == 0 and number % len(SEALS) == 0 else ended


def _free() -> None:
    """Nothing limits the child."""


def weight(folder: Path) -> int:
    """Bytes that a folder takes on a disk of whole blocks."""
    return sum(-(-max(path.stat().st_size, 1) // BLOCK) * BLOCK for path in (folder, *folder.rglob("*")))


def run(work: Work, *, kills: int, fills: int, seals: int, scratch: Path) -> dict[str, Count]:
    """All faults of one work."""
    trials = Trials(work, scratch / work.name.replace(" ", "-"), seed=20140508)
    counts = {"killed": Count(), "full": Count(), "read_only": Count()}
    for fault, times in (("killed", kills), ("full", fills), ("read_only", seals)):
        for _ in range(times):
            trials.trial(fault, counts[fault])
    return counts


def table(trials: int) -> list[str]:
    """Print the faults of every work and their sum; returns what went wrong."""
    each, bad, sums = -(-trials // len(works.WORKS)), list[str](), [0, 0, 0, 0]
    print("the disk that is full:", "a file system in memory" if mounts() else "a bound on the size of files")
    print(f"{'work':<12}{'fault':<12}{'injected':>9}{'survived':>9}{'lost':>6}{'doubled':>8}")
    with tempfile.TemporaryDirectory() as scratch:
        Path(scratch).chmod(0o755)
        for work in works.WORKS:
            for fault, count in run(work, kills=each, fills=max(2, each // 4), seals=len(SEALS), scratch=Path(scratch)).items():
                row = [count.injected, count.survived, count.lost, count.doubled]
                print(_line(work.name, fault, row), flush=True)
                sums = [a + b for a, b in zip(sums, row, strict=True)]
                bad += count.told
    print(_line("all", "", sums))
    return bad


def _line(work: str, fault: str, row: list[int]) -> str:
    return f"{work:<12}{fault:<12}{row[0]:>9}{row[1]:>9}{row[2]:>6}{row[3]:>8}"


def main() -> int:
    """The long form; exit code 1 when anything was lost or did not survive."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--trials", type=int, default=500, help="kills in all")
    asked.add_argument(
        "--seconds", type=float, default=600, help="how long two writers and eight readers run, and then the desk beside the command line"
    )
    given = asked.parse_args()
    bad = table(given.trials) if given.trials else []
    if given.seconds:
        with tempfile.TemporaryDirectory() as scratch:
            bad += crowds.run(Path(scratch) / "crowd", seconds=given.seconds).tell()
            bad += offices.run(Path(scratch) / "office", seconds=given.seconds).tell()
    print(*bad, sep="\n")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
