"""From what the user named to bytes: files, folders, standard input, addresses. What cannot be had is refused, what is hidden is counted.

A folder is read in the order of its names, with all that is below it; links to folders are not followed, and devices and pipes never opened.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from detente.read.clean import shown
from detente.read.outcomes import LeftOut, Limits, Refusal, Refused, refusal

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Bytes with where they came from: `name` is the file's name or the last part of the address."""

    origin: str
    name: str
    data: bytes
    retrieved_at: str
    address: str | None = None
    media_type: str | None = None
    charset: str | None = None


Gathered = Item | Refused | LeftOut


def gather(target: str, *, limits: Limits, stdin: bytes | None) -> Iterator[Gathered]:
    """All that one target holds, one by one; `stdin` are the bytes for the target `-`."""
    if target == "-":
        yield _standard_input(stdin, limits)
    elif _ADDRESS.match(target):
        yield _fetched(target, limits)
    else:
        yield from _on_disk(Path(target), limits)


def _standard_input(stdin: bytes | None, limits: Limits) -> Item | Refused:
    if stdin is None:
        return _refused("-", refusal("empty", "text on standard input", came="nothing was passed on", do="pipe a text into the command"))
    return _sized(Item(origin="-", name="standard input", data=stdin, retrieved_at=_now()), limits)


def _fetched(address: str, limits: Limits) -> Item | Refused:
    from detente.read import fetch  # loaded only when an address is asked for: it costs every other command a tenth of a second

    got = fetch.fetch(address, limits=limits)
    if isinstance(got, Refusal):
        return _refused(address, got)
    name = unquote(urlsplit(got.address).path.rstrip("/").rpartition("/")[2])
    return Item(
        origin=shown(address),
        name=name,
        data=got.data,
        retrieved_at=got.retrieved_at,
        address=got.address,
        media_type=got.media_type,
        charset=got.charset,
    )


def _on_disk(path: Path, limits: Limits) -> Iterator[Gathered]:
    try:
        is_folder = stat.S_ISDIR(path.stat().st_mode)
    except (OSError, ValueError) as error:
        yield _unopened(path, error)
        return
    yield from _folder(path, limits) if is_folder else iter((_file(path, limits),))


def _folder(top: Path, limits: Limits) -> Iterator[Gathered]:
    hidden, found, waiting = 0, 0, [top]
    while waiting:
        here = waiting.pop()
        try:
            entries = sorted(here.iterdir())
        except OSError as error:
            yield _unopened(here, error)
            continue
        visible = [entry for entry in entries if not entry.name.startswith(".")]
        hidden += len(entries) - len(visible)
        waiting.extend(reversed([entry for entry in visible if _is_folder(entry)]))
        for entry in visible:
            if not _is_folder(entry):
                found += 1
                yield _file(entry, limits)
    if hidden:
        yield LeftOut(origin=shown(str(top)), count=hidden)
    if not found:
        yield _refused(
            str(top), refusal("empty", "a folder with documents", came="no file that is not hidden is in it", do="give the folder that holds them")
        )


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _file(path: Path, limits: Limits) -> Item | Refused:
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            came = "it is a link to a folder" if stat.S_ISDIR(mode) else "it is a device, a pipe or a socket"
            return _refused(str(path), refusal("special_file", "a file", came=came, do="save what it yields as a file, or name the folder itself"))
        with path.open("rb") as file:
            data = file.read(limits.bytes + 1)
    except (OSError, ValueError) as error:
        return _unopened(path, error)
    return _sized(Item(origin=shown(str(path)), name=path.name, data=data, retrieved_at=_now()), limits)


def _sized(item: Item, limits: Limits) -> Item | Refused:
    if len(item.data) <= limits.bytes:
        return item
    return _refused(item.origin, refusal("too_large", f"at most {limits.bytes} bytes", came="it has more", do="split it into its documents"))


def _unopened(path: Path, error: OSError | ValueError) -> Refused:
    """A path that cannot be opened: nothing there, or no right to it."""
    why = os.strerror(error.errno) if isinstance(error, OSError) and error.errno is not None else str(error)
    if isinstance(error, PermissionError):
        told = refusal("unreadable", "a file or folder that may be opened", came=f"the system says: {why}", do="change its permissions or copy it")
    elif isinstance(error, FileNotFoundError | NotADirectoryError | ValueError):
        told = refusal("missing_file", "a file or folder", came=f"nothing is there ({why})", do="check the spelling")
    else:
        told = refusal("unreadable", "a file or folder that can be opened", came=f"the system says: {why}", do="check the path and the disk")
    return _refused(str(path), told)


def _refused(origin: str, told: Refusal) -> Refused:
    return Refused(origin=shown(origin), reason=told.reason, message=shown(told.message))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
