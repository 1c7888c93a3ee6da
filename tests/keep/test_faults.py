"""The short form of the crash harness (`make soak-short`); `make soak` is the long one. The figures are printed with `-s`."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

import crowds
import faults
import offices
import works


@pytest.mark.parametrize("work", [work for work in works.WORKS if work is not works.READ], ids=lambda work: work.name)  # it needs the parser
def test_nothing_acknowledged_is_lost_by_kill_full_disk_or_read_only_files(work: works.Work) -> None:
    with tempfile.TemporaryDirectory() as scratch:  # not pytest's own folder, which another user may not enter
        Path(scratch).chmod(0o755)
        for fault, count in faults.run(work, kills=3, fills=1, seals=1, scratch=Path(scratch)).items():
            print(f"{work.name} {fault}: {count.injected} injected, {count.survived} survived, {count.lost} lost, {count.doubled} doubled")
            assert count.told == []
            assert (count.injected, count.lost, count.doubled) == (count.survived, 0, 0)


def test_two_writers_and_eight_readers_lose_no_review(tmp_path: Path) -> None:
    found = crowds.run(tmp_path, seconds=4)
    assert found.tell() == []
    assert found.acknowledged > 20
    assert found.looks > 20


def test_the_desk_and_the_command_line_together_lose_nothing(tmp_path: Path) -> None:
    found = offices.run(tmp_path, seconds=4)
    assert found.tell() == []
    assert min(found.by_desk, found.by_command, found.texts, found.looks) > 0
