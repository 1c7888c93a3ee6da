"""From what the user named to bytes: files, folders, standard input; nothing is skipped without a count."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from detente.read import gathering
from detente.read.gathering import Item
from detente.read.outcomes import LeftOut, Limits, Refused


def _gather(target: object, stdin: bytes | None = None, limits: Limits | None = None) -> list[gathering.Gathered]:
    return list(gathering.gather(str(target), limits=limits or Limits(), stdin=stdin))


def _reason(target: object) -> str:
    (found,) = _gather(target)
    assert isinstance(found, Refused)
    return found.reason


def test_a_folder_is_read_in_order_with_all_below_and_hidden_files_counted(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c/z.txt", "c/d/y.txt", ".git/config", "c/.DS_Store"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    found = _gather(tmp_path)
    items = [each.origin for each in found if isinstance(each, Item)]
    assert [os.path.relpath(origin, tmp_path) for origin in items] == ["a.txt", "b.txt", "c/z.txt", "c/d/y.txt"]
    assert [each.count for each in found if isinstance(each, LeftOut)] == [2]


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    assert _reason(tmp_path) == "empty"


@pytest.mark.parametrize("name", ["none.txt", "none/x.txt", "a\x00b", "x" * 5_000])
def test_a_path_to_nothing_is_refused(tmp_path: Path, name: str) -> None:
    assert _reason(f"{tmp_path}/{name}") in ("missing_file", "unreadable")


def test_pipes_devices_and_links_to_folders_are_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to(tmp_path)
    (tmp_path / "lost").symlink_to(tmp_path / "none")
    reasons = [each.reason for each in _gather(tmp_path) if isinstance(each, Refused)]
    assert sorted(reasons) == ["missing_file", "special_file", "special_file"]
    assert _reason("/dev/zero") == "special_file"


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may open everything")
def test_what_may_not_be_opened_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x")
    path.chmod(0)
    assert _reason(path) == "unreadable"
    path.chmod(stat.S_IRUSR)


def test_a_refused_permission_is_told_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x")

    def closed(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", closed)
    assert _reason(path) == "unreadable"


def test_more_bytes_than_the_limit_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 11)
    small = Limits(bytes=10)
    assert [each.reason for each in _gather(path, limits=small) if isinstance(each, Refused)] == ["too_large"]
    path.write_bytes(b"x" * 10)
    assert [type(each) for each in _gather(path, limits=small)] == [Item]


def test_standard_input_is_what_the_caller_passes() -> None:
    (found,) = _gather("-", stdin=b"They met.")
    assert isinstance(found, Item) and (found.data, found.name) == (b"They met.", "standard input")
    (none,) = _gather("-")
    assert isinstance(none, Refused) and none.reason == "empty"


def test_a_name_that_turns_the_reading_direction_is_shown_written_out(tmp_path: Path) -> None:
    (tmp_path / "moc\u202etxt.exe").write_text("x")
    (found,) = _gather(tmp_path)
    assert isinstance(found, Item) and found.origin.endswith("moc\\u202etxt.exe")
