from __future__ import annotations

import io
import json
import struct
import warnings
import zipfile

import pytest

from detente.errors import BundleError
from detente.publish import bundles

FILES = {**dict.fromkeys(bundles.INPUTS, "{}\n"), bundles.MADE: "# A brief\n"}
STATED = {"version": "1", "rules": {}, "dyad": ["FIN", "ISL"], "as_of": "2014-12-31", "head": "led:0", "made": {}}
PACKED = bundles.pack(STATED, FILES)


def parts() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(PACKED)) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


def zipped(files: list[tuple[str, bytes]]) -> bytes:
    packed = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        warnings.simplefilter("ignore")
        for name, content in files:
            new.writestr(name, content)
    return packed.getvalue()


def test_a_bundle_comes_back_whole() -> None:
    opened = bundles.unpack(PACKED)
    assert opened.files == FILES
    assert {name: opened.manifest[name] for name in STATED} == STATED


def test_the_same_content_packs_to_the_same_bytes_with_fixed_times() -> None:
    assert bundles.pack(STATED, dict(reversed(FILES.items()))) == PACKED
    with zipfile.ZipFile(io.BytesIO(PACKED)) as read:
        assert {info.date_time for info in read.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("name", ["../evil.md", "/etc/passwd", "inputs\\claims.jsonl", "C:/x", "more.txt"])
def test_another_name_is_refused(name: str) -> None:
    with pytest.raises(BundleError, match="once each"):
        bundles.unpack(zipped([*parts().items(), (name, b"x")]))


def test_a_file_that_is_missing_or_there_twice_is_refused() -> None:
    held = list(parts().items())
    for files in (held[1:], [*held, held[0]], []):
        with pytest.raises(BundleError, match="once each"):
            bundles.unpack(zipped(files))


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    files = {**parts(), bundles.MADE: b"0" * (bundles.MOST_TIMES * 1024 * 60)}
    with pytest.raises(BundleError, match="usual size"):
        bundles.unpack(zipped(list(files.items())))


def test_a_size_that_is_a_lie_is_refused() -> None:
    packed = bytearray(zipped(list(parts().items())))
    at = packed.index(b"PK\x01\x02")
    size = struct.unpack_from("<I", packed, at + 24)[0]
    struct.pack_into("<I", packed, at + 24, size - 1)
    with pytest.raises(BundleError):
        bundles.unpack(bytes(packed))


def test_a_changed_file_is_refused() -> None:
    with pytest.raises(BundleError, match="SHA-256"):
        bundles.unpack(zipped(list({**parts(), bundles.MADE: b"# Another\n"}.items())))


@pytest.mark.parametrize("manifest", [b"", b"[]", b"{}", b"[" * 100_000, b"\xff", b'{"format": 1}', b"null"])
def test_a_manifest_that_is_none_is_refused(manifest: bytes) -> None:
    with pytest.raises(BundleError):
        bundles.unpack(zipped(list({**parts(), bundles.MANIFEST: manifest}.items())))


def test_a_newer_format_says_so() -> None:
    stated = {**json.loads(parts()[bundles.MANIFEST]), "format": 2}
    with pytest.raises(BundleError, match="format 2"):
        bundles.unpack(zipped(list({**parts(), bundles.MANIFEST: json.dumps(stated).encode()}.items())))


@pytest.mark.parametrize("packed", [b"", b"PK\x03\x04", b"no zip at all", PACKED[:200], PACKED[:-30]])
def test_what_is_no_zip_is_refused(packed: bytes) -> None:
    with pytest.raises(BundleError, match="zip"):
        bundles.unpack(packed)


def test_a_locked_zip_is_refused() -> None:
    packed = bytearray(zipped(list(parts().items())))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = packed.index(mark) + offset
        struct.pack_into("<H", packed, at, struct.unpack_from("<H", packed, at)[0] | 1)
    with pytest.raises(BundleError):
        bundles.unpack(bytes(packed))
