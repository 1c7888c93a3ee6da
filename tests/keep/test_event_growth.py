"""Parts under way on a disk that is full: what the disk refuses is told, and nothing else comes of closing them."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pyarrow as pa
import pytest

from detente.errors import LedgerUnwritable
from detente.keep.events import growing, parts
from detente.keep.events.growing import Year
from detente.keep.events.parts import Part

FULL = Path("/dev/full")
pytestmark = pytest.mark.skipif(not FULL.exists(), reason="no device that is always full on this system")


def rows(number: int) -> pa.Table:
    days = pa.array([20_000 + (n % 3) * 365 for n in range(number)], pa.int32()).cast(pa.date32())
    return pa.table({"identifier": [f"{n:x}" * 20 for n in range(number)], "day": days, "line": range(number)})


@pytest.mark.parametrize("number", [1, 200_000])
def test_a_part_that_the_disk_refused_is_closed_once(number: int) -> None:
    year = Year(Part("part", number, "", ""))
    with pytest.raises(OSError, match="No space left"):
        year.write(FULL, rows(number))
        year.close()
    with suppress(OSError):
        year.close()
    year.close()


def test_an_import_on_a_full_disk_says_that_there_is_no_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with parts.writing(tmp_path) as folder:
        monkeypatch.setattr(type(folder), "staged", lambda *_: FULL)
        with pytest.raises(LedgerUnwritable, match="No space left"), growing.growing(folder, "events", "made") as growth:
            growth.add(rows(3 * growing.GROUP))
            growth.close()
