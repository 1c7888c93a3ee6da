"""What can be told of rows without reading all of them again: the bounds of their days and identifiers, whether they differ, their years."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as compute

from detente.keep.events.parts import Part


def of(rows: Any, path: str = "") -> Part | None:
    """The bounds of a table's rows, as those of the part at `path`; None when it has none."""
    if not rows.num_rows:
        return None
    first, last = _ends(rows["day"])
    numbers = whole(rows["identifier"])
    low, high = (None, None) if numbers is None else _ends(numbers)
    return Part(path, rows.num_rows, str(first), str(last), low, high)


def joined(a: Part, b: Part) -> Part:
    """The bounds of the rows of both, as those of the part at the path of the first."""
    low, high = (None, None) if a.low is None or b.low is None or a.high is None or b.high is None else (min(a.low, b.low), max(a.high, b.high))
    return Part(a.path, a.rows + b.rows, min(a.first_day, b.first_day), max(a.last_day, b.last_day), low, high)


def meet(a: Part, b: Part) -> bool:
    """Whether two sets of rows can share one: their days overlap, and their identifiers too where both are numbers."""
    if a.last_day < b.first_day or b.last_day < a.first_day:
        return False
    if a.low is None or b.low is None or a.high is None or b.high is None:
        return True
    return a.low <= b.high and b.low <= a.high


def _ends(values: Any) -> tuple[Any, Any]:
    found = compute.min_max(values)
    return found["min"].as_py(), found["max"].as_py()


def whole(identifiers: Any) -> Any | None:
    """Identifiers as whole numbers of 64 bits, None when one of them is none."""
    try:
        return identifiers.cast(pa.int64())
    except pa.ArrowInvalid:
        return None


def differ(identifiers: Any) -> bool:
    """Whether all identifiers are whole numbers and none comes twice."""
    numbers = whole(identifiers)
    return numbers is not None and bool((np.diff(np.sort(numbers.to_numpy())) > 0).all())


def yearly(rows: Any) -> Iterator[tuple[int, Any]]:
    """The rows of each year of their days, in the order they came; those of years that lie together are not copied."""
    years = compute.year(rows["day"]).to_numpy()
    known, numbers = np.unique(years, return_counts=True)
    in_order = bool((np.diff(years) >= 0).all())
    for year, number, start in zip(known.tolist(), numbers.tolist(), (np.cumsum(numbers) - numbers).tolist(), strict=True):
        yield year, rows.slice(start, number) if in_order else rows.filter(pa.array(years == year))
