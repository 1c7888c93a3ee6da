"""`detente hypotheses`: competing explanations with their shares, what each rests on, and which items the ranking hangs on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer
from rich import box
from rich.table import Table
from rich.text import Text

from detente.cli import console
from detente.cli.arguments import AsOf, StateA, StateB
from detente.publish import boards

if TYPE_CHECKING:
    from detente.assess.hypotheses import Board, Cell, Weighed
    from detente.records import Act


def hypotheses(
    ctx: typer.Context,
    a: StateA,
    b: StateB,
    as_of: AsOf = None,
    lines: Annotated[int, typer.Option("--lines", min=0, help="How many acts of the matrix to print, the most telling first.")] = 8,
    as_json: Annotated[bool, typer.Option("--json", help="Print data instead of tables.")] = False,
) -> None:
    """Weigh competing explanations: what each leads one to expect, what was seen, and which items the ranking hangs on."""
    from detente import pipeline

    day = console.day(as_of)
    with console.err.status("weighing explanations"):
        weighed, acts = pipeline.hypotheses((a, b), data=console.settings(ctx).data, as_of=day)
    if as_json:
        typer.echo(json.dumps([boards.packed(board) for board in weighed], ensure_ascii=False, indent=1))
        return
    for board in weighed:
        console.out.print(_ranking(board))
        console.out.print(_matrix(board, acts, lines))
        for line in boards.hangs_on(board, acts):
            console.out.print(Text(line))


def _ranking(board: Board) -> Table:
    title = f"{board.question} Shares from even odds ({1 / len(board.ranked):.0%} each)"
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, title=title, title_justify="left", padding=(0, 1, 1, 0))
    table.add_column("", width=3)
    table.add_column("explanation", ratio=2)
    table.add_column("share", justify="right")
    table.add_column("what it leads one to expect, and what was seen", ratio=3)
    for number, weighed in enumerate(board.ranked, 1):
        table.add_row(str(number), _offered(weighed), f"{weighed.share:.0%}", Text("\n").join(_expected(cell) for cell in weighed.cells))
    return table


def _offered(weighed: Weighed) -> Text:
    return Text(weighed.statement).append(f"\n{weighed.origin}", style="dim")


def _expected(cell: Cell) -> Text:
    seen = _number(cell.acts) if cell.acts else ("nobody looked" if cell.sign == "not_applicable" else "none seen")
    base = f"judged by {cell.by}" if cell.by else f"base rate {cell.base_rate:.0%}"
    return Text(f"{boards.SIGNS[cell.sign] or '?':4} {cell.text}").append(f" ({seen}; {base})", style="dim")


def _number(acts: tuple[str, ...]) -> str:
    return "1 act" if len(acts) == 1 else f"{len(acts)} acts"


def _matrix(board: Board, acts: dict[str, Act], lines: int) -> Table:
    shown = [line for line in board.matrix if line.diagnosticity > 0][:lines]
    title = f"The most telling acts ({len(shown)} of {len(board.matrix)}); ++ very consistent to -- very inconsistent, blank: not applicable"
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, title=title, title_justify="left")
    table.add_column("act", ratio=1)
    for number in range(1, len(board.ranked) + 1):
        table.add_column(str(number), justify="center", min_width=2)
    table.add_column("tells", justify="right")
    for line in shown:
        claim = acts[line.act].claim
        table.add_row(Text(f"{claim.valid}: {claim.quote}"), *(boards.SIGNS[sign] for sign in line.signs), f"{line.diagnosticity:.2f}")
    return table
