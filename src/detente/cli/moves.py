"""`detente diff`, `detente replay`, `detente shock`: what moved a verdict, how it moved over the years, what an outside shock had to do with it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich import box
from rich.table import Table
from rich.text import Text

from detente import ontology
from detente.cli import console
from detente.cli.arguments import StateA, StateB
from detente.records import Verdict

if TYPE_CHECKING:
    from detente.assess.moves import Move

AsJson = Annotated[bool, typer.Option("--json", help="Print data instead of text.")]


def diff(
    ctx: typer.Context,
    a: StateA,
    b: StateB,
    before: Annotated[str, typer.Argument(help="The earlier day, YYYY-MM-DD.", show_default=False)],
    after: Annotated[str, typer.Argument(help="The later day, YYYY-MM-DD.", show_default=False)],
    as_json: AsJson = False,
) -> None:
    """Say which acts moved the verdict between two days, and in which dimension."""
    from detente import pipeline
    from detente.assess import moves

    data, today = console.settings(ctx).data, console.today()
    with console.err.status("weighing both days"):
        old, new = (pipeline.assess((a, b), data=data, as_of=console.day(day), today=today) for day in (before, after))
        found = moves.between(old, new)
    if as_json:
        typer.echo(json.dumps([_move(move) for move in found], ensure_ascii=False, indent=1))
        return
    texts = {piece.id: f"{piece.valid}: {piece.text}" for verdict in (old, new) for piece in verdict.evidence}
    for move in found:
        console.out.print(_headed(move))
        if move.moved and move.dimension != "overall":
            for act in move.came[-6:]:
                console.out.print(Text(f"   + {texts.get(act, act)}"))
            if len(move.came) > 6:
                console.out.print(Text(f"   + and {len(move.came) - 6} earlier acts; --json names all", style="dim"))


def replay(
    ctx: typer.Context,
    a: StateA,
    b: StateB,
    since: Annotated[int, typer.Option("--from", help="First year.")],
    until: Annotated[int, typer.Option("--to", help="Last year.")],
    months: Annotated[int, typer.Option("--every", min=1, max=24, help="Months between two answers.")] = 6,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Also draw it to this SVG file.", show_default=False)] = None,
    as_json: AsJson = False,
) -> None:
    """Draw how the verdict moved with what was known: one answer for each day, none of which sees what came after it."""
    from detente import pipeline
    from detente.publish import replays

    days = [day for day in _days(since, until, months) if day <= console.today()]
    with console.err.status("answering as of each day"):
        found = list(pipeline.replay((a, b), days, data=console.settings(ctx).data))
    if output is not None:
        pipeline.write_whole(output, replays.picture(found))
    if as_json:
        typer.echo(json.dumps([_answered(verdict) for verdict in found], indent=1))
        return
    console.out.print(_replayed(found))
    console.out.print("  ".join(f"{sign} {ontology.term('verdicts', call).name}" for call, sign in replays.SIGNS.items()), style="dim")


def shock(
    ctx: typer.Context,
    a: StateA,
    b: StateB,
    day: Annotated[str, typer.Argument(help="The day of the shock, YYYY-MM-DD.", show_default=False)],
    as_of: Annotated[str, typer.Option("--as-of", help="Only what was known by this day counts, YYYY-MM-DD.", show_default=False)],
    as_json: AsJson = False,
) -> None:
    """Say whether a warming between two states began before an outside shock (it sped it up at most) or after it."""
    from detente import pipeline
    from detente.publish import wording

    with console.err.status("asking when the change began"):
        found, acts = pipeline.shock((a, b), console.day(day), data=console.settings(ctx).data, as_of=console.day(as_of))
    if as_json:
        named = {name: getattr(found, name) for name in ("course", "rise", "before", "in_month", "placebo", "acts_before", "acts_after")}
        typer.echo(json.dumps({"day": found.day.isoformat(), "text": wording.shock(found), **named}))
        return
    console.out.print(wording.shock(found))
    console.out.print("Acts of the year before it:", style="bold")
    for act in found.acts_before:
        console.out.print(Text(f"  {acts[act].claim.valid}: {acts[act].claim.quote}"))


def _replayed(found: list[Verdict]) -> Table:
    from detente.publish import replays

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("as of", "overall", "p", *(ontology.term("dimensions", d).name.split()[0] for d in ontology.family("dimensions"))):
        table.add_column(name, no_wrap=True, min_width={"as of": 10, "p": 4}.get(name))
    for verdict in found:
        share = "" if verdict.overall.probability is None else f"{verdict.overall.probability:.2f}"
        table.add_row(str(verdict.as_of), replays.SIGNS[verdict.overall.call], share, *(replays.SIGNS[f.call] for f in verdict.dimensions))
    return table


def _days(since: int, until: int, months: int) -> Iterator[date]:
    from detente.measure.occasions import add_months

    day = add_months(date(since, 1, 1), months)
    while day <= date(until + 1, 1, 1):
        yield date.fromordinal(day.toordinal() - 1)
        day = add_months(day, months)


def _headed(move: Move) -> Text:
    name = "overall" if move.dimension == "overall" else ontology.term("dimensions", move.dimension).name
    before, after = (ontology.term("verdicts", call).name for call in (move.before, move.after))
    shown = Text(f"{name}: ", style="bold")
    return shown.append(f"{before} → {after}" if move.moved else f"{after}, as before", style="not bold")


def _move(move: Move) -> dict[str, object]:
    names = ("dimension", "before", "after", "probability_before", "probability_after", "came", "left")
    return {name: getattr(move, name) for name in names}


def _answered(verdict: Verdict) -> dict[str, object]:
    dimensions = {f.dimension: {"verdict": f.call, "probability": f.probability} for f in verdict.dimensions}
    return {"as_of": verdict.as_of.isoformat(), "overall": verdict.overall.call, "probability": verdict.overall.probability, "dimensions": dimensions}
