"""Weights in a file: named arrays of half precision in an uncompressed zip, readable by numpy without pickle.

Names are sorted and times fixed, so that the same weights always make the same bytes. Half precision halves the file; what is lost lies far
below what the training itself leaves open.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import numpy as np

from detente.coding.encoder import Floats
from detente.errors import SourceError

NOTES = "notes"
_MADE = (1980, 1, 1, 0, 0, 0)


def write(path: Path, arrays: Mapping[str, Floats], notes: Mapping[str, Any]) -> None:
    """Write arrays and notes (anything that JSON holds) to one .npz file."""
    packed = json.dumps(notes, ensure_ascii=False, sort_keys=True).encode("utf-8")
    entries: dict[str, Any] = {name: array.astype(np.float16) for name, array in arrays.items()}
    entries[NOTES] = np.frombuffer(packed, dtype=np.uint8)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(entries):
            archive.writestr(zipfile.ZipInfo(f"{name}.npy", _MADE), _bytes(entries[name]), zipfile.ZIP_DEFLATED)


def load(path: Path | None = None) -> tuple[dict[str, Floats], dict[str, Any]]:
    """Arrays in single precision and the notes, by default those shipped; SourceError when the file cannot be read."""
    if path is not None:
        return _load(path)
    with as_file(files("detente") / "data" / "weights" / "classes.npz") as shipped:
        return _load(shipped)


def _load(path: Path) -> tuple[dict[str, Floats], dict[str, Any]]:
    try:
        with np.load(path, allow_pickle=False) as archive:
            notes = json.loads(bytes(archive[NOTES]).decode("utf-8"))
            return {name: archive[name].astype(np.float32) for name in archive.files if name != NOTES}, notes
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise SourceError("a file of weights", came=f"{path} is none", do="run `make train` or install the package again") from error


def _bytes(array: Any) -> bytes:
    stream = io.BytesIO()
    np.lib.format.write_array(stream, np.ascontiguousarray(array), allow_pickle=False)
    return stream.getvalue()
