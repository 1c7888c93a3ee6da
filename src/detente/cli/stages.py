"""Stages on the command line: alarms about a table of series, the world's newest stages, and the levels of one pair in the ledger."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich import box
from rich.progress import track
from rich.table import Table

from detente.cli import console
from detente.cli.arguments import AsOf, StateA, StateB
from detente.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from detente.assess.levels import Level, Unknown
    from detente.assess.scan import Entered, Scan

Series = Annotated[
    Path | None,
    typer.Argument(help="CSV with a, b, month, cooperation, conflict; when left out, series.csv in the data folder, else the imported events."),
]
Dataset = Annotated[str | None, typer.Option("--dataset", help="Imported events of one dataset alone.", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="Print data instead of a table.")]
PLAIN: dict[str, Any] = {"box": box.SIMPLE_HEAD, "pad_edge": False}
SCANNED = "began: first, last month (90 %); lasts: half a year; since: hindsight; usual: alarms a decade of pairs of like volume"
SHOWN = "intervals: 90 %; holds: for 6 and for 12 months; without: risen without the three largest quarters"
Picture = Annotated[Path | None, typer.Option("--picture", help="Picture to draw: a name that ends in .svg or .png.", show_default=False)]


def detect(
    ctx: typer.Context,
    output: Annotated[Path, typer.Option("--output", "-o", help="CSV of alarms to write.", show_default=False)],
    series: Series = None,
    dataset: Dataset = None,
) -> None:
    """Watch every pair in a table month by month and write an alarm wherever a new stage is likelier than not."""
    from detente.pipeline import write_whole
    from detente.publish import watching

    found = watched(ctx, series, dataset)
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([watching.ALARMS, *watching.rows(found)])
    write_whole(output, text.getvalue())
    console.out.print(f"{len(found)} alarms about {len(found.raised) + found.unread} pairs in {output}", markup=False)
    unread(found)


def scan(
    ctx: typer.Context,
    series: Series = None,
    dataset: Dataset = None,
    since: Annotated[str | None, typer.Option("--since", help="Only alarms of this month or later, YYYY-MM.", show_default=False)] = None,
    top: Annotated[int, typer.Option("--top", min=1, help="How many pairs to show.")] = 20,
    as_json: AsJson = False,
    picture: Picture = None,
) -> None:
    """Which pairs entered a new stage lately: the alarms likeliest to last come first, with the usual number of alarms of like pairs."""
    from detente.assess.scan import entered
    from detente.measure import panel
    from detente.publish import watching

    if since is not None:
        panel.month_number(since, "--since")
    checked(picture)
    found = watched(ctx, series, dataset)
    chosen = entered(found, since=since, top=top)
    if picture is not None:
        draw(watching.picture(chosen, found.months), picture)
    if as_json:
        typer.echo(json.dumps(watching.document(chosen, found.months), indent=1))
        return
    console.out.print(listed(chosen, found))
    unread(found)


def watched(ctx: typer.Context, series: Path | None, dataset: str | None) -> Scan:
    """Every pair of a table watched, with progress: of a file, or of what lies in the data folder."""
    from detente.assess.scan import scan as over
    from detente.measure import panel
    from detente.pipeline import measuring

    if series is not None and dataset is not None:
        raise InputError("a file or --dataset", came="both came", do="leave one of them out")
    with console.err.status("reading the series"):
        found = panel.read(series) if series is not None else measuring.kept(console.settings(ctx).data, dataset)
    return over(found, along=lambda seen, number: track(seen, description="watching", total=number, console=console.err, transient=True))


def unread(found: Scan) -> None:
    """Say how many pairs nobody looked at."""
    if found.unread:
        console.out.print(f"{found.unread} pairs left out: nobody looked at both their cooperation and their conflict")


def listed(chosen: Sequence[Entered], found: Scan) -> Table:
    """The chosen pairs as a table; every answer but `since` is filtered."""
    from detente.publish import watching

    number = sum(bool(raised) for _, _, raised in found.raised)
    title = f"{number} of {len(found.raised)} pairs ever raised an alarm; answers use nothing later"
    table = Table("pair", "month", "direction", "sure", "began", "lasts", "since", "usual", title=title, caption=SCANNED, **PLAIN)
    for each in chosen:
        alarm = each.alarm
        month, first, last = (found.months[i] for i in (alarm.index, alarm.first, alarm.last - 1))
        began, usual = first if first == last else f"{first}, {last}", "" if each.usual is None else f"{each.usual:.1f}"
        sure, lasts = f"{alarm.probability:.2f}", f"{alarm.persists:.2f}"
        table.add_row(" ".join(each.pair), month, alarm.direction, sure, began, lasts, watching.since(each), usual)
    return table


def checked(picture: Path | None) -> None:
    """Refuse a picture that cannot be drawn before any work is done."""
    from detente.publish import pictures

    if picture is not None:
        pictures.form(picture)


def draw(svg: str, picture: Path) -> None:
    """Write a picture in the form that its name asks for."""
    from detente.pipeline import write_whole
    from detente.publish import pictures

    write_whole(picture, pictures.content(svg, picture))


def stages(
    ctx: typer.Context,
    a: StateA,
    b: StateB,
    dimension: Annotated[str | None, typer.Option("--dimension", help="One dimension that is a rate; all when left out.", show_default=False)] = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
    picture: Picture = None,
) -> None:
    """The level of a pair in every dimension over time: its stages, how sure, what carries the present one, and what to doubt."""
    from detente import pipeline
    from detente.assess import levels, question
    from detente.publish import charts
    from detente.publish import levels as published

    checked(picture)
    day, dyad = console.day(as_of), question.pair(a, b)
    with console.err.status("finding stages"):
        held = pipeline.known(console.settings(ctx).data, as_of=day, dyad=dyad)
        found = levels.of(held.acts, held.coverage, dyads=(dyad, *held.benchmarks.get(dyad, ())), dimension=dimension, as_of=day)
    if picture is not None:
        draw(charts.picture(published.drawn(found)), picture)
    if as_json:
        typer.echo(json.dumps(published.document(found, dyad=dyad, as_of=day), ensure_ascii=False, indent=1))
    else:
        console.out.print(shown(found, f"{dyad[0]} and {dyad[1]} as of {day}: occasions a year"))
        for doubt in (*turned(found), *doubts(found)):
            console.out.print(doubt, markup=False)


def shown(found: tuple[Level | Unknown, ...], title: str) -> Table:
    """A table of levels; intervals are 90 %."""
    from detente.assess.levels import Level

    table = Table("dimension", "now", "before", "risen", "began", "holds", "without", title=title, caption=SHOWN, **PLAIN)
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
        f"{first} to {last}",
        f"{level.holds[0]:.2f}/{level.holds[1]:.2f}",
        f"{level.weighed.answer.above:.2f}",
    )


def turned(found: tuple[Level | Unknown, ...]) -> Iterator[str]:
    """One sentence for every turn that several dimensions share."""
    from detente.publish import levels as published

    for turn in published.shared(found):
        part = ", ".join(name.replace("_", " ") for name, chance in turn["took_part"].items() if chance > 0.5)
        yield f"together: {turn['direction']} about {turn['about'][:7]} ({turn['probability']:.2f}), with {part}."


def doubts(found: tuple[Level | Unknown, ...]) -> Iterator[str]:
    """One sentence for everything that speaks for caution."""
    from detente.assess.levels import Level

    for each in found:
        if not isinstance(each, Level):
            yield f"{each.dimension}: {each.reason}."
            continue
        for name, what in each.sources:
            yield f"{each.dimension}: {name} {what} near the change; it may be one of reading."
        if each.announced is not None:
            yield f"{each.dimension}: first told apart in the quarter of {each.counted.day_of(each.announced):%Y-%m}."
        if each.placebo > 0.0:
            yield f"{each.dimension}: in {each.placebo:.0%} of earlier quarters a rise would have been announced as well."
        for (a, b), above in each.benchmarks:
            if above > each.present.above:
                yield f"{each.dimension}: {a} and {b} rose at least as surely ({above:.2f})."
