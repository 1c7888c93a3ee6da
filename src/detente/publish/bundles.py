"""A bundle: one zip with what a brief was made from, so that another machine can make it again or say what differs.

manifest.json names the pair, the day, the ledger's head, the program, the rules and the SHA-256 of every file. Texts of documents are left out
(rights); their hashes and the words that claims quote are in. A bundle from elsewhere is hostile until it is read: names, sizes, hashes and
identities are checked before anything is used. All times in it are fixed.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from detente.errors import BundleError

FORMAT = 1
MANIFEST = "manifest.json"
INPUTS = ("inputs/cases.jsonl", "inputs/claims.jsonl", "inputs/documents.jsonl", "inputs/merges.jsonl")
MADE = "brief.md"
FILES = (MADE, *INPUTS, MANIFEST)
MOST_BYTES = 256 * 1024 * 1024
"""Bytes of one file unpacked, and of the packed bundle, at most."""
MOST_TIMES = 200
"""A file that unpacks to more than so many times its packed size is no file of ours."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
_MANIFEST = {"format": int, "program": str, "version": str, "rules": dict, "dyad": list, "as_of": str, "head": str, "files": dict, "made": dict}


@dataclass(frozen=True, slots=True)
class Bundle:
    """The manifest as data, and the other files by name."""

    manifest: Mapping[str, Any]
    files: Mapping[str, str]


def digest(content: str | bytes) -> str:
    """SHA-256 of a text's UTF-8 or of bytes, in hexadecimal."""
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def pack(manifest: Mapping[str, Any], files: Mapping[str, str]) -> bytes:
    """The zip of a bundle; the hashes of the files are added to the manifest. The same content gives the same bytes."""
    hashes = {name: digest(text) for name, text in sorted(files.items())}
    stated = {"format": FORMAT, "program": "detente", **manifest, "files": hashes}
    whole = {**files, MANIFEST: json.dumps(stated, ensure_ascii=False, indent=1, sort_keys=True) + "\n"}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as zipped:
        for name in sorted(whole):
            zipped.writestr(_entry(name), whole[name].encode(), compresslevel=9)
    return packed.getvalue()


def unpack(packed: bytes) -> Bundle:
    """Read and check a bundle; raises BundleError for anything that is not one of ours, whole and untouched."""
    if len(packed) > MOST_BYTES:
        raise BundleError(f"a bundle of at most {MOST_BYTES} bytes", came=f"it has {len(packed)}", do="make it again from a smaller ledger")
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as zipped:
            read = {info.filename: _text(zipped, info) for info in _entries(zipped)}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError, OSError) as error:
        raise BundleError("a bundle of Detente (a zip)", came=f"it cannot be read: {error}", do="ask for it again") from error
    manifest = _manifest(read.pop(MANIFEST))
    for name, text in read.items():
        if manifest["files"].get(name) != digest(text):
            raise BundleError(f"{name} as the manifest has it", came="its SHA-256 is another, so it was changed", do="ask for the bundle again")
    return Bundle(manifest, read)


def repacked(packed: bytes) -> bytes:
    """A zip (as a DOCX is one) with fixed times and the entries in the order of their names."""
    fixed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(fixed, "w") as new:
        names = sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name))
        for name in names:
            new.writestr(_entry(name), old.read(name), compresslevel=9)
    return fixed.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, date_time=_EPOCH)
    entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
    return entry


def _entries(zipped: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The entries, which must be the known files, once each; so no path can lead anywhere."""
    found = zipped.infolist()
    names = sorted(info.filename for info in found)
    if names != sorted(FILES):
        odd = next((name for name in names if name not in FILES), None) or f"{len(names)} entries"
        raise BundleError(f"the files {', '.join(FILES)} once each", came=f"{odd!r} came", do="ask for a bundle that detente made")
    for info in found:
        if info.file_size > MOST_BYTES or info.file_size > MOST_TIMES * max(info.compress_size, 1024):
            came = f"{info.filename} unpacks from {info.compress_size} to {info.file_size} bytes"
            raise BundleError("files of a usual size", came=came, do="do not use this bundle")
    return found


def _text(zipped: zipfile.ZipFile, info: zipfile.ZipInfo) -> str:
    """At most the stated size is unpacked, whatever the data would grow to."""
    with zipped.open(info) as file:
        content = file.read(info.file_size + 1)
    if len(content) != info.file_size:
        raise BundleError(f"{info.file_size} bytes of {info.filename}", came="there are others", do="do not use this bundle")
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise BundleError(f"UTF-8 in {info.filename}", came="other bytes came", do="ask for the bundle again") from error


def _manifest(text: str) -> dict[str, Any]:
    try:
        read = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BundleError(f"JSON in {MANIFEST}", came=str(error), do="ask for the bundle again") from error
    if not isinstance(read, dict) or any(not isinstance(read.get(name), kind) for name, kind in _MANIFEST.items()):
        raise BundleError(f"{', '.join(_MANIFEST)} in {MANIFEST}", came="something else came", do="ask for a bundle that detente made")
    if read["format"] != FORMAT:
        raise BundleError(f"a bundle of format {FORMAT}", came=f"format {read['format']} came", do="install the version of Detente that made it")
    return read
