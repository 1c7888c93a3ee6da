"""Stages on the command line: alarms about a table of series, the world's newest stages, and the levels of one pair in the ledger."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import track
from rich.table import Table

from detente.cli import console

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.assess.levels import Level, Unknown
    from detente.measure.panel import Panel

ALARMS = ("a", "b", "month", "direction", "probability", "first", "last", "persists")

Series = Annotated[Path, typer.Argument(help="CSV with a, b, month, cooperation, conflict.", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="Print data instead of a table.")]
Picture = Annotated[Path | None, typer.Option("--picture", help="SVG file to draw.", show_default=False)]


def detect(
    series: Series,
    output: Annotated[Path, typer.Option("--output", "-o", help="CSV of alarms to write.", show_default=False)],
) -> None:
    """Watch every pair in a table month by month and write an alarm wherever a new stage is likelier than not."""
    from detente.measure import panel
    from detente.pipeline import write_whole

    with console.err.status("reading the series"):
        found = panel.read(series)
    alarms = list(rows(found))
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([ALARMS, *alarms])
    write_whole(output, text.getvalue())
    console.out.print(f"{len(alarms)} alarms about {len(found.values)} pairs in {output}", markup=False)
    unread = len(found.values) - sum(1 for _ in panel.pairs(found))
    if unread:
        console.out.print(f"{unread} pairs left out: nobody looked at both their cooperation and their conflict")


def scan(
    series: Series,
    since: Annotated[str | None, typer.Option("--since", help="Only alarms of this month or later, YYYY-MM.", show_default=False)] = None,
    top: Annotated[int, typer.Option("--top", min=1, help="How many pairs to show.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Which pairs entered a new stage lately: the alarms likeliest to last come first."""
    from detente.measure import panel

    if since is not None:
        panel.month_number(since, "--since")
    with console.err.status("reading the series"):
        found = panel.read(series)
    newest = {row[:2]: row for row in rows(found) if since is None or row[2] >= since}
    chosen = sorted(newest.values(), key=lambda row: (-float(row[7]), -float(row[4]), row[:2]))[:top]
    if as_json:
        typer.echo(json.dumps([dict(zip(ALARMS, row, strict=True)) for row in chosen], indent=1))
        return
    table = Table(*ALARMS, title=f"{len(newest)} of {len(found.values)} pairs raised an alarm")
    for row in chosen:
        table.add_row(*row)
    console.out.print(table)


def rows(found: Panel) -> Iterator[tuple[str, ...]]:
    """One row an alarm: `month` is when it was raised from data up to that month, `first` to `last` when the stage began (90 %)."""
    from detente.detect.alarms import alarms
    from detente.measure.panel import pairs

    for (a, b), values in track(list(pairs(found)), description="watching", console=console.err, transient=True):
        for alarm in alarms(values[:, 0], values[:, 1]):
            month, first, last = (found.months[i] for i in (alarm.index, alarm.first, alarm.last - 1))
            yield a, b, month, alarm.direction, f"{alarm.probability:.4f}", first, last, f"{alarm.persists:.3f}"


def stages(
    ctx: typer.Context,
    a: Annotated[str, typer.Argument(help="One state, by name or ISO code.", show_default=False)],
    b: Annotated[str, typer.Argument(help="The other state.", show_default=False)],
    dimension: Annotated[str | None, typer.Option("--dimension", help="One dimension that is a rate; all when left out.", show_default=False)] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", help="Only what was known by this day counts, YYYY-MM-DD.", show_default=False)] = None,
    as_json: AsJson = False,
    picture: Picture = None,
) -> None:
    """The level of a pair in every dimension over time: its stages, how sure, what carries the present one, and what to doubt."""
    from detente import pipeline
    from detente.assess import levels, question
    from detente.publish import charts
    from detente.publish import levels as published

    day, dyad = console.day(as_of), question.pair(a, b)
    with console.err.status("finding stages"):
        held = pipeline.known(console.settings(ctx).data, as_of=day)
        found = levels.of(held.acts, held.coverage, dyads=(dyad, *held.benchmarks.get(dyad, ())), dimension=dimension, as_of=day)
    if picture is not None:
        pipeline.write_whole(picture, charts.picture(published.drawn(found)))
    if as_json:
        typer.echo(json.dumps(published.document(found, dyad=dyad, as_of=day), ensure_ascii=False, indent=1))
    else:
        console.out.print(shown(found, f"{dyad[0]} and {dyad[1]} as of {day}: occasions a year"))
        for doubt in doubts(found):
            console.out.print(doubt, markup=False)


def shown(found: tuple[Level | Unknown, ...], title: str) -> Table:
    """A table of levels; intervals are 90 %."""
    from detente.assess.levels import Level

    table = Table("dimension", "now", "before", "risen", "began", "holds 6/12 m.", "without 3", title=title)
    for each in found:
        table.add_row(*(line(each) if isinstance(each, Level) else (each.dimension, "cannot tell")))
    return table


def line(level: Level) -> tuple[str, ...]:
    """One dimension as cells: the level now and before, that it rose, when it began, that it holds, that it rose without its largest quarters."""
    p, n = level.present, len(level.counted.counts)
    first, last = (level.counted.day_of(n - age).isoformat()[:7] for age in (p.age_high, p.age_low))
    return (
        level.dimension.replace("_", " "),
        f"{p.level * 4:.1f} ({p.level_low * 4:.1f}-{p.level_high * 4:.1f})",
        f"{p.before * 4:.1f} ({p.before_low * 4:.1f}-{p.before_high * 4:.1f})",
        f"{p.above:.2f}",
        f"{first}..{last}",
        f"{level.holds[0]:.2f}/{level.holds[1]:.2f}",
        f"{level.weighed.answer.above:.2f}",
    )


def doubts(found: tuple[Level | Unknown, ...]) -> Iterator[str]:
    """One sentence for everything that speaks for caution."""
    from detente.assess.levels import Level

    for each in found:
        if not isinstance(each, Level):
            yield f"{each.dimension}: {each.reason}."
            continue
        for name, what in each.sources:
            yield f"{each.dimension}: {name} {what} near the change; it may be one of reading."
        if each.placebo > 0.0:
            yield f"{each.dimension}: in {each.placebo:.0%} of earlier quarters a rise would have been announced as well."
        for (a, b), above in each.benchmarks:
            if above > each.present.above:
                yield f"{each.dimension}: {a} and {b} rose at least as surely ({above:.2f})."
