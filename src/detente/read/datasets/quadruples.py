"""Benchmark splits of numbered events: a folder with train.txt, valid.txt and test.txt, each row subject, relation, object and time.

Rows are whole numbers >= 0 parted by tabs; further columns are left aside. Times are counted in steps, so hours become days where all
are whole days.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from detente.errors import SourceError

Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Split:
    """Events (n, 4: subject, relation, object, time in steps from the first) to learn from, to tune on and to be scored."""

    train: Whole
    valid: Whole
    test: Whole


def read(folder: Path) -> Split:
    """The split in a folder; SourceError for a file that is missing, empty or not of this form, or when a part begins before the last ends."""
    parts = [_part(folder / f"{name}.txt") for name in ("train", "valid", "test")]
    for name, before, after in (("valid", parts[0], parts[1]), ("test", parts[1], parts[2])):
        if after[:, 3].min() <= before[:, 3].max():
            came = f"{name}.txt begins at {after[:, 3].min()}, and the part before it ends at {before[:, 3].max()}"
            raise SourceError("parts that follow each other in time", came=came, do="split by time, not at random")
    times = np.unique(np.concatenate([part[:, 3] for part in parts]))
    step = int(np.gcd.reduce(np.diff(times))) or 1
    for part in parts:
        part[:, 3] = (part[:, 3] - times[0]) // step
    return Split(*parts)


def _part(path: Path) -> Whole:
    try:
        if not path.stat().st_size:
            raise SourceError(f"rows in {path}", came="it is empty", do="give the split's own file")
        rows: Whole = np.loadtxt(path, dtype=np.int64, delimiter="\t", usecols=(0, 1, 2, 3), ndmin=2)
    except (OSError, ValueError) as error:
        do = "give a folder with train.txt, valid.txt and test.txt"
        raise SourceError(f"rows of subject, relation, object and time as whole numbers in {path}", came=str(error), do=do) from error
    if rows.min() < 0:
        raise SourceError(f"numbers from 0 in {path}", came=f"{rows.min()} came", do="number entities and relations from 0")
    return rows
