"""A day of a feed replayed at speed: made-up events and documents go in hour by hour, and memory, file sizes and latency are drawn over time.

`python tests/load.py --events 1000000 --documents 20000 --into load` writes load/load.csv and load/load.svg and prints a verdict on each figure:
flat, explained by rows (it grows no faster than what is kept), or neither, which makes the exit code 1.
"""

from __future__ import annotations

import argparse
import csv
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import date
from itertools import islice
from pathlib import Path

import numpy as np

import works
from detente import pipeline
from detente.keep.events import parts
from detente.keep.ledger import FILE, Reader
from detente.pipeline import importing, measuring
from detente.publish import drawing
from detente.read.datasets import inventions, rendering, synthetic
from detente.read.outcomes import Limits

NOW, DAY = "2025-06-02T00:00:00Z", date(2025, 6, 1)
FLAT = 0.1
"""A figure whose line rises by less than this share of its mean over the whole run is flat."""
BEND = 1.5
"""How much steeper in rows the second half may be than the first, before it is called faster than rows."""
FIRST = 0.25
"""The share of the hours in which what is loaded once is loaded; they are drawn, and not judged."""


@dataclass(frozen=True, slots=True)
class Hour:
    """What stood after an hour: rows kept, memory and file sizes in MB, and how many seconds of the processor the work of the hour took."""

    events: int
    documents: int
    memory: float
    ledger: float
    table: float
    importing: float
    reading: float
    measuring: float
    asking: float


ROWS = {
    "memory": "documents",
    "ledger": "documents",
    "table": "events",
    "importing": "events",
    "reading": "documents",
    "measuring": "events",
    "asking": "documents",
}
"""By the rows of what each figure is judged."""
UNITS = {"memory": "MB", "ledger": "MB", "table": "MB"}


def timed(work: Callable[[], object]) -> float:
    """Seconds of this process's processors, which other work on the machine does not lengthen."""
    began = time.process_time()
    work()
    return time.process_time() - began


def feed(scratch: Path, rows: int, hours: int) -> Iterator[Path]:
    """The events of each hour in a file; identifiers rise, as in a real feed, and the days are two."""
    whole = scratch / "whole.csv"
    synthetic.write(whole, synthetic.World(8, rows, rendering.states("gdelt2"), date(2025, 5, 30), date(2025, 6, 1)))
    with whole.open("rb") as lines:
        for hour in range(hours):
            path = scratch / "hour.csv"
            with path.open("wb") as out:
                out.writelines(islice(lines, rows * (hour + 1) // hours - rows * hour // hours))
            yield path


def texts(scratch: Path, count: int, hours: int) -> Iterator[Path]:
    """The documents of each hour in a folder."""
    made = inventions.documents(8, count)
    for hour in range(hours):
        folder = scratch / f"texts-{hour}"
        folder.mkdir()
        for each in islice(made, count * (hour + 1) // hours - count * hour // hours):
            (folder / f"{each.id}.txt").write_text(each.text, encoding="utf-8")
        yield folder


def read(folder: Path, data: Path) -> None:
    wanted = pipeline.Wanted((str(folder),), DAY, "Wire", Limits(offline=True))
    fates = [reading.fate for reading in pipeline.read(wanted, data=data, now=NOW)]
    assert set(fates) <= {"coded", "refused"}, fates


def ask(data: Path) -> None:
    pipeline.assess(("PRK", "RUS"), data=data, as_of=DAY, today=DAY)


def replay(data: Path, scratch: Path, *, events: int, documents: int, hours: int) -> Iterator[Hour]:
    """Let the feed in beside the shipped case, and look at what stands after every hour."""
    pipeline.load_case(works.CASE, data=data, now=NOW)
    for rows, folder in zip(feed(scratch, events, hours), texts(scratch, documents, hours), strict=True):
        order = importing.Order("gdelt2", [rows])
        spent = timed(lambda order=order: importing.import_events(measuring.folder(data), order))  # type: ignore[misc]
        coded = timed(lambda folder=folder: read(folder, data))  # type: ignore[misc]
        yield looked(data, spent, coded)


def looked(data: Path, spent: float, coded: float) -> Hour:
    table = measuring.folder(data)
    measured = timed(lambda: measuring.panel(data, measuring.Chosen()))
    asked = timed(lambda: ask(data))
    with Reader.open(data) as ledger:
        documents = ledger.counts()["documents"]
    sizes = [path.stat().st_size for path in table.rglob("*") if path.is_file()]
    kept = sum(part.rows for part in parts.load(table).of("events"))
    return Hour(kept, documents, _memory(), (data / FILE).stat().st_size / 1e6, sum(sizes) / 1e6, spent, coded, measured, asked)


def _memory() -> float:
    """What the process holds now, in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def judged(rows: Sequence[float], values: Sequence[float]) -> tuple[str, float, float]:
    """Flat, explained by rows, or faster than rows; with the slope by row and by how much of its mean the line rises over the run.

    Least squares over all but the first hours; where the whole is not flat, the second half may be steeper than the first by `BEND` at most,
    or by what adds less than `FLAT` of the mean.
    """
    start = int(len(rows) * FIRST)
    x, y = np.asarray(rows[start:], dtype=float), np.asarray(values[start:], dtype=float)
    slope = _slope(x, y)
    rise = slope * (x[-1] - x[0]) / float(y.mean())
    if abs(rise) < FLAT or slope < 0:
        return "flat", slope, rise
    half = len(x) // 2
    before, after = _slope(x[: half + 1], y[: half + 1]), _slope(x[half:], y[half:])
    bent = (after - before) * (x[-1] - x[half]) / float(y.mean())
    return ("faster than rows" if bent > FLAT and after > BEND * before else "explained by rows"), slope, rise


def _slope(x: np.ndarray[tuple[int], np.dtype[np.float64]], y: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
    return float(np.polyfit(x, y, 1)[0])


def verdicts(hours: Sequence[Hour]) -> dict[str, tuple[str, float, float]]:
    """The judgement of each figure against the rows that it stands for."""
    return {name: judged([getattr(h, rows) for h in hours], [getattr(h, name) for h in hours]) for name, rows in ROWS.items()}


def picture(hours: Sequence[Hour]) -> str:
    """Every figure over the hours, one below the other."""
    panels = list(enumerate(ROWS))
    share = 100 / len(panels)
    labels = [str(hour + 1) for hour in range(len(hours))]
    titles = [
        {"text": f"{name}, {UNITS.get(name, 's')}", "left": 60, "top": f"{i * share:.1f}%", "textStyle": {"fontSize": 13}} for i, name in panels
    ]
    grids = [{"left": 60, "right": 24, "top": f"{(i + 0.25) * share:.1f}%", "height": f"{share * 0.5:.1f}%"} for i, _ in panels]
    across = [{"type": "category", "gridIndex": i, "data": labels} for i, _ in panels]
    upward = [{"type": "value", "gridIndex": i, "min": 0} for i, _ in panels]
    lines = [{"type": "line", "xAxisIndex": i, "yAxisIndex": i, "data": [round(getattr(h, name), 3) for h in hours]} for i, name in panels]
    option = {"title": titles, "grid": grids, "xAxis": across, "yAxis": upward, "series": lines}
    return drawing.svg(option, width=760, height=170 * len(panels))


def main() -> int:
    """The replay, its figures, its pictures and its verdict."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--events", type=int, default=1_000_000)
    asked.add_argument("--documents", type=int, default=20_000)
    asked.add_argument("--hours", type=int, default=24, help="into how many parts the feed is cut")
    asked.add_argument("--into", type=Path, default=Path("load"), help="folder for load.csv and load.svg")
    given = asked.parse_args()
    given.into.mkdir(parents=True, exist_ok=True)
    hours: list[Hour] = []
    with tempfile.TemporaryDirectory() as scratch, (given.into / "load.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(("hour", *(each.name for each in fields(Hour))))
        for hour in replay(Path(scratch) / "data", Path(scratch), events=given.events, documents=given.documents, hours=given.hours):
            hours.append(hour)
            out.writerow((len(hours), *(round(value, 3) for value in astuple(hour))))
            file.flush()
            print(f"hour {len(hours)}: " + ", ".join(f"{each.name} {getattr(hour, each.name):,.4g}" for each in fields(Hour)), flush=True)
    (given.into / "load.svg").write_text(picture(hours), encoding="utf-8")
    return tell(hours)


def tell(hours: Sequence[Hour]) -> int:
    """Print what was found of each figure; 1 when one grows faster than rows."""
    found = verdicts(hours)
    for name, (verdict, slope, rise) in found.items():
        first, last, unit = getattr(hours[int(len(hours) * FIRST)], name), getattr(hours[-1], name), UNITS.get(name, "s")
        grew = f"{1000 * slope:+.4f} {unit} a thousand {ROWS[name]}, {rise:+.0%} of its mean over the run"
        print(f"{name:<10} {first:>9.3f} -> {last:>9.3f} {unit:<2} {verdict}: {grew}")
    return int(any(verdict == "faster than rows" for verdict, _, _ in found.values()))


if __name__ == "__main__":
    sys.exit(main())
