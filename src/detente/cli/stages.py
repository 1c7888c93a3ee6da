"""`detente detect`: alarms about new stages in a table of monthly series; other commands of stages follow the ledger."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from detente.cli import console

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.measure.panel import Panel

ALARMS = ("a", "b", "month", "direction", "probability", "first", "last", "persists")


def detect(
    series: Annotated[Path, typer.Argument(help="CSV with a, b, month, cooperation, conflict.", show_default=False)],
    output: Annotated[Path, typer.Option("--output", "-o", help="CSV of alarms to write.", show_default=False)],
) -> None:
    """Watch every pair in a table month by month and write an alarm wherever a new stage is likelier than not."""
    from detente.measure import panel

    with console.err.status("reading the series"):
        found = panel.read(series)
    with output.open("w", newline="", encoding="utf-8") as file, console.err.status(f"watching {len(found.values)} pairs"):
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(ALARMS)
        count = 0
        for row in rows(found):
            writer.writerow(row)
            count += 1
    console.out.print(f"{count} alarms about {len(found.values)} pairs in {output}", markup=False)


def rows(found: Panel) -> Iterator[tuple[str, ...]]:
    """One row an alarm: `month` is when it was raised from data up to that month, `first` to `last` when the stage began (90 %)."""
    from detente.detect.alarms import alarms
    from detente.measure.panel import pairs

    for (a, b), values in pairs(found):
        for alarm in alarms(values[:, 0], values[:, 1]):
            month, first, last = (found.months[i] for i in (alarm.index, alarm.first, alarm.last - 1))
            yield a, b, month, alarm.direction, f"{alarm.probability:.4f}", first, last, f"{alarm.persists:.3f}"
